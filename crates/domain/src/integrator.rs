//! Integrators: systems of a school, or of somebody who serves several, that call the API in their own name.

mod secret;

pub use secret::{SECRET_BYTES, SecretKind, is_secret, make_secret, secret_label};

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use ipnet::IpNet;
use serde_json::Value;

use crate::word::words;
use crate::{IntegratorCredentialId, IntegratorId, KeyedHash, SchoolId, Scope};

/// How long an access token is good.
pub const TOKEN_LIFETIME: TimeDelta = TimeDelta::minutes(10);
/// How long the assertion of a client may be good: longer ones are refused, since their ids must be remembered.
pub const ASSERTION_LIFETIME: TimeDelta = TimeDelta::minutes(10);
/// How far the clock of a client may be off.
pub const CLOCK_SKEW: TimeDelta = TimeDelta::seconds(30);
/// So many credentials of a client are good at the same time: the one in use, and the next one.
pub const MOST_CREDENTIALS: usize = 2;
/// The longest time for which a credential is made, in days.
pub const CREDENTIAL_DAYS: i64 = 365;
/// The most characters of an integrator's name.
pub const NAME_LENGTH: usize = 60;
/// The most schools of an integrator.
pub const MOST_SCHOOLS: usize = 100;
/// The most networks from which an integrator is accepted.
pub const MOST_NETWORKS: usize = 20;
/// The shortest RSA key, in bits.
pub const RSA_BITS: usize = 2048;

/// A system that calls the API in its own name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Integrator {
    /// Its id, by which it also names itself.
    pub id: IntegratorId,
    /// The school whose officers manage it; `None` for one that operators manage.
    pub school_id: Option<SchoolId>,
    /// How people call it.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// In which schools; that of [`school_id`](Self::school_id) alone where there is one.
    pub school_ids: Vec<SchoolId>,
    /// From which networks it is accepted; from any where there is none.
    pub networks: Vec<IpNet>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was shut off for good.
    pub revoked_at: Option<DateTime<Utc>>,
    /// Counts the changes.
    pub version: i32,
}

impl Integrator {
    /// Whether a request from this address is accepted.
    pub fn accepts(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        let networks = &self.networks;
        networks.is_empty() || networks.iter().any(|network| network.contains(&address))
    }

    /// The scopes that a token gets where it asks for these, or for none in particular; `None` where it asks for one that
    /// the client does not have.
    pub fn granted(&self, asked: Option<&str>) -> Option<Vec<Scope>> {
        match asked {
            None => Some(self.scopes.clone()),
            Some(asked) => Scope::split(asked)
                .filter(|asked| asked.iter().all(|scope| self.scopes.contains(scope))),
        }
        .filter(|scopes| !scopes.is_empty())
    }
}

words! {
    /// How an integrator proves itself.
    ProofKind {
        /// By a secret that both sides know.
        Secret = "secret", "密钥", "secret";
        /// By a signature that its public key verifies.
        PublicKey = "public_key", "公钥", "public key";
    }
}

/// What is kept of a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CredentialProof {
    /// The hash of a secret.
    Secret(KeyedHash),
    /// A public key, as a JSON Web Key (RFC 7517).
    PublicKey(Value),
}

impl CredentialProof {
    /// Its kind.
    pub fn kind(&self) -> ProofKind {
        match self {
            Self::Secret(_) => ProofKind::Secret,
            Self::PublicKey(_) => ProofKind::PublicKey,
        }
    }
}

/// A secret or a public key by which an integrator proves itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntegratorCredential {
    /// Its id.
    pub id: IntegratorCredentialId,
    /// Whose it is.
    pub integrator_id: IntegratorId,
    /// By what people recognise it: how the secret begins, or the id of the key.
    pub label: String,
    /// What proves it.
    pub proof: CredentialProof,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Until when it is good.
    pub expires_at: DateTime<Utc>,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
    /// When it last brought a token.
    pub last_used_at: Option<DateTime<Utc>>,
}

impl IntegratorCredential {
    /// Where it is in its life.
    pub fn state(&self, now: DateTime<Utc>) -> CredentialState {
        if self.revoked_at.is_some() {
            CredentialState::Revoked
        } else if now >= self.expires_at {
            CredentialState::Expired
        } else {
            CredentialState::Active
        }
    }

    /// Whether it proves something now.
    pub fn is_active(&self, now: DateTime<Utc>) -> bool {
        self.state(now) == CredentialState::Active
    }
}

words! {
    /// Where a credential is in its life.
    CredentialState {
        /// It proves its integrator.
        Active = "active", "有效", "active";
        /// Its time is over.
        Expired = "expired", "已过期", "expired";
        /// It was revoked.
        Revoked = "revoked", "已吊销", "revoked";
    }
}

/// The times of a signed assertion of a client, in seconds.
#[derive(Debug, Clone, Copy)]
pub struct AssertionTimes {
    /// Until when it is good.
    pub exp: i64,
    /// From when on it is good.
    pub nbf: Option<i64>,
    /// When it was made.
    pub iat: Option<i64>,
}

impl AssertionTimes {
    /// Whether the assertion is good now, within [`CLOCK_SKEW`], and not for longer than [`ASSERTION_LIFETIME`].
    pub fn are_good(&self, now: DateTime<Utc>) -> bool {
        let (now, skew) = (now.timestamp(), CLOCK_SKEW.num_seconds());
        let has_begun = |from: i64| from <= now.saturating_add(skew);
        now < self.exp.saturating_add(skew)
            && self.exp <= now + ASSERTION_LIFETIME.num_seconds() + skew
            && self.nbf.is_none_or(has_begun)
            && self.iat.is_none_or(has_begun)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + second, 0).unwrap()
    }

    fn integrator(networks: &[&str]) -> Integrator {
        Integrator {
            id: IntegratorId(uuid::Uuid::nil()),
            school_id: None,
            name: String::new(),
            scopes: vec![Scope::ReadTasks, Scope::ReadPhotos],
            school_ids: Vec::new(),
            networks: networks.iter().map(|text| text.parse().unwrap()).collect(),
            created_at: at(0),
            revoked_at: None,
            version: 1,
        }
    }

    #[rstest]
    #[case::another_scope("roster:write")]
    #[case::one_of_two("photos:read roster:read")]
    #[case::unknown("admin")]
    #[case::empty("")]
    #[case::a_blank(" ")]
    fn a_token_gets_nothing_that_its_client_has_not(#[case] refused: &str) {
        let client = integrator(&[]);
        let granted = |asked| client.granted(asked).map(|scopes| Scope::join(&scopes));
        assert_eq!(granted(Some(refused)), None, "{refused}");
    }

    #[test]
    fn a_token_gets_what_it_asks_for() {
        let client = integrator(&[]);
        let granted = |asked| client.granted(asked).map(|scopes| Scope::join(&scopes));
        assert_eq!(granted(None).as_deref(), Some("tasks:read photos:read"));
        assert_eq!(granted(Some("photos:read")).as_deref(), Some("photos:read"));
    }

    #[rstest]
    #[case::within("203.0.113.9", true)]
    #[case::written_as_ipv6("::ffff:203.0.113.9", true)]
    #[case::beside("203.0.114.9", false)]
    #[case::within_ipv6("2001:db8::1", true)]
    #[case::beside_ipv6("2001:db9::1", false)]
    fn a_list_of_networks_keeps_other_addresses_out(#[case] address: &str, #[case] expected: bool) {
        let ours = integrator(&["203.0.113.0/24", "2001:db8::/32"]);
        assert_eq!(
            ours.accepts(address.parse().unwrap()),
            expected,
            "{address}"
        );
    }

    #[test]
    fn without_networks_every_address_is_accepted() {
        assert!(integrator(&[]).accepts("198.51.100.1".parse().unwrap()));
    }

    #[test]
    fn a_credential_is_good_until_it_ends_or_is_revoked() {
        let credential = |revoked_at| IntegratorCredential {
            id: IntegratorCredentialId(uuid::Uuid::nil()),
            integrator_id: IntegratorId(uuid::Uuid::nil()),
            label: String::new(),
            proof: CredentialProof::PublicKey(Value::Null),
            created_at: at(0),
            expires_at: at(100),
            revoked_at,
            last_used_at: None,
        };
        assert!(credential(None).is_active(at(99)));
        assert_eq!(credential(None).state(at(100)), CredentialState::Expired);
        assert_eq!(
            credential(Some(at(1))).state(at(2)),
            CredentialState::Revoked
        );
    }

    #[rstest]
    #[case::a_minute(60, None, None, true)]
    #[case::ten_minutes_from_now(600, Some(0), Some(0), true)]
    #[case::too_long(631, None, None, false)]
    #[case::ended_within_the_leeway(-29, None, None, true)]
    #[case::ended_before_it(-30, None, None, false)]
    #[case::begins_within_the_leeway(60, Some(30), Some(30), true)]
    #[case::begins_after_it(60, Some(31), None, false)]
    #[case::made_in_the_future(60, None, Some(31), false)]
    fn an_assertion_is_good_for_minutes_and_neither_early_nor_late(
        #[case] exp: i64,
        #[case] nbf: Option<i64>,
        #[case] iat: Option<i64>,
        #[case] expected: bool,
    ) {
        let now = at(0);
        let moment = |seconds: i64| now.timestamp() + seconds;
        let times = AssertionTimes {
            exp: moment(exp),
            nbf: nbf.map(moment),
            iat: iat.map(moment),
        };
        assert_eq!(times.are_good(now), expected, "{times:?}");
    }

    #[test]
    fn absurd_times_are_refused() {
        let now = at(0);
        let absurd = AssertionTimes {
            exp: i64::MAX,
            nbf: Some(i64::MIN),
            iat: None,
        };
        assert!(!absurd.are_good(now));
    }
}
