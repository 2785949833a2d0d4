//! What a handler asks for in its signature: who calls, and from where.

use std::future::{Ready, ready};
use std::net::{IpAddr, Ipv4Addr};
use std::ops::Deref;

use actix_multipart::MultipartError;
use actix_web::dev::Payload;
use actix_web::error::{JsonPayloadError, PathError, PayloadError, QueryPayloadError};
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderMap, ORIGIN, USER_AGENT};
use actix_web::web::{Data, JsonConfig, PathConfig, PayloadConfig, QueryConfig};
use actix_web::{FromRequest, HttpMessage, HttpRequest, ResponseError};
use chrono::TimeDelta;
use data_encoding::BASE64URL_NOPAD;
use domain::{ClientDevice, ProblemCode, Refusal};
use service::{Context, Failure};

use crate::problem::Fault;
use crate::{cookie, field_fault};

/// The largest body that is no photo: JSON, or a provider's notice.
const BODY_LIMIT: usize = 64 * 1024;
/// When an upload that could not be stored is worth another try.
const STORING_RETRY: TimeDelta = TimeDelta::seconds(5);

/// Whether `X-Forwarded-For` is set by a proxy of ours.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TrustProxy(pub(crate) bool);

fn context(request: &HttpRequest) -> Result<&Context, Fault> {
    let context = request.app_data::<Data<Context>>();
    context
        .map(Data::get_ref)
        .ok_or(Fault(Failure::Fault("no context is mounted")))
}

/// A logged-in person. A changing request must come from our own pages.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Student(service::Student);

impl Deref for Student {
    type Target = service::Student;
    fn deref(&self) -> &service::Student {
        &self.0
    }
}

impl FromRequest for Student {
    type Error = Fault;
    type Future = Ready<Result<Self, Fault>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(student(request))
    }
}

fn student(request: &HttpRequest) -> Result<Student, Fault> {
    let context = context(request)?;
    let student = authenticated(request, context).ok_or(ProblemCode::SessionRequired)?;
    if !request.method().is_safe() {
        require_own_origin(request, context)?;
    }
    Ok(Student(student))
}

/// Who a request's token spoke for when it was first looked at.
#[derive(Clone, Copy)]
struct Authenticated(Option<service::Student>);

/// Who the access token of a request speaks for, if anybody; its signature is checked once a request.
pub(crate) fn authenticated(request: &HttpRequest, context: &Context) -> Option<service::Student> {
    let known = request.extensions().get::<Authenticated>().copied();
    if let Some(Authenticated(student)) = known {
        return student;
    }
    let token = cookie::access_token(request);
    let student = service::session::authenticate(context, token).ok();
    request.extensions_mut().insert(Authenticated(student));
    student
}

/// A request that changes something without a session: it must come from our own pages all the same.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SameOrigin;

impl FromRequest for SameOrigin {
    type Error = Fault;
    type Future = Ready<Result<Self, Fault>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let checked = context(request).and_then(|context| require_own_origin(request, context));
        ready(checked.map(|()| Self))
    }
}

/// Browsers send `Origin` with every changing request; whoever sends none is no browser and holds no cookies of ours
/// by accident.
fn require_own_origin(request: &HttpRequest, context: &Context) -> Result<(), Fault> {
    match request.headers().get(ORIGIN) {
        Some(origin) if origin.as_bytes() != context.settings.public_origin.as_bytes() => {
            Err(ProblemCode::SessionOrigin.into())
        }
        Some(_) | None => Ok(()),
    }
}

/// Who asks: address and browser.
#[derive(Debug, Clone)]
pub(crate) struct Caller(pub(crate) service::login::Caller);

impl FromRequest for Caller {
    type Error = Fault;
    type Future = Ready<Result<Self, Fault>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(caller(request))
    }
}

/// The device that the request comes from, as far as it tells.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Device(pub(crate) ClientDevice);

impl FromRequest for Device {
    type Error = Fault;
    type Future = Ready<Result<Self, Fault>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let user_agent = request.headers().get(USER_AGENT);
        let user_agent = user_agent.and_then(|value| value.to_str().ok());
        ready(Ok(Self(ClientDevice::of(user_agent.unwrap_or_default()))))
    }
}

/// From which address somebody asks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Address(pub(crate) IpAddr);

impl FromRequest for Address {
    type Error = Fault;
    type Future = Ready<Result<Self, Fault>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(address_of(request))))
    }
}

fn caller(request: &HttpRequest) -> Result<Caller, Fault> {
    let context = context(request)?;
    let fresh = || BASE64URL_NOPAD.encode(&context.random_bytes::<16>());
    let browser = cookie::browser_value(request).map_or_else(fresh, str::to_owned);
    Ok(Caller(service::login::Caller {
        address: address_of(request),
        browser,
    }))
}

/// The caller's address: the proxy's last word where there is one of ours, else the connection's.
pub(crate) fn address_of(request: &HttpRequest) -> IpAddr {
    let direct = || request.peer_addr().map(|peer| peer.ip());
    forwarded_address(request)
        .or_else(direct)
        .unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
}

/// The address that a proxy of ours names; `None` where there is none.
pub(crate) fn forwarded_address(request: &HttpRequest) -> Option<IpAddr> {
    let is_behind_proxy = request
        .app_data::<TrustProxy>()
        .is_some_and(|trust| trust.0);
    is_behind_proxy
        .then(|| last_forwarded(request.headers()))
        .flatten()
}

/// A proxy appends: what stands before the last entry came from the caller.
fn last_forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let value = headers.get_all("X-Forwarded-For").last()?.to_str().ok()?;
    value.rsplit(',').next()?.trim().parse().ok()
}

/// How large a body may be that is read whole.
pub(crate) fn payload_config() -> PayloadConfig {
    PayloadConfig::new(BODY_LIMIT)
}

/// A JSON body that cannot be read is a problem like any other.
pub(crate) fn json_config() -> JsonConfig {
    JsonConfig::default()
        .limit(BODY_LIMIT)
        .error_handler(|error, _| json_fault(&error).into())
}

/// The problem of a body that is no JSON.
pub(crate) fn json_fault(error: &JsonPayloadError) -> Fault {
    if matches!(error, JsonPayloadError::ContentType) {
        ProblemCode::RequestMediaType.into()
    } else {
        status_fault(error.status_code())
    }
}

/// The problem of an extractor's own status.
pub(crate) fn status_fault(status: StatusCode) -> Fault {
    let code = match status {
        StatusCode::PAYLOAD_TOO_LARGE => ProblemCode::RequestTooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE | StatusCode::NOT_ACCEPTABLE => {
            ProblemCode::RequestMediaType
        }
        _ => ProblemCode::RequestMalformed,
    };
    code.into()
}

/// A query that cannot be read is a problem like any other.
pub(crate) fn query_config() -> QueryConfig {
    QueryConfig::default().error_handler(|error: QueryPayloadError, request| {
        Fault::from(field_fault::of_query(&error.to_string(), request)).into()
    })
}

/// A path that cannot be read leads nowhere.
pub(crate) fn path_config() -> PathConfig {
    PathConfig::default()
        .error_handler(|_: PathError, _| Fault::from(ProblemCode::RequestPath).into())
}

/// A form that cannot be read is a problem like any other.
pub(crate) fn multipart_fault(error: &MultipartError) -> Fault {
    let is_type = matches!(
        error,
        MultipartError::ContentTypeMissing
            | MultipartError::ContentTypeParse
            | MultipartError::ContentTypeIncompatible
    );
    // A form whose length is not announced is found too large only while it is read.
    let is_overflow = matches!(error, MultipartError::Payload(PayloadError::Overflow));
    let status = error.status_code();
    if let MultipartError::Field { source, .. } = error
        && source.as_error::<Fault>().is_some()
    {
        // The file was received and could not be stored.
        Refusal::until(ProblemCode::ServerBusy, STORING_RETRY).into()
    } else if is_overflow || status == StatusCode::PAYLOAD_TOO_LARGE {
        too_large().into()
    } else if let Some(refusal) = field_fault::of_form(error) {
        refusal.into()
    } else if is_type {
        ProblemCode::RequestMediaType.into()
    } else {
        status_fault(status)
    }
}

/// A photo that is over the limit; how much it has is not known, the rest was not read.
fn too_large() -> Refusal {
    let max_mb = photo::Limits::default().max_bytes / (1024 * 1024);
    Refusal::from(ProblemCode::PhotoTooLarge)
        .with("size_mb", format!("{max_mb}+"))
        .with("max_mb", max_mb)
}
