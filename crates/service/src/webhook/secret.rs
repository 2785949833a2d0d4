//! Secrets of endpoints: sealed, shown once, two at a time while one takes the place of the other.

use domain::WebhookEndpointId;
use domain::WebhookSecretId;
use providers::webhook::WebhookSecret;
use secrecy::SecretString;
use store::webhook::EndpointSecret;

use crate::vault::{Purpose, Scope};
use crate::{Context, Failure};

/// The table and column that secrets are sealed for.
const PLACE: (&str, &str) = ("webhook_secrets", "secret_sealed");

/// Makes a secret of an endpoint. Call it before a transaction begins: it may write.
pub(super) async fn new(
    context: &Context,
    endpoint_id: WebhookEndpointId,
) -> Result<(EndpointSecret, SecretString), Failure> {
    let sealer = context.sealer(Scope::Platform, Purpose::Person).await?;
    let secret = WebhookSecret::random(context.random.as_ref());
    let id = context.new_id(WebhookSecretId::new);
    let bytes = sealer.seal(PLACE.0, PLACE.1, id.0, secret.as_bytes())?;
    let kept = EndpointSecret {
        id,
        endpoint_id,
        sealed: bytes.into(),
        created_at: context.now(),
        expires_at: None,
    };
    Ok((kept, secret.text()))
}

/// The secrets that sign for an endpoint now, the newest first.
pub(super) async fn active(
    context: &Context,
    endpoint: WebhookEndpointId,
) -> Result<Vec<WebhookSecret>, Failure> {
    let kept = store::webhook::secrets(context.store.reader(), endpoint, context.now()).await?;
    let mut secrets = Vec::with_capacity(kept.len());
    for one in kept {
        let bytes = context
            .open(PLACE.0, PLACE.1, one.id.0, &one.sealed)
            .await?;
        secrets.push(WebhookSecret::from_bytes(&bytes));
    }
    Ok(secrets)
}
