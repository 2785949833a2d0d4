//! The form of a secret: a prefix by which scanners of code find one that leaked, 33 random characters, and a checksum of six.

use crate::word::words;

words! {
    /// What a secret opens.
    SecretKind {
        /// An installation in production.
        Live = "gpk_live_", "正式", "live";
        /// Any other installation.
        Test = "gpk_test_", "测试", "test";
    }
}

/// How many random bytes a secret has: 192 bits.
pub const SECRET_BYTES: usize = 24;
/// So many characters of a secret are kept in the clear, for people to recognise it.
const LABEL_RANDOM: usize = 4;
const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// The digits to base 62 of 64 bits.
const DIGITS_OF_64_BITS: usize = 11;
/// The digits to base 62 of the checksum's 32 bits.
const DIGITS_OF_CHECKSUM: usize = 6;
const RANDOM_LENGTH: usize = SECRET_BYTES / 8 * DIGITS_OF_64_BITS;

fn push_digits(text: &mut String, value: u64, width: usize) {
    let mut rest = value;
    let mut digits = vec![b'0'; width];
    for digit in digits.iter_mut().rev() {
        *digit = DIGITS[(rest % 62) as usize];
        rest /= 62;
    }
    text.extend(digits.into_iter().map(char::from));
}

/// The secret of these random bytes.
pub fn make_secret(kind: SecretKind, random: [u8; SECRET_BYTES]) -> String {
    let mut secret = kind.as_str().to_owned();
    for chunk in random.as_chunks::<8>().0 {
        push_digits(&mut secret, u64::from_be_bytes(*chunk), DIGITS_OF_64_BITS);
    }
    let checksum = crc32fast::hash(secret.as_bytes());
    push_digits(&mut secret, u64::from(checksum), DIGITS_OF_CHECKSUM);
    secret
}

/// Whether a text has the form of a secret, with the right checksum: what scanners of code look for, and what need not be
/// looked up where it is false.
pub fn is_secret(text: &str) -> bool {
    let prefix = SecretKind::ALL
        .iter()
        .find(|kind| text.starts_with(kind.as_str()));
    let Some(prefix) = prefix.map(|kind| kind.as_str().len()) else {
        return false;
    };
    let body = &text.as_bytes()[prefix..];
    let is_of_digits = body.iter().all(u8::is_ascii_alphanumeric);
    if body.len() != RANDOM_LENGTH + DIGITS_OF_CHECKSUM || !is_of_digits {
        return false;
    }
    let (random, checksum) = text.split_at(prefix + RANDOM_LENGTH);
    let mut expected = String::new();
    let hash = crc32fast::hash(random.as_bytes());
    push_digits(&mut expected, u64::from(hash), DIGITS_OF_CHECKSUM);
    checksum == expected
}

/// How a secret begins, for people to recognise it: 24 of its 192 random bits.
pub fn secret_label(secret: &str) -> String {
    let shown = SecretKind::Live.as_str().len() + LABEL_RANDOM;
    let mut label: String = secret.chars().take(shown).collect();
    label.push('…');
    label
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn secret() -> String {
        make_secret(SecretKind::Live, [7; SECRET_BYTES])
    }

    #[rstest]
    #[case::empty("")]
    #[case::the_prefix_alone("gpk_live_")]
    #[case::a_character_short(&secret()[..47])]
    #[case::a_character_long(&(secret() + "0"))]
    #[case::another_alphabet("gpk_live_李")]
    fn another_text_is_no_secret(#[case] bad: &str) {
        assert!(!is_secret(bad), "{bad}");
    }

    #[test]
    fn a_secret_has_a_prefix_and_a_checksum_that_find_every_change() {
        let secret = secret();
        assert_eq!(secret.len(), 48);
        assert!(secret.starts_with("gpk_live_") && is_secret(&secret));
        assert!(is_secret(&make_secret(
            SecretKind::Test,
            [255; SECRET_BYTES]
        )));
        for place in 0..secret.len() {
            let mut changed = secret.clone().into_bytes();
            changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap();
            assert!(!is_secret(&changed), "{changed}");
        }
        let label = secret_label(&secret);
        assert_eq!(
            (label.chars().count(), label.starts_with("gpk_live_")),
            (14, true)
        );
    }
}
