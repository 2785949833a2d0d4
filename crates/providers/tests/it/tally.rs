//! Counts the vectors, so that none is added or dropped without a test that takes it.

use crate::vectors::{own, published};
use serde_json::Value;

/// Every list of every file, with its number of cases. The tests of this crate take each list from
/// end to end. Two are not for this crate: it sends no webhooks, and does not speak Alipay's third
/// protocol.
const OWN: &[(&str, &[(&str, usize)])] = &[
    (
        "alipay.json",
        &[("notify", 10), ("request", 9), ("response", 6), ("v3", 2)],
    ),
    ("sms_signatures.json", &[("cases", 3)]),
    ("wechat_request_signing.json", &[("cases", 13)]),
    (
        "wechat_verify_and_decrypt.json",
        &[("aead", 7), ("verify", 13)],
    ),
];
const PUBLISHED: &[(&str, &[(&str, usize)])] = &[
    (
        "alipay.json",
        &[("cert_sn", 3), ("notify", 3), ("response", 3)],
    ),
    ("sms_signatures.json", &[("cases", 3)]),
    (
        "wechat_request_signing.json",
        &[("canonical_message_format_cases", 3), ("cases", 4)],
    ),
    (
        "wechat_verify_and_decrypt.json",
        &[("aead", 4), ("aead_negative", 3), ("verify", 6)],
    ),
];
/// What the vectors' own check counts in the files of webhooks: two of ours, three published.
const WEBHOOK_CHECKS: [usize; 2] = [2, 3];

/// How many checks a case stands for where the vectors' own check counts them.
fn checks(list: &str, case: &Value) -> usize {
    let has = |name: &str| usize::from(!case[name].is_null());
    match list {
        // The probe is refused, which only our tests check.
        "verify" => usize::from(!case["id"].as_str().unwrap().starts_with("signature-probe")),
        "aead" => 1 + has("expect_cert_serial"),
        "notify" => 1 + has("params"),
        "request" => 2,
        "response" => 1 + has("raw_response") * has("expect"),
        "canonical_message_format_cases" | "aead_negative" => 0,
        "cases" if !case["pairs"].is_null() => case["pairs"].as_array().unwrap().len(),
        "cases" if !case["algorithm"].is_null() => 2,
        "cases" => 1 + has("method"),
        _ => 1,
    }
}

/// Compares the files with the table; tells how many checks they stand for.
fn tally(files: &[(&str, &[(&str, usize)])], read: impl Fn(&str) -> Value) -> usize {
    let mut total = 0;
    for (file, expected) in files {
        let vectors = read(file);
        let lists = vectors.as_object().unwrap().iter();
        let lists: Vec<_> = lists
            .filter_map(|(name, cases)| Some((name.as_str(), cases.as_array()?)))
            .collect();
        let mut counts: Vec<_> = lists
            .iter()
            .map(|(name, cases)| (*name, cases.len()))
            .collect();
        counts.sort_unstable();
        assert_eq!(counts, *expected, "{file}");
        let cases = lists
            .iter()
            .flat_map(|(name, cases)| cases.iter().map(|case| checks(name, case)));
        total += cases.sum::<usize>();
    }
    total
}

#[test]
fn vec_all_are_counted() {
    let ours = tally(OWN, own) + WEBHOOK_CHECKS[0];
    if published("alipay.json").is_some() {
        let theirs = tally(PUBLISHED, |name| published(name).unwrap()) + WEBHOOK_CHECKS[1];
        assert_eq!(ours + theirs, 140);
    }
    assert_eq!(ours, 103);
}
