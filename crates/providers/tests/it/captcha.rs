//! Proof of work: what a browser solves passes until it is too old, and nothing else does.

use rstest::rstest;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::DateTime;
use data_encoding::{BASE64, HEXLOWER};
use providers::captcha::{CHALLENGE_LIFETIME, CaptchaChallenge, CaptchaVerifier, ProofOfWork};
use providers::keys::sha256;
use providers::{Entropy, SystemRandom};
use serde_json::{Value, json};

const NOW_S: i64 = 1_776_650_400;
const MAX_NUMBER: u32 = 200;

/// A verifier whose clock shows what `now_s` holds.
fn verifier(key: u8, now_s: &Arc<AtomicI64>) -> ProofOfWork {
    let now_s = Arc::clone(now_s);
    let entropy = Entropy {
        now: Arc::new(move || DateTime::from_timestamp(now_s.load(Ordering::Relaxed), 0).unwrap()),
        random: Arc::new(SystemRandom),
    };
    ProofOfWork::new(&[key; 32], MAX_NUMBER, entropy)
}

/// What a browser sends back.
fn solved(challenge: &CaptchaChallenge) -> Value {
    let hash = |number: &u32| sha256(format!("{}{number}", challenge.salt).as_bytes());
    let number = (0..=challenge.max_number)
        .find(|number| HEXLOWER.encode(&hash(number)) == challenge.challenge);
    json!({
        "algorithm": challenge.algorithm, "challenge": challenge.challenge, "number": number.unwrap(),
        "salt": challenge.salt, "signature": challenge.signature,
    })
}

fn token(solved: &Value) -> String {
    BASE64.encode(solved.to_string().as_bytes())
}

#[test]
fn a_solved_challenge_passes_until_it_is_too_old() {
    let now_s = Arc::new(AtomicI64::new(NOW_S));
    let verifier = verifier(1, &now_s);
    let challenge = verifier.challenge();
    assert_ne!(challenge.salt, verifier.challenge().salt);
    let token = token(&solved(&challenge));
    let solution = verifier.verify(&token).unwrap();
    assert_eq!(HEXLOWER.encode(&solution.id), challenge.challenge);
    let lasts_s = CHALLENGE_LIFETIME.num_seconds();
    assert_eq!(solution.expires_at.timestamp(), NOW_S + lasts_s);
    now_s.store(NOW_S + lasts_s - 1, Ordering::Relaxed);
    assert_eq!(verifier.verify(&token), Some(solution));
    now_s.store(NOW_S + lasts_s, Ordering::Relaxed);
    assert_eq!(verifier.verify(&token), None);
}

#[rstest]
#[case::another_number(|good: &mut Value| good["number"] = json!(good["number"].as_u64().unwrap() + 1))]
#[case::negative_number(|good: &mut Value| good["number"] = json!(-1))]
#[case::later_end(|good: &mut Value| {
    let (nonce, _) = good["salt"].as_str().unwrap().split_once('?').unwrap();
    good["salt"] = json!(format!("{nonce}?expires={}&", NOW_S + 86_400));
})]
#[case::salt_without_its_end(|good: &mut Value| good["salt"] = json!(good["salt"].as_str().unwrap().trim_end_matches('&')))]
#[case::another_algorithm(|good: &mut Value| good["algorithm"] = json!("SHA-1"))]
#[case::another_challenge(|good: &mut Value| good["challenge"] = json!("00"))]
#[case::another_signature(|good: &mut Value| good["signature"] = json!("00"))]
#[case::no_signature(|good: &mut Value| good["signature"] = json!("none"))]
fn a_solution_that_was_changed_does_not_pass(#[case] change: fn(&mut Value)) {
    let now_s = Arc::new(AtomicI64::new(NOW_S));
    let verifier = verifier(1, &now_s);
    let good = solved(&verifier.challenge());
    assert!(verifier.verify(&token(&good)).is_some());
    let mut bad = good;
    change(&mut bad);
    assert_eq!(verifier.verify(&token(&bad)), None, "{bad}");
}

#[rstest]
#[case::empty("")]
#[case::guessed("guessed")]
#[case::nothing_in_base64("bnVsbA==")]
fn a_text_that_is_no_solution_does_not_pass(#[case] text: &str) {
    let now_s = Arc::new(AtomicI64::new(NOW_S));
    assert_eq!(verifier(1, &now_s).verify(text), None, "{text}");
}

#[test]
fn a_solution_that_is_not_in_base64_does_not_pass() {
    let now_s = Arc::new(AtomicI64::new(NOW_S));
    let verifier = verifier(1, &now_s);
    let good = solved(&verifier.challenge());
    assert_eq!(verifier.verify(&good.to_string()), None, "{good}");
}

#[test]
fn digits_cannot_move_from_the_number_to_the_end_of_the_challenge() {
    let now_s = Arc::new(AtomicI64::new(NOW_S));
    let verifier = verifier(1, &now_s);
    let good = loop {
        let good = solved(&verifier.challenge());
        if good["number"].as_u64().unwrap() >= 10 {
            break good;
        }
    };
    let number = good["number"].to_string();
    let salt = good["salt"].as_str().unwrap();
    // The same text is hashed, so that hash and signature are right.
    let mut spliced = good.clone();
    spliced["salt"] = json!(format!("{salt}{}", &number[..1]));
    spliced["number"] = json!(number[1..].parse::<u64>().unwrap());
    assert_eq!(verifier.verify(&token(&spliced)), None, "{spliced}");
}

#[test]
fn a_challenge_of_another_key_is_not_ours() {
    let now_s = Arc::new(AtomicI64::new(NOW_S));
    let token = token(&solved(&verifier(1, &now_s).challenge()));
    assert_eq!(verifier(2, &now_s).verify(&token), None);
    assert!(
        verifier(1, &now_s).verify(&token).is_some(),
        "on every copy"
    );
}
