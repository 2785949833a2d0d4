//! What a student writes to the reviewer about a photo.

use crate::task::PHOTO_NOTE_MAX;
use crate::{Lang, Text};

/// The least that says why a check is wrong, in characters: one short sentence. Our own choice.
pub const REASON_MIN: usize = 5;

/// What such a note could say; shown as an example, so it is not taken as a reason.
pub const REASON_EXAMPLE: Text = Text::new(
    "因宗教信仰戴头巾",
    "I wear a headscarf for religious reasons",
);

/// Whether a note says enough for a photo that failed the automatic check to be sent to a person: a few characters that
/// are not copied from [`REASON_EXAMPLE`].
pub fn gives_reason(note: &str) -> bool {
    let is_long_enough = (REASON_MIN..=PHOTO_NOTE_MAX).contains(&note.trim().chars().count());
    let said = letters(note);
    let mut examples = Lang::ALL
        .into_iter()
        .map(|lang| letters(REASON_EXAMPLE.get(lang)));
    is_long_enough && !examples.any(|example| example.contains(&said))
}

/// The letters and digits of a text alone: spaces, full stops and capitals make no other reason of it.
fn letters(text: &str) -> String {
    let letters = text.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
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
        for note in [
            "因宗教信仰戴头巾。",
            " 宗教信仰戴头巾 ",
            "i wear a headscarf for religious reasons",
            "。。。。。。",
        ] {
            assert!(!gives_reason(note), "{note} is the example or nothing");
        }
        assert!(gives_reason("因宗教信仰戴头巾，学校已经同意"));
        assert!(gives_reason(&"字".repeat(PHOTO_NOTE_MAX)));
        assert!(!gives_reason(&"字".repeat(PHOTO_NOTE_MAX + 1)));
    }
}
