//! Yuan, as Alipay and both providers' bills write them; the way back is [`Fen::to_yuan`].

use domain::Fen;
use serde::{Deserialize, Serialize};

/// The text is no amount: digits, and at most two decimals after a full stop.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no amount in yuan")]
pub struct AmountError(String);

/// Reads `-?` 1–9 digits, and at most two decimals; nothing else, no space and no exponent.
pub fn from_yuan(text: &str) -> Result<Fen, AmountError> {
    let read = scaled(text, 2).map(Fen);
    read.ok_or_else(|| AmountError(text.to_owned()))
}

/// A provider's share in 10⁻⁵ yuan: bills write it with up to five decimals.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BillFee(pub i64);

impl BillFee {
    /// How many of it make a fen.
    const IN_A_FEN: i64 = 1000;

    /// Reads an amount as [`from_yuan`] does, with at most five decimals.
    pub fn from_yuan(text: &str) -> Result<Self, AmountError> {
        let read = scaled(text, 5).map(Self);
        read.ok_or_else(|| AmountError(text.to_owned()))
    }

    /// The nearest whole fen.
    pub fn in_fen(self) -> Fen {
        let half = Self::IN_A_FEN / 2 * self.0.signum();
        Fen((self.0 + half) / Self::IN_A_FEN)
    }
}

impl From<Fen> for BillFee {
    fn from(amount: Fen) -> Self {
        Self(amount.0 * Self::IN_A_FEN)
    }
}

/// The number times ten to the power of `places`.
fn scaled(text: &str, places: usize) -> Option<i64> {
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let (yuan, decimals) = match unsigned.split_once('.') {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None => (unsigned, ""),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !(1..=9).contains(&yuan.len())
        || decimals.len() > places
        || !digits(yuan)
        || !digits(decimals)
    {
        return None;
    }
    let number: i64 = format!("{yuan}{decimals:0<places$}").parse().ok()?;
    Some(sign * number)
}

#[cfg(test)]
mod tests {
    use super::{BillFee, Fen, from_yuan};
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case::nothing("0", 0)]
    #[case::one_fen("0.01", 1)]
    #[case::one_decimal("0.1", 10)]
    #[case::two_decimals("19.90", 1_990)]
    #[case::zero_left_out("19.9", 1_990)]
    #[case::negative("-9.90", -990)]
    #[case::negative_fen("-0.05", -5)]
    #[case::no_decimals("100", 10_000)]
    #[case::largest("999999999.99", 99_999_999_999)]
    fn amounts_are_read_to_the_fen(#[case] text: &str, #[case] fen: i64) {
        assert_eq!(from_yuan(text), Ok(Fen(fen)), "{text}");
    }

    #[rstest]
    #[case::empty("")]
    #[case::point_alone(".")]
    #[case::sign_alone("-")]
    #[case::no_decimals_after_the_point("1.")]
    #[case::no_digits_before_the_point(".5")]
    #[case::plus("+1")]
    #[case::exponent("1e2")]
    #[case::three_decimals("0.001")]
    #[case::decimal_comma("1,00")]
    #[case::thousands("1,000.00")]
    #[case::space_before(" 1")]
    #[case::space_after("1 ")]
    #[case::space_between("1 0")]
    #[case::two_signs("--1")]
    #[case::sign_after_the_point("1.-5")]
    #[case::two_points("1.2.3")]
    #[case::too_large("1234567890")]
    #[case::much_too_large("9999999999999999999999")]
    #[case::hexadecimal("0x10")]
    #[case::arabic_digit("١")]
    #[case::plus_after_the_point("1.+5")]
    #[case::no_number("NaN")]
    #[case::currency("¥1")]
    fn anything_but_an_amount_is_refused(#[case] text: &str) {
        assert!(from_yuan(text).is_err(), "{text:?} was read");
    }

    #[rstest]
    #[case("0.12000", 12_000)]
    #[case("-0.12", -12_000)]
    #[case("0.00001", 1)]
    #[case("1", 100_000)]
    fn fees_keep_five_decimals(#[case] text: &str, #[case] fee: i64) {
        assert_eq!(BillFee::from_yuan(text), Ok(BillFee(fee)), "{text}");
    }

    #[rstest]
    #[case::six_decimals("0.000001")]
    #[case::rate("0.60%")]
    #[case::no_decimals_after_the_point("1.")]
    #[case::empty("")]
    fn anything_but_a_fee_is_refused(#[case] text: &str) {
        assert!(BillFee::from_yuan(text).is_err(), "{text:?} was read");
    }

    proptest! {
        #[test]
        fn fen_survive_the_way_to_yuan_and_back(fen in -99_999_999_999_i64..=99_999_999_999) {
            prop_assert_eq!(from_yuan(&Fen(fen).to_yuan()), Ok(Fen(fen)));
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,16}") {
            if let Ok(amount) = from_yuan(&text) {
                prop_assert_eq!(from_yuan(&amount.to_yuan()), Ok(amount));
            }
        }
    }
}
