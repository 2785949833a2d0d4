//! Logging in and out: `/auth`.

use actix_web::http::header::{CONTENT_TYPE, HeaderValue};
use actix_web::web::{Bytes, Data, Json};
use actix_web::{HttpRequest, HttpResponse, delete, get, post};
use domain::agreement::{Document, PlatformOperator};
use domain::{Lang, ProblemCode, login};
use serde::{Deserialize, Serialize};
use service::Context;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::cookie;
use crate::extract::{Caller, Device, SameOrigin, Student};
use crate::json_body::Body;
use crate::problem::{Fault, lang_of};
use crate::schema;
use crate::text::Text;

/// Mounts the operations of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(get_login_settings)
        .service(get_captcha_challenge)
        .service(list_agreements)
        .service(create_sms_challenge)
        .service(create_session)
        .service(refresh_session)
        .service(delete_session);
}

/// What the login page needs to know.
#[derive(Debug, Serialize, ToSchema)]
struct LoginSettings {
    /// Calling codes of the countries whose numbers are served, such as `+86`.
    #[schema(examples("+86", "+852"))]
    countries: Vec<String>,
    /// Who runs the platform.
    operator: OperatorView,
}

/// Who runs the platform.
#[derive(Debug, Serialize, ToSchema)]
struct OperatorView {
    /// The full name, in the caller's language.
    #[schema(examples("示例图像采集中心"))]
    name: String,
    /// Telephone, e-mail or both.
    #[schema(examples("010-00000000，service@photo.example"))]
    contact: String,
}

/// Tell what the login page needs to know
#[utoipa::path(tag = "login", operation_id = "get_login_settings",
    responses((status = 200, body = LoginSettings, description = "The settings.")))]
#[get("/auth/settings")]
async fn get_login_settings(context: Data<Context>, request: HttpRequest) -> Json<LoginSettings> {
    let operator = &context.settings.operator;
    let countries = context.settings.countries.as_slice().iter();
    Json(LoginSettings {
        countries: countries
            .map(|country| format!("+{}", country.calling_code()))
            .collect(),
        operator: OperatorView {
            name: operator.name(lang_of(&request)).to_owned(),
            contact: operator.contact.clone(),
        },
    })
}

/// Work for a browser, in ALTCHA's protocol: find the number whose SHA-256 behind the salt is the challenge. The token to
/// send is this object with `number` in place of `maxnumber`, as JSON in base 64.
#[derive(Debug, Serialize, ToSchema)]
struct CaptchaChallenge {
    /// Always `SHA-256`.
    #[schema(examples("SHA-256"))]
    algorithm: &'static str,
    /// The hash of salt and number, hexadecimal.
    #[schema(examples("8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4"))]
    challenge: String,
    /// The largest number that it can be.
    #[schema(minimum = 1, examples(100_000))]
    maxnumber: u32,
    /// What stands before the number; it says when the challenge ends.
    #[schema(examples("3f2a1b0c9d8e7f6a5b4c3d2e?expires=1776650700&"))]
    salt: String,
    /// Proves that the challenge is the server's, hexadecimal.
    #[schema(examples("5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9"))]
    signature: String,
}

/// Get a challenge of the captcha
///
/// It is solved without the person, and each solution counts once. A request needs one where it is answered with
/// `login.captcha_required`, `login.network_busy` or `enrolment.captcha_required`.
#[utoipa::path(tag = "login", operation_id = "get_captcha_challenge",
    responses((status = 200, body = CaptchaChallenge, description = "A challenge; it can be solved for five minutes."),
        (status = 404, body = crate::problem::Problem, content_type = "application/problem+json",
            description = "This server has no captcha and never asks for one.")))]
#[get("/auth/captcha-challenge")]
async fn get_captcha_challenge(context: Data<Context>) -> Result<Json<CaptchaChallenge>, Fault> {
    let issued = service::captcha::challenge(&context).ok_or(ProblemCode::RequestPath)?;
    Ok(Json(CaptchaChallenge {
        algorithm: issued.algorithm,
        challenge: issued.challenge,
        maxnumber: issued.max_number,
        salt: issued.salt,
        signature: issued.signature,
    }))
}

/// A text that people agree to, in the caller's language.
#[derive(Debug, Serialize, ToSchema)]
struct AgreementView {
    /// `service_agreement` or `face_photo`.
    #[schema(value_type = schema::AgreementDocument)]
    document: String,
    /// Its version.
    #[schema(value_type = schema::AgreementVersion)]
    version: String,
    /// Its title.
    #[schema(examples("服务协议"))]
    title: String,
    /// What it comes to, in a sentence or two.
    #[schema(examples("我们收集您的照片，仅用于学历证书图像。"))]
    summary: String,
    /// The whole text.
    #[schema(examples("第一条 ……", "第二条 ……"))]
    paragraphs: Vec<String>,
}

/// The current agreements.
#[derive(Debug, Serialize, ToSchema)]
struct Agreements {
    /// One of each document.
    agreements: Vec<AgreementView>,
}

/// The media type of JSON.
const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// The current agreements as they are answered: the same for everybody, as long as the server runs.
pub(crate) struct AgreementAnswers(Vec<(Lang, Bytes)>);

impl AgreementAnswers {
    /// Those of this operator.
    pub(crate) fn new(operator: &PlatformOperator) -> Self {
        let answer = |lang: Lang| {
            let agreements = agreements(operator, lang);
            let body = serde_json::to_vec(&agreements).unwrap_or_default();
            (lang, Bytes::from(body))
        };
        Self(Lang::ALL.iter().copied().map(answer).collect())
    }

    fn of(&self, lang: Lang) -> Bytes {
        let found = self.0.iter().find(|(known, _)| *known == lang);
        found.map_or_else(Bytes::new, |(_, body)| body.clone())
    }
}

fn agreements(operator: &PlatformOperator, lang: Lang) -> Agreements {
    let view = |document: &Document| {
        let agreement = document.current();
        AgreementView {
            document: document.as_str().to_owned(),
            version: agreement.version.to_owned(),
            title: document.label().get(lang).to_owned(),
            summary: agreement.summary.get(lang).to_owned(),
            paragraphs: agreement.paragraphs(lang, operator.name(lang), &operator.contact),
        }
    };
    Agreements {
        agreements: Document::ALL.iter().map(view).collect(),
    }
}

/// Read the current agreements
#[utoipa::path(tag = "login", operation_id = "list_agreements",
    responses((status = 200, body = Agreements, description = "The current version of each document.")))]
#[get("/agreements/current")]
async fn list_agreements(answers: Data<AgreementAnswers>, request: HttpRequest) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, JSON))
        .body(answers.of(lang_of(&request)))
}

/// A phone that wants a code.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewSmsChallenge {
    /// The phone number, as typed; `+86` where no country is named.
    #[schema(min_length = 1, max_length = 40, examples("13800138000"))]
    phone: String,
    /// The version of the service agreement that the person ticked.
    #[schema(value_type = schema::AgreementVersion)]
    agreement_version: String,
    /// From the second code in an hour on, and from a busy network: a solved challenge as JSON in base 64.
    #[serde(default)]
    #[schema(max_length = 4096, value_type = Option<String>, examples("eyJhbGdvcml0aG0iOiJTSEEtMjU2In0="))]
    captcha_token: Option<Text<4096>>,
}

/// A code is on its way.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SmsChallenge {
    /// Names the code when it is typed.
    #[schema(value_type = schema::ChallengeId)]
    pub(crate) challenge_id: String,
    /// After so many seconds another code may be asked for.
    #[schema(minimum = 0, examples(60))]
    pub(crate) resend_after_s: i64,
    /// For so many seconds the code works.
    #[schema(minimum = 0, examples(300))]
    pub(crate) expires_in_s: i64,
}

impl From<domain::ChallengeId> for SmsChallenge {
    fn from(id: domain::ChallengeId) -> Self {
        Self {
            challenge_id: id.to_string(),
            resend_after_s: login::RESEND_AFTER.num_seconds(),
            expires_in_s: login::CODE_LIFETIME.num_seconds(),
        }
    }
}

/// Send a login code to a phone
///
/// The answer is the same whether or not the phone has an account.
#[utoipa::path(tag = "login", operation_id = "create_sms_challenge", request_body = NewSmsChallenge,
    responses((status = 202, body = SmsChallenge, description = "The code is on its way."),
        answers::Visitor, answers::Body, answers::Outside))]
#[post("/auth/sms-challenges")]
async fn create_sms_challenge(
    context: Data<Context>,
    _origin: SameOrigin,
    caller: Caller,
    body: Body<NewSmsChallenge>,
) -> Result<HttpResponse, Fault> {
    let NewSmsChallenge {
        phone,
        agreement_version,
        captcha_token,
    } = body.into_inner();
    let ask = service::login::SendCode {
        phone: &phone,
        agreement_version: &agreement_version,
        captcha_token: captcha_token.as_deref(),
    };
    let challenge = service::login::send_code(&context, &caller.0, ask).await?;
    Ok(HttpResponse::Accepted()
        .cookie(cookie::browser(&caller.0.browser))
        .json(SmsChallenge::from(challenge)))
}

/// A code, as it was received.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewSession {
    /// From the answer to the asking for a code.
    #[schema(value_type = schema::ChallengeId)]
    challenge_id: String,
    /// The six digits; the message that they came in is read as well.
    #[schema(value_type = schema::SmsCode)]
    code: String,
    /// The version of the service agreement that the person ticked.
    #[schema(value_type = schema::AgreementVersion)]
    agreement_version: String,
    /// After several wrong codes: a solved challenge as JSON in base 64.
    #[serde(default)]
    #[schema(max_length = 4096, value_type = Option<String>, examples("eyJhbGdvcml0aG0iOiJTSEEtMjU2In0="))]
    captcha_token: Option<Text<4096>>,
}

/// A session has begun; its tokens are in cookies.
#[derive(Debug, Serialize, ToSchema)]
struct SessionView {
    /// The account.
    #[schema(value_type = schema::AccountId)]
    account_id: String,
    /// Whether the account was made now.
    #[schema(examples(false))]
    is_new: bool,
}

/// Log in with a code; the first time registers
#[utoipa::path(tag = "login", operation_id = "create_session", request_body = NewSession,
    responses((status = 201, body = SessionView, description = "Logged in; the tokens are set as cookies."),
        (status = 410, body = crate::problem::Problem, content_type = "application/problem+json",
            description = "The code is too old, used, replaced or burnt."),
        answers::Visitor, answers::Body))]
#[post("/auth/sessions")]
async fn create_session(
    context: Data<Context>,
    _origin: SameOrigin,
    caller: Caller,
    device: Device,
    request: HttpRequest,
    body: Body<NewSession>,
) -> Result<HttpResponse, Fault> {
    let attempt = service::login::LogIn {
        challenge_id: &body.challenge_id,
        code: &body.code,
        agreement_version: &body.agreement_version,
        captcha_token: body.captcha_token.as_deref(),
        device: device.0,
        language: lang_of(&request),
    };
    let done = service::login::log_in(&context, &caller.0, attempt).await?;
    Ok(cookie::set_tokens(HttpResponse::Created(), &done.tokens)
        .cookie(cookie::browser(&caller.0.browser))
        .json(SessionView {
            account_id: done.account_id.to_string(),
            is_new: done.is_new,
        }))
}

/// Exchange the refresh token for new tokens
///
/// Until the new refresh token is exchanged in turn, the old one brings the same new one again: an answer that was lost
/// can be asked for once more. After that the old one ends the session.
#[utoipa::path(tag = "login", operation_id = "refresh_session",
    responses((status = 204, description = "New tokens are set as cookies."), answers::Session))]
#[post("/auth/sessions/refresh")]
async fn refresh_session(
    context: Data<Context>,
    _origin: SameOrigin,
    request: HttpRequest,
) -> Result<HttpResponse, Fault> {
    let refresh = cookie::refresh_token(&request);
    let tokens = service::session::refresh(&context, refresh).await?;
    Ok(cookie::set_tokens(HttpResponse::NoContent(), &tokens).finish())
}

/// Log out
#[utoipa::path(tag = "login", operation_id = "delete_session", security(("session" = [])),
    responses((status = 204, description = "Logged out; the tokens no longer work."), answers::Session))]
#[delete("/auth/sessions/current")]
async fn delete_session(context: Data<Context>, student: Student) -> Result<HttpResponse, Fault> {
    service::session::log_out(&context, &student).await?;
    Ok(cookie::clear(HttpResponse::NoContent()).finish())
}
