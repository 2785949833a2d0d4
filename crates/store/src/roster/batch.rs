//! Many entries of a roster at once: for imports.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use domain::roster::{RosterEntry, RosterNumber};
use domain::{RosterEntryId, RosterImportId, RosterNumberId, SchoolId};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};

use super::{RosterKey, number_row, read, read_number, row};
use crate::entity::{enrolment, photo, roster_entry, roster_id};
use crate::many::{self, among};
use crate::{StoreError, Tx};

fn entries_of(roster: RosterKey) -> Select<roster_entry::Entity> {
    roster_entry::Entity::find()
        .filter(roster_entry::Column::SchoolId.eq(roster.school_id.0))
        .filter(roster_entry::Column::TaskId.eq(roster.task_id.0))
}

/// The numbers of some entries, in the order in which they were made.
pub async fn numbers_of_entries(
    on: &impl ConnectionTrait,
    school: SchoolId,
    entries: &[RosterEntryId],
) -> Result<Vec<RosterNumber>, StoreError> {
    let ids = entries.iter().map(|id| id.0);
    let of_entries = among(on, roster_id::Column::EntryId, ids)?;
    let of_entries = Condition::all().add(of_entries);
    numbers_where(on, school, of_entries).await
}

/// The numbers of a roster's entries from one to another, both included, in the order in which they were made. For entries
/// between which no other lies this is one range of an index instead of a look-up for each.
pub async fn numbers_between(
    on: &impl ConnectionTrait,
    roster: RosterKey,
    entries: &RangeInclusive<RosterEntryId>,
) -> Result<Vec<RosterNumber>, StoreError> {
    let of_entries = Condition::all()
        .add(roster_id::Column::TaskId.eq(roster.task_id.0))
        .add(roster_id::Column::EntryId.between(entries.start().0, entries.end().0));
    numbers_where(on, roster.school_id, of_entries).await
}

/// The numbers that are wanted, of one school. The statement does not name the school: `SQLite`, which has no statistics, would
/// choose the index that begins with it and read all numbers of the school.
async fn numbers_where(
    on: &impl ConnectionTrait,
    school: SchoolId,
    are_wanted: Condition,
) -> Result<Vec<RosterNumber>, StoreError> {
    let rows = roster_id::Entity::find()
        .filter(are_wanted)
        .order_by_asc(roster_id::Column::Id)
        .all(on);
    let rows = rows.await?.into_iter();
    let own = rows.filter(|row| row.school_id == school.0);
    own.map(read_number).collect()
}

/// Some entries, listed or not, locked until `tx` ends.
pub async fn lock_entries(
    tx: &Tx,
    roster: RosterKey,
    ids: &[RosterEntryId],
) -> Result<Vec<RosterEntry>, StoreError> {
    let rows = entries_of(roster)
        .filter(among(
            tx,
            roster_entry::Column::Id,
            ids.iter().map(|id| id.0),
        )?)
        .order_by_asc(roster_entry::Column::Id)
        .lock_exclusive()
        .all(tx);
    rows.await?.into_iter().map(read).collect()
}

/// Adds entries and numbers.
///
/// # Errors
/// [`StoreError::Conflict`] where a number leads to an entry of the same task and level already.
pub async fn insert(
    tx: &Tx,
    entries: Vec<RosterEntry>,
    numbers: Vec<RosterNumber>,
) -> Result<(), StoreError> {
    many::insert(tx, entries.into_iter().map(row).collect()).await?;
    many::insert(tx, numbers.into_iter().map(number_row).collect()).await
}

/// Replaces entries, whose locks the caller holds.
pub async fn save(tx: &Tx, entries: Vec<RosterEntry>) -> Result<(), StoreError> {
    many::save(tx, entries.into_iter().map(row).collect()).await
}

/// Has PostgreSQL count how the list has grown, by which it chooses the index in which numbers are looked for.
pub async fn refresh_statistics(tx: &Tx) -> Result<(), StoreError> {
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared("ANALYZE roster_entries, roster_ids")
            .await?;
    }
    Ok(())
}

/// Removes numbers of a school, so that they lead to nobody.
pub async fn delete_numbers(
    tx: &Tx,
    school: SchoolId,
    ids: &[RosterNumberId],
) -> Result<(), StoreError> {
    roster_id::Entity::delete_many()
        .filter(roster_id::Column::SchoolId.eq(school.0))
        .filter(among(tx, roster_id::Column::Id, ids.iter().map(|id| id.0))?)
        .exec(tx)
        .await?;
    Ok(())
}

/// Removes entries, and the numbers that lead to them. None of them was ever enrolled.
pub async fn delete(tx: &Tx, roster: RosterKey, ids: &[RosterEntryId]) -> Result<(), StoreError> {
    roster_id::Entity::delete_many()
        .filter(roster_id::Column::TaskId.eq(roster.task_id.0))
        .filter(among(
            tx,
            roster_id::Column::EntryId,
            ids.iter().map(|id| id.0),
        )?)
        .exec(tx)
        .await?;
    roster_entry::Entity::delete_many()
        .filter(roster_entry::Column::SchoolId.eq(roster.school_id.0))
        .filter(roster_entry::Column::TaskId.eq(roster.task_id.0))
        .filter(among(
            tx,
            roster_entry::Column::Id,
            ids.iter().map(|id| id.0),
        )?)
        .exec(tx)
        .await?;
    Ok(())
}

/// The next entries that an import added, in the order of their ids.
pub async fn added_by(
    on: &impl ConnectionTrait,
    roster: RosterKey,
    import: RosterImportId,
    after: Option<RosterEntryId>,
    limit: u64,
) -> Result<Vec<RosterEntry>, StoreError> {
    let mut query = entries_of(roster).filter(roster_entry::Column::ImportId.eq(import.0));
    if let Some(after) = after {
        query = query.filter(roster_entry::Column::Id.gt(after.0));
    }
    let rows = query
        .order_by_asc(roster_entry::Column::Id)
        .limit(limit)
        .all(on);
    rows.await?.into_iter().map(read).collect()
}

/// The next listed entries of a roster that an import did not add, in the order of their ids.
pub async fn listed_after(
    on: &impl ConnectionTrait,
    roster: RosterKey,
    import: RosterImportId,
    after: Option<RosterEntryId>,
    limit: u64,
) -> Result<Vec<RosterEntry>, StoreError> {
    let import_id = roster_entry::Column::ImportId;
    let mut query = super::listed(roster.school_id, roster.task_id).filter(
        Condition::any()
            .add(import_id.is_null())
            .add(import_id.ne(import.0)),
    );
    if let Some(after) = after {
        query = query.filter(roster_entry::Column::Id.gt(after.0));
    }
    let rows = query
        .order_by_asc(roster_entry::Column::Id)
        .limit(limit)
        .all(on);
    rows.await?.into_iter().map(read).collect()
}

/// Those of some entries that an account ever held.
pub async fn ever_enrolled(
    on: &impl ConnectionTrait,
    school: SchoolId,
    ids: &[RosterEntryId],
) -> Result<Vec<RosterEntryId>, StoreError> {
    let rows = enrolment::Entity::find()
        .select_only()
        .column(enrolment::Column::EntryId)
        .distinct()
        .filter(enrolment::Column::SchoolId.eq(school.0))
        .filter(among(
            on,
            enrolment::Column::EntryId,
            ids.iter().map(|id| id.0),
        )?)
        .into_tuple()
        .all(on);
    let ids: Vec<uuid::Uuid> = rows.await?;
    Ok(ids.into_iter().map(RosterEntryId).collect())
}

/// Those of some entries that an account holds now.
pub async fn held(
    on: &impl ConnectionTrait,
    school: SchoolId,
    ids: &[RosterEntryId],
) -> Result<HashSet<RosterEntryId>, StoreError> {
    let of_entries = among(on, enrolment::Column::EntryId, ids.iter().map(|id| id.0))?;
    let of_entries = Condition::all()
        .add(enrolment::Column::SchoolId.eq(school.0))
        .add(of_entries);
    held_where(on, of_entries).await
}

/// Those of a roster's entries from one to another, both included, that an account holds now; see [`numbers_between`].
pub async fn held_between(
    on: &impl ConnectionTrait,
    roster: RosterKey,
    entries: &RangeInclusive<RosterEntryId>,
) -> Result<HashSet<RosterEntryId>, StoreError> {
    let of_entries = Condition::all()
        .add(enrolment::Column::SchoolId.eq(roster.school_id.0))
        .add(enrolment::Column::TaskId.eq(roster.task_id.0))
        .add(enrolment::Column::EntryId.between(entries.start().0, entries.end().0));
    held_where(on, of_entries).await
}

async fn held_where(
    on: &impl ConnectionTrait,
    are_wanted: Condition,
) -> Result<HashSet<RosterEntryId>, StoreError> {
    let rows = enrolment::Entity::find()
        .select_only()
        .column(enrolment::Column::EntryId)
        .filter(are_wanted)
        .filter(crate::enrolment::is_live())
        .into_tuple()
        .all(on);
    let ids: Vec<uuid::Uuid> = rows.await?;
    Ok(ids.into_iter().map(RosterEntryId).collect())
}

/// Whether a photo was submitted for one of some entries.
pub async fn has_photo(
    on: &impl ConnectionTrait,
    school: SchoolId,
    ids: &[RosterEntryId],
) -> Result<bool, StoreError> {
    let enrolments = enrolment::Entity::find()
        .select_only()
        .column(enrolment::Column::Id)
        .filter(enrolment::Column::SchoolId.eq(school.0))
        .filter(among(
            on,
            enrolment::Column::EntryId,
            ids.iter().map(|id| id.0),
        )?)
        .into_tuple()
        .all(on);
    let enrolments: Vec<uuid::Uuid> = enrolments.await?;
    let found = photo::Entity::find()
        .filter(photo::Column::SchoolId.eq(school.0))
        .filter(among(on, photo::Column::EnrolmentId, enrolments)?)
        .limit(1)
        .one(on);
    Ok(found.await?.is_some())
}
