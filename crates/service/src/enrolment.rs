//! Binding an account to a roster entry.

mod bind;
mod claim;
mod demand;
mod facts;
mod release;

pub use claim::Claim;
pub(crate) use claim::{read_level, read_number};
pub use facts::{Facts, facts};
pub use release::{Binding, EntryQuery, Return, holder, release};
pub use store::enrolment::ByCreation;

use chrono::{DateTime, Utc};
use domain::enrolment::{self as rules, NextStep};
use domain::page::{Page, PageRequest};
use domain::{EducationLevel, EnrolmentId, ProblemCode};

use crate::login::Caller;
use crate::order::{self, OrderDetails};
use crate::photo::{self, Photo};
use crate::school::{self, PublicTask};
use crate::session::Student;
use crate::{Context, Failure};

/// A verified student.
#[derive(Debug, Clone)]
pub struct Enrolment {
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

/// Verifies a student and binds the account to the roster entry; verifying again gives the same enrolment, also after
/// the task has ended.
///
/// # Errors
/// What the number itself shows to be wrong; `enrolment.not_found`, one and the same, for everything that the roster
/// does not bear out, an entry bound to another account included; `enrolment.captcha_required`;
/// `enrolment.too_many_tries`; `task.not_yet_open` and `task.closed`.
pub async fn create(
    context: &Context,
    student: &Student,
    caller: &Caller,
    claim: Claim<'_>,
) -> Result<Enrolment, Failure> {
    let seen = school::task(context, claim.task_id).await?;
    let captcha_token = claim.captcha_token;
    let claim = claim::read(claim, &seen.task, context.now())?;
    demand::ask_for_captcha(context, (student, caller), captcha_token).await?;
    let enrolment = bind::bind(context, (student, caller), &seen.task, &claim).await?;
    describe(context, &enrolment, seen).await
}

/// The student's enrolments, newest first.
pub async fn list(
    context: &Context,
    student: &Student,
    page: &PageRequest<ByCreation>,
) -> Result<Page<Enrolment>, Failure> {
    let on = context.store.reader();
    let rows = store::enrolment::of_account(on, student.account_id, page).await?;
    let mut items = Vec::with_capacity(rows.items.len());
    for enrolment in rows.items {
        if let Some(seen) = task_of(context, &enrolment).await? {
            items.push(describe(context, &enrolment, seen).await?);
        }
    }
    Ok(Page {
        items,
        next: rows.next,
    })
}

/// One of the student's enrolments.
///
/// # Errors
/// `enrolment.unknown`, also where it is somebody else's.
pub async fn get(context: &Context, student: &Student, id: &str) -> Result<Enrolment, Failure> {
    let enrolment = own(context, student, id).await?;
    let seen = task_of(context, &enrolment).await?;
    let seen = seen.ok_or(ProblemCode::EnrolmentUnknown)?;
    describe(context, &enrolment, seen).await
}

/// One of the student's enrolments, as it is stored.
///
/// # Errors
/// `enrolment.unknown`, also where it is somebody else's.
pub(crate) async fn own(
    context: &Context,
    student: &Student,
    id: &str,
) -> Result<rules::Enrolment, Failure> {
    let id: EnrolmentId = id.parse().map_err(|_| ProblemCode::EnrolmentUnknown)?;
    let on = context.store.reader();
    let found = store::enrolment::get(on, student.account_id, id).await?;
    found.ok_or_else(|| ProblemCode::EnrolmentUnknown.into())
}

/// The task of an enrolment; `None` where students no longer see it.
pub(crate) async fn task_of(
    context: &Context,
    enrolment: &rules::Enrolment,
) -> Result<Option<PublicTask>, Failure> {
    match store::task::get(context.store.reader(), enrolment.task_id).await? {
        Some(task) => school::seen(context, task).await,
        None => Ok(None),
    }
}

async fn describe(
    context: &Context,
    enrolment: &rules::Enrolment,
    seen: PublicTask,
) -> Result<Enrolment, Failure> {
    let on = context.store.reader();
    let (school, id) = (enrolment.school_id, enrolment.id);
    let facts = facts(context, enrolment).await?;
    let photo = photo::of_enrolment(context, enrolment).await?;
    let order = order::of_enrolment(context, enrolment).await?;
    let submitted = store::photo::count(on, school, id).await?;
    let next_step = NextStep::of(
        photo.as_ref().map(|photo| photo.state),
        order.as_ref().map(|order| order.status),
    );
    let standing = photo.as_ref().map(|photo| (photo.state, photo.state_at));
    Ok(Enrolment {
        id,
        takes_photo: seen.task.takes_photo(standing, context.now()),
        photos_left: photo::photos_left(&seen.task, submitted),
        task: seen,
        name: facts.name,
        document_number: facts.document_number,
        level: facts.level,
        student_no: facts.student_no,
        college: facts.college,
        major: facts.major,
        class_name: facts.class_name,
        created_at: enrolment.created_at,
        photo,
        order,
        next_step,
    })
}
