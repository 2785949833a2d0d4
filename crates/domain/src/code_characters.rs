//! The characters of numbers that people read out and type: order numbers and references.

/// Crockford's alphabet: nothing that can be misread.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// How many characters hold 40 bits.
pub(crate) const LENGTH: usize = 8;

/// 40 random bits as [`LENGTH`] characters.
pub(crate) fn encode(random: [u8; 5]) -> String {
    let bits = random
        .iter()
        .fold(0_u64, |bits, byte| (bits << 8) | u64::from(*byte));
    (0..LENGTH)
        .rev()
        .map(|group| char::from(ALPHABET[usize::try_from(bits >> (group * 5) & 31).unwrap_or(0)]))
        .collect()
}

/// Whether a text is [`LENGTH`] of the characters.
pub(crate) fn is_code(text: &str) -> bool {
    text.len() == LENGTH && text.bytes().all(|byte| ALPHABET.contains(&byte))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::no_bit([0; 5], "00000000")]
    #[case::every_bit([0xFF; 5], "ZZZZZZZZ")]
    #[case::the_first_bits([0xF8, 0, 0, 0, 0], "Z0000000")]
    #[case::the_last_bits([0, 0, 0, 0, 0x1F], "0000000Z")]
    fn five_bits_are_a_character(#[case] random: [u8; 5], #[case] text: &str) {
        assert_eq!(encode(random), text);
        assert!(is_code(text));
    }

    #[rstest]
    #[case::empty("")]
    #[case::too_short("773M9QS")]
    #[case::too_long("773M9QST0")]
    #[case::small_letters("773m9qst")]
    #[case::the_letter_i("773M9QSI")]
    #[case::the_letter_l("773M9QSL")]
    #[case::the_letter_o("773M9QSO")]
    #[case::the_letter_u("773M9QSU")]
    #[case::a_wide_digit("773M9Q７")]
    fn what_can_be_misread_is_no_code(#[case] text: &str) {
        assert!(!is_code(text));
    }
}
