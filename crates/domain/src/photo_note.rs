//! What a student writes to the reviewer about a photo.

use crate::task::PHOTO_NOTE_MAX;

/// The least that says why a check is wrong, in characters: one short sentence. Our own choice.
pub const REASON_MIN: usize = 5;

/// Whether a note says enough for a photo that failed the automatic check to be sent to a person.
pub fn gives_reason(note: &str) -> bool {
    (REASON_MIN..=PHOTO_NOTE_MAX).contains(&note.trim().chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_has_a_few_characters() {
        for (note, is_one) in [
            ("", false),
            ("不对", false),
            ("   不对   ", false),
            ("我戴宗教头巾", true),
            ("a scarf", true),
        ] {
            assert_eq!(gives_reason(note), is_one, "{note}");
        }
        assert!(gives_reason(&"字".repeat(PHOTO_NOTE_MAX)));
        assert!(!gives_reason(&"字".repeat(PHOTO_NOTE_MAX + 1)));
    }
}
