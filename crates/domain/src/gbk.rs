//! Characters of GBK that had no place in Unicode when they were converted, and so stand in its private-use area.

/// The first of them.
const FIRST: u32 = 0xE815;

/// What stands today for U+E815 to U+E864, GBK's FE50 to FEA0, one character each. Source: docs/sources.md#gbk-private-use.
const NOW: &str = "\
    ⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟\
    㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱\
    䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟\
    䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻";

/// The character that GBK's private-use character stands for; any other stays.
pub(crate) fn without_private_use(character: char) -> char {
    match character {
        // Two letters of pinyin that fonts of the time lacked.
        '\u{e7c7}' => 'ḿ',
        '\u{e7c8}' => 'ǹ',
        '\u{e815}'..='\u{e864}' => {
            let index = usize::try_from(u32::from(character) - FIRST);
            let now = index.ok().and_then(|index| NOW.chars().nth(index));
            now.unwrap_or(character)
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case('\u{e7c7}', 'ḿ')]
    #[case('\u{e7c8}', 'ǹ')]
    #[case('\u{e815}', '⺁')]
    #[case('\u{e816}', '𠂇')]
    #[case('\u{e81e}', '龴')]
    #[case('\u{e82d}', '㭎')]
    #[case('\u{e843}', '龹')]
    #[case('\u{e844}', '䜣')]
    #[case('\u{e855}', '𤇾')]
    #[case('\u{e863}', '䶮')]
    #[case('\u{e864}', '龻')]
    #[case('\u{e814}', '\u{e814}')]
    #[case('\u{e865}', '\u{e865}')]
    #[case('张', '张')]
    fn a_private_character_becomes_the_public_one(#[case] private: char, #[case] now: char) {
        assert_eq!(
            without_private_use(private),
            now,
            "{:x}",
            u32::from(private)
        );
    }

    #[test]
    fn the_table_has_a_character_for_each_of_the_eighty() {
        assert_eq!(NOW.chars().count(), 80);
        for code in 0xE815..=0xE864 {
            let now = without_private_use(char::from_u32(code).unwrap());
            assert!(!('\u{e000}'..='\u{f8ff}').contains(&now), "{code:x}");
        }
    }
}
