//! Pages of lists: the models that have `items` and `next`, so that a client can read a list to its end.

use std::fmt::Write;

use anyhow::{Context, Result};
use serde_json::Value;

/// The file that tells which models are pages.
pub(super) fn source(document: &Value) -> Result<String> {
    let mut source =
        String::from("//! The pages of lists.\n\nuse super::types::*;\nuse crate::sdk::Page;\n");
    let schemas = document["components"]["schemas"].as_object();
    for (name, schema) in schemas.context("the document has no schemas")? {
        let properties = schema["properties"].as_object();
        let is_page = properties
            .is_some_and(|properties| properties.len() == 2 && properties.contains_key("next"));
        let item = schema["properties"]["items"]["items"]["$ref"].as_str();
        let item = item.and_then(|reference| reference.rsplit('/').next());
        if let Some(item) = item.filter(|_| is_page) {
            write!(
                source,
                "\nimpl Page for {name} {{\n    type Item = {item};\n\n    fn into_parts(self) -> (Vec<{item}>, Option<String>) {{\n        \
                 (self.items, self.next)\n    }}\n}}\n"
            )?;
        }
    }
    Ok(source)
}
