//! Access tokens: JWTs signed with Ed25519, good for ten minutes. Source: docs/sources.md#jwt.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use domain::session::ACCESS_LIFETIME;
use domain::{AccountId, SessionId};
use jsonwebtoken::{
    Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode,
};
use providers::keys::{TokenKey, sha256};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::student::Student;
use crate::Failure;

/// Who signs and who may accept: the same installation.
const ISSUER: &str = "gradphoto";
/// The type of an access token. Source: RFC 9068, 2.1.
const TOKEN_TYPE: &str = "at+jwt";
/// So many verified tokens are remembered: about 1 MB.
const MOST_VERIFIED: usize = 10_000;

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

/// What a token with a good signature says. Checking a signature takes longer than all else before a handler, and a page makes
/// ten requests with one token.
#[derive(Clone, Copy)]
struct Verified {
    student: Student,
    /// From when on it is good, in seconds.
    begins: i64,
    /// From when on it is not good any more, in seconds.
    ends: i64,
}

struct Key {
    id: String,
    public: Vec<u8>,
    decoding: DecodingKey,
}

/// Signs and verifies access tokens.
pub struct Tokens {
    active: EncodingKey,
    /// The active one first.
    keys: Vec<Key>,
    /// Tokens whose signature was checked, by the hash of their text.
    verified: Mutex<HashMap<[u8; 32], Verified>>,
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
            public: key.public().to_vec(),
            decoding: DecodingKey::from_ed_der(key.public()),
        });
        Some(Self {
            active,
            keys: keys.collect(),
            verified: Mutex::default(),
        })
    }

    /// A token for [`ACCESS_LIFETIME`], or until `latest` where that is sooner.
    pub(crate) fn sign(
        &self,
        student: Student,
        now: DateTime<Utc>,
        latest: DateTime<Utc>,
    ) -> Result<String, Failure> {
        let header = Header {
            typ: Some(TOKEN_TYPE.to_owned()),
            kid: self.keys.first().map(|key| key.id.clone()),
            ..Header::new(Algorithm::EdDSA)
        };
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: ISSUER.to_owned(),
            sub: student.account_id,
            fam: student.family.0,
            iat: now.timestamp(),
            nbf: now.timestamp(),
            exp: latest.min(now + ACCESS_LIFETIME).timestamp(),
        };
        encode(&header, &claims, &self.active)
            .map_err(|_| Failure::Fault("a token cannot be signed"))
    }

    /// Signs claims that are no access token; their type keeps them apart from one.
    pub(crate) fn sign_claims<C: Serialize>(
        &self,
        token_type: &str,
        claims: &C,
    ) -> Result<String, Failure> {
        let header = Header {
            typ: Some(token_type.to_owned()),
            kid: self.keys.first().map(|key| key.id.clone()),
            ..Header::new(Algorithm::EdDSA)
        };
        encode(&header, claims, &self.active).map_err(|_| Failure::Fault("claims cannot be signed"))
    }

    /// The claims of a text that [`Self::sign_claims`] made with one of the keys; `None` for anything else.
    pub(crate) fn verify_claims<C: DeserializeOwned>(
        &self,
        token_type: &str,
        signed: &str,
    ) -> Option<C> {
        let header = decode_header(signed).ok()?;
        if header.typ.as_deref() != Some(token_type) {
            return None;
        }
        let mut keys = self.keys.iter();
        let key = keys.find(|key| header.kid.as_ref() == Some(&key.id))?;
        let mut rules = Validation::new(Algorithm::EdDSA);
        rules.set_required_spec_claims::<&str>(&[]);
        rules.validate_exp = false;
        rules.validate_aud = false;
        Some(decode::<C>(signed, &key.decoding, &rules).ok()?.claims)
    }

    /// The ids and public halves of all keys, the active one first.
    pub(crate) fn public_keys(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.keys
            .iter()
            .map(|key| (key.id.as_str(), key.public.as_slice()))
    }

    /// Whether a signed text names the active key.
    pub(crate) fn is_by_active_key(&self, signed: &str) -> bool {
        let kid = decode_header(signed).ok().and_then(|header| header.kid);
        kid.is_some() && kid.as_ref() == self.keys.first().map(|key| &key.id)
    }

    pub(crate) fn verify(&self, token: &str, now: DateTime<Utc>) -> Option<Student> {
        let hash = sha256(token.as_bytes());
        let known = self.remembered(|verified| verified.get(&hash).copied());
        let verified = match known {
            Some(verified) => verified,
            None => self.read(token)?,
        };
        let now = now.timestamp();
        let is_good = verified.begins <= now && now < verified.ends;
        if is_good && known.is_none() {
            self.remembered(|all| {
                if all.len() >= MOST_VERIFIED {
                    all.retain(|_, other| now < other.ends);
                }
                // Where so many are good at once, those that are used most are soon back.
                if all.len() >= MOST_VERIFIED {
                    all.clear();
                }
                all.insert(hash, verified);
            });
        }
        is_good.then_some(verified.student)
    }

    fn remembered<T>(&self, act: impl FnOnce(&mut HashMap<[u8; 32], Verified>) -> T) -> T {
        // Each critical section changes whole entries.
        act(&mut self.verified.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// What a token says whose signature is one of ours; its times are not judged.
    fn read(&self, token: &str) -> Option<Verified> {
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
        rules.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
        // The library asks the system's clock; the times are judged by ours.
        rules.validate_exp = false;
        let claims = decode::<Claims>(token, &key.decoding, &rules).ok()?.claims;
        Some(Verified {
            student: Student {
                account_id: claims.sub,
                family: SessionId(claims.fam),
            },
            begins: claims.nbf,
            ends: claims.exp,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;
    use providers::SystemRandom;
    use providers::keys::{KeyFile, KeyProvider};
    use rstest::rstest;
    use serde_json::{Value, json};

    fn tokens() -> Tokens {
        let folder = tempfile::tempdir().unwrap();
        let keys = KeyFile::create(&folder.path().join("keys.json"), &SystemRandom).unwrap();
        Tokens::new(keys.token_keys()).unwrap()
    }

    const STUDENT: Student = Student {
        account_id: AccountId(Uuid::from_u128(7)),
        family: SessionId(Uuid::from_u128(8)),
    };

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + second, 0).unwrap()
    }

    #[test]
    fn a_token_is_good_for_ten_minutes_and_for_its_own_keys() {
        let tokens = tokens();
        let now = at(0);
        let token = tokens.sign(STUDENT, now, at(86_400)).unwrap();
        assert_eq!(tokens.verify(&token, now), Some(STUDENT));
        let last = now + ACCESS_LIFETIME - TimeDelta::seconds(1);
        assert_eq!(tokens.verify(&token, last), Some(STUDENT));
        // Remembered or not, its times count.
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

    #[test]
    fn no_more_tokens_are_remembered_than_there_is_room_for() {
        let tokens = tokens();
        let verified = Verified {
            student: STUDENT,
            begins: 0,
            ends: i64::MAX,
        };
        let number = |number: usize| {
            let mut hash = [0; 32];
            hash[..8].copy_from_slice(&number.to_le_bytes());
            (hash, verified)
        };
        tokens.remembered(|all| all.extend((0..MOST_VERIFIED).map(number)));
        let token = tokens.sign(STUDENT, at(0), at(60)).unwrap();
        assert_eq!(tokens.verify(&token, at(0)), Some(STUDENT));
        assert_eq!(tokens.remembered(|all| all.len()), 1);
        assert_eq!(tokens.verify(&token, at(0)), Some(STUDENT));
    }

    #[test]
    fn a_token_does_not_outlive_its_session() {
        let tokens = tokens();
        let token = tokens.sign(STUDENT, at(0), at(60)).unwrap();
        assert_eq!(tokens.verify(&token, at(59)), Some(STUDENT));
        assert_eq!(tokens.verify(&token, at(60)), None);
    }

    fn good_claims() -> Value {
        json!({
            "iss": ISSUER, "aud": ISSUER, "sub": STUDENT.account_id, "fam": STUDENT.family.0,
            "iat": at(0).timestamp(), "nbf": at(0).timestamp(), "exp": at(600).timestamp(),
        })
    }

    /// Who is meant by claims that are signed with the right key.
    fn verified(tokens: &Tokens, typ: &str, claims: &Value) -> Option<Student> {
        let header = Header {
            typ: Some(typ.to_owned()),
            kid: Some(tokens.keys[0].id.clone()),
            ..Header::new(Algorithm::EdDSA)
        };
        tokens.verify(&encode(&header, claims, &tokens.active).unwrap(), at(1))
    }

    #[test]
    fn a_token_of_another_type_is_refused() {
        let (tokens, good) = (tokens(), good_claims());
        assert_eq!(verified(&tokens, TOKEN_TYPE, &good), Some(STUDENT));
        assert_eq!(verified(&tokens, "JWT", &good), None);
    }

    fn account() -> Value {
        json!(STUDENT.account_id)
    }

    /// Claims that are signed with the right key and are still not ours.
    #[rstest]
    #[case("iss", vec![json!("other"), json!([ISSUER]), json!([ISSUER, "other"])])]
    #[case("aud", vec![json!("other"), json!([ISSUER]), json!(["other"])])]
    #[case("sub", vec![json!("acc_1"), json!([account()]), json!({ "id": account() })])]
    #[case("fam", vec![json!("8"), json!([STUDENT.family.0])])]
    #[case("exp", vec![json!("1800000600"), json!(-1), json!([1_800_000_600])])]
    #[case("nbf", vec![json!("1800000000"), json!([1_800_000_000])])]
    fn claims_of_a_wrong_type_or_value_are_refused(#[case] claim: &str, #[case] wrong: Vec<Value>) {
        let (tokens, good) = (tokens(), good_claims());
        let any = [json!(7), json!(true), json!({}), json!([]), Value::Null];
        let any = any.into_iter().filter(|_| !["exp", "nbf"].contains(&claim));
        for wrong in wrong.into_iter().chain(any) {
            let mut claims = good.clone();
            claims[claim] = wrong;
            assert_eq!(verified(&tokens, TOKEN_TYPE, &claims), None, "{claims}");
        }
        let mut claims = good;
        claims.as_object_mut().unwrap().remove(claim);
        assert_eq!(
            verified(&tokens, TOKEN_TYPE, &claims),
            None,
            "without {claim}"
        );
    }
}
