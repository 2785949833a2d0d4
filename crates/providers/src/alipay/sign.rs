//! The texts that are signed: parameters by name, joined as they are, never percent-encoded.

use std::collections::BTreeMap;

/// Joins parameters as `name=value` with `&`, in the order given.
pub fn joined<'a>(parameters: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    parameters
        .map(|(name, value)| format!("{name}={value}"))
        .collect::<Vec<_>>()
        .join("&")
}

/// What we sign: every parameter that has a value, with `sign_type`.
pub fn request_content(parameters: &BTreeMap<&str, String>) -> String {
    let named = parameters
        .iter()
        .map(|(name, value)| (*name, value.as_str()));
    joined(named.filter(|(name, value)| *name != "sign" && !value.is_empty()))
}

/// What Alipay signs in a trade's notice: every parameter as received, also the empty ones, in whatever encoding, but
/// neither `sign` nor `sign_type`.
pub fn notice_content<V: AsRef<[u8]>>(parameters: &BTreeMap<String, V>) -> Vec<u8> {
    parameters
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "sign" | "sign_type"))
        .map(|(name, value)| [name.as_bytes(), b"=", value.as_ref()].concat())
        .collect::<Vec<_>>()
        .join(&b'&')
}
