//! The initials by which a school is looked for on a keyboard without Chinese: `bjdx` for 北京大学.

use pinyin::ToPinyinMulti;

/// How many spellings a name has at most: characters with several readings multiply.
const SPELLINGS: usize = 8;

/// The initials of a name's pinyin, in the readings of its characters, the usual ones first, eight at most. What is no Chinese character is left
/// out; none for a name without any.
pub(crate) fn initials(name: &str) -> Vec<String> {
    let mut spellings = vec![String::new()];
    for character in name.chars() {
        let letters = letters(character);
        if letters.is_empty() {
            continue;
        }
        let longer = spellings
            .iter()
            .flat_map(|begun| letters.iter().map(move |letter| format!("{begun}{letter}")));
        spellings = longer.take(SPELLINGS).collect();
    }
    spellings.retain(|spelling| !spelling.is_empty());
    spellings
}

/// The first letters of a character's readings, the usual one first; none for what has no reading.
fn letters(character: char) -> Vec<&'static str> {
    let mut letters = Vec::new();
    let readings = character.to_pinyin_multi();
    for letter in readings
        .into_iter()
        .flatten()
        .map(pinyin::Pinyin::first_letter)
    {
        if !letters.contains(&letter) {
            letters.push(letter);
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::initials;
    use rstest::rstest;

    #[rstest]
    #[case::one_reading("北京大学", "bjdx")]
    #[case::another_reading("重庆大学", "cqdx")]
    #[case::brackets("示例大学（南校区）", "sldxnxq")]
    fn a_name_has_initials_in_every_reading(#[case] name: &str, #[case] expected: &str) {
        assert!(initials(name).contains(&expected.to_owned()));
    }

    #[test]
    fn a_name_of_many_readings_has_few_initials_and_one_in_letters_none() {
        assert!(initials("长长长长长长长长").len() <= 8);
        assert_eq!(initials("MIT"), Vec::<String>::new());
    }
}
