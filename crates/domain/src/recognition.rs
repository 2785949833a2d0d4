//! How much of a roster entry the account that is bound to it sees: what was typed, and enough to recognise oneself.
//!
//! Who knows a number and a level may still be a stranger, so the rest of the entry must not follow from these.

use crate::task::ExtraProof;

/// What an account proved besides number and level.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Proven {
    /// The name was typed.
    pub name: bool,
    /// The student number was typed.
    pub student_no: bool,
}

impl Proven {
    /// Reads the words that [`Self::words`] wrote; unknown ones prove nothing.
    pub fn parse(words: &str) -> Self {
        let has = |proof: ExtraProof| words.split(' ').any(|word| word == proof.as_str());
        Self {
            name: has(ExtraProof::Name),
            student_no: has(ExtraProof::StudentNo),
        }
    }

    /// The words to store, with a space between them.
    pub fn words(self) -> String {
        let proofs = [
            (self.name, ExtraProof::Name),
            (self.student_no, ExtraProof::StudentNo),
        ];
        let words = proofs.iter().filter(|(is_proven, _)| *is_proven);
        let words: Vec<_> = words.map(|(_, proof)| proof.as_str()).collect();
        words.join(" ")
    }

    /// What is proven by either.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            name: self.name || other.name,
            student_no: self.student_no || other.student_no,
        }
    }

    /// The name to show: whole where it was typed.
    pub fn name(self, name: String) -> String {
        if self.name { name } else { name_hint(&name) }
    }

    /// The student number to show: whole where it was typed.
    pub fn student_no(self, student_no: String) -> String {
        if self.student_no {
            student_no
        } else {
            student_no_hint(&student_no)
        }
    }

    /// Whether college, major and class are shown.
    pub const fn shows_place(self) -> bool {
        self.name || self.student_no
    }
}

/// The last character of a Chinese name, the initials of one that is written with spaces; stars for the rest.
fn name_hint(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    if let [only] = words[..] {
        let last = only.chars().count().saturating_sub(1);
        let star = |(index, character)| match index {
            index if index == last && last > 0 => character,
            _ => '*',
        };
        return only.chars().enumerate().map(star).collect();
    }
    let initials = words.iter().map(|word| {
        let initial = word.chars().next().unwrap_or('*');
        format!("{initial}***")
    });
    initials.collect::<Vec<_>>().join(" ")
}

/// The last two characters, fewer of a short number; stars for the rest.
fn student_no_hint(student_no: &str) -> String {
    let count = student_no.chars().count();
    crate::masked::mask(student_no, 0, (count / 4).min(2))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const NOTHING: Proven = Proven {
        name: false,
        student_no: false,
    };

    #[rstest]
    #[case::three_characters("张晓明", "**明")]
    #[case::two_characters("李白", "*白")]
    #[case::one_character("白", "*")]
    #[case::with_a_middle_dot("古丽米热•艾比布力", "********力")]
    #[case::latin("ANNA EXAMPLE", "A*** E***")]
    #[case::empty("", "")]
    fn a_name_that_was_not_typed_is_hinted_at(#[case] name: &str, #[case] hint: &str) {
        assert_eq!(NOTHING.name(name.into()), hint, "{name}");
    }

    #[rstest]
    #[case::ten_digits("2310301001", "********01")]
    #[case::five_digits("20231", "****1")]
    #[case::three_digits("123", "***")]
    #[case::empty("", "")]
    fn a_number_that_was_not_typed_is_hinted_at(#[case] student_no: &str, #[case] hint: &str) {
        assert_eq!(NOTHING.student_no(student_no.into()), hint, "{student_no}");
    }

    #[test]
    fn without_a_proof_no_place_is_shown() {
        assert!(!NOTHING.shows_place());
    }

    #[rstest]
    #[case::nothing("")]
    #[case::the_name("name")]
    #[case::the_number("student_no")]
    #[case::both("name student_no")]
    fn what_was_proven_reads_as_it_was_written(#[case] words: &str) {
        assert_eq!(Proven::parse(words).words(), words);
    }

    #[test]
    fn what_was_typed_is_shown() {
        let name = Proven::parse("name");
        assert_eq!(name.name("张晓明".into()), "张晓明");
        assert_eq!(name.student_no("2310301001".into()), "********01");
        assert!(name.shows_place());
        let both = name.and(Proven::parse("student_no"));
        assert_eq!(both.student_no("2310301001".into()), "2310301001");
        assert_eq!(Proven::parse("college"), NOTHING);
    }
}
