//! One-time codes as people type or paste them; the API and the page read them with this one function.

use crate::fold::{is_dash, is_invisible};
use crate::nfkc::nfkc;

/// How many digits a code has. Source: docs/sources.md#otp.
pub const DIGITS: usize = 6;
/// The longest text in which a code is looked for, in characters; ours, several text messages long.
pub const LONGEST_TEXT: usize = 1000;
/// How many characters may stand between the word for a code and the code: `验证码是：`, `code is `.
const REACH: usize = 8;
/// The words that announce a code, in small letters.
const WORDS: [&str; 7] = [
    "验证码",
    "校验码",
    "动态码",
    "确认码",
    "驗證碼",
    "code",
    "otp",
];

/// The code in what was typed or pasted: six digits, with whatever came along when they were copied, or a whole message.
///
/// A run of exactly six digits wins over everything else: `您在2026年的验证码是398625` gives 398625. Where there is none, six
/// digits that only white space and hyphens part are a code: `398 625`. Of several different ones it is the one that a
/// word such as 验证码 announces; where that does not tell either, nothing is guessed. `None` as well for fewer digits,
/// more digits, and a text beyond [`LONGEST_TEXT`].
pub fn read(typed: &str) -> Option<String> {
    if typed.chars().nth(LONGEST_TEXT).is_some() {
        return None;
    }
    let text: String = nfkc(typed)
        .chars()
        .filter(|&character| !is_invisible(character))
        .collect();
    let runs = candidates(&text, |_| false);
    let found = if runs.is_empty() {
        candidates(&text, |character| {
            character.is_whitespace() || is_dash(character)
        })
    } else {
        runs
    };
    only(found.iter()).or_else(|| only(found.iter().filter(|found| found.is_announced)))
}

/// The digits of a code that is still being typed, at most [`DIGITS`]; `None` where something other than a code was entered.
pub fn begun(typed: &str) -> Option<String> {
    let text = nfkc(typed);
    let mut digits = String::new();
    for character in text.chars().filter(|&character| !is_invisible(character)) {
        if character.is_ascii_digit() {
            digits.push(character);
        } else if !character.is_whitespace() && !is_dash(character) {
            return None;
        }
    }
    (digits.len() <= DIGITS).then_some(digits)
}

/// Six digits in a text.
struct Candidate {
    digits: String,
    is_announced: bool,
}

/// The runs of exactly six digits, in which what `may_part` names does not count.
fn candidates(text: &str, may_part: impl Fn(char) -> bool) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut before = String::new();
    let mut digits = String::new();
    // One more character than there is ends the last run.
    for character in text.chars().chain(['.']) {
        if character.is_ascii_digit() {
            digits.push(character);
        } else if digits.is_empty() {
            before.push(character);
        } else if !may_part(character) {
            if digits.len() == DIGITS {
                found.push(Candidate {
                    is_announced: announces(&before),
                    digits: digits.clone(),
                });
            }
            digits.clear();
            before = String::from(character);
        }
    }
    found
}

/// Whether a word for a code stands at the end of a text.
fn announces(before: &str) -> bool {
    let before = before.to_lowercase();
    WORDS.iter().any(|word| {
        before
            .rfind(word)
            .is_some_and(|at| before[at + word.len()..].chars().count() <= REACH)
    })
}

/// The digits on which all candidates agree.
fn only<'a>(mut candidates: impl Iterator<Item = &'a Candidate>) -> Option<String> {
    let first = candidates.next()?;
    candidates
        .all(|other| other.digits == first.digits)
        .then(|| first.digits.clone())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("398625")]
    #[case(" 398625\n")]
    #[case("398 625")]
    #[case("3 9 8 6 2 5")]
    #[case("398\u{a0}625")]
    #[case("398\u{3000}625")]
    #[case("398-625")]
    #[case("398\u{2013}625")]
    #[case("398 - 625")]
    #[case("３９８６２５")]
    #[case("\u{feff}398625")]
    #[case("398\u{200b}625")]
    #[case("\u{2068}398625\u{2069}")]
    #[case("\u{202a}398625\u{202c}")]
    #[case("3\u{fe0f}98625\u{fffc}")]
    #[case("\u{61c}398625")]
    #[case("验证码：398625")]
    #[case("398625（登录验证码）")]
    #[case("【毕业图像】您的验证码为398625，5分钟内有效，请勿告诉他人。")]
    #[case("您在2026年的验证码是398625")]
    #[case(
        "【一个很长很长很长很长很长很长很长很长的签名】您正在2026-06-08登录，验证码398625，5分钟内有效。"
    )]
    #[case("Your gradphoto code is 398625. It works for 5 minutes.")]
    #[case("398625 is your code, valid for 5 minutes")]
    #[case("验证码 398 625，5 分钟内有效")]
    #[case("验证码398625。重复一遍：398625")]
    #[case("订单100861的验证码是398625")]
    #[case("Order 100861: your CODE is 398625.")]
    #[case("尾号12\n398625")]
    #[case("ABC398625")]
    #[case("ABC-398625")]
    fn a_code_is_read_however_it_was_copied(#[case] typed: &str) {
        assert_eq!(read(typed).as_deref(), Some("398625"), "{typed:?}");
    }

    #[rstest]
    #[case::empty("")]
    #[case::a_blank(" ")]
    #[case::five_digits("39862")]
    #[case::seven_digits("3986251")]
    #[case::seven_digits_in_two_groups("398 6251")]
    #[case::a_letter_behind("39862a")]
    #[case::a_letter_before("a39862")]
    #[case::a_date("2026-06-08")]
    #[case::a_phone_number("13800138000")]
    #[case::a_text_without_digits("验证码还没有收到")]
    #[case::arabic_digits("٣٩٨٦٢٥")]
    #[case::chinese_digits("三九八六二五")]
    #[case::two_codes("398625 或 123456")]
    #[case::two_codes_in_a_sentence("旧验证码398625，新验证码123456")]
    fn what_cannot_be_a_code_is_none(#[case] typed: &str) {
        assert_eq!(read(typed), None, "{typed:?}");
    }

    #[test]
    fn a_text_is_read_up_to_its_longest() {
        assert_eq!(
            read(&format!("398625{}", "。".repeat(994))).as_deref(),
            Some("398625")
        );
        assert_eq!(read(&format!("398625{}", "。".repeat(995))), None);
    }

    #[rstest]
    #[case("", Some(""))]
    #[case("3", Some("3"))]
    #[case("398 ", Some("398"))]
    #[case("398-62", Some("39862"))]
    #[case("３９", Some("39"))]
    #[case("398625", Some("398625"))]
    #[case("3986251", None)]
    #[case("39a", None)]
    fn a_code_that_is_being_typed_keeps_its_digits(
        #[case] typed: &str,
        #[case] digits: Option<&str>,
    ) {
        assert_eq!(begun(typed).as_deref(), digits, "{typed:?}");
    }

    proptest! {
        #[test]
        fn what_is_read_is_six_digits_and_reads_as_itself(typed in any::<String>()) {
            if let Some(code) = read(&typed) {
                prop_assert_eq!(code.len(), DIGITS);
                prop_assert!(code.bytes().all(|digit| digit.is_ascii_digit()));
                prop_assert_eq!(read(&code), Some(code));
            }
        }

        #[test]
        fn a_code_among_other_characters_is_found(
            before in "[^\\p{N}\\p{So}]{0,40}",
            code in "[0-9]{6}",
            after in "[^\\p{N}\\p{So}]{0,40}",
        ) {
            prop_assert_eq!(read(&format!("{before}{code}{after}")), Some(code));
        }

        #[test]
        fn shorter_and_longer_numbers_around_it_do_not_matter(
            before in "[0-9]{1,5}|[0-9]{7,12}",
            code in "[0-9]{6}",
            after in "[0-9]{1,5}|[0-9]{7,12}",
        ) {
            prop_assert_eq!(read(&format!("{before}年，{code}，{after}")), Some(code));
        }
    }
}
