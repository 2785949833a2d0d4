//! Test vectors: our own beside the tests, published ones outside the repository.

use chrono::{DateTime, Utc};
use providers::{Entropy, SystemRandom};
use secrecy::SecretString;
use serde_json::Value;
use std::{fs, path::Path, sync::Arc};

/// The moment that the vectors were made for.
pub(crate) const NOW_S: i64 = 1_781_000_000;

/// Our own vectors.
pub(crate) fn own(name: &str) -> Value {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    serde_json::from_slice(&fs::read(folder.join(name)).unwrap()).unwrap()
}

/// Vectors that others published: read where they lie beside the repository, skipped elsewhere.
pub(crate) fn published(name: &str) -> Option<Value> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors/published");
    let Ok(content) = fs::read(root.join(name)) else {
        println!("skipped: the published vectors of {name} are not here");
        return None;
    };
    Some(serde_json::from_slice(&content).unwrap())
}

pub(crate) fn list<'a>(vectors: &'a Value, name: &str) -> &'a [Value] {
    let cases = vectors[name].as_array().unwrap();
    assert!(!cases.is_empty(), "{name} is empty");
    cases
}

pub(crate) fn text<'a>(case: &'a Value, name: &str) -> &'a str {
    case[name]
        .as_str()
        .unwrap_or_else(|| panic!("{name} is no text in {case}"))
}

pub(crate) fn secret(case: &Value, name: &str) -> SecretString {
    SecretString::from(text(case, name))
}

pub(crate) fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap()
}

/// A clock that stands still at [`NOW_S`].
pub(crate) fn entropy() -> Entropy {
    Entropy {
        now: Arc::new(|| at(NOW_S)),
        random: Arc::new(SystemRandom),
    }
}
