//! Percent-encoding as both signed protocols want it.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but RFC 3986's unreserved characters.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Encodes one path segment, or one key or value of a query: a space becomes `%20`.
pub(crate) fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

#[cfg(test)]
mod tests {
    use super::encode;

    #[test]
    fn only_unreserved_characters_stay() {
        assert_eq!(encode("A|B*1~-._ /+"), "A%7CB%2A1~-._%20%2F%2B");
        assert_eq!(encode("毕业"), "%E6%AF%95%E4%B8%9A");
    }
}
