//! Names of people: displayed as given and compared softly, never a key.

use unicode_normalization::UnicodeNormalization;

use crate::fold::{MIDDLE_DOT, is_blank, is_dash, is_middle_dot};
use crate::gbk::without_private_use;

/// What GBK-era exports write for a character that they cannot encode. Source: docs/sources.md#missing-glyph.
const MISSING_GLYPH: [char; 2] = ['?', '?'];

/// The most words of a name that are put in other orders; ours, names on passports have fewer.
const WORDS_MAX: usize = 12;

/// Whether the name that a student gave is the one in the roster.
///
/// Spaces, commas, invisible characters, variation selectors, case and the kind of middle dot, hyphen and apostrophe do not
/// count; a character that came through GBK's private-use area is the one that it stands for. The words of a name in Latin letters
/// may begin with any of them, family name first or last. Each `??` in the roster's name stands for one character that was
/// lost; in the given name it has no meaning, so that nobody gets through with question marks. An empty name is nobody's.
pub fn same_person_name(roster: &str, given: &str) -> bool {
    let roster = comparable(roster);
    is_same(&roster, &comparable(given))
        || turned(given)
            .iter()
            .any(|other| is_same(&roster, &comparable(other)))
}

/// Whether two comparable names are the same.
fn is_same(roster: &[char], given: &[char]) -> bool {
    let mut given = given.iter();
    let mut rest = roster;
    while let Some((expected, tail)) = rest.split_first() {
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

/// A name in Latin letters, begun with each of its other words: of `Maria del Carmen Garcia` one is `Garcia Maria del
/// Carmen`.
fn turned(name: &str) -> Vec<String> {
    let name: String = name.nfkc().collect();
    let words: Vec<&str> = name
        .split(|character: char| character.is_whitespace() || character == ',')
        .filter(|word| !word.is_empty())
        .collect();
    let is_latin = name
        .chars()
        .all(|character| character.is_ascii() || is_latin_letter(character));
    if !is_latin || words.len() > WORDS_MAX {
        return Vec::new();
    }
    (1..words.len())
        .map(|first| [&words[first..], &words[..first]].concat().concat())
        .collect()
}

/// Letters of the blocks Latin-1 to Latin Extended-B and Latin Extended Additional, marks that combine with them, and
/// apostrophes.
fn is_latin_letter(character: char) -> bool {
    matches!(character, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{300}'..='\u{36f}' | '‘' | '’' | 'ʼ')
}

/// Whether a roster's name has lost a character on its way; a warning at import, not an error.
pub fn has_missing_glyph(roster: &str) -> bool {
    comparable(roster)
        .windows(MISSING_GLYPH.len())
        .any(|pair| pair == MISSING_GLYPH)
}

/// The form of a whole name under which it is indexed: two spellings of one name that [`same_person_name`] takes for the
/// same without turning words around have one form.
pub fn indexed_name(name: &str) -> String {
    comparable(name).into_iter().collect()
}

/// NFKC rather than NFC, so that full-width letters and the radicals that come out of PDF files
/// are equal to the letters and characters they look like.
fn comparable(name: &str) -> Vec<char> {
    name.chars()
        .map(without_private_use)
        .nfkc()
        .filter(|&character| !is_blank(character) && character != ',')
        .map(|character| match character {
            '.' | '。' => MIDDLE_DOT,
            dot if is_middle_dot(dot) => MIDDLE_DOT,
            dash if is_dash(dash) => '-',
            '‘' | '’' | 'ʼ' | '`' => '\'',
            other => other,
        })
        .flat_map(char::to_lowercase)
        .nfc()
        .collect()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("张三", "张三")]
    #[case("张 三", "张\u{3000}三")]
    #[case("ANNA LEE", "Anna Lee")]
    #[case("ＡＮＮＡ　ＬＥＥ", "anna lee")]
    #[case("José", "Jose\u{301}")]
    #[case("⽅明", "方明")]
    #[case("𬍛䶮㛃", "𬍛䶮㛃")]
    #[case("陈\u{e863}", "陈䶮")]
    #[case("\u{e844}\u{e82d}", "䜣㭎")]
    #[case("葛\u{e0100}\u{fe00}明", "葛明")]
    #[case("㐂\u{fe01}", "㐂")]
    #[case("张\u{3164}三\u{fffc}", "张三")]
    #[case("O’BRIEN", "O'Brien")]
    #[case("JEAN\u{2010}PIERRE", "Jean-Pierre")]
    #[case("ANNA EXAMPLE", "Example Anna")]
    #[case("ANNA EXAMPLE", "EXAMPLE, Anna")]
    #[case("Anna Example", "ＥＸＡＭＰＬＥ　ＡＮＮＡ")]
    #[case("MARIA DEL CARMEN GARCIA", "Garcia Maria del Carmen")]
    #[case("NGUYỄN THỊ MAI", "Mai Nguyễn Thị")]
    fn the_same_name_in_other_spellings(#[case] roster: &str, #[case] given: &str) {
        assert!(same_person_name(roster, given), "{roster} {given}");
        assert!(same_person_name(given, roster), "{given} {roster}");
    }

    #[rstest]
    #[case("·")]
    #[case("•")]
    #[case("・")]
    #[case("‧")]
    #[case("∙")]
    #[case("⋅")]
    #[case("．")]
    #[case(".")]
    #[case("｡")]
    #[case(" · ")]
    fn every_middle_dot_is_one(#[case] dot: &str) {
        let given = format!("古丽米热{dot}艾比布力");
        assert!(same_person_name("古丽米热·艾比布力", &given), "{dot}");
    }

    #[rstest]
    #[case::one_lost("张??", "张䶮", true)]
    #[case::wide_marks("张？？", "张䶮", true)]
    #[case::two_lost("张????", "张䶮㛃", true)]
    #[case::the_first_lost("??明", "𬍛明", true)]
    #[case::nothing_in_its_place("张??", "张", false)]
    #[case::two_in_its_place("张??", "张三丰", false)]
    #[case::one_for_two("张????", "张䶮", false)]
    #[case::one_mark("张?", "张三", false)]
    fn a_lost_glyph_is_any_one_character(
        #[case] roster: &str,
        #[case] given: &str,
        #[case] same: bool,
    ) {
        assert_eq!(same_person_name(roster, given), same, "{roster} {given}");
        assert_eq!(has_missing_glyph(roster), roster != "张?", "{roster}");
    }

    #[rstest]
    #[case("张三", "张四")]
    #[case("张三", "张三丰")]
    #[case("张三丰", "张三")]
    #[case("张三", "??")]
    #[case("张三", "张??")]
    #[case("张三", "")]
    #[case("", "张三")]
    #[case("", "")]
    #[case("古丽米热·艾比布力", "古丽米热艾比布力")]
    #[case("古丽米热·艾比布力", "艾比布力·古丽米热")]
    #[case("张三", "三张")]
    #[case("张 三", "三 张")]
    #[case("ANNA EXAMPLE", "Anna")]
    #[case("ANNA MARIA LEE", "Maria Anna Lee")]
    #[case("ANNA EXAMPLE", "Anna Exampel")]
    #[case("陈䶮", "陈\u{e864}")]
    #[case("陈䶮", "陈\u{fe00}")]
    fn other_names_differ(#[case] roster: &str, #[case] given: &str) {
        assert!(!same_person_name(roster, given), "{roster} {given}");
    }

    #[test]
    fn a_whole_name_misses_no_glyph() {
        assert!(!has_missing_glyph("张三"));
    }

    #[rstest]
    #[case::wide_letters("ＡＮＮＡ　ＬＥＥ", "annalee")]
    #[case::a_comma("LEE, Anna", "leeanna")]
    #[case::another_dot("古丽米热•艾比布力", "古丽米热·艾比布力")]
    #[case::another_hyphen("Jean\u{2010}Pierre", "jean-pierre")]
    #[case::another_apostrophe("O’Brien", "o'brien")]
    #[case::a_private_character("陈\u{e863}", "陈䶮")]
    fn spellings_of_a_name_have_one_index(#[case] name: &str, #[case] indexed: &str) {
        assert_eq!(indexed_name(name), indexed);
    }
}
