//! What staff may see: a condition that every query for staff carries.

use domain::access::Reach;
use sea_orm::{ColumnTrait, Condition};

/// Rows whose school is within reach.
pub(crate) fn within(school_id: impl ColumnTrait, reach: &Reach) -> Condition {
    match reach {
        Reach::AllSchools => Condition::all(),
        Reach::Schools(schools) => {
            Condition::all().add(school_id.is_in(schools.iter().map(|school| school.0)))
        }
    }
}
