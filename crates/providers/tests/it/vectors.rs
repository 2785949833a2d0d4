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
    Some(serde_json::from_slice(&published_bytes(name)?).unwrap())
}

/// A file that others published, likewise.
pub(crate) fn published_bytes(name: &str) -> Option<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors/published");
    let content = fs::read(root.join(name)).ok();
    if content.is_none() {
        println!("skipped: {name} is not here");
    }
    content
}

/// One of our own bills.
pub(crate) fn bill(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/bills");
    fs::read(folder.join(name)).unwrap()
}

/// What is stated of one of our own bills.
pub(crate) fn expected_bill(which: &str, what: &str) -> Value {
    own("bills/expect.json")[which][what].clone()
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
