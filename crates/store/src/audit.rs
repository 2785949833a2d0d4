//! The audit log: added to, and read by the person it is about. Sealing and verifying it is in `chain`.

pub mod chain;

pub use crate::audited::Audited;

use chrono::{DateTime, Utc};
use domain::access::Reach;
use domain::audit::{AuditEntry, AuditFilter, AuditRecord};
use domain::page::{Page, PageRequest};
use domain::{AccountId, AuditEventId, SchoolId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::entity::audit_event::{Column, Entity, Model};
use crate::reach::within;
use crate::{StoreError, Tx, keyset};

/// Adds an entry to the log; a later step seals it into its chain.
pub async fn insert(tx: &Tx, entry: AuditEntry) -> Result<Audited, StoreError> {
    let record = AuditRecord::from(entry);
    let row = Model {
        id: record.id.0,
        at: record.at,
        actor_kind: record.actor,
        actor_id: record.actor_id.map(|id| id.0),
        subject_account_id: record.subject_account_id.map(|id| id.0),
        school_id: record.school_id.map(|id| id.0),
        action: record.action,
        object_type: record.object,
        object_id: record.object_id,
        reason: record.reason,
        request_id: record.request_id,
        facts: record.facts,
        chain_id: None,
        chain_sequence: None,
        chain_hash: None,
    };
    crate::row::insert(tx, row).await?;
    Ok(Audited::noted())
}

fn read(row: Model) -> AuditRecord {
    AuditRecord {
        id: AuditEventId(row.id),
        at: row.at,
        actor: row.actor_kind,
        actor_id: row.actor_id.map(AccountId),
        subject_account_id: row.subject_account_id.map(AccountId),
        school_id: row.school_id.map(SchoolId),
        action: row.action,
        object: row.object_type,
        object_id: row.object_id,
        reason: row.reason,
        request_id: row.request_id,
        facts: row.facts,
    }
}

/// What happened to a person's data, newest first.
pub async fn about(
    on: &impl ConnectionTrait,
    owner: AccountId,
    page: &PageRequest<AuditEventId>,
) -> Result<Page<AuditRecord>, StoreError> {
    let query = Entity::find().filter(Column::SubjectAccountId.eq(owner.0));
    let rows = keyset::newest_first(query, Column::Id, page)
        .all(on)
        .await?;
    let records = rows.into_iter().map(read).collect();
    Ok(page.page(records, |record: &AuditRecord| record.id))
}

/// The entries within reach that fit a filter, newest first.
pub async fn search(
    on: &impl ConnectionTrait,
    reach: &Reach,
    filter: &AuditFilter,
    page: &PageRequest<AuditEventId>,
) -> Result<Page<AuditRecord>, StoreError> {
    let conditions = [
        filter.school.map(|school| Column::SchoolId.eq(school.0)),
        filter
            .action
            .map(|action| Column::Action.eq(action.as_str())),
        filter.actor.map(|actor| Column::ActorId.eq(actor.0)),
        (filter.subject).map(|subject| Column::SubjectAccountId.eq(subject.0)),
        filter.object.map(|object| Column::ObjectId.eq(object)),
        filter.since.map(|since| Column::At.gte(since)),
        filter.until.map(|until| Column::At.lt(until)),
    ];
    let mut query = Entity::find().filter(within(Column::SchoolId, reach));
    for condition in conditions.into_iter().flatten() {
        query = query.filter(condition);
    }
    let rows = keyset::newest_first(query, Column::Id, page)
        .all(on)
        .await?;
    let records = rows.into_iter().map(read).collect();
    Ok(page.page(records, |record: &AuditRecord| record.id))
}

/// The entries since a moment, whoever they are about, oldest first: for auditors.
pub async fn since(
    on: &impl ConnectionTrait,
    since: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<AuditRecord>, StoreError> {
    let found = Entity::find()
        .filter(Column::At.gte(since))
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(on);
    Ok(found.await?.into_iter().map(read).collect())
}
