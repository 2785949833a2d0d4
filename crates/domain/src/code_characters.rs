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
