//! Under which key the indexes of phones and document numbers are written: one for all copies of the server, whichever
//! keys each of them knows.

use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect,
};

use crate::entity::index_key::{Column, Entity, Model};
use crate::{StoreError, Tx};

/// What is indexed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Phones of accounts.
    Phone,
    /// Document numbers and student numbers of rosters.
    IdNumber,
}

impl Purpose {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Phone, Self::IdNumber];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::IdNumber => "id_number",
        }
    }
}

/// Chooses a key where none was chosen before.
pub async fn choose_first(
    on: &impl ConnectionTrait,
    what: Purpose,
    key: String,
) -> Result<(), StoreError> {
    let row = Model {
        purpose: what.as_str().to_owned(),
        key_id: key,
    };
    let done = Entity::insert(row.into_active_model().reset_all())
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(on);
    done.await?;
    Ok(())
}

/// The key to write under. It cannot change before `tx` ends, so that two copies that add the same value at the same
/// time write the same index, and one of them meets the unique key.
pub async fn hold(tx: &Tx, what: Purpose) -> Result<String, StoreError> {
    let found = Entity::find_by_id(what.as_str().to_owned())
        .lock_shared()
        .one(tx)
        .await?;
    let row = found.ok_or_else(|| StoreError::Corrupt {
        what: format!("index_keys: no key for {}", what.as_str()),
    })?;
    Ok(row.key_id)
}

/// The key to write under at this moment.
pub async fn current(
    on: &impl ConnectionTrait,
    what: Purpose,
) -> Result<Option<String>, StoreError> {
    let found = Entity::find_by_id(what.as_str().to_owned()).one(on).await?;
    Ok(found.map(|row| row.key_id))
}

/// Changes the key to write under, once no transaction holds it.
pub async fn change(tx: &Tx, what: Purpose, key: &str) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::KeyId, Expr::value(key))
        .filter(Column::Purpose.eq(what.as_str()))
        .exec(tx)
        .await?;
    Ok(())
}
