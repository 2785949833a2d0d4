//! Who signed a package, or a certificate of deletion: the active signing key of this installation, whose public half everybody can read.

use providers::keys::{TokenKey, public_pem};

use crate::{Context, Failure};

/// The public half of a key that signs packages.
#[derive(Debug, Clone)]
pub struct DeliverySigningKey {
    /// Its id, as a package names it.
    pub id: String,
    /// The key as PEM, which `openssl` reads.
    pub pem: String,
    /// Whether new packages are signed with it.
    pub is_active: bool,
}

/// The keys with which packages were and are signed, the active one first; those last with which the former installations of
/// schools signed.
///
/// # Errors
/// Where the database fails.
pub async fn signing_keys(context: &Context) -> Result<Vec<DeliverySigningKey>, Failure> {
    let keys = context.vault.provider().token_keys().iter().enumerate();
    let keys = keys.map(|(place, key)| DeliverySigningKey {
        id: key.id().to_string(),
        pem: key.public_pem(),
        is_active: place == 0,
    });
    let former = store::school_move::signing_keys(context.store.reader()).await?;
    let former = former.into_iter().map(|key| DeliverySigningKey {
        pem: public_pem(&key.public_key),
        id: key.id,
        is_active: false,
    });
    Ok(keys.chain(former).collect())
}

fn active(context: &Context) -> Result<&TokenKey, Failure> {
    let key = context.vault.provider().token_keys().first();
    key.ok_or(Failure::Fault("there is no key to sign with"))
}

/// The id of the key that signs now.
pub(crate) fn active_key_id(context: &Context) -> Result<String, Failure> {
    Ok(active(context)?.id().to_string())
}

/// The signature of a list of checksums. Its lines are no token, which the same key signs.
pub(crate) fn sign(context: &Context, sums: &[u8]) -> Result<Vec<u8>, Failure> {
    let signature = active(context)?.sign(sums);
    signature.ok_or(Failure::Fault("a list cannot be signed"))
}
