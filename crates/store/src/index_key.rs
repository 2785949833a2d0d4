//! Under which key of the key file the indexes of phones are written: one for all copies of the server, whichever keys
//! each of them knows.

use domain::KeyId;
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
    /// Document numbers and student numbers of rosters, from before each task had an index secret of its own. The row is
    /// there as long as something may still be found only by such an index, or be sealed by a key of its school.
    DerivedIdNumber,
}

impl Purpose {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::DerivedIdNumber => "id_number",
        }
    }
}

fn key_id(row: &Model) -> Result<KeyId, StoreError> {
    row.key_id.parse().map_err(|_| StoreError::Corrupt {
        what: format!("index_keys.key_id of {}", row.purpose),
    })
}

/// Chooses a key where none was chosen before.
pub async fn choose_first(
    on: &impl ConnectionTrait,
    what: Purpose,
    key: KeyId,
) -> Result<(), StoreError> {
    let row = Model {
        purpose: what.as_str().to_owned(),
        key_id: key.to_string(),
    };
    let done = Entity::insert(row.into_active_model().reset_all())
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(on);
    done.await?;
    Ok(())
}

/// The key to write under. It cannot change before `tx` ends, so that two copies that add the same value at the same
/// time write the same index, and one of them meets the unique key.
pub async fn hold(tx: &Tx, what: Purpose) -> Result<KeyId, StoreError> {
    let found = Entity::find_by_id(what.as_str().to_owned())
        .lock_shared()
        .one(tx)
        .await?;
    let row = found.ok_or_else(|| StoreError::Corrupt {
        what: format!("index_keys: no key for {}", what.as_str()),
    })?;
    key_id(&row)
}

/// The key to write under at this moment.
pub async fn current(
    on: &impl ConnectionTrait,
    what: Purpose,
) -> Result<Option<KeyId>, StoreError> {
    let found = Entity::find_by_id(what.as_str().to_owned()).one(on).await?;
    found.as_ref().map(key_id).transpose()
}

/// Changes the key to write under, once no transaction holds it.
pub async fn change(tx: &Tx, what: Purpose, key: KeyId) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::KeyId, Expr::value(key.to_string()))
        .filter(Column::Purpose.eq(what.as_str()))
        .exec(tx)
        .await?;
    Ok(())
}

/// Notes that nothing is found any more by the indexes of a purpose.
pub async fn forget(on: &impl ConnectionTrait, what: Purpose) -> Result<(), StoreError> {
    let row = Entity::delete_by_id(what.as_str().to_owned());
    row.exec(on).await?;
    Ok(())
}
