//! Values as OTLP's JSON encoding has them. Source: docs/sources.md#otlp.

use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

/// A value of an attribute.
pub(super) enum Scalar {
    Text(String),
    Whole(i64),
    Number(f64),
    Claim(bool),
}

impl From<&str> for Scalar {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Scalar {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u32> for Scalar {
    fn from(number: u32) -> Self {
        Self::Whole(number.into())
    }
}

/// An attribute.
pub(super) fn attribute(key: &str, value: impl Into<Scalar>) -> Value {
    let value = match value.into() {
        Scalar::Text(text) => json!({ "stringValue": text }),
        // 64-bit numbers are texts, since JavaScript's have 53 bits.
        Scalar::Whole(number) => json!({ "intValue": number.to_string() }),
        Scalar::Number(number) => json!({ "doubleValue": number }),
        Scalar::Claim(is_true) => json!({ "boolValue": is_true }),
    };
    json!({ "key": key, "value": value })
}

/// Who made the figures and spans.
pub(super) fn scope() -> Value {
    json!({ "name": "gradphoto" })
}

/// A time, in nanoseconds since 1970.
pub(super) fn nanos(time: SystemTime) -> String {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    since.as_nanos().to_string()
}
