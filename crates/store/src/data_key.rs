//! Wrapped keys: one active key for each scope and purpose, old ones kept for reading.

use chrono::{DateTime, Utc};
use domain::{DataKeyId, DataKeyPurpose, DataKeyScope, DataKeyState, KeyId, Sealed, TaskId};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseConnection, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, TransactionTrait,
};

use crate::entity::data_key::{Column, Entity, Model};
use crate::{StoreError, Tx};

/// A data key, wrapped by a key-encryption key that is kept outside the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataKey {
    /// Its id, which ciphertexts carry.
    pub id: DataKeyId,
    /// Whose data it seals.
    pub scope: DataKeyScope,
    /// What it is used for.
    pub purpose: DataKeyPurpose,
    /// The key-encryption key that it is wrapped by.
    pub wrapped_by: KeyId,
    /// The wrapped key.
    pub wrapped: Sealed,
    /// Whether it seals new values.
    pub state: DataKeyState,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

impl TryFrom<Model> for DataKey {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let id = DataKeyId(row.id);
        let corrupt = |column: &str| StoreError::Corrupt {
            what: format!("data_keys.{column} of {id}"),
        };
        Ok(Self {
            id,
            scope: row.scope.parse().map_err(|_| corrupt("scope"))?,
            purpose: DataKeyPurpose::parse(&row.purpose).ok_or_else(|| corrupt("purpose"))?,
            wrapped_by: row.kek_id.parse().map_err(|_| corrupt("kek_id"))?,
            wrapped: row.wrapped.into(),
            state: DataKeyState::parse(&row.state).ok_or_else(|| corrupt("state"))?,
            created_at: row.created_at,
        })
    }
}

impl From<DataKey> for Model {
    fn from(key: DataKey) -> Self {
        Self {
            id: key.id.0,
            scope: key.scope.to_string(),
            purpose: key.purpose.as_str().to_owned(),
            kek_id: key.wrapped_by.to_string(),
            wrapped: key.wrapped.into_bytes(),
            state: key.state.as_str().to_owned(),
            created_at: key.created_at,
        }
    }
}

/// The active key of a scope and purpose.
pub async fn active(
    on: &impl ConnectionTrait,
    scope: DataKeyScope,
    purpose: DataKeyPurpose,
) -> Result<Option<DataKey>, StoreError> {
    let found = Entity::find()
        .filter(Column::Scope.eq(scope.to_string()))
        .filter(Column::Purpose.eq(purpose.as_str()))
        .filter(Column::State.eq(DataKeyState::Active.as_str()))
        .one(on)
        .await?;
    found.map(DataKey::try_from).transpose()
}

/// A key by its id, active or old; ids come from ciphertexts, which name no owner.
pub async fn by_id(
    on: &impl ConnectionTrait,
    id: DataKeyId,
) -> Result<Option<DataKey>, StoreError> {
    let found = Entity::find_by_id(id.0).one(on).await?;
    found.map(DataKey::try_from).transpose()
}

/// All keys; there are a few for each school and task.
pub async fn all(on: &impl ConnectionTrait) -> Result<Vec<DataKey>, StoreError> {
    let found = Entity::find().order_by_asc(Column::Id).all(on).await?;
    found.into_iter().map(DataKey::try_from).collect()
}

/// Replaces how a key is wrapped, unless that changed since it was read.
pub async fn rewrap(
    tx: &Tx,
    key: &DataKey,
    wrapped: Sealed,
    wrapped_by: KeyId,
) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::Wrapped, Expr::value(wrapped.into_bytes()))
        .col_expr(Column::KekId, Expr::value(wrapped_by.to_string()))
        .filter(Column::Id.eq(key.id.0))
        .filter(Column::KekId.eq(key.wrapped_by.to_string()))
        .exec(tx)
        .await?;
    Ok(())
}

/// Puts these keys in place of all that there are: those of a backup, where nothing was sealed yet.
pub async fn replace_all(on: &DatabaseConnection, keys: Vec<DataKey>) -> Result<(), StoreError> {
    let tx = on.begin().await?;
    delete_all(&tx).await?;
    for key in keys {
        crate::insert(&tx, Model::from(key)).await?;
    }
    Ok(tx.commit().await?)
}

/// Deletes every key: from a copy of a database, never from the one in use.
pub(crate) async fn delete_all(on: &impl ConnectionTrait) -> Result<(), StoreError> {
    Entity::delete_many().exec(on).await?;
    Ok(())
}

/// Deletes the keys of a task and returns how many there were. What they sealed can never be opened again.
pub async fn delete_of_task(tx: &Tx, task: TaskId) -> Result<u64, StoreError> {
    let done = Entity::delete_many()
        .filter(Column::Scope.eq(DataKeyScope::Task(task).to_string()))
        .exec(tx)
        .await?;
    Ok(done.rows_affected)
}

/// Adds an active key unless another copy of the server was first; then theirs is the one to use.
pub async fn insert_if_first(on: &impl ConnectionTrait, key: DataKey) -> Result<(), StoreError> {
    let done = Entity::insert(Model::from(key).into_active_model().reset_all())
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(on);
    done.await?;
    Ok(())
}
