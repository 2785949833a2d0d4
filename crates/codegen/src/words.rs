//! The enumerations of the API document as Rust enumerations. Each has a value for words that the client does not know, since
//! enumerations grow (`docs/api.md`); the models keep the words themselves, see [`crate::plain`].

use std::collections::BTreeSet;
use std::fmt::Write;

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// The file that holds the enumerations; it needs `rustfmt`.
pub(super) fn source(document: &Value) -> Result<String> {
    let mut source = String::from(
        "//! Every enumeration of the API document.\n\nuse crate::word::words;\n\nwords! {\n",
    );
    let schemas = document["components"]["schemas"].as_object();
    for (name, schema) in schemas.context("no schemas")? {
        let Some(words) = schema["enum"].as_array() else {
            continue;
        };
        let text = schema["description"].as_str().unwrap_or(name);
        for line in text.lines() {
            writeln!(source, "{}", format!("/// {}", line.trim()).trim_end())?;
        }
        writeln!(source, "{name} {{")?;
        let mut known = BTreeSet::new();
        for word in words {
            let word = word.as_str().context("a word is a text")?;
            let variant = variant(word);
            if variant == "Unknown" || !known.insert(variant.clone()) {
                bail!("{name} has two words for `{variant}`");
            }
            writeln!(source, "    {variant} = {word:?};")?;
        }
        source.push_str("}\n");
    }
    source.push_str("}\n");
    Ok(source)
}

/// The name of a word's variant: `wechat_pay` is `WechatPay`.
fn variant(word: &str) -> String {
    let parts = word.split(|one: char| !one.is_ascii_alphanumeric());
    let variant: String = parts
        .flat_map(|part| {
            let mut letters = part.chars();
            let first = letters.next().map(|first| first.to_ascii_uppercase());
            first.into_iter().chain(letters)
        })
        .collect();
    match variant.as_str() {
        "Self" => "Self_".to_owned(),
        name if name.starts_with(|first: char| first.is_ascii_digit()) => format!("Of{name}"),
        _ => variant,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_enumeration_has_a_variant_for_each_word() {
        let with = |words: &[&str]| {
            json!({"components": {"schemas": {
                "State": {"type": "string", "description": "Where it is.", "enum": words},
                "View": {"type": "object"}}}})
        };
        let found = source(&with(&["pending_review", "photo.taken", "3d", "self"])).unwrap();
        for line in [
            "/// Where it is.\nState {",
            "PendingReview = \"pending_review\";",
            "PhotoTaken = \"photo.taken\";",
            "Of3d = \"3d\";",
            "Self_ = \"self\";",
        ] {
            assert!(found.contains(line), "{found}");
        }
        assert!(!found.contains("View"));
        for words in [&["a_b", "a.b"][..], &["unknown"]] {
            assert!(source(&with(words)).is_err(), "{words:?}");
        }
    }
}
