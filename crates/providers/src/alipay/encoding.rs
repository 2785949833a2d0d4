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

    #[test]
    fn the_encodings_of_alipay_are_known_by_their_names() {
        for (charset, expected) in [
            (None, Some(UTF_8)),
            (Some(""), Some(UTF_8)),
            (Some("utf-8"), Some(UTF_8)),
            (Some("UTF-8"), Some(UTF_8)),
            (Some("GBK"), Some(GBK)),
            (Some("gb2312"), Some(GBK)),
            (Some("GB18030"), Some(GB18030)),
            (Some("shift_jis"), None),
            (Some("nonsense"), None),
        ] {
            assert_eq!(named(charset.map(str::as_bytes)), expected, "{charset:?}");
        }
    }

    #[test]
    fn an_outline_keeps_every_place() {
        // The second bytes of these are `\`, `{` and `}`.
        for text in ["乗", "亄", "亇", "a乗\"b", "系统繁忙", "€", "😀"] {
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
        assert_eq!(
            outline(b"{\"a\":\"\xc4\"}"),
            "{\"a\":\"x\"}",
            "a character that was cut off"
        );
    }
}
