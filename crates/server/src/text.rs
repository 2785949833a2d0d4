//! Texts of requests whose length is limited where they are read.

use std::ops::Deref;

use serde::de::Error;
use serde::{Deserialize, Deserializer};

/// A text of at most `MAX` characters. A longer one is a wrong field.
#[derive(Debug, Clone)]
pub(crate) struct Text<const MAX: usize>(String);

impl<const MAX: usize> Deref for Text<MAX> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'de, const MAX: usize> Deserialize<'de> for Text<MAX> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text.chars().nth(MAX).is_some() {
            return Err(D::Error::custom(format_args!("more than {MAX} characters")));
        }
        Ok(Self(text))
    }
}

#[cfg(test)]
mod tests {
    use super::Text;
    use rstest::rstest;

    #[rstest]
    #[case::empty("", true)]
    #[case::longest("abc", true)]
    #[case::longest_in_chinese("李李李", true)]
    #[case::too_long("abcd", false)]
    #[case::too_long_in_chinese("李李李李", false)]
    fn a_text_has_at_most_so_many_characters(#[case] text: &str, #[case] is_read: bool) {
        let read = serde_json::from_value::<Text<3>>(text.into());
        assert_eq!(read.is_ok(), is_read);
    }
}
