//! Public keys of integrators, and the assertions that they sign. Source: RFC 7523, 3, and RFC 7517.

use chrono::{DateTime, Utc};
use data_encoding::BASE64URL_NOPAD;
use domain::IntegratorId;
use domain::integrator::{AssertionTimes, RSA_BITS};
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::Deserialize;
use serde_json::{Value, json};

/// The longest name of a key, and the longest id of an assertion, in bytes.
const LONGEST_ID: usize = 128;
/// The members of a JSON Web Key that only a private or a shared key has. Source: RFC 7518, 6.
const PRIVATE: [&str; 7] = ["d", "p", "q", "dp", "dq", "qi", "k"];
/// The members that a public key is kept with.
const KEPT: [&str; 7] = ["kty", "kid", "crv", "x", "y", "n", "e"];

/// A public key that can be used.
pub(super) struct PublicKey {
    /// The name that its owner gave it.
    pub(super) id: String,
    /// What is stored of it.
    pub(super) stored: Value,
    decoding: DecodingKey,
    algorithms: Vec<Algorithm>,
}

/// Reads a JSON Web Key; `None` where it is none, has no `kid`, is a private key, or is of a kind that is not taken.
pub(super) fn read_public_key(key: &Value) -> Option<PublicKey> {
    let members = key.as_object()?;
    if PRIVATE.iter().any(|name| members.contains_key(*name)) {
        return None;
    }
    let mut stored = json!({});
    for name in KEPT {
        if let Some(value) = members.get(name) {
            stored[name] = value.clone();
        }
    }
    let id = key["kid"].as_str()?.to_owned();
    let is_name = !id.is_empty() && id.len() <= LONGEST_ID && id.chars().all(|it| !it.is_control());
    let jwk: Jwk = serde_json::from_value(stored.clone()).ok()?;
    let algorithms = is_name.then(|| algorithms(&jwk.algorithm)).flatten()?;
    Some(PublicKey {
        id,
        decoding: DecodingKey::from_jwk(&jwk).ok()?,
        stored,
        algorithms,
    })
}

/// The algorithms of a kind of key that is taken.
fn algorithms(key: &AlgorithmParameters) -> Option<Vec<Algorithm>> {
    if let AlgorithmParameters::RSA(rsa) = key {
        let modulus = BASE64URL_NOPAD.decode(rsa.n.as_bytes()).ok()?;
        let is_long = modulus.len() * 8 >= RSA_BITS;
        return is_long.then(|| vec![Algorithm::RS256, Algorithm::PS256]);
    }
    if let AlgorithmParameters::EllipticCurve(key) = key {
        return (key.curve == EllipticCurve::P256).then(|| vec![Algorithm::ES256]);
    }
    if let AlgorithmParameters::OctetKeyPair(key) = key {
        return (key.curve == EllipticCurve::Ed25519).then(|| vec![Algorithm::EdDSA]);
    }
    None
}

#[derive(Debug, Deserialize)]
struct Claims {
    iss: IntegratorId,
    sub: IntegratorId,
    aud: Value,
    jti: String,
    exp: i64,
    nbf: Option<i64>,
    iat: Option<i64>,
}

/// An assertion that holds.
#[derive(Debug)]
pub(super) struct Assertion {
    /// Its id, which works once.
    pub(super) jti: String,
    /// Until when it is good.
    pub(super) exp: i64,
}

/// Of whom an assertion speaks, as it says itself: nothing is proven yet.
pub(super) fn claimed_client(assertion: &str) -> Option<IntegratorId> {
    let claims = assertion.split('.').nth(1)?;
    let claims = BASE64URL_NOPAD.decode(claims.as_bytes()).ok()?;
    Some(serde_json::from_slice::<Claims>(&claims).ok()?.sub)
}

/// What an assertion must say.
#[derive(Debug, Clone, Copy)]
pub(super) struct Expected<'a> {
    /// Whose it is.
    pub(super) client: IntegratorId,
    /// Whom it is for, and nobody else.
    pub(super) issuer: &'a str,
    /// When it must be good.
    pub(super) now: DateTime<Utc>,
}

/// Checks an assertion by a key of its client; `None` where anything is wrong.
pub(super) fn verify_assertion(
    assertion: &str,
    key: &PublicKey,
    expected: Expected<'_>,
) -> Option<Assertion> {
    let header = decode_header(assertion).ok()?;
    if header.kid.is_some_and(|kid| kid != key.id) || !key.algorithms.contains(&header.alg) {
        return None;
    }
    let mut rules = Validation::new(header.alg);
    rules.set_required_spec_claims::<&str>(&[]);
    // The library asks the system's clock, and takes a list for an audience: both are checked below.
    rules.validate_exp = false;
    rules.validate_aud = false;
    let claims = decode::<Claims>(assertion, &key.decoding, &rules)
        .ok()?
        .claims;
    let times = AssertionTimes {
        exp: claims.exp,
        nbf: claims.nbf,
        iat: claims.iat,
    };
    let is_good = claims.iss == expected.client
        && claims.sub == expected.client
        && claims.aud == expected.issuer
        && (1..=LONGEST_ID).contains(&claims.jti.len())
        && times.are_good(expected.now);
    is_good.then_some(Assertion {
        jti: claims.jti,
        exp: claims.exp,
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    /// The key of RFC 8037, A.2.
    fn ed25519() -> Value {
        json!({ "kty": "OKP", "crv": "Ed25519", "kid": "k1",
            "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" })
    }

    fn rsa(bytes: usize) -> Value {
        let modulus = BASE64URL_NOPAD.encode(&vec![0xff; bytes]);
        json!({ "kty": "RSA", "kid": "k1", "n": modulus, "e": "AQAB" })
    }

    /// The key of RFC 7515, A.3.
    fn p256() -> Value {
        json!({ "kty": "EC", "crv": "P-256", "kid": "k1",
            "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
            "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0" })
    }

    #[rstest]
    #[case::ed25519(ed25519(), &[Algorithm::EdDSA])]
    #[case::p256(p256(), &[Algorithm::ES256])]
    #[case::rsa(rsa(RSA_BITS / 8), &[Algorithm::RS256, Algorithm::PS256])]
    fn a_public_key_is_read_with_its_algorithms(
        #[case] key: Value,
        #[case] expected: &[Algorithm],
    ) {
        let read = read_public_key(&key).unwrap();
        assert_eq!(
            (read.id.as_str(), read.algorithms.as_slice()),
            ("k1", expected)
        );
        assert_eq!(read.stored, key);
    }

    #[test]
    fn what_nobody_needs_of_a_key_is_not_stored() {
        let mut key = ed25519();
        key["use"] = json!("sig");
        key["x5c"] = json!(["MIIB"]);
        assert_eq!(read_public_key(&key).unwrap().stored, ed25519());
    }

    fn with(name: &str, value: Value) -> Value {
        let mut key = ed25519();
        key[name] = value;
        key
    }

    #[rstest]
    #[case::text(json!("k1"))]
    #[case::empty(json!({}))]
    #[case::private(with("d", json!("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A")))]
    #[case::shared(json!({ "kty": "oct", "kid": "k1", "k": "AyM1SysPpbyDfgZld3umj1qzKObwVMko" }))]
    #[case::shared_without_its_secret(json!({ "kty": "oct", "kid": "k1" }))]
    #[case::short_rsa(rsa(RSA_BITS / 8 - 1))]
    #[case::another_curve(with("crv", json!("X25519")))]
    #[case::no_name(with("kid", Value::Null))]
    #[case::empty_name(with("kid", json!("")))]
    #[case::long_name(with("kid", json!("k".repeat(LONGEST_ID + 1))))]
    #[case::name_of_two_lines(with("kid", json!("k\n1")))]
    #[case::number_as_a_name(with("kid", json!(1)))]
    fn what_is_no_public_key_that_is_taken_is_not_read(#[case] key: Value) {
        assert!(read_public_key(&key).is_none());
    }

    fn assertion(claims: &Value) -> String {
        let part = BASE64URL_NOPAD.encode(claims.to_string().as_bytes());
        format!("e30.{part}.c2ln")
    }

    #[test]
    fn an_assertion_says_of_whom_it_speaks() {
        let client = IntegratorId::new(DateTime::UNIX_EPOCH, [7; 10]);
        let claims = json!({ "iss": client, "sub": client, "aud": "a", "jti": "1", "exp": 1 });
        assert_eq!(claimed_client(&assertion(&claims)), Some(client));
    }

    #[rstest]
    #[case::empty(String::new())]
    #[case::one_part("e30".to_owned())]
    #[case::no_base64("e30.*.c2ln".to_owned())]
    #[case::no_claims(assertion(&json!({})))]
    #[case::no_id(assertion(&json!({ "iss": "1", "sub": "1", "aud": "a", "jti": "1", "exp": 1 })))]
    fn what_is_no_assertion_speaks_of_nobody(#[case] assertion: String) {
        assert_eq!(claimed_client(&assertion), None);
    }
}
