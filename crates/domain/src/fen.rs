//! Money: whole fen of CNY, never a floating-point number.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An amount in fen, a hundredth of a yuan. Negative only as a difference between two books.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Fen(pub i64);

impl Fen {
    /// Nothing to pay.
    pub const ZERO: Self = Self(0);

    /// The sum, or `None` when it does not fit.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The difference, or `None` when it does not fit.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// The sum of all amounts, or `None` when it does not fit.
    pub fn checked_sum(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        amounts.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }

    /// Yuan with exactly two decimals and no sign of currency: `19.90`, as Alipay expects it.
    pub fn to_yuan(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let fen = self.0.unsigned_abs();
        format!("{sign}{}.{:02}", fen / 100, fen % 100)
    }
}

/// As a person reads it: `¥19.90`, `-¥0.05`.
impl fmt::Display for Fen {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let yuan = self.to_yuan();
        match yuan.strip_prefix('-') {
            Some(positive) => write!(formatter, "-¥{positive}"),
            None => write!(formatter, "¥{yuan}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::nothing(0, "0.00", "¥0.00")]
    #[case::under_ten_fen(5, "0.05", "¥0.05")]
    #[case::with_decimals(1990, "19.90", "¥19.90")]
    #[case::thousands(100_000, "1000.00", "¥1000.00")]
    #[case::negative(-5, "-0.05", "-¥0.05")]
    #[case::the_least(i64::MIN, "-92233720368547758.08", "-¥92233720368547758.08")]
    fn yuan_have_two_decimals(#[case] fen: i64, #[case] yuan: &str, #[case] shown: &str) {
        assert_eq!(Fen(fen).to_yuan(), yuan);
        assert_eq!(Fen(fen).to_string(), shown);
    }

    #[test]
    fn sums_never_wrap() {
        assert_eq!(Fen::checked_sum([Fen(1990), Fen(500)]), Some(Fen(2490)));
        assert_eq!(Fen::checked_sum([]), Some(Fen::ZERO));
        assert_eq!(Fen::checked_sum([Fen(i64::MAX), Fen(1)]), None);
        assert_eq!(Fen(i64::MIN).checked_sub(Fen(1)), None);
        assert_eq!(Fen(500).checked_sub(Fen(1990)), Some(Fen(-1490)));
    }

    #[test]
    fn json_is_a_plain_integer() {
        assert_eq!(serde_json::to_string(&Fen(1990)).unwrap(), "1990");
        assert_eq!(serde_json::from_str::<Fen>("1990").unwrap(), Fen(1990));
        assert!(serde_json::from_str::<Fen>("19.9").is_err());
    }
}
