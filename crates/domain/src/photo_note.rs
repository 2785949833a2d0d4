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
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::empty("", false)]
    #[case::two_characters("不对", false)]
    #[case::two_between_blanks("   不对   ", false)]
    #[case::a_reason("我戴宗教头巾", true)]
    #[case::an_english_reason("a scarf", true)]
    fn a_reason_has_a_few_characters(#[case] note: &str, #[case] is_one: bool) {
        assert_eq!(gives_reason(note), is_one, "{note}");
    }

    #[rstest]
    #[case::the_example("因宗教信仰戴头巾。")]
    #[case::the_example_without_a_stop(" 宗教信仰戴头巾 ")]
    #[case::the_english_example("i wear a headscarf for religious reasons")]
    #[case::stops_alone("。。。。。。")]
    fn the_example_or_nothing_is_no_reason(#[case] note: &str) {
        assert!(!gives_reason(note), "{note} is the example or nothing");
    }

    #[test]
    fn a_reason_has_a_longest() {
        assert!(gives_reason("因宗教信仰戴头巾，学校已经同意"));
        assert!(gives_reason(&"字".repeat(PHOTO_NOTE_MAX)));
        assert!(!gives_reason(&"字".repeat(PHOTO_NOTE_MAX + 1)));
    }
}
