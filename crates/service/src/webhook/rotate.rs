//! Changing the secret of an endpoint.

use domain::access::Actor;
use domain::audit::AuditAction;
use domain::webhook::ROTATION;

use super::endpoint::{EndpointAndSecret, find, lock_in, note_endpoint, shown};
use super::secret::{self, MadeSecret};
use crate::idempotency::{Claim, KeyOwner, KeyedOutcome, KeyedRequest};
use crate::{Context, Failure};

/// Makes a new secret for an endpoint. The one that it takes the place of signs for another day, beside the new one; an
/// older one ends now. Returns the secret, which nobody can read again.
///
/// # Errors
/// `webhook.unknown`.
pub async fn rotate(
    context: &Context,
    actor: &Actor,
    request: &KeyedRequest,
    id: &str,
) -> Result<KeyedOutcome<EndpointAndSecret>, Failure> {
    let claim = Claim::new(context, request, KeyOwner::Actor(actor));
    let made = async {
        let endpoint_id = find(context, actor, id).await?;
        let kept = secret::new(context, endpoint_id).await?;
        let tx = claim.begin().await?;
        let endpoint = lock_in(&tx, actor, endpoint_id).await?;
        let until = context.now() + ROTATION;
        store::webhook::expire_secrets(&tx, endpoint.id, until).await?;
        let made = MadeSecret {
            endpoint_id,
            secret_id: kept.id,
        };
        store::webhook::insert_secret(&tx, kept).await?;
        let action = AuditAction::EndpointSecretMade;
        let audited = note_endpoint(context, &tx, actor, action, &endpoint).await?;
        tx.commit(audited, &made).await?;
        Ok(made)
    };
    let made = claim.once(made).await?;
    shown(context, actor, made).await
}
