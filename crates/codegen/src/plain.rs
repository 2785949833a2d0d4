//! The API document as the generator of the client's models takes it: enumerations and patterns become plain texts.
//!
//! A model keeps every word as a `String`, also one that is not known; [`crate::words`] writes the enumerations that read
//! them. So a program carries the tables of those enumerations alone that it looks at, which matters in a browser.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

/// What says more of a text than that it is one, or gives an example.
const DETAILS: [&str; 9] = [
    "enum",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "maxItems",
    "example",
    "examples",
];

/// Formats that the generator would turn into types of other crates.
const FORMATS: [&str; 3] = ["uri", "uri-reference", "json-pointer"];

/// The document without the schemas of single texts; what refers to them is a text itself.
pub(super) fn plain(mut document: Value) -> Value {
    let mut texts = BTreeSet::new();
    if let Some(schemas) = document["components"]["schemas"].as_object_mut() {
        schemas.retain(|name, schema| {
            let is_text = schema["type"] == "string" && schema["format"] != "binary";
            if is_text {
                texts.insert(format!("#/components/schemas/{name}"));
            }
            !is_text
        });
    }
    simplify(&mut document, &texts);
    document
}

fn simplify(value: &mut Value, texts: &BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for inner in object.values_mut() {
                simplify(inner, texts);
            }
            if is_schema(object) {
                object.retain(|name, value| {
                    let is_format = name == "format"
                        && value
                            .as_str()
                            .is_some_and(|format| FORMATS.contains(&format));
                    !is_format && !DETAILS.contains(&name.as_str())
                });
            }
            let reference = object.get("$ref").and_then(Value::as_str);
            if reference.is_some_and(|reference| texts.contains(reference)) {
                object.remove("$ref");
                object.insert("type".to_owned(), "string".into());
            }
            join_null(object);
        }
        Value::Array(items) => {
            for item in items {
                simplify(item, texts);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Whether this is a schema and no list of properties, one of which may be called `type`.
fn is_schema(object: &Map<String, Value>) -> bool {
    matches!(object.get("type"), Some(Value::String(_) | Value::Array(_)))
}

/// Writes a choice between a text and null as one type of both.
fn join_null(object: &mut Map<String, Value>) {
    let Some(Value::Array(choices)) = object.get("oneOf") else {
        return;
    };
    let text = choices.iter().find(|choice| choice["type"] == "string");
    let has_null = choices.iter().any(|choice| choice["type"] == "null");
    let Some(text) = text.filter(|_| has_null && choices.len() == 2) else {
        return;
    };
    let mut joined = text.clone();
    joined["type"] = json!(["string", "null"]);
    if let Value::Object(joined) = joined {
        object.remove("oneOf");
        object.extend(joined);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_plain_texts_and_the_rest_stays() {
        let document = json!({"components": {"schemas": {
            "State": {"type": "string", "enum": ["open", "closed"], "examples": ["open"]},
            "View": {"type": "object", "properties": {
                "state": {"$ref": "#/components/schemas/State", "description": "Its state."},
                "before": {"oneOf": [{"$ref": "#/components/schemas/State", "description": "Before."}, {"type": "null"}]},
                "other": {"oneOf": [{"$ref": "#/components/schemas/View"}, {"type": "null"}]},
                "type": {"type": "integer", "minimum": 1, "examples": [3]},
                "pattern": {"type": "string", "pattern": "^a$", "format": "uri"}}}}}});
        let expected = json!({"components": {"schemas": {
            "View": {"type": "object", "properties": {
                "state": {"type": "string", "description": "Its state."},
                "before": {"type": ["string", "null"], "description": "Before."},
                "other": {"oneOf": [{"$ref": "#/components/schemas/View"}, {"type": "null"}]},
                "type": {"type": "integer"},
                "pattern": {"type": "string"}}}}}});
        assert_eq!(plain(document), expected);
    }
}
