//! Binding an account to a roster entry.

mod bind;
mod claim;
mod demand;
mod facts;
mod release;

pub(crate) use bind::{EnrolTo, enrol_to};
pub use claim::Claim;
pub(crate) use claim::{read_level, read_number};
pub(crate) use facts::{name as name_of, student_no as student_no_of};
pub use release::{Binding, EntryQuery, Return, entry_holder, holder, release};

use domain::enrolment as rules;
use domain::task::IdentityMode;
use domain::{EnrolmentId, ProblemCode};

use crate::login::Caller;
use crate::school::{self, SchoolTask};
use crate::session::Student;
use crate::{Context, Failure};

/// Verifies a student and binds the account to the roster entry; verifying again gives the same enrolment, also after
/// the task has ended.
///
/// # Errors
/// What the number itself shows to be wrong; `enrolment.not_found`, one and the same, for everything that the roster
/// does not bear out, an entry bound to another account included; `enrolment.captcha_required`;
/// `enrolment.too_many_tries`; `enrolment.capture_code_required` where the task takes codes; `task.not_yet_open` and
/// `task.closed`.
pub async fn create(
    context: &Context,
    student: &Student,
    caller: &Caller,
    claim: Claim<'_>,
) -> Result<rules::Enrolment, Failure> {
    let seen = school::visible_task(context, claim.task_id).await?;
    if seen.task.settings.identity == IdentityMode::CaptureCode {
        return Err(ProblemCode::EnrolmentCaptureCode.into());
    }
    let captcha_token = claim.captcha_token;
    let claim = claim::read(claim, &seen.task, context.now())?;
    demand::ask_for_captcha(context, student, caller, captcha_token).await?;
    let verifier = bind::Verifier { student, caller };
    bind::bind(context, verifier, &seen.task, &claim).await
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
) -> Result<Option<SchoolTask>, Failure> {
    match store::task::get(context.store.reader(), enrolment.task_id).await? {
        Some(task) => school::seen(context, task).await,
        None => Ok(None),
    }
}
