//! What a caller is told when something is not possible: RFC 9457 problems.
//!
//! A handler fails with a [`service::Failure`]; [`render`] fills in language, path and request id on the way out.

use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{
    ACCEPT_LANGUAGE, CONTENT_LANGUAGE, CONTENT_TYPE, HeaderValue, RETRY_AFTER,
};
use actix_web::middleware::Next;
use actix_web::{Error, HttpRequest, HttpResponse, ResponseError};
use domain::{Lang, ProblemCode, Refusal};
use serde::Serialize;
use service::Failure;
use store::StoreError;
use utoipa::ToSchema;

use crate::request_id::RequestId;

/// Where the problem codes are explained.
const TYPE_BASE: &str = "/api/docs/problems#";
/// After so many seconds a busy or absent database is worth another try.
const BUSY_RETRY_S: i64 = 5;
/// The media type of a problem. Source: RFC 9457, 3.
const MEDIA_TYPE: HeaderValue = HeaderValue::from_static("application/problem+json");

/// A problem, in the caller's language.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// An address that names the kind of problem.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// What happened, in a few words.
    pub(crate) title: String,
    /// The HTTP status.
    pub(crate) status: u16,
    /// What happened, for programs; stable.
    pub(crate) code: String,
    /// What happened, why, and what to do now.
    pub(crate) detail: String,
    /// The path that was called.
    pub(crate) instance: String,
    /// Names this request in our logs.
    pub(crate) request_id: String,
    /// After so many seconds it may be tried again.
    #[schema(required = true)]
    pub(crate) retry_after_s: Option<i64>,
    /// What is wrong with which field.
    pub(crate) errors: Vec<FieldProblem>,
}

/// What is wrong with one field.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FieldProblem {
    /// A JSON pointer into the request's body.
    pub(crate) pointer: String,
    /// What, for programs; stable.
    pub(crate) code: String,
    /// What, for people.
    pub(crate) detail: String,
}

/// A failure on its way out of a handler or extractor.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub(crate) struct Fault(#[from] pub(crate) Failure);

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Self(Failure::Refused(refusal))
    }
}

impl From<ProblemCode> for Fault {
    fn from(code: ProblemCode) -> Self {
        Refusal::from(code).into()
    }
}

impl Fault {
    /// What the caller may know of it; the rest goes to the log.
    fn refusal(&self) -> Refusal {
        match &self.0 {
            Failure::Refused(refusal) => refusal.clone(),
            Failure::Store(StoreError::Busy(_) | StoreError::Unavailable(_)) | Failure::Blob(_) => {
                Refusal {
                    retry_after_s: Some(BUSY_RETRY_S),
                    ..ProblemCode::ServerBusy.into()
                }
            }
            Failure::Store(_) | Failure::Keys(_) | Failure::Fault(_) => {
                ProblemCode::ServerError.into()
            }
        }
    }
}

impl ResponseError for Fault {
    fn status_code(&self) -> StatusCode {
        status(self.refusal().code)
    }

    fn error_response(&self) -> HttpResponse {
        let refusal = self.refusal();
        let mut response = HttpResponse::new(status(refusal.code));
        if response.status().is_server_error() {
            tracing::error!(error = ?self.0, "A request failed: {}", self.0);
        }
        response.extensions_mut().insert(refusal);
        response
    }
}

/// Turns the refusals that handlers and extractors left behind into problems.
pub(crate) async fn render<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    let mut response = next.call(request).await?;
    let refusal = response.response_mut().extensions_mut().remove::<Refusal>();
    let Some(refusal) = refusal else {
        return Ok(response.map_into_left_body());
    };
    let (request, bare) = response.into_parts();
    let mut problem = response_to(&refusal, &request);
    for (name, value) in bare.headers() {
        if name != CONTENT_TYPE {
            problem.headers_mut().append(name.clone(), value.clone());
        }
    }
    Ok(ServiceResponse::new(request, problem).map_into_right_body())
}

/// The language that the caller prefers.
pub(crate) fn lang_of(request: &HttpRequest) -> Lang {
    let header = request
        .headers()
        .get(ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    header.map_or_else(Lang::default, Lang::from_accept_language)
}

fn response_to(refusal: &Refusal, request: &HttpRequest) -> HttpResponse {
    let lang = lang_of(request);
    let code = refusal.code;
    let status = status(code);
    let errors = refusal.fields.iter().map(|field| FieldProblem {
        pointer: field.pointer.to_owned(),
        code: field.code.as_str().to_owned(),
        detail: field.detail(lang),
    });
    let problem = Problem {
        kind: format!("{TYPE_BASE}{}", code.as_str()),
        title: code.title().get(lang).to_owned(),
        status: status.as_u16(),
        code: code.as_str().to_owned(),
        detail: refusal.detail(lang),
        instance: request.path().to_owned(),
        request_id: RequestId::of(request).to_string(),
        retry_after_s: refusal.retry_after_s,
        errors: errors.collect(),
    };
    let mut response = HttpResponse::build(status).json(problem);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, MEDIA_TYPE);
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(lang.tag()));
    if let Some(seconds) = refusal.retry_after_s {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// The HTTP status of a problem.
fn status(code: ProblemCode) -> StatusCode {
    use ProblemCode as Code;
    match code {
        Code::RequestMalformed | Code::NoticeUnreadable | Code::RequestKeyMissing => {
            StatusCode::BAD_REQUEST
        }
        Code::SessionRequired | Code::NoticeSignature => StatusCode::UNAUTHORIZED,
        Code::SessionOrigin | Code::SessionRole | Code::ConsentRequired => StatusCode::FORBIDDEN,
        Code::SchoolNotOpen
        | Code::EnrolmentNotFound
        | Code::EnrolmentUnknown
        | Code::PhotoUnknown
        | Code::OrderUnknown
        | Code::RequestPath => StatusCode::NOT_FOUND,
        Code::RequestMethod => StatusCode::METHOD_NOT_ALLOWED,
        Code::TaskUpcoming
        | Code::TaskClosed
        | Code::PhotoLimit
        | Code::PhotoState
        | Code::UploadReused
        | Code::OrderPaid
        | Code::OrderClosed
        | Code::OrderNothingDue
        | Code::OrderVersion
        | Code::PaymentUnknown
        | Code::PhoneChangeTaken
        | Code::RequestInProgress => StatusCode::CONFLICT,
        Code::LoginCodeExpired | Code::LoginCodeBurnt | Code::PhoneChangeEnded => StatusCode::GONE,
        Code::PhotoTooLarge | Code::RequestTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Code::RequestMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Code::LoginAgreement
        | Code::LoginPhone
        | Code::LoginCountry
        | Code::LoginCaptcha
        | Code::LoginCodeWrong
        | Code::IdLength
        | Code::IdCharacter
        | Code::IdCheck
        | Code::IdDate
        | Code::IdFormat
        | Code::IdKind
        | Code::LevelMissing
        | Code::NameMissing
        | Code::StudentNoMissing
        | Code::TicketNote
        | Code::ConsentVersion
        | Code::PhotoEmpty
        | Code::PhotoNotImage
        | Code::PhotoUnreadable
        | Code::PhotoHeic
        | Code::PhotoDamaged
        | Code::PhotoPixelsMany
        | Code::PhotoPixelsFew
        | Code::PhotoSideLong
        | Code::PhotoCmyk
        | Code::PhotoFrame
        | Code::PhotoFails
        | Code::PhotoNote
        | Code::ContactEmail
        | Code::ContactAddress
        | Code::PhoneChangeOld
        | Code::PhoneChangeSame
        | Code::RequestFields
        | Code::RequestKeyReused => StatusCode::UNPROCESSABLE_ENTITY,
        Code::LoginPhoneLocked => StatusCode::LOCKED,
        Code::LoginTooManySends | Code::EnrolmentTries | Code::RequestTooMany => {
            StatusCode::TOO_MANY_REQUESTS
        }
        Code::ServerError => StatusCode::INTERNAL_SERVER_ERROR,
        Code::LoginSmsUnavailable
        | Code::PaymentChannel
        | Code::PaymentProvider
        | Code::ServerBusy => StatusCode::SERVICE_UNAVAILABLE,
    }
}
