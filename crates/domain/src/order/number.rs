//! The order number that people read, type and quote: `10001-260420-7K3M9QXT`.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, FixedOffset, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::code_characters;

/// The day of an order is China's.
const CHINA_OFFSET_S: i32 = 8 * 3600;

/// An order number: the school's code, China's date, eight random characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OrderNo(String);

/// A text that is not an order number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an order number")]
pub struct OrderNoError;

impl OrderNo {
    /// The number of an order made at a moment for a school; the random bits make it unguessable.
    pub fn new(school_code: &str, now: DateTime<Utc>, random: [u8; 5]) -> Self {
        let day = FixedOffset::east_opt(CHINA_OFFSET_S).map_or_else(
            || now.format("%y%m%d"),
            |china| now.with_timezone(&china).format("%y%m%d"),
        );
        let tail = code_characters::encode(random);
        Self(format!("{school_code}-{day}-{tail}"))
    }

    /// The number as people see it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for OrderNo {
    type Err = OrderNoError;

    /// Reads a number as people type it: small letters and blanks around are forgiven.
    fn from_str(text: &str) -> Result<Self, OrderNoError> {
        let text = text.trim().to_ascii_uppercase();
        let mut parts = text.split('-');
        let (Some(code), Some(day), Some(tail), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(OrderNoError);
        };
        let digits = |part: &str, length| {
            part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        if digits(code, 5) && digits(day, 6) && code_characters::is_code(tail) {
            Ok(Self(text))
        } else {
            Err(OrderNoError)
        }
    }
}

impl fmt::Display for OrderNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for OrderNo {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for OrderNo {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn the_number_carries_the_school_and_the_day_in_china() {
        let evening = DateTime::from_timestamp(1_776_700_800, 0).unwrap(); // 2026-04-20 16:00 UTC
        let number = OrderNo::new("10001", evening, [0x39, 0xC7, 0x44, 0xDF, 0x3A]);
        assert_eq!(number.as_str(), "10001-260421-773M9QST");
        assert_eq!(" 10001-260421-773m9qst ".parse(), Ok(number));
    }

    #[rstest]
    #[case::empty("")]
    #[case::the_school_alone("10001")]
    #[case::a_short_school("1000-260421-773M9QST")]
    #[case::a_short_day("10001-26042-773M9QST")]
    #[case::a_short_number("10001-260421-773M9QS")]
    #[case::another_check_character("10001-260421-773M9QSU")]
    #[case::a_part_too_many("10001-260421-773M9QST-1")]
    fn other_texts_are_refused(#[case] text: &str) {
        assert_eq!(text.parse::<OrderNo>(), Err(OrderNoError), "{text}");
    }
}
