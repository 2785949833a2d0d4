//! Text that prints masked: what identifies a person never reaches a log or an answer by accident.

use std::fmt;

use serde::{Serialize, Serializer};

/// A plain value that [`Debug`](fmt::Debug), [`Display`](fmt::Display) and [`Serialize`] show as
/// its first three and last four characters, fewer where that would be more than half of it.
///
/// There is no `Deserialize`: a value comes from its parser or from a sealed column.
#[derive(Clone, PartialEq, Eq)]
pub struct Masked(String);

impl Masked {
    /// Hides `plain` from every way of printing.
    pub fn new(plain: impl Into<String>) -> Self {
        Self(plain.into())
    }

    /// The plain value, for sealing, for the keyed index and for packages that the school is owed.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Masked {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quarter = self.0.chars().count() / 4;
        formatter.write_str(&mask(&self.0, quarter.min(3), quarter.min(4)))
    }
}

impl fmt::Debug for Masked {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl Serialize for Masked {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// `plain` with a star for every character but the first `head` and the last `tail`.
pub(crate) fn mask(plain: &str, head: usize, tail: usize) -> String {
    let hidden_until = plain.chars().count().saturating_sub(tail);
    let star = |(index, character)| match index {
        index if index < head || index >= hidden_until => character,
        _ => '*',
    };
    plain.chars().enumerate().map(star).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::an_identity_card("11010519491231002X", "110***********002X")]
    #[case::a_permit("H12345678", "H1*****78")]
    #[case::eight_digits("05616820", "05****20")]
    #[case::chinese_characters("军字第1001号", "军字****1号")]
    #[case::too_short("A12", "***")]
    #[case::empty("", "")]
    fn every_way_of_printing_masks(#[case] plain: &str, #[case] shown: &str) {
        let masked = Masked::new(plain);
        assert_eq!(masked.to_string(), shown);
        assert_eq!(format!("{masked:?}"), shown);
        assert_eq!(serde_json::to_value(&masked).unwrap(), shown);
        assert_eq!(masked.expose(), plain);
    }

    proptest! {
        #[test]
        fn at_most_half_and_at_most_seven_characters_show(plain in "[0-9A-Z]{0,30}") {
            let shown = Masked::new(plain.as_str()).to_string();
            let plain_characters = shown.chars().filter(|&character| character != '*').count();
            prop_assert!(plain_characters <= 7 && plain_characters * 2 <= plain.len());
            prop_assert_eq!(shown.chars().count(), plain.len());
        }
    }
}
