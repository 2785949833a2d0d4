//! When a captcha is asked for before a student is verified: guessing numbers must cost something from the start.

use domain::ProblemCode;
use domain::limit::{
    self, FAILURES_PER_ACCOUNT, NETWORK_VERIFICATIONS_BEFORE_CAPTCHA, VERIFICATIONS_BEFORE_CAPTCHA,
};
use store::enrolment::{failures_from, failures_of_account};

use crate::login::Caller;
use crate::session::Student;
use crate::{Context, Failure, captcha};

/// Asks for a captcha after a failure of the account, and after some in its network.
///
/// # Errors
/// `enrolment.captcha_required`.
pub(super) async fn ask_for_captcha(
    context: &Context,
    student: &Student,
    caller: &Caller,
    token: Option<&str>,
) -> Result<(), Failure> {
    if has_failures(context, student, caller).await? {
        captcha::require(context, token, ProblemCode::EnrolmentCaptcha).await?;
    }
    Ok(())
}

async fn has_failures(
    context: &Context,
    student: &Student,
    caller: &Caller,
) -> Result<bool, Failure> {
    let (on, now) = (context.store.reader(), context.now());
    let since = now - limit::reach(FAILURES_PER_ACCOUNT);
    let own = failures_of_account(on, student.account_id, since).await?;
    if own.len() >= VERIFICATIONS_BEFORE_CAPTCHA {
        return Ok(true);
    }
    let windows = limit::for_address(
        NETWORK_VERIFICATIONS_BEFORE_CAPTCHA,
        caller.is_campus(context),
    );
    let since = now - limit::reach(&windows);
    let near = failures_from(on, &caller.network_hash(context), since).await?;
    Ok(limit::wait(&near, &windows, now).is_some())
}
