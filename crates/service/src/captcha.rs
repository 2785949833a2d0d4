//! The proof that a browser worked for what it asks: where it is demanded, and that it counts once.

use domain::ProblemCode;
use domain::audit::AuditExemption;
use providers::captcha::CaptchaChallenge;

use crate::{Context, Failure};

/// A challenge for a browser; `None` where no captcha is configured.
pub fn challenge(context: &Context) -> Option<CaptchaChallenge> {
    context.captcha.as_ref().map(|captcha| captcha.challenge())
}

/// Lets a request through whose token holds a solution that was not used before, on whichever copy of the server.
///
/// # Errors
/// `demand`, where there is no token or it does not count.
pub(crate) async fn require(
    context: &Context,
    token: Option<&str>,
    demand: ProblemCode,
) -> Result<(), Failure> {
    let Some(captcha) = &context.captcha else {
        return Ok(());
    };
    let solution = token.and_then(|token| captcha.verify(token));
    let solution = solution.ok_or(demand)?;
    let tx = context.store.begin().await?;
    let is_first = store::captcha::spend(&tx, &solution.id, solution.expires_at).await?;
    store::commit(tx, AuditExemption::Housekeeping).await?;
    if is_first { Ok(()) } else { Err(demand.into()) }
}

/// Forgets the solutions that are too old to count anyway.
pub(crate) async fn sweep(context: &Context) -> Result<(), Failure> {
    Ok(store::captcha::forget_expired(context.store.writer(), context.now()).await?)
}
