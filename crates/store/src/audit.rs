//! The audit log: added to, read by the person it is about.

use domain::{AccountId, AuditEventId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::StoreError;
use crate::entity::audit_event::{Column, Entity, Model};

/// What happened to a person's data, newest first, from before an entry on.
pub async fn about(
    on: &impl ConnectionTrait,
    owner: AccountId,
    before: Option<AuditEventId>,
    limit: u64,
) -> Result<Vec<Model>, StoreError> {
    let mut query = Entity::find().filter(Column::SubjectAccountId.eq(owner.0));
    if let Some(before) = before {
        query = query.filter(Column::Id.lt(before.0));
    }
    Ok(query.order_by_desc(Column::Id).limit(limit).all(on).await?)
}
