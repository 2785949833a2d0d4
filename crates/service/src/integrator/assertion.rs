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
