//! Integrators, their credentials, and the tokens that are good no more.

use chrono::{DateTime, Utc};
use domain::access::Reach;
use domain::integrator::{CredentialProof, Integrator, IntegratorCredential, ProofKind};
use domain::page::{Page, PageRequest};
use domain::{IntegratorCredentialId, IntegratorId, SchoolId};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};

use crate::entity::{integrator, integrator_credential, spent_token_id};
use crate::json::{from_json, to_json};
use crate::keyset;
use crate::reach::within;
use crate::word::word;
use crate::{StoreError, Tx};

fn read(row: integrator::Model) -> Result<Integrator, StoreError> {
    let networks: Vec<String> = from_json("integrators.networks", row.networks)?;
    let networks = networks.iter().map(|network| network.parse());
    let networks = networks.collect::<Result<_, _>>();
    Ok(Integrator {
        id: IntegratorId(row.id),
        school_id: row.school_id.map(SchoolId),
        name: row.name,
        scopes: from_json("integrators.scopes", row.scopes)?,
        school_ids: from_json("integrators.school_ids", row.school_ids)?,
        networks: networks.map_err(|_| StoreError::corrupt("integrators.networks"))?,
        created_at: row.created_at,
        revoked_at: row.revoked_at,
        version: row.version,
    })
}

fn row(integrator: &Integrator) -> Result<integrator::Model, StoreError> {
    let networks: Vec<_> = integrator
        .networks
        .iter()
        .map(ToString::to_string)
        .collect();
    Ok(integrator::Model {
        id: integrator.id.0,
        school_id: integrator.school_id.map(|school| school.0),
        name: integrator.name.clone(),
        scopes: to_json("integrators.scopes", &integrator.scopes)?,
        school_ids: to_json("integrators.school_ids", &integrator.school_ids)?,
        networks: to_json("integrators.networks", &networks)?,
        created_at: integrator.created_at,
        revoked_at: integrator.revoked_at,
        version: integrator.version,
    })
}

fn read_credential(row: integrator_credential::Model) -> Result<IntegratorCredential, StoreError> {
    let corrupt = || StoreError::corrupt("integrator_credentials.kind");
    let proof = match word("integrator_credentials.kind", &row.kind)? {
        ProofKind::Secret => CredentialProof::Secret(row.secret_hash.ok_or_else(corrupt)?.into()),
        ProofKind::PublicKey => CredentialProof::PublicKey(row.public_key.ok_or_else(corrupt)?),
    };
    Ok(IntegratorCredential {
        id: IntegratorCredentialId(row.id),
        integrator_id: IntegratorId(row.integrator_id),
        label: row.label,
        proof,
        created_at: row.created_at,
        expires_at: row.expires_at,
        revoked_at: row.revoked_at,
        last_used_at: row.last_used_at,
    })
}

fn credential_row(credential: &IntegratorCredential) -> integrator_credential::Model {
    let (secret_hash, public_key) = match &credential.proof {
        CredentialProof::Secret(hash) => (Some(hash.as_bytes().to_vec()), None),
        CredentialProof::PublicKey(key) => (None, Some(key.clone())),
    };
    integrator_credential::Model {
        id: credential.id.0,
        integrator_id: credential.integrator_id.0,
        kind: credential.proof.kind().as_str().to_owned(),
        label: credential.label.clone(),
        secret_hash,
        public_key,
        created_at: credential.created_at,
        expires_at: credential.expires_at,
        revoked_at: credential.revoked_at,
        last_used_at: credential.last_used_at,
    }
}

/// Adds an integrator.
pub async fn insert(tx: &Tx, integrator: &Integrator) -> Result<(), StoreError> {
    crate::row::insert(tx, row(integrator)?).await
}

/// Replaces an integrator, whose lock the caller holds.
pub async fn save(tx: &Tx, integrator: &Integrator) -> Result<(), StoreError> {
    crate::row::save(tx, row(integrator)?).await
}

/// An integrator that asks in its own name.
pub async fn get(
    on: &impl ConnectionTrait,
    id: IntegratorId,
) -> Result<Option<Integrator>, StoreError> {
    let found = integrator::Entity::find_by_id(id.0).one(on);
    found.await?.map(read).transpose()
}

/// An integrator within the reach of who manages it. Those that operators manage are within the reach of those only who see
/// all schools.
pub async fn managed(
    on: &impl ConnectionTrait,
    id: IntegratorId,
    reach: &Reach,
) -> Result<Option<Integrator>, StoreError> {
    let found = integrator::Entity::find_by_id(id.0)
        .filter(within(integrator::Column::SchoolId, reach))
        .one(on);
    found.await?.map(read).transpose()
}

/// As [`managed`], locked until `tx` ends.
pub async fn lock(
    tx: &Tx,
    id: IntegratorId,
    reach: &Reach,
) -> Result<Option<Integrator>, StoreError> {
    let found = integrator::Entity::find_by_id(id.0)
        .filter(within(integrator::Column::SchoolId, reach))
        .lock_exclusive()
        .one(tx);
    found.await?.map(read).transpose()
}

/// The integrators that officers of a school manage, or with `None` those that operators do; the newest first.
pub async fn list(
    on: &impl ConnectionTrait,
    school: Option<SchoolId>,
    page: &PageRequest<IntegratorId>,
) -> Result<Page<Integrator>, StoreError> {
    use integrator::Column;
    let query = integrator::Entity::find().filter(match school {
        Some(school) => Column::SchoolId.eq(school.0),
        None => Column::SchoolId.is_null(),
    });
    let rows = keyset::newest_first(query, Column::Id, page)
        .all(on)
        .await?;
    let found = rows.into_iter().map(read).collect::<Result<_, _>>()?;
    Ok(page.page(found, |integrator: &Integrator| integrator.id))
}

/// Adds a credential.
pub async fn insert_credential(
    tx: &Tx,
    credential: &IntegratorCredential,
) -> Result<(), StoreError> {
    crate::row::insert(tx, credential_row(credential)).await
}

/// Replaces a credential, whose integrator's lock the caller holds.
pub async fn save_credential(tx: &Tx, credential: &IntegratorCredential) -> Result<(), StoreError> {
    crate::row::save(tx, credential_row(credential)).await
}

/// The credentials of these integrators, the newest first.
pub async fn credentials(
    on: &impl ConnectionTrait,
    owners: &[IntegratorId],
) -> Result<Vec<IntegratorCredential>, StoreError> {
    use integrator_credential::{Column, Entity};
    let found = Entity::find()
        .filter(Column::IntegratorId.is_in(owners.iter().map(|owner| owner.0)))
        .order_by_desc(Column::Id)
        .all(on);
    found.await?.into_iter().map(read_credential).collect()
}

/// Notes that a credential of an integrator brought a token.
pub async fn use_credential(
    tx: &Tx,
    credential: &IntegratorCredential,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    use integrator_credential::{Column, Entity};
    Entity::update_many()
        .col_expr(Column::LastUsedAt, Expr::value(now))
        .filter(Column::IntegratorId.eq(credential.integrator_id.0))
        .filter(Column::Id.eq(credential.id.0))
        .exec(tx)
        .await?;
    Ok(())
}

/// Notes that a token is good no more, and forgets those whose time is over; false where it was noted before.
pub async fn spend_token(
    tx: &Tx,
    id_hash: &[u8; 32],
    expires_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    use spent_token_id::{Column, Entity, Model};
    let expired = Entity::delete_many().filter(Column::ExpiresAt.lte(now));
    expired.exec(tx).await?;
    let row = Model {
        id_hash: id_hash.to_vec(),
        expires_at,
    };
    let once = OnConflict::column(Column::IdHash).do_nothing().to_owned();
    let inserted = Entity::insert(row.into_active_model().reset_all())
        .on_conflict(once)
        .exec_without_returning(tx)
        .await?;
    Ok(inserted == 1)
}

/// Whether a token is good no more.
pub async fn is_spent(on: &impl ConnectionTrait, id_hash: &[u8; 32]) -> Result<bool, StoreError> {
    let found = spent_token_id::Entity::find_by_id(id_hash.to_vec()).one(on);
    Ok(found.await?.is_some())
}
