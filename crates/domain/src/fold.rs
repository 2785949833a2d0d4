//! Folding of what people type or paste, so that equal things become equal strings.

use unicode_normalization::UnicodeNormalization;

/// A school's name or alias as it is compared: NFKC, without white space and invisible characters,
/// one form for each kind of bracket, dash and middle dot, ASCII letters small.
///
/// Two names are the same where their foldings are equal; nothing is matched by prefix or likeness.
/// Folding twice changes nothing. Source: docs/sources.md#school-names.
pub fn fold(text: &str) -> String {
    text.nfkc()
        .filter(|&character| !is_blank(character))
        .map(|character| match character {
            '[' | '{' | '〔' | '【' | '〖' | '「' | '『' | '〈' | '《' => '(',
            ']' | '}' | '〕' | '】' | '〗' | '」' | '』' | '〉' | '》' => ')',
            dash if is_dash(dash) => '-',
            dot if is_middle_dot(dot) => MIDDLE_DOT,
            other => other.to_ascii_lowercase(),
        })
        .nfkc()
        .collect()
}

/// The middle dot of names in GB standards, to which all look-alikes are folded.
pub(crate) const MIDDLE_DOT: char = '·';

/// White space of any script, and what [`is_invisible`] names. They come along when text is copied and nobody sees them.
pub(crate) fn is_blank(character: char) -> bool {
    character.is_whitespace() || is_invisible(character)
}

/// Characters that show nothing and take no place of their own: joiners, marks of direction, byte-order mark, soft hyphen,
/// variation selectors, fillers, the blank Braille pattern, the place of an object that was not copied.
/// Source: docs/sources.md#invisible-characters.
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffc}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Hyphens, dashes and the minus sign, as they are after NFKC.
pub(crate) fn is_dash(character: char) -> bool {
    matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// The characters typed for the middle dot of a name, as they are after NFKC, full stops left out:
/// those are part of Latin abbreviations.
pub(crate) fn is_middle_dot(character: char) -> bool {
    matches!(character, MIDDLE_DOT | '•' | '・' | '‧' | '∙' | '⋅')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::round_brackets("中国矿业大学（北京）", "中国矿业大学(北京)")]
    #[case::square_brackets("中国矿业大学 【北京】", "中国矿业大学(北京)")]
    #[case::a_line_break("香港中文大学\n（深圳）", "香港中文大学(深圳)")]
    #[case::a_wide_hyphen(
        "北京师范大学－香港浸会大学联合国际学院",
        "北京师范大学-香港浸会大学联合国际学院"
    )]
    #[case::a_dash(
        "北京师范大学—香港浸会大学联合国际学院",
        "北京师范大学-香港浸会大学联合国际学院"
    )]
    #[case::blanks_and_a_mark("\u{feff}北京大学\u{200b}\u{3000}医学部\u{a0}", "北京大学医学部")]
    #[case::invisible_characters(
        "北京\u{fe0f}大学\u{fffc}\u{3164}\u{2800}\u{61c}医学部",
        "北京大学医学部"
    )]
    #[case::wide_letters("ＢＵＰＴ", "bupt")]
    #[case::a_bullet("北京•某学院", "北京·某学院")]
    #[case::a_narrow_dot("北京･某学院", "北京・某学院")]
    fn the_ways_to_type_a_school_are_one(#[case] typed: &str, #[case] same: &str) {
        assert_eq!(fold(typed), fold(same), "{typed:?}");
    }

    #[rstest]
    #[case::of_two_cities("中国地质大学（北京）", "中国地质大学（武汉）")]
    #[case::a_part_of_another("北京大学", "北京大学医学部")]
    #[case::one_character("北京大学", "东北大学")]
    fn different_schools_stay_different(#[case] one: &str, #[case] other: &str) {
        assert_ne!(fold(one), fold(other));
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in any::<String>()) {
            let folded = fold(&text);
            prop_assert_eq!(fold(&folded), folded);
        }
    }
}
