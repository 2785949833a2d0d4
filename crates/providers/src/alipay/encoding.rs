//! Alipay's encodings: UTF-8 is what we ask for, and some answers and notices come in GBK all the same.
//!
//! Source: docs/sources.md#alipay-encodings

use encoding_rs::{Encoding, GB18030, GBK, UTF_8};
use std::borrow::Cow;

/// What stands for a byte of a character that is not ASCII.
const MASK: char = 'x';

/// The encoding that a notice names, UTF-8 where it names none; `None` for one that Alipay does not write.
pub(super) fn named(charset: Option<&[u8]>) -> Option<&'static Encoding> {
    let Some(label) = charset.filter(|label| !label.is_empty()) else {
        return Some(UTF_8);
    };
    let found = Encoding::for_label(label)?;
    [UTF_8, GBK, GB18030].contains(&found).then_some(found)
}

/// The text of an answer, which names no encoding: UTF-8 where it is that, else GBK.
pub(super) fn text(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => GBK.decode_without_bom_handling(bytes).0,
    }
}

/// GBK of the same length in ASCII: each byte of another character is masked, also a second byte that looks like `\` or
/// `{`. A place in the outline is therefore the same place in the bytes.
pub(super) fn outline(bytes: &[u8]) -> String {
    let mut is_second = false;
    let mask = |byte: &u8| {
        // No second byte lies below the digits, so that a character that was cut off masks no quote.
        let is_plain = byte.is_ascii() && !(is_second && *byte >= b'0');
        is_second = !is_second && (0x81..=0xfe).contains(byte);
        if is_plain { char::from(*byte) } else { MASK }
    };
    bytes.iter().map(mask).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::no_name(None, Some(UTF_8))]
    #[case::empty(Some(""), Some(UTF_8))]
    #[case::small_letters(Some("utf-8"), Some(UTF_8))]
    #[case::capitals(Some("UTF-8"), Some(UTF_8))]
    #[case::gbk(Some("GBK"), Some(GBK))]
    #[case::part_of_gbk(Some("gb2312"), Some(GBK))]
    #[case::gb18030(Some("GB18030"), Some(GB18030))]
    #[case::other(Some("shift_jis"), None)]
    #[case::unknown(Some("nonsense"), None)]
    fn the_encodings_of_alipay_are_known_by_their_names(
        #[case] charset: Option<&str>,
        #[case] expected: Option<&'static Encoding>,
    ) {
        assert_eq!(named(charset.map(str::as_bytes)), expected, "{charset:?}");
    }

    // The second bytes of the first three are `\`, `{` and `}`.
    #[rstest]
    #[case::backslash("乗")]
    #[case::opening_brace("亄")]
    #[case::closing_brace("亇")]
    #[case::quotes("a乗\"b")]
    #[case::two_bytes_each("系统繁忙")]
    #[case::euro("€")]
    #[case::four_bytes("😀")]
    fn an_outline_keeps_every_place(#[case] text: &str) {
        let (bytes, _, _) = GB18030.encode(text);
        let outline = outline(&bytes);
        assert_eq!(outline.len(), bytes.len(), "{text}");
        assert!(
            outline.is_ascii() && !outline.contains(['\\', '{', '}']),
            "{outline}"
        );
        let quotes = |text: &str| text.matches('"').count();
        assert_eq!(quotes(&outline), quotes(text), "{text}");
    }

    #[test]
    fn a_character_that_was_cut_off_has_an_outline() {
        assert_eq!(outline(b"{\"a\":\"\xc4\"}"), "{\"a\":\"x\"}");
    }
}
