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
    use rstest::rstest;
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

    #[rstest]
    #[case::missing("{}", "/name", ProblemCode::RequestFieldMissing)]
    #[case::unknown(r#"{"name":"a","x":1}"#, "/x", ProblemCode::RequestFieldUnknown)]
    #[case::repeated(
        r#"{"name":"a","name":"b"}"#,
        "/name",
        ProblemCode::RequestFieldRepeated
    )]
    #[case::another_type(r#"{"name":1}"#, "/name", ProblemCode::RequestFieldUnreadable)]
    #[case::too_long(r#"{"name":"abcd"}"#, "/name", ProblemCode::RequestFieldUnreadable)]
    #[case::negative(
        r#"{"name":"a","count":-1}"#,
        "/count",
        ProblemCode::RequestFieldUnreadable
    )]
    #[case::missing_deep_inside(
        r#"{"name":"a","inner":{}}"#,
        "/inner/deep",
        ProblemCode::RequestFieldMissing
    )]
    #[case::another_type_deep_inside(
        r#"{"name":"a","inner":{"deep":1}}"#,
        "/inner/deep",
        ProblemCode::RequestFieldUnreadable
    )]
    #[case::unknown_deep_inside(
        r#"{"name":"a","inner":{"deep":true,"y":1}}"#,
        "/inner/y",
        ProblemCode::RequestFieldUnknown
    )]
    fn what_does_not_fit_is_named(
        #[case] json: &str,
        #[case] pointer: &str,
        #[case] code: ProblemCode,
    ) {
        let refusal = read::<Sample>(json).unwrap_err();
        assert_eq!(refusal.code, code, "{json}");
        assert_eq!(refusal.fields[0].pointer, pointer, "{json}");
        let name = pointer.rsplit('/').next().unwrap();
        assert!(refusal.detail(Lang::En).contains(name), "{json}");
    }

    #[rstest]
    #[case::list("[]")]
    #[case::number("1")]
    #[case::null("null")]
    #[case::text("\"name\"")]
    fn what_is_no_object_is_malformed(#[case] json: &str) {
        let refusal = read::<Sample>(json).unwrap_err();
        assert_eq!(refusal.code, ProblemCode::RequestMalformed, "{json}");
    }

    #[test]
    fn what_fits_is_read() {
        assert!(read::<Sample>(r#"{"name":"abc","count":1,"inner":{"deep":true}}"#).is_ok());
    }
}
