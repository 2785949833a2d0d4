//! Fen as yuan and back, as Alipay, bills and people write it; and what the providers charge.

/// Fen as yuan with two decimals.
pub(crate) fn yuan(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    let fen = fen.unsigned_abs();
    format!("{sign}{}.{:02}", fen / 100, fen % 100)
}

/// Yuan to fen: digits, and at most two decimals.
pub(crate) fn fen(yuan: &str) -> Option<i64> {
    let (whole, cents) = yuan.split_once('.').unwrap_or((yuan, "00"));
    let is_digits = |text: &str, longest| {
        (1..=longest).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !is_digits(whole, 9) || !is_digits(cents, 2) {
        return None;
    }
    let tens_or_units: i64 = if cents.len() == 1 { 10 } else { 1 };
    Some(whole.parse::<i64>().ok()? * 100 + cents.parse::<i64>().ok()? * tens_or_units)
}

/// The provider's fee for an amount: 0.6 %, rounded half up to the fen.
pub(crate) fn fee(amount_fen: i64) -> i64 {
    (amount_fen * 6 + 500) / 1000
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::two_decimals("19.90", 1990)]
    #[case::one_fen("0.01", 1)]
    #[case::no_decimals("3", 300)]
    #[case::one_decimal("0.3", 30)]
    fn yuan_are_read_as_fen(#[case] text: &str, #[case] expected: i64) {
        assert_eq!(fen(text), Some(expected), "{text}");
    }

    #[rstest]
    #[case::empty("")]
    #[case::exponent("1e2")]
    #[case::three_decimals("0.001")]
    #[case::comma("1,0")]
    #[case::space(" 1")]
    #[case::negative("-1")]
    #[case::no_decimals_after_the_point("1.")]
    #[case::no_digits_before_the_point(".5")]
    #[case::too_large("1234567890")]
    fn what_is_no_amount_is_not_read(#[case] wrong: &str) {
        assert_eq!(fen(wrong), None, "{wrong}");
    }

    #[test]
    fn fen_are_written_as_yuan() {
        assert_eq!((yuan(1905), yuan(-5)), ("19.05".into(), "-0.05".into()));
    }

    #[test]
    fn the_fee_is_rounded_half_up() {
        assert_eq!([1990, 2000, 83, 84, 1].map(fee), [12, 12, 0, 1, 0]);
    }
}
