//! Whether a client is who it says: by a secret or by a signed assertion.

use std::net::IpAddr;

use domain::integrator::{CredentialProof, Integrator, IntegratorCredential, is_secret};
use domain::limit::WRONG_CREDENTIALS;
use domain::{IntegratorId, ProblemCode, Refusal};
use ipnet::IpNet;
use providers::keys::{is_same, sha256};
use store::StoreError;

use super::assertion::{Assertion, Expected, claimed_client, read_public_key, verify_assertion};
use crate::{Context, Failure};

/// What wrong proofs are counted under.
const WRONG: &str = "wrong_credential";

/// How a client proves itself.
#[derive(Debug, Clone, Copy)]
pub enum ClientProof<'a> {
    /// `client_secret_basic`. Source: RFC 6749, 2.3.1.
    Secret {
        /// The id that it names.
        client_id: &'a str,
        /// The secret.
        secret: &'a str,
    },
    /// `private_key_jwt`. Source: RFC 7523, 2.2.
    Assertion {
        /// The id that it names besides, if any.
        client_id: Option<&'a str>,
        /// The signed assertion.
        assertion: &'a str,
    },
}

/// An error as RFC 6749, 5.2 and RFC 7009 name it. The text is for developers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OAuthError {
    /// The form lacks something, repeats something, or proves the client in two ways.
    #[error(
        "Send a form with grant_type, and prove the client in one way: HTTP Basic, or client_assertion_type and client_assertion. No parameter may be repeated."
    )]
    Request,
    /// Another grant.
    #[error("grant_type must be client_credentials.")]
    Grant,
    /// Not proven.
    #[error(
        "The client is unknown or was shut off, or its secret or assertion is wrong, expired, revoked or used before. The audience of an assertion is the issuer alone, its lifetime ten minutes at most."
    )]
    Client,
    /// Proven, from an address that is not on its list.
    #[error("The client is not accepted from this address.")]
    Address,
    /// A scope that it does not have.
    #[error("The client does not have one of these scopes.")]
    Scope,
}

impl OAuthError {
    /// The word of the standard.
    pub fn code(self) -> &'static str {
        match self {
            Self::Request => "invalid_request",
            Self::Grant => "unsupported_grant_type",
            Self::Client => "invalid_client",
            Self::Address => "unauthorized_client",
            Self::Scope => "invalid_scope",
        }
    }
}

/// Why there is no token.
#[derive(Debug, thiserror::Error)]
pub enum TokenFailure {
    /// The client made a mistake that the standard names.
    #[error(transparent)]
    OAuth(#[from] OAuthError),
    /// Anything else.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<StoreError> for TokenFailure {
    fn from(error: StoreError) -> Self {
        Self::Failure(error.into())
    }
}

/// A client that proved itself.
pub(super) struct Proven {
    pub(super) integrator: Integrator,
    pub(super) credential: IntegratorCredential,
    /// The assertion, which must not be used again.
    pub(super) assertion: Option<Assertion>,
}

/// The client that proves itself from an address. Wrong proofs are limited by network.
pub(super) async fn prove(
    context: &Context,
    proof: ClientProof<'_>,
    address: IpAddr,
) -> Result<Proven, TokenFailure> {
    let rate = WRONG_CREDENTIALS.times(context.settings.rate_factor);
    let (networks, caller) = (&context.callers.addresses, (WRONG, network(address)));
    let allowed = networks.peek(&caller, rate, context.now());
    allowed.map_err(|wait| Failure::from(Refusal::until(ProblemCode::IntegratorTries, wait)))?;
    let Some(proven) = look_up(context, proof).await? else {
        // Where others used the rest up meanwhile, this one is refused as well.
        let _ = networks.take(caller, rate, context.now());
        return Err(OAuthError::Client.into());
    };
    if proven.integrator.accepts(address) {
        Ok(proven)
    } else {
        Err(OAuthError::Address.into())
    }
}

/// The network that wrong proofs are counted for: one household of IPv6.
fn network(address: IpAddr) -> IpNet {
    let address = address.to_canonical();
    let bits = if address.is_ipv4() { 32 } else { 64 };
    IpNet::new_assert(address, bits).trunc()
}

async fn look_up(context: &Context, proof: ClientProof<'_>) -> Result<Option<Proven>, StoreError> {
    let Some(id) = claimed(proof) else {
        return Ok(None);
    };
    let on = context.store.reader();
    let integrator = store::integrator::get(on, id).await?;
    let Some(integrator) = integrator.filter(|one| one.revoked_at.is_none()) else {
        return Ok(None);
    };
    let now = context.now();
    let known = store::integrator::credentials(on, &[id]).await?;
    let mut active = known.into_iter().filter(|one| one.is_active(now));
    let found = active.find_map(|credential| {
        let assertion = check(context, &credential, proof)?;
        Some((credential, assertion))
    });
    Ok(found.map(|(credential, assertion)| Proven {
        integrator,
        credential,
        assertion,
    }))
}

fn claimed(proof: ClientProof<'_>) -> Option<IntegratorId> {
    match proof {
        ClientProof::Secret { client_id, secret } => {
            is_secret(secret).then(|| client_id.parse().ok()).flatten()
        }
        ClientProof::Assertion {
            client_id,
            assertion,
        } => {
            let claimed = claimed_client(assertion)?;
            let is_named = client_id.is_none_or(|named| named.parse() == Ok(claimed));
            is_named.then_some(claimed)
        }
    }
}

/// Whether a credential bears a proof out; with the assertion, where the proof is one.
#[expect(
    clippy::option_option,
    reason = "the outer one says whether, the inner one with what"
)]
fn check(
    context: &Context,
    credential: &IntegratorCredential,
    proof: ClientProof<'_>,
) -> Option<Option<Assertion>> {
    match (&credential.proof, proof) {
        (CredentialProof::Secret(hash), ClientProof::Secret { secret, .. }) => {
            is_same(&sha256(secret.as_bytes()), hash.as_bytes()).then_some(None)
        }
        (CredentialProof::PublicKey(key), ClientProof::Assertion { assertion, .. }) => {
            let expected = Expected {
                client: credential.integrator_id,
                issuer: &context.settings.public_origin,
                now: context.now(),
            };
            verify_assertion(assertion, &read_public_key(key)?, expected).map(Some)
        }
        (CredentialProof::Secret(_) | CredentialProof::PublicKey(_), _) => None,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::network;

    #[rstest]
    #[case::version_4("203.0.113.7", "203.0.113.7/32")]
    #[case::mapped("::ffff:203.0.113.7", "203.0.113.7/32")]
    #[case::household("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    fn wrong_proofs_are_counted_for_an_address_or_a_household(
        #[case] address: &str,
        #[case] expected: &str,
    ) {
        assert_eq!(network(address.parse().unwrap()).to_string(), expected);
    }
}
