//! Consents of an account: a row each, never overwritten but for their withdrawal.

use chrono::{DateTime, Utc};
use domain::agreement::{Consent, Document};
use domain::{AccountId, ConsentId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::entity::consent::{Column, Entity, Model};
use crate::word::word;
use crate::{StoreError, Tx};

pub(crate) fn read(row: Model) -> Result<Consent, StoreError> {
    Ok(Consent {
        id: ConsentId(row.id),
        account_id: AccountId(row.account_id),
        document: word("consents.document", &row.document)?,
        version: row.document_version,
        text_hash: row.text_hash,
        channel: word("consents.channel", &row.channel)?,
        granted_at: row.granted_at,
        withdrawn_at: row.withdrawn_at,
    })
}

/// Adds a consent.
pub async fn insert(tx: &Tx, consent: &Consent) -> Result<(), StoreError> {
    let row = Model {
        id: consent.id.0,
        account_id: consent.account_id.0,
        document: consent.document.as_str().to_owned(),
        document_version: consent.version.clone(),
        text_hash: consent.text_hash.clone(),
        channel: consent.channel.as_str().to_owned(),
        granted_at: consent.granted_at,
        withdrawn_at: consent.withdrawn_at,
    };
    crate::row::insert(tx, row).await
}

/// The consents that hold, newest first.
pub async fn holding(
    on: &impl ConnectionTrait,
    owner: AccountId,
) -> Result<Vec<Consent>, StoreError> {
    let found = Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::WithdrawnAt.is_null())
        .order_by_desc(Column::GrantedAt)
        .all(on);
    found.await?.into_iter().map(read).collect()
}

/// Every consent that was ever given, newest first.
pub async fn all(on: &impl ConnectionTrait, owner: AccountId) -> Result<Vec<Consent>, StoreError> {
    let found = Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .order_by_desc(Column::GrantedAt)
        .all(on);
    found.await?.into_iter().map(read).collect()
}

/// Those of these consents that are here, whoever's.
pub async fn known(
    on: &impl ConnectionTrait,
    ids: &[ConsentId],
) -> Result<Vec<ConsentId>, StoreError> {
    let found = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Id.is_in(ids.iter().map(|id| id.0)))
        .into_tuple()
        .all(on);
    let ids: Vec<uuid::Uuid> = found.await?;
    Ok(ids.into_iter().map(ConsentId).collect())
}

/// Whether the account agreed to this version, and has not withdrawn.
pub async fn holds(
    on: &impl ConnectionTrait,
    owner: AccountId,
    document: Document,
    version: &str,
) -> Result<bool, StoreError> {
    let found = Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::Document.eq(document.as_str()))
        .filter(Column::DocumentVersion.eq(version))
        .filter(Column::WithdrawnAt.is_null())
        .one(on);
    Ok(found.await?.is_some())
}

/// Withdraws what holds of a document.
pub async fn withdraw(
    tx: &Tx,
    owner: AccountId,
    document: Document,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::WithdrawnAt, Expr::value(now))
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::Document.eq(document.as_str()))
        .filter(Column::WithdrawnAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}
