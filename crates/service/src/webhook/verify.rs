//! Helping who writes a receiver: is this signature what we would have made?

use domain::access::Actor;
use domain::webhook::{SignatureVerdict, TOLERANCE};
use providers::webhook::{SignedContent, verify_signature};

use super::endpoint::find;
use super::secret;
use crate::{Context, Failure};

/// A message as a receiver got it, or made it.
#[derive(Debug, Clone, Copy)]
pub struct ReceivedMessage<'a> {
    /// The header `webhook-id`.
    pub id: &'a str,
    /// The header `webhook-timestamp`.
    pub timestamp: i64,
    /// The header `webhook-signature`.
    pub signature: &'a str,
    /// The body, byte by byte as it came.
    pub body: &'a str,
}

/// Verifies a signature with the secrets of an endpoint.
///
/// # Errors
/// `webhook.unknown`.
pub async fn verify(
    context: &Context,
    actor: &Actor,
    id: &str,
    message: ReceivedMessage<'_>,
) -> Result<SignatureVerdict, Failure> {
    let endpoint = find(context, actor, id).await?;
    let secrets = secret::active(context, endpoint).await?;
    let signed = SignedContent {
        id: message.id,
        timestamp: message.timestamp,
        body: message.body,
    };
    let now = context.now().timestamp();
    let age = now.saturating_sub(message.timestamp).saturating_abs();
    Ok(
        match verify_signature(&secrets, signed, message.signature) {
            None => SignatureVerdict::Malformed,
            Some(false) => SignatureVerdict::Wrong,
            Some(true) if age > TOLERANCE.num_seconds() => SignatureVerdict::Stale,
            Some(true) => SignatureVerdict::Valid,
        },
    )
}
