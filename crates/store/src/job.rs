//! Work to do later.

use chrono::{DateTime, Utc};
use sea_orm::prelude::Json;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};

use crate::StoreError;
use crate::entity::job::{Column, Entity, Model};

/// The work of a kind that is due, whoever's, oldest first.
pub async fn due(
    on: &impl ConnectionTrait,
    kind: &str,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Model>, StoreError> {
    let found = Entity::find()
        .filter(Column::Kind.eq(kind))
        .filter(Column::AvailableAt.lte(now))
        .filter(Column::DoneAt.is_null())
        .order_by_asc(Column::AvailableAt)
        .limit(limit)
        .all(on);
    Ok(found.await?)
}

/// Forgets work that was done; another server may have been faster.
pub async fn forget(on: &impl ConnectionTrait, job: &Model) -> Result<(), StoreError> {
    Entity::delete_by_id(job.id).exec(on).await?;
    Ok(())
}

/// Adds work unless there is such work already.
pub async fn insert_if_first(on: &impl ConnectionTrait, row: Model) -> Result<(), StoreError> {
    Entity::insert(row.into_active_model().reset_all())
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(on)
        .await?;
    Ok(())
}

/// Whether there is work of a kind, due or not.
pub async fn is_known(on: &impl ConnectionTrait, kind: &str) -> Result<bool, StoreError> {
    let found = Entity::find().filter(Column::Kind.eq(kind)).one(on);
    Ok(found.await?.is_some())
}

/// Claims work that is due, so that of several server copies one does it; it is due again at `until`.
pub async fn claim(
    on: &impl ConnectionTrait,
    job: &Model,
    until: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let claim = Entity::update_many()
        .col_expr(Column::AvailableAt, Expr::value(until))
        .col_expr(Column::Attempts, Expr::value(job.attempts + 1))
        .filter(Column::Id.eq(job.id))
        .filter(Column::AvailableAt.eq(job.available_at))
        .filter(Column::DoneAt.is_null());
    Ok(claim.exec(on).await?.rows_affected == 1)
}

/// Keeps where work that goes on has come to, and when it goes on.
pub async fn go_on(
    on: &impl ConnectionTrait,
    job: &Model,
    payload: Json,
    next: DateTime<Utc>,
) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::Payload, Expr::value(payload))
        .col_expr(Column::AvailableAt, Expr::value(next))
        .filter(Column::Id.eq(job.id))
        .exec(on)
        .await?;
    Ok(())
}
