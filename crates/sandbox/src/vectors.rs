//! Test vectors made by other code: ours in `tests/vectors.json`, others' beside the project where present.

use std::path::Path;

use serde_json::Value;

/// A list of our own vectors, or one group of them.
pub(crate) fn own(name: &str) -> Value {
    let mut all: Value = serde_json::from_str(include_str!("../tests/vectors.json")).unwrap();
    all[name].take()
}

/// Vectors that others published. They may not be copied into the project: without the folder beside
/// it there are none.
pub(crate) fn published(file: &str, list: &str) -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors/published");
    let Ok(json) = std::fs::read_to_string(folder.join(file)) else {
        println!("skipped: {file} is not beside the project");
        return Vec::new();
    };
    let mut all: Value = serde_json::from_str(&json).unwrap();
    all[list].as_array_mut().map(std::mem::take).unwrap()
}

/// The text at `name`.
pub(crate) fn text<'a>(vector: &'a Value, name: &str) -> &'a str {
    vector[name]
        .as_str()
        .unwrap_or_else(|| panic!("{} has no {name}", vector["id"]))
}

/// The items of a list.
pub(crate) fn items(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().unwrap().iter()
}

/// Says on the test's output how many vectors ran, so that an empty folder does not pass for a good one.
pub(crate) fn count(what: &str, vectors: usize) {
    println!("vectors: {what}: {vectors}");
}
