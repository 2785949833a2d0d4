//! A row that is written to find out whether the database takes writes.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue, EntityTrait};

use crate::entity::readiness_probe::{ActiveModel, Column, Entity};
use crate::{StoreError, Tx};

/// The only row.
const ROW: i32 = 1;

/// Writes this time into the row.
pub async fn write(tx: &Tx, now: DateTime<Utc>) -> Result<(), StoreError> {
    let row = ActiveModel {
        id: ActiveValue::Set(ROW),
        written_at: ActiveValue::Set(now),
    };
    let mut again = OnConflict::column(Column::Id);
    again.update_column(Column::WrittenAt);
    Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}
