//! The keys that seal what is stored: how a key is named, whose data it seals, and for what it is used.

use std::fmt;
use std::str::FromStr;

use crate::{DataKeyId, IdError, SchoolId, TaskId};

/// The name of a key: 16 bytes, written as 32 hexadecimal digits. The id of a data key's row fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub [u8; 16]);

/// The text is no name of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a key's name has 32 hexadecimal digits")]
pub struct KeyIdError;

impl From<DataKeyId> for KeyId {
    fn from(id: DataKeyId) -> Self {
        Self(*id.0.as_bytes())
    }
}

impl From<KeyId> for DataKeyId {
    fn from(id: KeyId) -> Self {
        Self(uuid::Uuid::from_bytes(id.0))
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for KeyId {
    type Err = KeyIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut id = [0; 16];
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        if pairs.len() != id.len() || !rest.is_empty() {
            return Err(KeyIdError);
        }
        for (byte, [high, low]) in id.iter_mut().zip(pairs) {
            *byte = digit(*high)? << 4 | digit(*low)?;
        }
        Ok(Self(id))
    }
}

/// The value of a lower-case hexadecimal digit.
fn digit(letter: u8) -> Result<u8, KeyIdError> {
    match letter {
        b'0'..=b'9' => Ok(letter - b'0'),
        b'a'..=b'f' => Ok(letter - b'a' + 10),
        _ => Err(KeyIdError),
    }
}

/// Whose data a data key seals. Destroying the keys of a scope makes its data unreadable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DataKeyScope {
    /// Data of accounts, which belong to no school.
    Platform,
    /// Data that a school keeps longer than its tasks, such as the contacts of orders.
    School(SchoolId),
    /// The roster, the photos and the questions of one collection task.
    Task(TaskId),
}

/// The word in the database for [`DataKeyScope::Platform`].
const PLATFORM: &str = "platform";

impl fmt::Display for DataKeyScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Platform => f.write_str(PLATFORM),
            Self::School(id) => id.fmt(f),
            Self::Task(id) => id.fmt(f),
        }
    }
}

impl FromStr for DataKeyScope {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == PLATFORM {
            return Ok(Self::Platform);
        }
        match text.parse() {
            Ok(school) => Ok(Self::School(school)),
            Err(_) => text.parse().map(Self::Task),
        }
    }
}

crate::word::words! {
    /// What a data key is used for: faces and numbers lie under different keys.
    DataKeyPurpose {
        /// Seals phones, names, document numbers and contact data.
        Person = "person", "个人信息", "personal data";
        /// Seals photos.
        Photo = "photo", "照片", "photos";
        /// Seals payers and notices.
        Payment = "payment", "支付信息", "payment data";
        /// Makes the indexes by which the document numbers and student numbers of a task are found. It seals nothing.
        Index = "index", "索引", "indexes of numbers";
    }
}

crate::word::words! {
    /// Whether a data key is used for new values.
    DataKeyState {
        /// New values are sealed with it. A scope has at most one active key for each purpose.
        Active = "active", "使用中", "active";
        /// It only opens.
        Old = "old", "旧", "old";
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use uuid::Uuid;

    #[rstest]
    #[case::of_the_platform(DataKeyScope::Platform)]
    #[case::of_a_school(DataKeyScope::School(SchoolId(Uuid::from_u128(7))))]
    #[case::of_a_task(DataKeyScope::Task(TaskId(Uuid::from_u128(7))))]
    fn a_scope_reads_as_it_was_written(#[case] scope: DataKeyScope) {
        assert_eq!(scope.to_string().parse(), Ok(scope));
    }

    #[rstest]
    #[case::empty("")]
    #[case::a_capital_letter("Platform")]
    #[case::of_an_account("acc_00000000000000000000000001")]
    fn another_text_is_no_scope(#[case] wrong: &str) {
        assert!(wrong.parse::<DataKeyScope>().is_err(), "{wrong}");
    }

    #[rstest]
    #[case::empty("")]
    #[case::too_short("00")]
    #[case::too_long(&"0".repeat(34))]
    #[case::capital_letters("00112233445566778899AABBCCDDEEFF")]
    fn another_text_is_no_name_of_a_key(#[case] wrong: &str) {
        assert_eq!(wrong.parse::<KeyId>(), Err(KeyIdError), "{wrong}");
    }

    #[test]
    fn a_name_of_a_key_reads_as_it_was_written() {
        let id = KeyId(std::array::from_fn(|at| u8::try_from(at * 17).unwrap()));
        assert_eq!(id.to_string(), "00112233445566778899aabbccddeeff");
        assert_eq!(id.to_string().parse(), Ok(id));
    }
}
