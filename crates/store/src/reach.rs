//! What staff may see: a condition that every query for staff carries.

use domain::access::{Reach, SchoolStudents, StudentReach};
use sea_orm::{ColumnTrait, Condition};

use crate::entity::roster_entry::Column;

/// Rows whose school is within reach.
pub(crate) fn within(school_id: impl ColumnTrait, reach: &Reach) -> Condition {
    match reach {
        Reach::AllSchools => Condition::all(),
        Reach::Schools(schools) => {
            Condition::all().add(school_id.is_in(schools.iter().map(|school| school.0)))
        }
    }
}

/// Students of rosters within reach; the query reads `roster_entries`.
pub(crate) fn students(reach: &StudentReach) -> Condition {
    match reach {
        StudentReach::AllSchools => Condition::all(),
        StudentReach::Schools(schools) => schools
            .iter()
            .map(of_school)
            .fold(Condition::any(), Condition::add)
            // An empty list reaches nothing; an empty condition would reach everything.
            .add(Column::Id.is_null()),
    }
}

fn of_school(students: &SchoolStudents) -> Condition {
    let of_school = Condition::all().add(Column::SchoolId.eq(students.school_id.0));
    if students.limits.is_whole_school() {
        return of_school;
    }
    let (colleges, classes) = (&students.limits.colleges, &students.limits.classes);
    of_school.add(
        Condition::any()
            .add(Column::College.is_in(colleges))
            .add(Column::ClassName.is_in(classes)),
    )
}
