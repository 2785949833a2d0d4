//! Proving a client by a key of its own: assertions that are signed for one request of a token. Source: RFC 7523.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, RSA_PKCS1_SHA256, RsaKeyPair,
};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use serde_json::json;

use super::error::ApiError;

/// How long an assertion is good: for one request, and the clock of this machine may be a little off.
const LIFETIME: Duration = Duration::from_mins(1);
const BEGIN: &str = "-----BEGIN PRIVATE KEY-----";
const END: &str = "-----END PRIVATE KEY-----";

/// The private key of a client whose public key the platform has (`private_key_jwt`). It stays on this machine.
///
/// ```sh
/// openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem
/// ```
#[derive(Clone)]
pub struct AssertionKey {
    key_id: Arc<str>,
    pair: Arc<Pair>,
    clock: Arc<dyn Fn() -> SystemTime + Send + Sync>,
}

enum Pair {
    Rsa(RsaKeyPair),
    P256(EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

impl fmt::Debug for AssertionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AssertionKey({})", self.key_id)
    }
}

impl AssertionKey {
    /// Reads a key in PKCS#8 PEM (`BEGIN PRIVATE KEY`): RSA of 2048 bits or more (RS256), P-256 (ES256) or Ed25519 (`EdDSA`).
    /// `key_id` is the `kid` that its public key was given to the platform with.
    ///
    /// # Errors
    /// [`ApiError::Setup`], for another form or kind of key.
    pub fn from_pkcs8_pem(key_id: &str, pem: &str) -> Result<Self, ApiError> {
        let pair = read(pem).ok_or_else(|| {
            ApiError::Setup(
                "the private key is not PKCS#8 PEM (BEGIN PRIVATE KEY) of RSA from 2048 bits, P-256 or Ed25519; \
                 convert it by `openssl pkcs8 -topk8 -nocrypt -in key.pem`"
                    .to_owned(),
            )
        })?;
        Ok(Self {
            key_id: key_id.into(),
            pair: Arc::new(pair),
            clock: Arc::new(SystemTime::now),
        })
    }

    /// The same key with another clock than the machine's, where that cannot be trusted. Assertions are good for a minute of
    /// its time.
    #[must_use]
    pub fn with_clock(self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        Self {
            clock: Arc::new(clock),
            ..self
        }
    }

    /// An assertion of a client to an issuer. Each has an id of its own, since it works once.
    pub(super) fn assertion(&self, client_id: &str, issuer: &str) -> Result<String, ApiError> {
        let now = (self.clock)().duration_since(UNIX_EPOCH).map_err(setup)?;
        let mut id = [0; 16];
        SystemRandom::new().fill(&mut id).map_err(setup)?;
        let header = json!({ "alg": self.pair.algorithm(), "kid": &*self.key_id, "typ": "JWT" });
        let claims = json!({
            "iss": client_id, "sub": client_id, "aud": issuer, "jti": BASE64URL_NOPAD.encode(&id),
            "iat": now.as_secs(), "exp": (now + LIFETIME).as_secs(),
        });
        let part = |json: &serde_json::Value| BASE64URL_NOPAD.encode(json.to_string().as_bytes());
        let signed = format!("{}.{}", part(&header), part(&claims));
        let signature = self.pair.sign(signed.as_bytes()).map_err(setup)?;
        Ok(format!("{signed}.{}", BASE64URL_NOPAD.encode(&signature)))
    }
}

impl Pair {
    fn algorithm(&self) -> &'static str {
        match self {
            Self::Rsa(_) => "RS256",
            Self::P256(_) => "ES256",
            Self::Ed25519(_) => "EdDSA",
        }
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, aws_lc_rs::error::Unspecified> {
        let random = SystemRandom::new();
        match self {
            Self::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature)?;
                Ok(signature)
            }
            Self::P256(pair) => Ok(pair.sign(&random, message)?.as_ref().to_vec()),
            Self::Ed25519(pair) => Ok(pair.sign(message).as_ref().to_vec()),
        }
    }
}

fn read(pem: &str) -> Option<Pair> {
    let (_, rest) = pem.split_once(BEGIN)?;
    let (text, _) = rest.split_once(END)?;
    let text: String = text.split_ascii_whitespace().collect();
    let der = BASE64.decode(text.as_bytes()).ok()?;
    let p256 = || EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &der).ok();
    let ed25519 = || Ed25519KeyPair::from_pkcs8_maybe_unchecked(&der).ok();
    let rsa = || RsaKeyPair::from_pkcs8(&der).ok();
    let pair = p256().map(Pair::P256);
    let pair = pair.or_else(|| ed25519().map(Pair::Ed25519));
    pair.or_else(|| rsa().map(Pair::Rsa))
}

fn setup(error: impl fmt::Display) -> ApiError {
    ApiError::Setup(format!("no assertion can be signed: {error}"))
}
