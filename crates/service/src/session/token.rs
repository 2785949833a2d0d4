//! Access tokens: JWTs signed with Ed25519, good for ten minutes. Source: docs/sources.md#jwt.

use std::fmt;

use chrono::{DateTime, Utc};
use domain::AccountId;
use domain::session::ACCESS_LIFETIME;
use jsonwebtoken::{
    Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode,
};
use providers::keys::TokenKey;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Failure;
use crate::session::Student;

/// Who signs and who may accept: the same installation.
const ISSUER: &str = "gradphoto";
/// The type of an access token. Source: RFC 9068, 2.1.
const TOKEN_TYPE: &str = "at+jwt";

/// No personal data: the token may end up in a log of somebody else's.
#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: AccountId,
    /// The session's family.
    fam: Uuid,
    iat: i64,
    nbf: i64,
    exp: i64,
}

struct Key {
    id: String,
    decoding: DecodingKey,
}

/// Signs and verifies access tokens.
pub struct Tokens {
    active: EncodingKey,
    /// The active one first.
    keys: Vec<Key>,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens")
            .field("keys", &self.keys.len())
            .finish_non_exhaustive()
    }
}

impl Tokens {
    /// Over these keys, the active one first; `None` where there is none.
    pub fn new(keys: &[TokenKey]) -> Option<Self> {
        let active = EncodingKey::from_ed_der(keys.first()?.pkcs8());
        let keys = keys.iter().map(|key| Key {
            id: key.id().to_string(),
            decoding: DecodingKey::from_ed_der(key.public()),
        });
        Some(Self {
            active,
            keys: keys.collect(),
        })
    }

    pub(crate) fn sign(&self, student: Student, now: DateTime<Utc>) -> Result<String, Failure> {
        let header = Header {
            typ: Some(TOKEN_TYPE.to_owned()),
            kid: self.keys.first().map(|key| key.id.clone()),
            ..Header::new(Algorithm::EdDSA)
        };
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: ISSUER.to_owned(),
            sub: student.account_id,
            fam: student.family,
            iat: now.timestamp(),
            nbf: now.timestamp(),
            exp: (now + ACCESS_LIFETIME).timestamp(),
        };
        encode(&header, &claims, &self.active)
            .map_err(|_| Failure::Fault("a token cannot be signed"))
    }

    pub(crate) fn verify(&self, token: &str, now: DateTime<Utc>) -> Option<Student> {
        let header = decode_header(token).ok()?;
        if header.typ.as_deref() != Some(TOKEN_TYPE) {
            return None;
        }
        let key = self
            .keys
            .iter()
            .find(|key| header.kid.as_ref() == Some(&key.id))?;
        let mut rules = Validation::new(Algorithm::EdDSA);
        rules.set_issuer(&[ISSUER]);
        rules.set_audience(&[ISSUER]);
        // Its times are judged below, by our clock.
        rules.validate_exp = false;
        let claims = decode::<Claims>(token, &key.decoding, &rules).ok()?.claims;
        let now = now.timestamp();
        let is_good = claims.nbf <= now && now < claims.exp;
        is_good.then_some(Student {
            account_id: claims.sub,
            family: claims.fam,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;
    use providers::SystemRandom;
    use providers::keys::{KeyFile, KeyProvider};

    fn tokens() -> Tokens {
        let folder = tempfile::tempdir().unwrap();
        let keys = KeyFile::create(&folder.path().join("keys.json"), &SystemRandom).unwrap();
        Tokens::new(keys.token_keys()).unwrap()
    }

    #[test]
    fn a_token_is_good_for_ten_minutes_and_for_its_own_keys() {
        let tokens = tokens();
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let student = Student {
            account_id: AccountId(Uuid::from_u128(7)),
            family: Uuid::from_u128(8),
        };
        let token = tokens.sign(student, now).unwrap();
        assert_eq!(tokens.verify(&token, now), Some(student));
        assert_eq!(
            tokens.verify(&token, now + ACCESS_LIFETIME - TimeDelta::seconds(1)),
            Some(student)
        );
        assert_eq!(tokens.verify(&token, now + ACCESS_LIFETIME), None);
        assert_eq!(tokens.verify(&token, now - TimeDelta::seconds(1)), None);
        assert_eq!(self::tokens().verify(&token, now), None);
        for bad in [
            "",
            "a.b.c",
            &token[..token.len() - 2],
            &token.replacen('.', ".e", 1),
        ] {
            assert_eq!(tokens.verify(bad, now), None);
        }
    }
}
