//! Names of people: displayed as given and compared softly, never a key.

use unicode_normalization::UnicodeNormalization;

use crate::fold::{MIDDLE_DOT, is_blank, is_middle_dot};

/// What GBK-era exports write for a character that they cannot encode. Source: docs/sources.md#missing-glyph.
const MISSING_GLYPH: [char; 2] = ['?', '?'];

/// Whether the name that a student gave is the one in the roster.
///
/// Spaces, invisible characters, case and the kind of middle dot do not count. Each `??` in the
/// roster's name stands for one character that was lost; in the given name it has no meaning, so
/// that nobody gets through with question marks. An empty name is nobody's.
pub fn same_person_name(roster: &str, given: &str) -> bool {
    let roster = comparable(roster);
    let mut given = comparable(given).into_iter();
    let mut rest = roster.as_slice();
    while let Some((&expected, tail)) = rest.split_first() {
        let Some(found) = given.next() else {
            return false;
        };
        rest = match rest.strip_prefix(&MISSING_GLYPH) {
            Some(after_glyph) => after_glyph,
            None if expected == found => tail,
            None => return false,
        };
    }
    !roster.is_empty() && given.next().is_none()
}

/// Whether a roster's name has lost a character on its way; a warning at import, not an error.
pub fn has_missing_glyph(roster: &str) -> bool {
    comparable(roster)
        .windows(MISSING_GLYPH.len())
        .any(|pair| pair == MISSING_GLYPH)
}

/// NFKC rather than NFC, so that full-width letters and the radicals that come out of PDF files
/// are equal to the letters and characters they look like.
fn comparable(name: &str) -> Vec<char> {
    name.nfkc()
        .filter(|&character| !is_blank(character))
        .map(|character| match character {
            '.' | '。' => MIDDLE_DOT,
            dot if is_middle_dot(dot) => MIDDLE_DOT,
            other => other,
        })
        .flat_map(char::to_lowercase)
        .nfc()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_name_in_other_spellings() {
        for (roster, given) in [
            ("张三", "张三"),
            ("张 三", "张\u{3000}三"),
            ("ANNA LEE", "Anna Lee"),
            ("ＡＮＮＡ　ＬＥＥ", "anna lee"),
            ("José", "Jose\u{301}"),
            ("⽅明", "方明"),
            ("𬍛䶮㛃", "𬍛䶮㛃"),
        ] {
            assert!(same_person_name(roster, given), "{roster} {given}");
            assert!(same_person_name(given, roster), "{given} {roster}");
        }
    }

    #[test]
    fn every_middle_dot_is_one() {
        for dot in ["·", "•", "・", "‧", "∙", "⋅", "．", ".", "｡", " · "] {
            let given = format!("古丽米热{dot}艾比布力");
            assert!(same_person_name("古丽米热·艾比布力", &given), "{dot}");
        }
    }

    #[test]
    fn a_lost_glyph_is_any_one_character() {
        for (roster, given, same) in [
            ("张??", "张䶮", true),
            ("张？？", "张䶮", true),
            ("张????", "张䶮㛃", true),
            ("??明", "𬍛明", true),
            ("张??", "张", false),
            ("张??", "张三丰", false),
            ("张????", "张䶮", false),
            ("张?", "张三", false),
        ] {
            assert_eq!(same_person_name(roster, given), same, "{roster} {given}");
            assert_eq!(has_missing_glyph(roster), roster != "张?", "{roster}");
        }
    }

    #[test]
    fn other_names_differ() {
        for (roster, given) in [
            ("张三", "张四"),
            ("张三", "张三丰"),
            ("张三丰", "张三"),
            ("张三", "??"),
            ("张三", "张??"),
            ("张三", ""),
            ("", "张三"),
            ("", ""),
            ("古丽米热·艾比布力", "古丽米热艾比布力"),
        ] {
            assert!(!same_person_name(roster, given), "{roster} {given}");
        }
        assert!(!has_missing_glyph("张三"));
    }
}
