//! Giving integrators secrets and public keys, and revoking them.

use chrono::TimeDelta;
use domain::access::{Actor, Permission};
use domain::audit::AuditAction;
use domain::integrator::{
    CREDENTIAL_DAYS, CredentialProof, IntegratorCredential, MOST_CREDENTIALS, make_secret,
    secret_label,
};
use domain::{FieldError, IntegratorCredentialId, ProblemCode, Refusal};
use providers::keys::sha256;
use secrecy::SecretString;
use serde_json::Value;

use super::assertion::read_public_key;
use super::manage::{lock_active, note};
use super::shown::MadeCredential;
use crate::{Context, Failure};

/// What an integrator is to prove itself with.
#[derive(Debug, Clone)]
pub enum NewProof {
    /// A secret that is made now.
    Secret,
    /// A public key, as a JSON Web Key.
    PublicKey(Value),
}

/// A credential that is to be made.
#[derive(Debug, Clone)]
pub struct NewCredential {
    /// What proves it.
    pub proof: NewProof,
    /// For how many days it is good.
    pub days: i64,
}

/// Gives an integrator a credential. Two are good at the same time, so that its system can change over.
///
/// # Errors
/// `integrator.unknown`; `integrator.revoked`; `integrator.credentials_full`; wrong fields.
pub async fn add_credential(
    context: &Context,
    actor: &Actor,
    id: &str,
    new: NewCredential,
) -> Result<MadeCredential, Failure> {
    let reach = actor.require(Permission::ManageIntegrators)?;
    if !(1..=CREDENTIAL_DAYS).contains(&new.days) {
        let error = FieldError::new("/days", ProblemCode::IntegratorExpiry);
        return Err(Refusal::field(error.with("max", CREDENTIAL_DAYS)).into());
    }
    let (secret, label, proof) = make(context, new.proof)?;
    let tx = context.store.begin().await?;
    let integrator = lock_active(&tx, &reach, id).await?;
    let known = store::integrator::credentials(&tx, &[integrator.id]).await?;
    let now = context.now();
    if known.iter().filter(|one| one.is_active(now)).count() >= MOST_CREDENTIALS {
        let refusal = Refusal::from(ProblemCode::IntegratorCredentials);
        return Err(refusal.with("max", MOST_CREDENTIALS).into());
    }
    let credential = IntegratorCredential {
        id: context.new_id(IntegratorCredentialId::new),
        integrator_id: integrator.id,
        label,
        proof,
        created_at: now,
        expires_at: now + TimeDelta::days(new.days),
        revoked_at: None,
        last_used_at: None,
    };
    store::integrator::insert_credential(&tx, &credential).await?;
    let action = AuditAction::CredentialAdded;
    let audited = note(context, &tx, actor, &integrator, action).await?;
    store::commit(tx, audited).await?;
    Ok(MadeCredential { credential, secret })
}

fn make(
    context: &Context,
    proof: NewProof,
) -> Result<(Option<SecretString>, String, CredentialProof), Refusal> {
    let key = match proof {
        NewProof::Secret => {
            let secret = make_secret(context.settings.secret_kind, context.random_bytes());
            let hash = sha256(secret.as_bytes());
            let label = secret_label(&secret);
            let proof = CredentialProof::Secret(hash.into());
            return Ok((Some(secret.into()), label, proof));
        }
        NewProof::PublicKey(key) => key,
    };
    let read = read_public_key(&key).ok_or_else(|| {
        let error = FieldError::new("/public_key", ProblemCode::IntegratorKey);
        Refusal::field(error)
    })?;
    Ok((None, read.id, CredentialProof::PublicKey(read.stored)))
}

/// Revokes a credential: it brings no token any more. Doing it again changes nothing.
///
/// # Errors
/// `integrator.unknown`; `integrator.credential_unknown`.
pub async fn revoke_credential(
    context: &Context,
    actor: &Actor,
    id: &str,
    credential_id: &str,
) -> Result<(), Failure> {
    let reach = actor.require(Permission::ManageIntegrators)?;
    let tx = context.store.begin().await?;
    let integrator = store::integrator::lock(&tx, super::manage::parse(id)?, &reach).await?;
    let integrator = integrator.ok_or(ProblemCode::IntegratorUnknown)?;
    let wanted: Option<IntegratorCredentialId> = credential_id.parse().ok();
    let known = store::integrator::credentials(&tx, &[integrator.id]).await?;
    let found = known.into_iter().find(|one| Some(one.id) == wanted);
    let found = found.ok_or(ProblemCode::CredentialUnknown)?;
    if found.revoked_at.is_some() {
        return Ok(store::rollback(tx).await?);
    }
    let revoked = IntegratorCredential {
        revoked_at: Some(context.now()),
        ..found
    };
    store::integrator::save_credential(&tx, &revoked).await?;
    let action = AuditAction::CredentialRevoked;
    let audited = note(context, &tx, actor, &integrator, action).await?;
    Ok(store::commit(tx, audited).await?)
}
