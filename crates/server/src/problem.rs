//! What a caller is told when something is not possible: RFC 9457 problems.
//!
//! A handler fails with a [`service::Failure`]; [`render`] fills in language, path and request id on the way out.

use actix_web::body::BoxBody;
use actix_web::dev::ServiceResponse;
use actix_web::http::header::{
    ACCEPT_LANGUAGE, CONTENT_LANGUAGE, CONTENT_TYPE, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE,
};
use actix_web::http::{StatusCode, Uri};
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use domain::problem::ProblemKind;
use domain::{Lang, ProblemCode, Refusal, RequestId};
use serde::Serialize;
use service::{Context, Failure};
use store::StoreError;
use utoipa::ToSchema;

use crate::connection;
use crate::docs::PROBLEMS;
use crate::finding::FindingView;
use crate::request_id::id_of;
use crate::schema;

/// After so many seconds a busy or absent database is worth another try.
pub(crate) const BUSY_RETRY_S: i64 = 5;
/// The media type of a problem. Source: RFC 9457, 3.
const MEDIA_TYPE: HeaderValue = HeaderValue::from_static("application/problem+json");

/// A problem, in the caller's language.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// An address that names the kind of problem.
    #[serde(rename = "type")]
    #[schema(
        format = "uri-reference",
        examples("/api/docs/problems#request.fields_invalid")
    )]
    pub(crate) kind: String,
    /// What happened, in a few words.
    #[schema(examples("有内容需要修改"))]
    pub(crate) title: String,
    /// The HTTP status.
    #[schema(minimum = 400, maximum = 599, examples(422))]
    pub(crate) status: u16,
    /// What happened, for programs; stable.
    #[schema(value_type = schema::ProblemCode)]
    pub(crate) code: String,
    /// What happened, why, and what to do now.
    #[schema(examples("请按各项提示修改后再提交。"))]
    pub(crate) detail: String,
    /// The path that was called.
    #[schema(examples("/api/v1/me"))]
    pub(crate) instance: String,
    /// Names this request in our logs.
    #[schema(examples("req_01k9b3m0v8f7wq2d5e6h4t1xyz"))]
    pub(crate) request_id: String,
    /// After so many seconds it may be tried again.
    #[schema(required = true, minimum = 0, examples(5))]
    pub(crate) retry_after_s: Option<i64>,
    /// What is wrong with which field.
    pub(crate) errors: Vec<FieldProblem>,
    /// What was found on a photo that is refused for it, worst first; only then.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub(crate) findings: Vec<FindingView>,
}

/// What is wrong with one field.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FieldProblem {
    /// A JSON pointer into the request's body.
    #[schema(format = "json-pointer", examples("/email"))]
    pub(crate) pointer: String,
    /// What, for programs; stable.
    #[schema(value_type = schema::ProblemCode)]
    pub(crate) code: String,
    /// What, for people.
    #[schema(examples("请核对邮箱，例如 name@example.edu.cn。"))]
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
        if let Some(challenge) = challenge(&refusal) {
            response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
        }
        response.extensions_mut().insert(refusal);
        response
    }
}

/// How an integrator proves itself, where its token is missing or does not do. Source: RFC 6750, 3.
fn challenge(refusal: &Refusal) -> Option<HeaderValue> {
    let code = refusal.code;
    let challenge = if code == ProblemCode::SessionRequired {
        r#"Bearer realm="gradphoto""#.to_owned()
    } else if code == ProblemCode::IntegratorToken {
        r#"Bearer realm="gradphoto", error="invalid_token""#.to_owned()
    } else if code == ProblemCode::IntegratorScope {
        let scope = refusal.facts.iter().find(|(name, _)| *name == "scope");
        let scope = scope.map_or("", |(_, scope)| scope.as_str());
        format!(r#"Bearer realm="gradphoto", error="insufficient_scope", scope="{scope}""#)
    } else {
        return None;
    };
    HeaderValue::from_str(&challenge).ok()
}

/// Turns the refusal that a handler or extractor left behind into a problem.
/// Failures of ours go to the log, those that repeat once a minute.
pub(crate) fn render(
    context: &Context,
    mut response: ServiceResponse<BoxBody>,
) -> ServiceResponse<BoxBody> {
    let error = response.response().error();
    if let Some(Fault(failure)) = error.and_then(|error| error.as_error::<Fault>())
        && !matches!(failure, Failure::Refused(_))
    {
        context.report("A request failed", failure);
    }
    let refusal = response.response_mut().extensions_mut().remove::<Refusal>();
    // Whatever the handler made of a body that broke off: it came too slowly.
    let is_late = connection::is_late(response.request());
    let refusal = if is_late {
        Some(Refusal::from(ProblemCode::RequestTimeout))
    } else {
        refusal
    };
    let Some(refusal) = refusal else {
        return response;
    };
    let (request, bare) = response.into_parts();
    let mut problem = response_to(&refusal, &request);
    // For the line that the log has of each request.
    problem.extensions_mut().insert(refusal.code);
    for (name, value) in bare.headers() {
        if name != CONTENT_TYPE {
            problem.headers_mut().append(name.clone(), value.clone());
        }
    }
    ServiceResponse::new(request, problem)
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
    Caller::of(request).answer(refusal)
}

/// What of a request its problem tells, for where the request itself is not at hand any more.
pub(crate) struct Caller {
    lang: Lang,
    address: Uri,
    request_id: Option<RequestId>,
}

impl Caller {
    /// Whoever sent this request.
    pub(crate) fn of(request: &HttpRequest) -> Self {
        Self {
            lang: lang_of(request),
            address: request.uri().clone(),
            request_id: id_of(request),
        }
    }

    /// The problem, as an answer.
    pub(crate) fn answer(&self, refusal: &Refusal) -> HttpResponse {
        let lang = self.lang;
        let code = refusal.code;
        let status = status(code);
        let errors = refusal.fields.iter().map(|field| FieldProblem {
            pointer: field.pointer.clone().into_owned(),
            code: field.code.as_str().to_owned(),
            detail: field.detail(lang),
        });
        let problem = Problem {
            kind: format!("{PROBLEMS}#{}", code.as_str()),
            title: code.title().get(lang).to_owned(),
            status: status.as_u16(),
            code: code.as_str().to_owned(),
            detail: refusal.detail(lang),
            instance: self.address.path().to_owned(),
            request_id: self
                .request_id
                .map_or_else(String::new, |id| id.to_string()),
            retry_after_s: refusal.retry_after_s,
            errors: errors.collect(),
            findings: refusal.findings.iter().map(FindingView::from).collect(),
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
}

/// The HTTP status of a problem.
fn status(code: ProblemCode) -> StatusCode {
    match code.kind() {
        ProblemKind::Malformed => StatusCode::BAD_REQUEST,
        ProblemKind::NotProven => StatusCode::UNAUTHORIZED,
        ProblemKind::Forbidden => StatusCode::FORBIDDEN,
        ProblemKind::Missing => StatusCode::NOT_FOUND,
        ProblemKind::Method => StatusCode::METHOD_NOT_ALLOWED,
        ProblemKind::TooSlow => StatusCode::REQUEST_TIMEOUT,
        ProblemKind::State => StatusCode::CONFLICT,
        ProblemKind::Unconditional => StatusCode::PRECONDITION_REQUIRED,
        ProblemKind::Stale => StatusCode::PRECONDITION_FAILED,
        ProblemKind::Over => StatusCode::GONE,
        ProblemKind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ProblemKind::Range => StatusCode::RANGE_NOT_SATISFIABLE,
        ProblemKind::AddressTooLong => StatusCode::URI_TOO_LONG,
        ProblemKind::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ProblemKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        ProblemKind::TooOften => StatusCode::TOO_MANY_REQUESTS,
        ProblemKind::Fault => StatusCode::INTERNAL_SERVER_ERROR,
        ProblemKind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}
