//! Reports of a lost phone. They belong to no account: operators read them all.

use chrono::{DateTime, Utc};
use domain::lost_phone::{LostPhoneReference, LostPhoneState};
use domain::{DocumentType, KeyedHash, LostPhoneReportId, Sealed};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

use crate::entity::lost_phone_report::{Column, Entity, Model};
use crate::login::CountedBy;
use crate::word::word;
use crate::{StoreError, Tx};

const OPEN: &str = "open";
const CLOSED: &str = "closed";

/// What a person wrote, each part sealed for its own column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedLostPhoneReport {
    /// The writer's name.
    pub name: Sealed,
    /// The school as typed.
    pub school: Sealed,
    /// The document's number.
    pub number: Sealed,
    /// The phone that was lost.
    pub old_phone: Sealed,
    /// The phone to be called back at.
    pub new_phone: Sealed,
    /// What else was written.
    pub note: Option<Sealed>,
}

/// A report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LostPhoneReport {
    /// The key.
    pub id: LostPhoneReportId,
    /// The number that its writer was told.
    pub reference: LostPhoneReference,
    /// The document's type.
    pub document_type: DocumentType,
    /// What was written.
    pub sealed: SealedLostPhoneReport,
    /// What became of it.
    pub state: LostPhoneState,
    /// When it was written.
    pub created_at: DateTime<Utc>,
}

/// Where a report came from, for the limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LostPhoneOrigin {
    /// The keyed hash of the phone to be called back at.
    pub new_phone: KeyedHash,
    /// The hash of the browser's cookie.
    pub browser: KeyedHash,
    /// The keyed hash of the address.
    pub address: KeyedHash,
    /// The keyed hash of the first 56 bits of an IPv6 address.
    pub network56: Option<KeyedHash>,
    /// The keyed hash of its first 48 bits.
    pub network48: Option<KeyedHash>,
}

/// Adds a report that waits for an operator.
///
/// # Errors
/// [`StoreError::Conflict`] where the reference is taken.
pub async fn insert(
    tx: &Tx,
    report: LostPhoneReport,
    origin: LostPhoneOrigin,
) -> Result<(), StoreError> {
    let sealed = report.sealed;
    let row = Model {
        id: report.id.0,
        reference: report.reference.as_str().to_owned(),
        name_sealed: sealed.name.into_bytes(),
        school_sealed: sealed.school.into_bytes(),
        id_type: report.document_type.as_str().to_owned(),
        number_sealed: sealed.number.into_bytes(),
        old_phone_sealed: sealed.old_phone.into_bytes(),
        new_phone_sealed: sealed.new_phone.into_bytes(),
        note_sealed: sealed.note.map(Sealed::into_bytes),
        new_phone_index: origin.new_phone.into_bytes(),
        browser_hash: origin.browser.into_bytes(),
        ip_hash: origin.address.into_bytes(),
        ip56_hash: origin.network56.map(KeyedHash::into_bytes),
        ip48_hash: origin.network48.map(KeyedHash::into_bytes),
        state: OPEN.to_owned(),
        closed_at: None,
        closed_by: None,
        outcome: None,
        created_at: report.created_at,
        updated_at: report.created_at,
    };
    crate::row::insert(tx, row).await
}

/// When reports were written since a moment.
pub async fn times_since(
    on: &impl ConnectionTrait,
    by: CountedBy<'_>,
    since: DateTime<Utc>,
) -> Result<Vec<DateTime<Utc>>, StoreError> {
    let (column, value) = match by {
        CountedBy::Phone(index) => (Column::NewPhoneIndex, index),
        CountedBy::Address(hash) => (Column::IpHash, hash),
        CountedBy::Network56(hash) => (Column::Ip56Hash, hash),
        CountedBy::Network48(hash) => (Column::Ip48Hash, hash),
        CountedBy::Browser(hash) => (Column::BrowserHash, hash),
    };
    let found = Entity::find()
        .select_only()
        .column(Column::CreatedAt)
        .filter(column.eq(value))
        .filter(Column::CreatedAt.gt(since))
        .into_tuple()
        .all(on);
    Ok(found.await?)
}

/// The reports that wait, those that wait longest first; at most `limit`.
pub async fn open(
    on: &impl ConnectionTrait,
    limit: u64,
) -> Result<Vec<LostPhoneReport>, StoreError> {
    let found = Entity::find()
        .filter(Column::State.eq(OPEN))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(on)
        .await?;
    found.into_iter().map(read).collect()
}

/// A report, locked until `tx` ends.
pub async fn lock(
    tx: &Tx,
    reference: &LostPhoneReference,
) -> Result<Option<LostPhoneReport>, StoreError> {
    let found = by_reference(reference).lock_exclusive().one(tx).await?;
    found.map(read).transpose()
}

/// Closes a report that waits; the caller holds its lock.
pub async fn close(
    tx: &Tx,
    id: LostPhoneReportId,
    at: DateTime<Utc>,
    by: &str,
    outcome: &str,
) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(CLOSED))
        .col_expr(Column::ClosedAt, Expr::value(at))
        .col_expr(Column::ClosedBy, Expr::value(by))
        .col_expr(Column::Outcome, Expr::value(outcome))
        .col_expr(Column::UpdatedAt, Expr::value(at))
        .filter(Column::Id.eq(id.0))
        .filter(Column::State.eq(OPEN))
        .exec(tx)
        .await?;
    Ok(())
}

/// When the report was written that waits longest; `None` where none waits.
pub async fn oldest_open(on: &impl ConnectionTrait) -> Result<Option<DateTime<Utc>>, StoreError> {
    let found = Entity::find()
        .select_only()
        .column(Column::CreatedAt)
        .filter(Column::State.eq(OPEN))
        .order_by_asc(Column::CreatedAt)
        .into_tuple()
        .one(on);
    Ok(found.await?)
}

fn by_reference(reference: &LostPhoneReference) -> Select<Entity> {
    Entity::find().filter(Column::Reference.eq(reference.as_str()))
}

fn read(row: Model) -> Result<LostPhoneReport, StoreError> {
    let corrupt = |what: &str| StoreError::Corrupt {
        what: format!("lost_phone_reports.{what}"),
    };
    let state = match (
        row.state.as_str(),
        row.closed_at,
        row.closed_by,
        row.outcome,
    ) {
        (OPEN, None, None, None) => LostPhoneState::Open,
        (CLOSED, Some(at), Some(by), Some(outcome)) => LostPhoneState::Closed { at, by, outcome },
        _ => return Err(corrupt("state")),
    };
    let reference = row.reference.parse().map_err(|_| corrupt("reference"))?;
    let document_type = word("lost_phone_reports.id_type", &row.id_type)?;
    Ok(LostPhoneReport {
        id: LostPhoneReportId(row.id),
        reference,
        document_type,
        sealed: SealedLostPhoneReport {
            name: row.name_sealed.into(),
            school: row.school_sealed.into(),
            number: row.number_sealed.into(),
            old_phone: row.old_phone_sealed.into(),
            new_phone: row.new_phone_sealed.into(),
            note: row.note_sealed.map(Sealed::from),
        },
        state,
        created_at: row.created_at,
    })
}
