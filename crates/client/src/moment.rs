//! Reads moments as the API writes them, by RFC 3339. The parser of `chrono` takes more, and a browser has to download it.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde::de::{Deserialize, Deserializer, Error};

/// A moment in a model.
pub(crate) fn read<'de, D: Deserializer<'de>>(from: D) -> Result<DateTime<Utc>, D::Error> {
    let written = String::deserialize(from)?;
    parsed(&written).ok_or_else(|| Error::custom("no moment by RFC 3339"))
}

/// A moment in a model, or none.
pub(crate) fn read_option<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<DateTime<Utc>>, D::Error> {
    match Option::<String>::deserialize(from)? {
        None => Ok(None),
        Some(written) => parsed(&written)
            .map(Some)
            .ok_or_else(|| Error::custom("no moment by RFC 3339")),
    }
}

/// `2026-11-30T08:15:00.25+08:00`.
fn parsed(written: &str) -> Option<DateTime<Utc>> {
    let (date, rest) = written.split_at_checked(10)?;
    let (time, rest) = rest.strip_prefix(['T', 't'])?.split_at_checked(8)?;
    let [year, month, day] = three(date, b'-')?;
    let [hour, minute, second] = three(time, b':')?;
    let fraction_len = match rest.strip_prefix('.') {
        Some(digits) => 1 + digits.bytes().take_while(u8::is_ascii_digit).count(),
        None => 0,
    };
    let (fraction, zone) = rest.split_at_checked(fraction_len)?;
    let east_minutes = match zone.split_at_checked(1)? {
        ("Z" | "z", "") => 0,
        ("+", east) => minutes(east)?,
        ("-", west) => -minutes(west)?,
        _ => return None,
    };
    let day = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    let local = day.and_hms_nano_opt(hour, minute, second, nanoseconds(fraction)?)?;
    let utc = local.checked_sub_signed(Duration::minutes(east_minutes))?;
    Some(utc.and_utc())
}

/// The numbers of a date or of a time of day: all but the first have two digits.
fn three(written: &str, between: u8) -> Option<[u32; 3]> {
    let mut parts = written.split(char::from(between));
    let numbers = [
        whole(parts.next()?)?,
        whole(parts.next().filter(|part| part.len() == 2)?)?,
        whole(parts.next().filter(|part| part.len() == 2)?)?,
    ];
    parts.next().is_none().then_some(numbers)
}

/// The nanoseconds of `.25`; 0 for nothing.
fn nanoseconds(fraction: &str) -> Option<u32> {
    let Some(digits) = fraction.strip_prefix('.') else {
        return Some(0);
    };
    let digits = digits.get(..digits.len().min(9))?;
    let missing = u32::try_from(9 - digits.len()).ok()?;
    Some(whole(digits)? * 10_u32.pow(missing))
}

/// The minutes of `08:00`.
fn minutes(written: &str) -> Option<i64> {
    let (hours, minutes) = written.split_once(':')?;
    let is_two = hours.len() == 2 && minutes.len() == 2;
    is_two.then_some(i64::from(whole(hours)?) * 60 + i64::from(whole(minutes)?))
}

/// A number of digits alone.
fn whole(written: &str) -> Option<u32> {
    let is_whole = written.bytes().all(|one| one.is_ascii_digit());
    written.parse().ok().filter(|_| is_whole)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::in_utc("2026-11-30T08:15:00Z")]
    #[case::small_letters("2026-11-30t08:15:00.25z")]
    #[case::east_of_utc("2026-02-28T23:59:59.123456789+08:00")]
    #[case::west_of_utc_on_a_leap_day("2024-02-29T00:00:00.000001-09:30")]
    #[case::before_1970_with_many_digits("1969-12-31T23:59:59.9999999999Z")]
    fn moments_are_read_as_chrono_reads_them(#[case] written: &str) {
        let expected = DateTime::parse_from_rfc3339(written).unwrap().to_utc();
        assert_eq!(parsed(written), Some(expected), "{written}");
    }

    #[rstest]
    #[case("")]
    #[case("2026-11-30")]
    #[case("2026-11-30T08:15Z")]
    #[case("2026-13-30T08:15:00Z")]
    #[case("2026-02-29T08:15:00Z")]
    #[case("2026-11-30T24:00:00Z")]
    #[case("2026-11-30T08:15:00")]
    #[case("2026-11-30T08:15:00.Z")]
    #[case("2026-11-30T08:15:00+8:00")]
    #[case("2026-11-30T08:15:00+0800")]
    #[case("2026-11-30T08:15:00Zx")]
    #[case("+026-11-30T08:15:00Z")]
    #[case("2026-1-300T08:15:00Z")]
    #[case("二〇二六-11-30T08:15:00Z")]
    fn what_is_no_moment_is_none(#[case] written: &str) {
        assert_eq!(parsed(written), None, "{written}");
    }

    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Model {
        #[serde(default, deserialize_with = "read_option")]
        at: Option<DateTime<Utc>>,
    }

    #[rstest]
    #[case::absent("{}", None)]
    #[case::null(r#"{"at": null}"#, None)]
    #[case::a_moment(r#"{"at": "1970-01-01T00:00:01Z"}"#, Some(1))]
    fn a_moment_may_be_missing(#[case] text: &str, #[case] second: Option<i64>) {
        let at = second.and_then(|second| DateTime::from_timestamp(second, 0));
        assert_eq!(serde_json::from_str::<Model>(text).unwrap(), Model { at });
    }

    #[test]
    fn what_is_no_moment_is_not_taken_for_a_missing_one() {
        assert!(serde_json::from_str::<Model>(r#"{"at": "soon"}"#).is_err());
    }
}
