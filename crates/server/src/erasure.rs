//! Erasing one's account: two steps, since it cannot be undone.

use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, post};
use serde::Deserialize;
use service::Context;
use service::erasure::CodeAnswer;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::cookie;
use crate::extract::{Caller, Student};
use crate::json_body::Body;
use crate::login::SmsChallenge;
use crate::problem::Fault;
use crate::schema;
use crate::text::Text;

/// Mounts the operations of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(create_erasure).service(confirm_erasure);
}

/// The wish to erase the account.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewErasure {
    /// The token of a captcha, where one is asked for.
    #[serde(default)]
    #[schema(max_length = 4096, value_type = Option<String>, examples("eyJhbGdvcml0aG0iOiJTSEEtMjU2In0"))]
    captcha_token: Option<Text<4096>>,
}

/// Begin to erase my account: a code goes to its phone
#[utoipa::path(tag = "me", operation_id = "create_erasure", request_body = NewErasure, security(("session" = [])),
    responses((status = 202, body = SmsChallenge, description = "The code is on its way; nothing is erased yet."),
        answers::Session, answers::Body, answers::State, answers::Outside))]
#[post("/me/erasures")]
async fn create_erasure(
    context: Data<Context>,
    student: Student,
    caller: Caller,
    body: Body<NewErasure>,
) -> Result<HttpResponse, Fault> {
    let token = body.captcha_token.as_deref();
    let challenge = service::erasure::begin(&context, &student, &caller.0, token).await?;
    Ok(HttpResponse::Accepted()
        .cookie(cookie::browser(&caller.0.browser))
        .json(SmsChallenge::from(challenge)))
}

/// An erasure in the path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct ErasurePath {
    /// The code that was sent.
    #[param(value_type = schema::ChallengeId, inline)]
    challenge_id: String,
}

/// The code that came to the account's phone.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ErasureCode {
    /// The six digits, or text that holds them.
    #[schema(value_type = schema::SmsCode)]
    code: String,
}

/// Erase my account; this cannot be undone
#[utoipa::path(tag = "me", operation_id = "confirm_erasure", params(ErasurePath), request_body = ErasureCode,
    security(("session" = [])),
    responses((status = 204, description = "Erased; all sessions have ended. Orders stay without personal data."),
        (status = 410, body = crate::problem::Problem, content_type = "application/problem+json",
            description = "The code is too old, used, burnt, or not this account's."),
        answers::Session, answers::Body, answers::State))]
#[post("/me/erasures/{challenge_id}/confirm")]
async fn confirm_erasure(
    context: Data<Context>,
    student: Student,
    caller: Caller,
    path: Path<ErasurePath>,
    body: Body<ErasureCode>,
) -> Result<HttpResponse, Fault> {
    let code = CodeAnswer {
        challenge_id: &path.challenge_id,
        code: &body.code,
    };
    service::erasure::confirm(&context, &student, &caller.0, code).await?;
    Ok(cookie::clear(HttpResponse::NoContent()).finish())
}
