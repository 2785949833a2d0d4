//! Phone numbers and e-mail addresses inside a text that a school wrote, so that a page can make links of them.

use super::is_email;

/// Fewest and most digits of a phone number that is worth a link. Source: docs/sources.md#phone-numbers (E.164 has at
/// most 15); a local number in China has 7 or 8.
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 7..=15;

/// A part of a school's contact text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContactPart<'a> {
    /// Words.
    Text(&'a str),
    /// A phone number as it was written.
    Phone(&'a str),
    /// An e-mail address.
    Email(&'a str),
}

/// The text in parts; put together, they are the text again.
pub fn contact_parts(text: &str) -> Vec<ContactPart<'_>> {
    let mut parts = Vec::new();
    let (mut rest, mut words) = (text, 0);
    while let Some(first) = rest[words..].chars().next() {
        let begins = rest[..words].chars().next_back().is_none_or(is_boundary);
        let found = (begins).then(|| link_at(&rest[words..])).flatten();
        let Some((length, link)) = found else {
            words += first.len_utf8();
            continue;
        };
        if words > 0 {
            parts.push(ContactPart::Text(&rest[..words]));
        }
        let written = &rest[words..words + length];
        parts.push(match link {
            Link::Phone => ContactPart::Phone(written),
            Link::Email => ContactPart::Email(written),
        });
        rest = &rest[words + length..];
        words = 0;
    }
    if !rest.is_empty() {
        parts.push(ContactPart::Text(rest));
    }
    parts
}

/// The digits of a phone number for a `tel:` link, with the plus of an international one.
pub fn dialled(phone: &str) -> String {
    let kept = |character: &char| character.is_ascii_digit() || *character == '+';
    phone.chars().filter(kept).collect()
}

#[derive(Clone, Copy)]
enum Link {
    Phone,
    Email,
}

fn is_boundary(character: char) -> bool {
    !character.is_ascii_alphanumeric()
}

/// What begins here, and how many bytes of it.
fn link_at(text: &str) -> Option<(usize, Link)> {
    let email = |character: char| character.is_ascii_alphanumeric() || "@._+-".contains(character);
    let token = text.split(|character| !email(character)).next()?;
    let token = token.trim_end_matches(['.', '-', '_', '+']);
    if is_email(token) {
        return Some((token.len(), Link::Email));
    }
    let phone = |character: char| character.is_ascii_digit() || " -+()".contains(character);
    let written = text.split(|character| !phone(character)).next()?;
    let written = written.trim_end_matches([' ', '-', '+', '(', ')']);
    let digits = written.bytes().filter(u8::is_ascii_digit).count();
    let begins = written.starts_with(|first: char| first.is_ascii_digit() || "+(".contains(first));
    let ends = text[written.len()..].chars().next().is_none_or(is_boundary);
    (begins && ends && PHONE_DIGITS.contains(&digits)).then_some((written.len(), Link::Phone))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::ContactPart::{Email, Phone, Text};
    use super::*;

    #[rstest]
    #[case::a_name_alone("教务处", &[Text("教务处")])]
    #[case::empty("", &[])]
    #[case::a_name_and_a_number("教务处 010-82801234", &[Text("教务处 "), Phone("010-82801234")])]
    #[case::a_number_and_an_address(
        "电话：(010) 8280 1234，邮箱 jwc@example.edu.cn。",
        &[
            Text("电话："),
            Phone("(010) 8280 1234"),
            Text("，邮箱 "),
            Email("jwc@example.edu.cn"),
            Text("。"),
        ],
    )]
    #[case::two_numbers(
        "+86 138 0013 8000/13800138001",
        &[Phone("+86 138 0013 8000"), Text("/"), Phone("13800138001")],
    )]
    #[case::a_room("办公楼 301 室", &[Text("办公楼 301 室")])]
    #[case::letters_beside_digits("QQ群A12345678b", &[Text("QQ群A12345678b")])]
    #[case::no_address("a@b", &[Text("a@b")])]
    fn phones_and_addresses_are_found_in_what_schools_write(
        #[case] text: &str,
        #[case] parts: &[ContactPart<'_>],
    ) {
        assert_eq!(contact_parts(text), parts, "{text}");
    }

    #[test]
    fn a_number_is_dialled_without_what_separates_it() {
        assert_eq!(dialled("(010) 8280-1234"), "01082801234");
        assert_eq!(dialled("+86 138 0013 8000"), "+8613800138000");
    }
}
