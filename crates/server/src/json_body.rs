//! JSON bodies, read so that what is wrong with one names its field.

use std::ops::Deref;

use actix_web::dev::Payload;
use actix_web::web::{Json, JsonBody};
use actix_web::{Error, FromRequest, HttpRequest};
use domain::Refusal;
use futures_util::future::LocalBoxFuture;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use serde_path_to_error::{Path, Segment};

use crate::extract::json_fault;
use crate::field_fault;
use crate::idempotency;
use crate::problem::Fault;

/// A JSON body. What is no JSON is refused as such, by `extract::json_config`; what is JSON of another shape, by the field
/// that does not fit.
#[derive(Debug)]
pub(crate) struct Body<T>(T);

impl<T> Body<T> {
    /// What was read.
    pub(crate) fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Deref for Body<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: DeserializeOwned> FromRequest for Body<T> {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self, Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let json = Json::<Box<RawValue>>::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let json = json.await?;
            idempotency::keep_body(&request, json.get().as_bytes());
            read(json.get())
                .map(Self)
                .map_err(|refusal| Fault::from(refusal).into())
        })
    }
}

/// The most bytes of a [`LargeBody`].
const LARGE_BODY_LIMIT: usize = 2_000_000;

/// As [`Body`], for lists of many things: 2 MB.
#[derive(Debug)]
pub(crate) struct LargeBody<T>(T);

impl<T> LargeBody<T> {
    /// What was read.
    pub(crate) fn into_inner(self) -> T {
        self.0
    }
}

impl<T: DeserializeOwned> FromRequest for LargeBody<T> {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self, Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let json = JsonBody::<Box<RawValue>>::new(request, payload, None, true);
        let json = json.limit(LARGE_BODY_LIMIT);
        let request = request.clone();
        Box::pin(async move {
            let json = json.await.map_err(|error| json_fault(&error))?;
            idempotency::keep_body(&request, json.get().as_bytes());
            read(json.get())
                .map(Self)
                .map_err(|refusal| Fault::from(refusal).into())
        })
    }
}

fn read<T: DeserializeOwned>(json: &str) -> Result<T, Refusal> {
    let mut reader = serde_json::Deserializer::from_str(json);
    serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let place = pointer(error.path());
        field_fault::of_body(&place, &error.inner().to_string())
    })
}

/// A path as a JSON pointer.
fn pointer(path: &Path) -> String {
    let mut pointer = String::new();
    for segment in path {
        match segment {
            Segment::Map { key } => pointer.extend(["/", key]),
            Segment::Seq { index } => pointer.extend(["/", &index.to_string()]),
            // Neither names a value of its own.
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    pointer
}

#[cfg(test)]
mod tests {
    use domain::{Lang, ProblemCode};
    use serde::Deserialize;

    use super::*;
    use crate::text::Text;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only whether it can be read is of interest")]
    struct Sample {
        name: Text<3>,
        #[serde(default)]
        count: Option<u8>,
        #[serde(default)]
        inner: Option<Inner>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only whether it can be read is of interest")]
    struct Inner {
        deep: bool,
    }

    #[test]
    fn what_does_not_fit_is_named() {
        for (json, pointer, code) in [
            ("{}", "/name", ProblemCode::RequestFieldMissing),
            (
                r#"{"name":"a","x":1}"#,
                "/x",
                ProblemCode::RequestFieldUnknown,
            ),
            (
                r#"{"name":"a","name":"b"}"#,
                "/name",
                ProblemCode::RequestFieldRepeated,
            ),
            (
                r#"{"name":1}"#,
                "/name",
                ProblemCode::RequestFieldUnreadable,
            ),
            (
                r#"{"name":"abcd"}"#,
                "/name",
                ProblemCode::RequestFieldUnreadable,
            ),
            (
                r#"{"name":"a","count":-1}"#,
                "/count",
                ProblemCode::RequestFieldUnreadable,
            ),
            (
                r#"{"name":"a","inner":{}}"#,
                "/inner/deep",
                ProblemCode::RequestFieldMissing,
            ),
            (
                r#"{"name":"a","inner":{"deep":1}}"#,
                "/inner/deep",
                ProblemCode::RequestFieldUnreadable,
            ),
            (
                r#"{"name":"a","inner":{"deep":true,"y":1}}"#,
                "/inner/y",
                ProblemCode::RequestFieldUnknown,
            ),
        ] {
            let refusal = read::<Sample>(json).unwrap_err();
            assert_eq!(refusal.code, code, "{json}");
            assert_eq!(refusal.fields[0].pointer, pointer, "{json}");
            let name = pointer.rsplit('/').next().unwrap();
            assert!(refusal.detail(Lang::En).contains(name), "{json}");
        }
        assert!(read::<Sample>(r#"{"name":"abc","count":1,"inner":{"deep":true}}"#).is_ok());
        for json in ["[]", "1", "null", "\"name\""] {
            let refusal = read::<Sample>(json).unwrap_err();
            assert_eq!(refusal.code, ProblemCode::RequestMalformed, "{json}");
        }
    }
}
