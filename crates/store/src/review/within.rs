//! Photos of the queue whose students a reviewer may see.

use domain::access::{SchoolStudents, StudentReach};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition};

use crate::entity::review_queue::Column;
use crate::entity::{enrolment, photo, roster_entry, seeded_item};

/// The photos of students within reach.
pub(super) fn within(reach: &StudentReach) -> Condition {
    match reach {
        StudentReach::AllSchools => Condition::all(),
        StudentReach::Schools(schools) => schools
            .iter()
            .map(of_students)
            .fold(Condition::any(), Condition::add)
            // An empty list reaches nothing; an empty condition would reach everything.
            .add(Column::PhotoId.is_null()),
    }
}

fn of_students(students: &SchoolStudents) -> Condition {
    let of_school = Condition::all().add(Column::SchoolId.eq(students.school_id.0));
    if students.limits.is_whole_school() {
        return of_school;
    }
    let (colleges, classes) = (&students.limits.colleges, &students.limits.classes);
    let is_listed = Condition::any()
        .add(roster_entry::Column::College.is_in(colleges))
        .add(roster_entry::Column::ClassName.is_in(classes));
    let photos = photos_of(students, is_listed);
    // A known item is within reach where the photo beside it is.
    let known = Query::select()
        .column(seeded_item::Column::PhotoId)
        .from(seeded_item::Entity)
        .and_where(seeded_item::Column::BesideId.in_subquery(photos.clone()))
        .to_owned();
    let is_theirs = Condition::any()
        .add(Column::PhotoId.in_subquery(photos))
        .add(Column::PhotoId.in_subquery(known));
    of_school.add(is_theirs)
}

fn photos_of(students: &SchoolStudents, is_listed: Condition) -> SelectStatement {
    Query::select()
        .column((photo::Entity, photo::Column::Id))
        .from(photo::Entity)
        .inner_join(
            enrolment::Entity,
            Expr::col((enrolment::Entity, enrolment::Column::Id))
                .equals((photo::Entity, photo::Column::EnrolmentId)),
        )
        .inner_join(
            roster_entry::Entity,
            Expr::col((roster_entry::Entity, roster_entry::Column::Id))
                .equals((enrolment::Entity, enrolment::Column::EntryId)),
        )
        .and_where(photo::Column::SchoolId.eq(students.school_id.0))
        .cond_where(is_listed)
        .to_owned()
}
