//! Reports of a lost phone: a student who can receive no more codes asks the operator for help.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};

use crate::code_characters;

/// In so many working days an operator calls back; pages and the operations guide promise it.
pub const ANSWER_WORKING_DAYS: u32 = 3;
/// What every reference begins with.
const PREFIX: &str = "LP-";

/// The number of a report, by which its writer and an operator name it: `LP-7K3M9QXT`. It cannot be guessed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct LostPhoneReference(String);

/// A text that is no reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the reference of a report of a lost phone")]
pub struct LostPhoneReferenceError;

impl LostPhoneReference {
    /// A reference of 40 random bits.
    pub fn new(random: [u8; 5]) -> Self {
        Self(format!("{PREFIX}{}", code_characters::encode(random)))
    }

    /// The reference as people see it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for LostPhoneReference {
    type Err = LostPhoneReferenceError;

    /// Reads a reference as people type it: small letters and blanks around are forgiven.
    fn from_str(text: &str) -> Result<Self, LostPhoneReferenceError> {
        let text = text.trim().to_ascii_uppercase();
        match text.strip_prefix(PREFIX) {
            Some(code) if code_characters::is_code(code) => Ok(Self(text)),
            Some(_) | None => Err(LostPhoneReferenceError),
        }
    }
}

impl fmt::Display for LostPhoneReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What became of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LostPhoneState {
    /// It waits for an operator.
    Open,
    /// An operator has dealt with it.
    Closed {
        /// When.
        at: DateTime<Utc>,
        /// The operator's name.
        by: String,
        /// How, in the operator's words.
        outcome: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_reads_as_it_was_written_and_typed() {
        let reference = LostPhoneReference::new([0x39, 0xC7, 0x44, 0xDF, 0x3A]);
        assert_eq!(reference.as_str(), "LP-773M9QST");
        assert_eq!(" lp-773m9qst ".parse(), Ok(reference));
        for other in ["", "LP-", "773M9QST", "LP-773M9QS", "LP-773M9QSU"] {
            assert_eq!(
                other.parse::<LostPhoneReference>(),
                Err(LostPhoneReferenceError),
                "{other}"
            );
        }
    }
}
