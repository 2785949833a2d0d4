//! `Idempotency-Key`: a request that must have its effect once says so in this header; docs/decisions/0046.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{HeaderName, IF_MATCH};
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponseBuilder};
use domain::ProblemCode;
use providers::keys::sha256;
use service::idempotency::KeyedRequest;
use utoipa::IntoParams;

use crate::problem::Fault;
use crate::schema;

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Says in an answer that the same request was made before.
const IDEMPOTENT_REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");
/// The longest key. Source: docs/sources.md#idempotency.
const KEY_LENGTH: usize = 255;

/// The key of a request that may have one. Call [`IdempotencyKey::request`] in the handler, when the body was read.
#[derive(Debug, Clone)]
pub(crate) struct IdempotencyKey {
    key: Option<String>,
    request: HttpRequest,
}

impl IdempotencyKey {
    /// The request with its key, for the use case. What its body says is added by the extractors of `json_body`.
    pub(crate) fn request(&self) -> KeyedRequest {
        let request = &self.request;
        let pattern = request.match_pattern().unwrap_or_default();
        let version = request.headers().get(IF_MATCH);
        let version = version.map(|version| String::from_utf8_lossy(version.as_bytes()));
        let body = request.extensions().get::<BodyHash>().copied();
        KeyedRequest {
            operation: format!("{} {pattern}", request.method()),
            key: self.key.clone(),
            target: format!("{}\n{}", request.uri(), version.unwrap_or_default()),
            content: body.map(|BodyHash(hash)| hash.to_vec()).unwrap_or_default(),
        }
    }
}

impl FromRequest for IdempotencyKey {
    type Error = Fault;
    type Future = Ready<Result<Self, Fault>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(request).map(|key| Self {
            key,
            request: request.clone(),
        }))
    }
}

/// The key of a request that must have one.
#[derive(Debug, Clone)]
pub(crate) struct RequiredIdempotencyKey(pub(crate) IdempotencyKey);

impl FromRequest for RequiredIdempotencyKey {
    type Error = Fault;
    type Future = Ready<Result<Self, Fault>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let key = IdempotencyKey::from_request(request, payload).into_inner();
        ready(match key {
            Ok(key) if key.key.is_none() => Err(ProblemCode::RequestKeyMissing.into()),
            key => key.map(Self),
        })
    }
}

fn read(request: &HttpRequest) -> Result<Option<String>, Fault> {
    let Some(value) = request.headers().get(IDEMPOTENCY_KEY) else {
        return Ok(None);
    };
    let is_good = |key: &&str| {
        (1..=KEY_LENGTH).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic())
    };
    let key = value.to_str().ok().filter(is_good);
    let key = key.ok_or(ProblemCode::RequestKeyMissing)?;
    Ok(Some(key.to_owned()))
}

/// The SHA-256 of the body of a request with a key.
#[derive(Debug, Clone, Copy)]
struct BodyHash([u8; 32]);

/// Keeps what the body of a request says, where the request has a key.
pub(crate) fn keep_body(request: &HttpRequest, body: &[u8]) {
    if request.headers().contains_key(IDEMPOTENCY_KEY) {
        request.extensions_mut().insert(BodyHash(sha256(body)));
    }
}

/// Says in an answer whether the same request was made before.
pub(crate) fn mark(mut answer: HttpResponseBuilder, is_replayed: bool) -> HttpResponseBuilder {
    if is_replayed {
        answer.insert_header((IDEMPOTENT_REPLAYED, "true"));
    }
    answer
}

/// The header of an operation that takes a key.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "describes the header to the API document")]
pub(crate) struct IdempotencyKeyHeader {
    /// Names this request: sent again with the same key within seven days it has no second effect and gets the same outcome,
    /// marked with `Idempotent-Replayed: true`. A random text of 1 to 255 visible ASCII characters.
    #[param(rename = "Idempotency-Key", inline, value_type = Option<schema::IdempotencyKey>)]
    idempotency_key: Option<String>,
}

/// The header of an operation that takes no request without a key.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "describes the header to the API document")]
pub(crate) struct RequiredIdempotencyKeyHeader {
    /// Names this request: sent again with the same key within seven days it has no second effect and gets the same outcome,
    /// marked with `Idempotent-Replayed: true`. A random text of 1 to 255 visible ASCII characters.
    #[param(rename = "Idempotency-Key", inline, value_type = schema::IdempotencyKey)]
    idempotency_key: String,
}
