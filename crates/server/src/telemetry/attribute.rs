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

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use std::time::Duration;

    use super::*;

    #[rstest]
    #[case::text("GET".into(), json!({ "stringValue": "GET" }))]
    #[case::whole(503_u32.into(), json!({ "intValue": "503" }))]
    #[case::large(Scalar::Whole(i64::MAX), json!({ "intValue": "9223372036854775807" }))]
    #[case::number(Scalar::Number(0.5), json!({ "doubleValue": 0.5 }))]
    #[case::claim(Scalar::Claim(true), json!({ "boolValue": true }))]
    fn a_value_is_written_under_the_name_of_its_type(
        #[case] value: Scalar,
        #[case] expected: Value,
    ) {
        assert_eq!(
            attribute("k", value),
            json!({ "key": "k", "value": expected })
        );
    }

    #[rstest]
    #[case::beginning(UNIX_EPOCH, "0")]
    #[case::before_it(UNIX_EPOCH - Duration::from_secs(1), "0")]
    #[case::after_it(UNIX_EPOCH + Duration::from_nanos(1_500_000_001), "1500000001")]
    fn a_time_is_counted_in_nanoseconds(#[case] time: SystemTime, #[case] expected: &str) {
        assert_eq!(nanos(time), expected);
    }
}
