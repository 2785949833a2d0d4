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
    use super::*;

    #[test]
    fn yuan_are_read_with_two_decimals_at_most() {
        for (typed, expected) in [
            ("30", Some(3000)),
            (" 30.5 ", Some(3050)),
            ("0.05", Some(5)),
            ("30.505", None),
            ("-1", None),
            ("30,5", None),
            (".5", None),
            ("", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(read_yuan(typed).map(|fen| fen.0), expected, "{typed:?}");
        }
        for fen in [0, 5, 3000, 3050] {
            assert_eq!(read_yuan(&yuan_text(Fen(fen))), Some(Fen(fen)));
        }
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
