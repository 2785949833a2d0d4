//! Changing the secret of an endpoint.

use domain::access::Actor;
use domain::audit::AuditAction;
use domain::webhook::{ROTATION, WebhookEndpoint};
use secrecy::SecretString;

use super::endpoint::{find, lock, note_endpoint};
use super::secret;
use crate::{Context, Failure};

/// Makes a new secret for an endpoint. The one that it takes the place of signs for another day, beside the new one; an
/// older one ends now. Returns the secret, which nobody can read again.
///
/// # Errors
/// `webhook.unknown`.
pub async fn rotate(
    context: &Context,
    actor: &Actor,
    id: &str,
) -> Result<(WebhookEndpoint, SecretString), Failure> {
    let endpoint_id = find(context, actor, id).await?;
    let (kept, text) = secret::new(context, endpoint_id).await?;
    let (tx, endpoint) = lock(context, actor, id).await?;
    let until = context.now() + ROTATION;
    store::webhook::expire_secrets(&tx, endpoint.id, until).await?;
    store::webhook::insert_secret(&tx, kept).await?;
    let action = AuditAction::EndpointSecretMade;
    let audited = note_endpoint(context, &tx, actor, action, &endpoint).await?;
    store::commit(tx, audited).await?;
    Ok((endpoint, text))
}
