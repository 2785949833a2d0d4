//! Keeping spreadsheets from executing what strangers wrote.
//!
//! A cell that begins with one of a few characters is a formula, which can read other cells, open addresses and, in old
//! programs, start others. Such a cell gets an apostrophe in front when it is written, and loses it when it is read, so that
//! a table reads as it was written. Source: docs/sources.md#formulas.

use std::borrow::Cow;

/// What a spreadsheet may take for the beginning of a formula, also in its full width, which Excel in Chinese and Japanese
/// turns into the narrow one; and what it may skip before it.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n'];

/// What makes a spreadsheet take the rest of a cell as text.
const APOSTROPHE: char = '\'';

/// Whether a spreadsheet could execute a text. A number or a phone number, whose sign is followed by digits alone, perhaps
/// with spaces or a decimal point between them, does nothing and stays as it is.
fn is_formula(text: &str) -> bool {
    let text = text.trim_start_matches(' ');
    text.starts_with(FORMULA) && !is_number(text)
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    digits.starts_with(|first: char| first.is_ascii_digit())
        && digits.matches('.').count() <= 1
        && digits
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b' '))
}

/// A cell as it is written.
pub fn protected(text: &str) -> Cow<'_, str> {
    // One that begins with apostrophes itself gets one more, so that reading takes away none of its own.
    if is_formula(text.trim_start_matches(APOSTROPHE)) {
        Cow::Owned(format!("{APOSTROPHE}{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// A cell as it was before it was [`protected`].
pub fn unprotected(text: &str) -> &str {
    match text.strip_prefix(APOSTROPHE) {
        Some(rest) if is_formula(rest.trim_start_matches(APOSTROPHE)) => rest,
        Some(_) | None => text,
    }
}

/// A cell without what people put around a number so that a spreadsheet keeps it as text: `'3301…` and `="0123"`.
pub fn unwrapped(text: &str) -> &str {
    let text = text.trim();
    let formula = text
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'));
    match formula {
        Some(inner) if !inner.contains('"') => inner,
        Some(_) | None => text.strip_prefix(APOSTROPHE).unwrap_or(text),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("'330106200001011234", "330106200001011234")]
    #[case("=\"0123\"", "0123")]
    #[case(" =\"\" ", "")]
    #[case("'=1+1", "=1+1")]
    #[case("=\"a\"&\"b\"", "=\"a\"&\"b\"")]
    #[case("O'Brien", "O'Brien")]
    #[case("'", "")]
    #[case("", "")]
    fn wrappers_are_taken_off(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(unwrapped(text), expected, "{text:?}");
    }

    #[rstest]
    #[case("G260609", "G260609")]
    #[case("=1+1", "'=1+1")]
    #[case(" =1+1", "' =1+1")]
    #[case("-1+cmd", "'-1+cmd")]
    #[case("@SUM(A1)", "'@SUM(A1)")]
    #[case("-12.50", "-12.50")]
    #[case("-1", "-1")]
    #[case("+8613800138000", "+8613800138000")]
    #[case("+86 138 0013 8000", "+86 138 0013 8000")]
    #[case("-", "'-")]
    #[case("+", "'+")]
    #[case("--1", "'--1")]
    #[case("-1-1", "'-1-1")]
    #[case("-1.2.3", "'-1.2.3")]
    #[case("+1+1", "'+1+1")]
    #[case("\t=1", "'\t=1")]
    #[case("\r=1", "'\r=1")]
    #[case("\n=1", "'\n=1")]
    #[case("＝1+1", "'＝1+1")]
    #[case("＋1", "'＋1")]
    #[case("－1", "'－1")]
    #[case("＠A1", "'＠A1")]
    #[case("'=1", "''=1")]
    #[case("'s", "'s")]
    #[case("", "")]
    fn no_written_cell_is_a_formula_and_numbers_stay_readable(
        #[case] text: &str,
        #[case] expected: &str,
    ) {
        assert_eq!(protected(text), expected);
        assert_eq!(unprotected(expected), text);
    }
}
