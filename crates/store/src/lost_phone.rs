//! Reports of a lost phone. They belong to no account until they are approved: operators read them all, officers those about
//! accounts of their schools.

use chrono::{DateTime, Utc};
use domain::access::Reach;
use domain::lost_phone::{
    CLOSED_BY_SYSTEM, LostPhoneAccount, LostPhoneApproval, LostPhoneReference, LostPhoneStage,
    LostPhoneState,
};
use domain::page::{Page, PageRequest};
use domain::{AccountId, DocumentType, KeyedHash, LostPhoneReportId, SchoolId, Sealed};
use sea_orm::sea_query::{Condition, Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select,
};

use crate::entity::account;
use crate::entity::lost_phone_report::{Column, Entity, Model};
use crate::login::CountedBy;
use crate::reach::within;
use crate::word::word;
use crate::{StoreError, Tx, keyset};

const OPEN: &str = "open";
const CLOSED: &str = "closed";
/// The outcome of a report whose number the account got.
const CHANGED_OUTCOME: &str = "changed";

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
    /// The account that it is about, once somebody has approved it.
    pub about: Option<LostPhoneAccount>,
    /// The approvals, the first one first; they stay when the report is closed.
    pub approvals: Vec<LostPhoneApproval>,
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
        account_id: None,
        school_id: None,
        first_by: None,
        first_at: None,
        second_by: None,
        second_at: None,
        effective_at: None,
        changed_at: None,
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

/// The reports that wait for an approval, those that wait longest first; at most `limit`.
pub async fn open(
    on: &impl ConnectionTrait,
    limit: u64,
) -> Result<Vec<LostPhoneReport>, StoreError> {
    let found = Entity::find()
        .filter(Column::State.eq(OPEN))
        .filter(Column::SecondBy.is_null())
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(on)
        .await?;
    found.into_iter().map(read).collect()
}

/// A page of the reports within reach, the newest first; with `stage` those that are there.
pub async fn page(
    on: &impl ConnectionTrait,
    reach: &Reach,
    stage: Option<LostPhoneStage>,
    page: &PageRequest<LostPhoneReportId>,
) -> Result<Page<LostPhoneReport>, StoreError> {
    let query = Entity::find()
        .filter(within(Column::SchoolId, reach))
        .filter(stage.map_or_else(Condition::all, at_stage));
    let rows = keyset::newest_first(query, Column::Id, page)
        .all(on)
        .await?;
    let reports = rows.into_iter().map(read).collect::<Result<_, _>>()?;
    Ok(page.page(reports, |report: &LostPhoneReport| report.id))
}

fn at_stage(stage: LostPhoneStage) -> Condition {
    let open = Condition::all().add(Column::State.eq(OPEN));
    let closed = Condition::all().add(Column::State.eq(CLOSED));
    match stage {
        LostPhoneStage::Open => open.add(Column::FirstBy.is_null()),
        LostPhoneStage::Confirmed => open
            .add(Column::FirstBy.is_not_null())
            .add(Column::SecondBy.is_null()),
        LostPhoneStage::Approved => open.add(Column::SecondBy.is_not_null()),
        LostPhoneStage::Changed => closed.add(Column::ChangedAt.is_not_null()),
        LostPhoneStage::Closed => closed.add(Column::ChangedAt.is_null()),
    }
}

/// The approved reports about an account whose time has not come, the newest first; at most `limit`.
pub async fn approved_of(
    on: &impl ConnectionTrait,
    owner: AccountId,
    limit: u64,
) -> Result<Vec<LostPhoneReport>, StoreError> {
    let found = Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(at_stage(LostPhoneStage::Approved))
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(on)
        .await?;
    found.into_iter().map(read).collect()
}

/// Whether there is such a report about the account that a statement reads.
pub(crate) fn is_recovery_approved() -> Expr {
    let about =
        Expr::col((Entity, Column::AccountId)).equals((account::Entity, account::Column::Id));
    let approved = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(about)
        .filter(at_stage(LostPhoneStage::Approved));
    Expr::exists(approved.into_query())
}

/// A report within reach, locked until `tx` ends. Those that nobody has approved are within the reach of those only who see
/// all schools.
pub async fn lock(
    tx: &Tx,
    reach: &Reach,
    reference: &LostPhoneReference,
) -> Result<Option<LostPhoneReport>, StoreError> {
    let found = by_reference(reference)
        .filter(within(Column::SchoolId, reach))
        .lock_exclusive()
        .one(tx)
        .await?;
    found.map(read).transpose()
}

/// A report by its key, locked until `tx` ends.
pub async fn lock_by_id(
    tx: &Tx,
    id: LostPhoneReportId,
) -> Result<Option<LostPhoneReport>, StoreError> {
    let found = Entity::find_by_id(id.0).lock_exclusive().one(tx).await?;
    found.map(read).transpose()
}

/// Keeps the state of a report that was open, and which account it is about; the caller holds its lock.
pub async fn save_state(
    tx: &Tx,
    report: &LostPhoneReport,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let first = report.approvals.first();
    let second = report.approvals.get(1);
    let mut update = Entity::update_many()
        .col_expr(
            Column::AccountId,
            Expr::value(report.about.map(|about| about.account_id.0)),
        )
        .col_expr(
            Column::SchoolId,
            Expr::value(report.about.map(|about| about.school_id.0)),
        )
        .col_expr(Column::FirstBy, Expr::value(first.map(|first| first.by.0)))
        .col_expr(Column::FirstAt, Expr::value(first.map(|first| first.at)))
        .col_expr(
            Column::SecondBy,
            Expr::value(second.map(|second| second.by.0)),
        )
        .col_expr(
            Column::SecondAt,
            Expr::value(second.map(|second| second.at)),
        )
        .col_expr(Column::UpdatedAt, Expr::value(now));
    if let LostPhoneState::Approved { effective_at, .. } = &report.state {
        update = update.col_expr(Column::EffectiveAt, Expr::value(*effective_at));
    }
    let ended = match &report.state {
        LostPhoneState::Closed { at, by, outcome } => Some((*at, by.as_str(), outcome.as_str())),
        LostPhoneState::Changed { at } => Some((*at, CLOSED_BY_SYSTEM, CHANGED_OUTCOME)),
        LostPhoneState::Open
        | LostPhoneState::Confirmed { .. }
        | LostPhoneState::Approved { .. } => None,
    };
    if let Some((at, by, outcome)) = ended {
        update = update
            .col_expr(Column::State, Expr::value(CLOSED))
            .col_expr(Column::ClosedAt, Expr::value(at))
            .col_expr(Column::ClosedBy, Expr::value(by))
            .col_expr(Column::Outcome, Expr::value(outcome));
    }
    if let LostPhoneState::Changed { at } = &report.state {
        update = update.col_expr(Column::ChangedAt, Expr::value(*at));
    }
    update
        .filter(Column::Id.eq(report.id.0))
        .filter(Column::State.eq(OPEN))
        .exec(tx)
        .await?;
    Ok(())
}

/// When the report was written that waits longest for an approval; `None` where none waits.
pub async fn oldest_open(on: &impl ConnectionTrait) -> Result<Option<DateTime<Utc>>, StoreError> {
    let found = Entity::find()
        .select_only()
        .column(Column::CreatedAt)
        .filter(Column::State.eq(OPEN))
        .filter(Column::SecondBy.is_null())
        .order_by_asc(Column::CreatedAt)
        .into_tuple()
        .one(on);
    Ok(found.await?)
}

fn by_reference(reference: &LostPhoneReference) -> Select<Entity> {
    Entity::find().filter(Column::Reference.eq(reference.as_str()))
}

fn corrupt(what: &str) -> StoreError {
    StoreError::Corrupt {
        what: format!("lost_phone_reports.{what}"),
    }
}

fn approvals(row: &Model) -> Vec<LostPhoneApproval> {
    let approval = |by: Option<uuid::Uuid>, at: Option<DateTime<Utc>>| {
        let (by, at) = (AccountId(by?), at?);
        Some(LostPhoneApproval { by, at })
    };
    let first = approval(row.first_by, row.first_at);
    let second = approval(row.second_by, row.second_at);
    first.into_iter().chain(second).collect()
}

fn state(row: &mut Model, approvals: &[LostPhoneApproval]) -> Result<LostPhoneState, StoreError> {
    let ended = (row.closed_at, row.closed_by.take(), row.outcome.take());
    match (row.state.as_str(), ended) {
        (OPEN, (None, None, None)) => match (approvals, row.effective_at) {
            ([], None) => Ok(LostPhoneState::Open),
            ([first], None) => Ok(LostPhoneState::Confirmed { first: *first }),
            ([first, second], Some(effective_at)) => Ok(LostPhoneState::Approved {
                first: *first,
                second: *second,
                effective_at,
            }),
            _ => Err(corrupt("effective_at")),
        },
        (CLOSED, (Some(at), Some(by), Some(outcome))) => Ok(match row.changed_at {
            Some(at) => LostPhoneState::Changed { at },
            None => LostPhoneState::Closed { at, by, outcome },
        }),
        _ => Err(corrupt("state")),
    }
}

fn read(mut row: Model) -> Result<LostPhoneReport, StoreError> {
    let approvals = approvals(&row);
    let state = state(&mut row, &approvals)?;
    let about = match (row.account_id, row.school_id) {
        (Some(account_id), Some(school_id)) => Some(LostPhoneAccount {
            account_id: AccountId(account_id),
            school_id: SchoolId(school_id),
        }),
        _ => None,
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
        about,
        approvals,
        state,
        created_at: row.created_at,
    })
}
