//! Secrets of endpoints: sealed, shown once, two at a time while one takes the place of the other.

use domain::{ProblemCode, WebhookEndpointId, WebhookSecretId};
use providers::webhook::WebhookSecret;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use store::webhook::EndpointSecret;

use crate::vault::{Purpose, Scope};
use crate::{Context, Failure};

/// The table and column that secrets are sealed for.
const PLACE: (&str, &str) = ("webhook_secrets", "secret_sealed");

/// Makes a secret of an endpoint. Call it before a transaction begins: it may write.
pub(super) async fn new(
    context: &Context,
    endpoint_id: WebhookEndpointId,
) -> Result<EndpointSecret, Failure> {
    let sealer = context.sealer(Scope::Platform, Purpose::Person).await?;
    let secret = WebhookSecret::random(context.random.as_ref());
    let id = context.new_id(WebhookSecretId::new);
    let bytes = sealer.seal(PLACE.0, PLACE.1, id.0, secret.as_bytes())?;
    Ok(EndpointSecret {
        id,
        endpoint_id,
        sealed: bytes.into(),
        created_at: context.now(),
        expires_at: None,
    })
}

/// What came of making a secret: ids alone, so that no secret is kept with the key of a request.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct MadeSecret {
    /// The endpoint.
    pub(super) endpoint_id: WebhookEndpointId,
    /// Its new secret.
    pub(super) secret_id: WebhookSecretId,
}

impl MadeSecret {
    /// The secret as its maker is shown it, also where the same request is sent again.
    ///
    /// # Errors
    /// `webhook.unknown` where it does not sign any more.
    pub(super) async fn text(self, context: &Context) -> Result<SecretString, Failure> {
        let on = context.store.reader();
        let kept = store::webhook::secrets(on, self.endpoint_id, context.now()).await?;
        let kept = kept.into_iter().find(|one| one.id == self.secret_id);
        let kept = kept.ok_or(ProblemCode::WebhookUnknown)?;
        let bytes = context.open(PLACE.0, PLACE.1, kept.id.0, &kept.sealed);
        Ok(WebhookSecret::from_bytes(&bytes.await?).text())
    }
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
