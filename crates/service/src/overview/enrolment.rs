//! Enrolments as their owners see them, with photo and order: where a student is in the journey.

use chrono::{DateTime, Utc};
use domain::enrolment::{EnrolmentPlace, NextStep};
use domain::page::{Page, PageRequest};
use domain::{EducationLevel, EnrolmentId, ProblemCode};
use store::overview::EnrolmentRow;

use super::facts::{Listed, facts};
use super::order::{OrderDetails, Surroundings, order_details};
use super::photo::{Photo, photo_details};
use crate::photo::photos_left;
use crate::school::{PublicTask, SchoolTask};
use crate::session::Student;
use crate::{Context, Failure};

/// A verified student.
#[derive(Debug, Clone)]
pub struct EnrolmentDetails {
    /// Its id.
    pub id: EnrolmentId,
    /// The task.
    pub task: PublicTask,
    /// The name on the roster; a hint at it where it was not typed.
    pub name: String,
    /// The document number, masked.
    pub document_number: String,
    /// The level.
    pub level: EducationLevel,
    /// The student number on the roster; a hint at it where it was not typed.
    pub student_no: Option<String>,
    /// The college on the roster; only where name or student number was typed, as are major and class.
    pub college: Option<String>,
    /// The major on the roster.
    pub major: Option<String>,
    /// The class on the roster.
    pub class_name: Option<String>,
    /// When it was verified.
    pub created_at: DateTime<Utc>,
    /// The photo that counts, or else the latest.
    pub photo: Option<Photo>,
    /// The order that counts, or else the latest.
    pub order: Option<OrderDetails>,
    /// Whether the task takes a photo of this student now, chances apart.
    pub takes_photo: bool,
    /// How many photos can still be submitted.
    pub photos_left: i32,
    /// What comes next.
    pub next_step: NextStep,
}

/// A page of the student's enrolments, newest first.
pub async fn enrolments(
    context: &Context,
    student: &Student,
    page: &PageRequest<EnrolmentPlace>,
) -> Result<Page<EnrolmentDetails>, Failure> {
    let on = context.store.reader();
    let rows = store::overview::enrolments(on, student.account_id, page).await?;
    Ok(Page {
        items: all(context, rows.items).await?,
        next: rows.next,
    })
}

/// One of the student's enrolments.
///
/// # Errors
/// `enrolment.unknown`, also where it is somebody else's.
pub async fn enrolment(
    context: &Context,
    student: &Student,
    id: &str,
) -> Result<EnrolmentDetails, Failure> {
    let id: EnrolmentId = id.parse().map_err(|_| ProblemCode::EnrolmentUnknown)?;
    let on = context.store.reader();
    let row = store::overview::enrolment(on, student.account_id, id).await?;
    let mut found = all(context, row.into_iter().collect()).await?;
    Ok(found.pop().ok_or(ProblemCode::EnrolmentUnknown)?)
}

async fn all(context: &Context, rows: Vec<EnrolmentRow>) -> Result<Vec<EnrolmentDetails>, Failure> {
    let mut enrolments = Vec::with_capacity(rows.len());
    for row in rows {
        // One that opens later than it was published, or that was purged meanwhile, is not shown.
        enrolments.extend(Box::pin(details(context, row)).await?);
    }
    Ok(enrolments)
}

/// `None` where the student must not see the task.
async fn details(
    context: &Context,
    row: EnrolmentRow,
) -> Result<Option<EnrolmentDetails>, Failure> {
    let seen = SchoolTask {
        school: row.school,
        task: row.task,
    };
    let Some(task) = PublicTask::of(seen, row.roster, context.now()) else {
        return Ok(None);
    };
    let listed = Listed {
        entry: &row.entry,
        document: row.document.as_ref(),
        task_state: task.task.state,
    };
    let facts = facts(context, row.enrolment.proven, listed).await?;
    let order_no = row.order.as_ref().map(|order| order.order_no.clone());
    let standing = row
        .photo
        .as_ref()
        .map(|photo| (photo.state, photo.state_at));
    let order = match row.order {
        Some(order) => {
            let surroundings = Surroundings {
                facts: facts.clone(),
                school_name: task.school.name.clone(),
                task_name: task.task.name.clone(),
                photo: row.photo.as_ref().map(|photo| (photo.id, photo.state)),
            };
            Some(order_details(context, order, surroundings, &row.money).await?)
        }
        None => None,
    };
    let photo = match row.photo {
        Some(photo) => Some(photo_details(context, photo, order_no).await?),
        None => None,
    };
    let next_step = NextStep::of(
        standing.map(|(state, _)| state),
        order.as_ref().map(|order| order.status),
    );
    Ok(Some(EnrolmentDetails {
        id: row.enrolment.id,
        takes_photo: task.task.takes_photo(standing, context.now()),
        photos_left: photos_left(&task.task, row.photos),
        task,
        name: facts.name,
        document_number: facts.document_number,
        level: facts.level,
        student_no: facts.student_no,
        college: facts.college,
        major: facts.major,
        class_name: facts.class_name,
        created_at: row.enrolment.created_at,
        photo,
        order,
        next_step,
    }))
}
