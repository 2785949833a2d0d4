//! Enrolments, and the tries to get one, by which the limits are counted.

use chrono::{DateTime, Utc};
use domain::access::Reach;
use domain::enrolment::{Enrolment, EnrolmentState};
use domain::recognition::Proven;
use domain::{AccountId, EnrolmentId, KeyedHash, RosterEntryId, SchoolId, TaskId, VerificationId};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Select};

use crate::entity::enrolment::{Column, Entity, Model};
use crate::entity::verification_attempt as attempt;
use crate::{StoreError, Tx};

/// The stored word of [`EnrolmentState::Live`].
const LIVE: &str = "live";
/// The stored word of [`EnrolmentState::Released`].
const RELEASED: &str = "released";

/// A try to verify, by which the limits are counted.
#[derive(Debug, Clone)]
pub struct VerificationAttempt {
    /// Its id.
    pub id: VerificationId,
    /// The school that was chosen.
    pub school_id: SchoolId,
    /// The task that was chosen.
    pub task_id: TaskId,
    /// Who tried.
    pub account_id: AccountId,
    /// The keyed hash of the number that was given.
    pub id_index: KeyedHash,
    /// The keyed hash of the network that it came from.
    pub network_hash: KeyedHash,
    /// Whether it led to an enrolment.
    pub succeeded: bool,
    /// When it was tried.
    pub created_at: DateTime<Utc>,
}

pub(crate) fn read(row: Model) -> Result<Enrolment, StoreError> {
    let (word, proven) = (row.state, row.proven);
    let state = match (word.as_str(), row.released_at) {
        (LIVE, _) => EnrolmentState::Live,
        (RELEASED, Some(at)) => EnrolmentState::Released {
            at,
            is_barred: row.is_barred,
        },
        (_, _) => {
            let what = "enrolments.state".into();
            return Err(StoreError::Corrupt { what });
        }
    };
    Ok(Enrolment {
        id: EnrolmentId(row.id),
        school_id: SchoolId(row.school_id),
        task_id: TaskId(row.task_id),
        entry_id: RosterEntryId(row.entry_id),
        account_id: AccountId(row.account_id),
        state,
        created_at: row.created_at,
        proven: Proven::parse(&proven),
    })
}

fn row(enrolment: &Enrolment) -> Model {
    let (state, released_at, is_barred) = match enrolment.state {
        EnrolmentState::Live => (LIVE, None, false),
        EnrolmentState::Released { at, is_barred } => (RELEASED, Some(at), is_barred),
    };
    Model {
        id: enrolment.id.0,
        school_id: enrolment.school_id.0,
        task_id: enrolment.task_id.0,
        entry_id: enrolment.entry_id.0,
        account_id: enrolment.account_id.0,
        state: state.to_owned(),
        created_at: enrolment.created_at,
        released_at,
        proven: enrolment.proven.words(),
        is_barred,
    }
}

/// Adds an enrolment.
///
/// # Errors
/// [`StoreError::Conflict`] where its entry has a live one.
pub async fn insert(tx: &Tx, enrolment: &Enrolment) -> Result<(), StoreError> {
    crate::row::insert(tx, row(enrolment)).await
}

/// Replaces an enrolment, whose lock or whose account's lock the caller holds.
pub async fn save(tx: &Tx, enrolment: &Enrolment) -> Result<(), StoreError> {
    crate::row::save(tx, row(enrolment)).await
}

/// Counts a try to verify.
pub async fn count_attempt(tx: &Tx, tried: VerificationAttempt) -> Result<(), StoreError> {
    let row = attempt::Model {
        id: tried.id.0,
        school_id: tried.school_id.0,
        task_id: tried.task_id.0,
        account_id: tried.account_id.0,
        id_index: tried.id_index.into(),
        network_hash: tried.network_hash.into(),
        succeeded: tried.succeeded,
        created_at: tried.created_at,
    };
    crate::row::insert(tx, row).await
}

fn live() -> Select<Entity> {
    Entity::find().filter(is_live())
}

/// Of live enrolments. The word stands in the statement: an index holds these rows alone, and where the word is bound, `SQLite`
/// looks at it to see whether the index serves, and so plans the statement anew each time.
pub(crate) fn is_live() -> Expr {
    Expr::col((Entity, Column::State)).eq(Expr::Constant(LIVE.into()))
}

/// One of an account's enrolments; `None` also where it is somebody else's or was released.
pub async fn get(
    on: &impl ConnectionTrait,
    owner: AccountId,
    id: EnrolmentId,
) -> Result<Option<Enrolment>, StoreError> {
    let found = live()
        .filter(Column::Id.eq(id.0))
        .filter(Column::AccountId.eq(owner.0))
        .one(on);
    found.await?.map(read).transpose()
}

/// As [`get`], locked until `tx` ends.
pub async fn lock(
    tx: &Tx,
    owner: AccountId,
    id: EnrolmentId,
) -> Result<Option<Enrolment>, StoreError> {
    let found = live()
        .filter(Column::Id.eq(id.0))
        .filter(Column::AccountId.eq(owner.0))
        .lock_exclusive()
        .one(tx);
    found.await?.map(read).transpose()
}

/// An enrolment of a school, for what happens without a session, such as a payment that arrives.
pub async fn by_id_for_system(
    on: &impl ConnectionTrait,
    school: SchoolId,
    id: EnrolmentId,
) -> Result<Option<Enrolment>, StoreError> {
    let found = Entity::find_by_id(id.0)
        .filter(Column::SchoolId.eq(school.0))
        .one(on);
    found.await?.map(read).transpose()
}

/// A live enrolment of a school within reach, whoever's: for staff.
pub async fn live_within(
    on: &impl ConnectionTrait,
    reach: &Reach,
    id: EnrolmentId,
) -> Result<Option<Enrolment>, StoreError> {
    let found = live()
        .filter(Column::Id.eq(id.0))
        .filter(crate::reach::within(Column::SchoolId, reach))
        .one(on);
    found.await?.map(read).transpose()
}

/// Whether an operator took a roster entry away from an account for good.
pub async fn is_barred(
    on: &impl ConnectionTrait,
    owner: AccountId,
    entry: RosterEntryId,
) -> Result<bool, StoreError> {
    let found = Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::EntryId.eq(entry.0))
        .filter(Column::IsBarred.eq(true))
        .one(on);
    Ok(found.await?.is_some())
}

/// Who holds a roster entry.
pub async fn holder(
    on: &impl ConnectionTrait,
    school: SchoolId,
    entry: RosterEntryId,
) -> Result<Option<Enrolment>, StoreError> {
    let found = live()
        .filter(Column::SchoolId.eq(school.0))
        .filter(Column::EntryId.eq(entry.0))
        .one(on);
    found.await?.map(read).transpose()
}

/// When an account failed to verify since a moment, in any task.
pub async fn failures_of_account(
    on: &impl ConnectionTrait,
    owner: AccountId,
    since: DateTime<Utc>,
) -> Result<Vec<DateTime<Utc>>, StoreError> {
    let found = failures_since(since)
        .filter(attempt::Column::AccountId.eq(owner.0))
        .into_tuple()
        .all(on);
    Ok(found.await?)
}

/// When anybody failed to verify with a number in a task since a moment.
pub async fn failures_of_number(
    on: &impl ConnectionTrait,
    task: TaskId,
    number_index: &[u8],
    since: DateTime<Utc>,
) -> Result<Vec<DateTime<Utc>>, StoreError> {
    let found = failures_since(since)
        .filter(attempt::Column::TaskId.eq(task.0))
        .filter(attempt::Column::IdIndex.eq(number_index))
        .into_tuple()
        .all(on);
    Ok(found.await?)
}

/// When anybody failed to verify from a network since a moment, in any task.
pub async fn failures_from(
    on: &impl ConnectionTrait,
    network_hash: &[u8],
    since: DateTime<Utc>,
) -> Result<Vec<DateTime<Utc>>, StoreError> {
    let found = failures_since(since)
        .filter(attempt::Column::NetworkHash.eq(network_hash))
        .into_tuple()
        .all(on);
    Ok(found.await?)
}

fn failures_since(since: DateTime<Utc>) -> Select<attempt::Entity> {
    attempt::Entity::find()
        .select_only()
        .column(attempt::Column::CreatedAt)
        .filter(attempt::Column::Succeeded.eq(false))
        .filter(attempt::Column::CreatedAt.gt(since))
}

/// The different numbers that an account has tried in a task.
pub async fn numbers_tried(
    on: &impl ConnectionTrait,
    owner: AccountId,
    task: TaskId,
) -> Result<Vec<KeyedHash>, StoreError> {
    let found = attempt::Entity::find()
        .select_only()
        .column(attempt::Column::IdIndex)
        .distinct()
        .filter(attempt::Column::AccountId.eq(owner.0))
        .filter(attempt::Column::TaskId.eq(task.0))
        .into_tuple()
        .all(on);
    let found: Vec<Vec<u8>> = found.await?;
    Ok(found.into_iter().map(KeyedHash::from).collect())
}
