//! Fields of answers that may be missing, null, empty or of another type: each then reads as `None`, and what needs the
//! value asks for it. Use with `#[serde(default, deserialize_with = "…")]`.
//!
//! Source: docs/decisions/0017-provider-answers.md

use chrono::{DateTime, FixedOffset};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// A text that is not empty; a number counts as its digits.
pub(crate) fn text<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Ok(read_text(Value::deserialize(from)?))
}

/// As [`text`]; empty where there is none.
pub(crate) fn text_or_empty<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    Ok(text(from)?.unwrap_or_default())
}

/// A time of RFC 3339.
pub(crate) fn time<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<DateTime<FixedOffset>>, D::Error> {
    let text = text(from)?;
    Ok(text.and_then(|text| DateTime::parse_from_rfc3339(&text).ok()))
}

/// A value of exactly this type: a whole number is read from a whole number, not from a text.
pub(crate) fn exact<'de, D: Deserializer<'de>, T: DeserializeOwned>(
    from: D,
) -> Result<Option<T>, D::Error> {
    Ok(serde_json::from_value(Value::deserialize(from)?).ok())
}

fn read_text(value: Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text),
        Value::Number(number) => Some(number.to_string()),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(default)]
    struct Fields {
        #[serde(deserialize_with = "text")]
        text: Option<String>,
        #[serde(deserialize_with = "text_or_empty")]
        message: String,
        #[serde(deserialize_with = "time")]
        time: Option<DateTime<FixedOffset>>,
        #[serde(deserialize_with = "exact")]
        amount: Option<i64>,
    }

    fn read(json: &str) -> Fields {
        serde_json::from_str(json).unwrap()
    }

    #[rstest]
    #[case::left_out("{}")]
    #[case::null(r#"{"text":null,"message":null,"time":null,"amount":null}"#)]
    #[case::empty_text(r#"{"text":"","message":"","time":"","amount":""}"#)]
    #[case::empty_object_or_list(r#"{"text":{},"message":[],"time":{},"amount":{}}"#)]
    #[case::other_kind(r#"{"text":true,"message":{},"time":"soon","amount":"2000"}"#)]
    #[case::other_form(r#"{"amount":2000.0,"time":"2026-06-09 18:15:20"}"#)]
    fn what_is_not_there_in_any_form_reads_as_none(#[case] json: &str) {
        assert_eq!(read(json), Fields::default(), "{json}");
    }

    #[test]
    fn what_is_there_is_read() {
        let json = r#"{"text":7,"message":"m","time":"2026-06-09T18:15:20+08:00","amount":2000}"#;
        let found = read(json);
        assert_eq!(found.text.as_deref(), Some("7"));
        assert_eq!((found.message.as_str(), found.amount), ("m", Some(2000)));
        assert_eq!(found.time.map(|time| time.timestamp()), Some(1_781_000_120));
    }
}
