//! Proof of work: what a browser solves passes until it is too old, and nothing else does.

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

#[test]
fn nothing_else_passes() {
    let now_s = Arc::new(AtomicI64::new(NOW_S));
    let verifier = verifier(1, &now_s);
    let good = solved(&verifier.challenge());
    assert!(verifier.verify(&token(&good)).is_some());
    let number = good["number"].as_u64().unwrap();
    let salt = good["salt"].as_str().unwrap();
    let (nonce, _) = salt.split_once('?').unwrap();
    let later = format!("{nonce}?expires={}&", NOW_S + 86_400);
    let without_end = salt.trim_end_matches('&');
    for (field, value) in [
        ("number", json!(number + 1)),
        ("number", json!(-1)),
        ("salt", json!(later)),
        ("salt", json!(without_end)),
        ("algorithm", json!("SHA-1")),
        ("challenge", json!("00")),
        ("signature", json!("00")),
        ("signature", json!("none")),
    ] {
        let mut bad = good.clone();
        bad[field] = value;
        assert_eq!(verifier.verify(&token(&bad)), None, "{bad}");
    }
    for text in ["", "guessed", "bnVsbA==", &good.to_string()] {
        assert_eq!(verifier.verify(text), None, "{text}");
    }
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
