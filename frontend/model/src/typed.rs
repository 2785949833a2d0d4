//! What people type for amounts and moments, read and written.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use domain::Fen;

/// China's offset from UTC.
const CHINA: TimeDelta = TimeDelta::hours(8);
/// How a browser's field for day and time writes a moment.
const MOMENT: &str = "%Y-%m-%dT%H:%M";

/// The amount of yuan that was typed, with two decimals at most; `None` where it is none.
pub fn read_yuan(typed: &str) -> Option<Fen> {
    let typed = typed.trim();
    let (whole, part) = typed.split_once('.').unwrap_or((typed, ""));
    let digits = format!("{part:0<2}");
    let are_digits = |text: &str| !text.is_empty() && text.chars().all(|it| it.is_ascii_digit());
    if !are_digits(whole) || !are_digits(&digits) || digits.len() > 2 {
        return None;
    }
    let yuan: i64 = whole.parse().ok()?;
    let fen: i64 = digits.parse().ok()?;
    Some(Fen(yuan.checked_mul(100)?.checked_add(fen)?))
}

/// An amount as it would be typed: `30`, `30.50`.
pub fn yuan_text(amount: Fen) -> String {
    let (yuan, fen) = (amount.0 / 100, amount.0 % 100);
    if fen == 0 {
        yuan.to_string()
    } else {
        format!("{yuan}.{fen:02}")
    }
}

/// The moment that was typed by China's clock; `None` where it is none.
pub fn read_moment(typed: &str) -> Option<DateTime<Utc>> {
    let local = NaiveDateTime::parse_from_str(typed, MOMENT).ok()?;
    Some((local - CHINA).and_utc())
}

/// A moment as it would be typed by China's clock.
pub fn moment_typed(moment: DateTime<Utc>) -> String {
    (moment + CHINA).format(MOMENT).to_string()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::whole("30", Some(3000))]
    #[case::one_decimal(" 30.5 ", Some(3050))]
    #[case::two_decimals("0.05", Some(5))]
    #[case::three_decimals("30.505", None)]
    #[case::negative("-1", None)]
    #[case::a_comma("30,5", None)]
    #[case::no_whole_part(".5", None)]
    #[case::empty("", None)]
    #[case::more_than_there_is("99999999999999999999", None)]
    fn yuan_are_read_with_two_decimals_at_most(#[case] typed: &str, #[case] expected: Option<i64>) {
        assert_eq!(read_yuan(typed).map(|fen| fen.0), expected, "{typed:?}");
    }

    #[rstest]
    #[case::nothing(0)]
    #[case::a_few_fen(5)]
    #[case::whole(3000)]
    #[case::with_decimals(3050)]
    fn an_amount_is_read_as_it_is_shown(#[case] fen: i64) {
        assert_eq!(read_yuan(&yuan_text(Fen(fen))), Some(Fen(fen)));
    }

    #[test]
    fn moments_are_chinas_whatever_the_browser_thinks() {
        let midnight = read_moment("2026-06-30T00:00").unwrap();
        assert_eq!(midnight.to_rfc3339(), "2026-06-29T16:00:00+00:00");
        assert_eq!(moment_typed(midnight), "2026-06-30T00:00");
        assert_eq!(read_moment("2026-06-31T00:00"), None);
        assert_eq!(read_moment(""), None);
    }
}
