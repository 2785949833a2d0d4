//! Unicode's form NFKC; in a browser by the browser itself, so that nobody has to download the tables.

/// The text in NFKC. ASCII is so already, as most numbers of a roster are.
pub(crate) fn nfkc(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    normalised(text)
}

#[cfg(not(target_arch = "wasm32"))]
fn normalised(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;

    text.nfkc().collect()
}

#[cfg(target_arch = "wasm32")]
fn normalised(text: &str) -> String {
    js_sys::JsString::from(text).normalize("NFKC").into()
}
