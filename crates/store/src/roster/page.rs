//! Pages of a roster, and single entries, for staff.

use domain::access::Reach;
use domain::page::{Page, PageRequest};
use domain::roster::{RosterEntry, RosterEntryState};
use domain::{EducationLevel, KeyedHash, RosterEntryId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use super::{RosterKey, read};
use crate::entity::roster_entry::{Column, Entity};
use crate::entity::roster_id;
use crate::{StoreError, Tx};

/// Which entries are wanted; what is empty does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryFilter {
    /// Of this level.
    pub level: Option<EducationLevel>,
    /// Of this college.
    pub college: Option<String>,
    /// Of this class.
    pub class_name: Option<String>,
    /// In this state.
    pub state: Option<RosterEntryState>,
    /// Found by one of these keyed hashes: of the name, the student number or a document number.
    pub indexes: Option<Vec<KeyedHash>>,
}

/// A page of a roster, newest first.
pub async fn entries(
    on: &impl ConnectionTrait,
    roster: RosterKey,
    filter: &EntryFilter,
    page: &PageRequest<RosterEntryId>,
) -> Result<Page<RosterEntry>, StoreError> {
    let mut query = Entity::find()
        .filter(Column::SchoolId.eq(roster.school_id.0))
        .filter(Column::TaskId.eq(roster.task_id.0));
    if let Some(level) = filter.level {
        query = query.filter(Column::Level.eq(level.as_str()));
    }
    if let Some(college) = &filter.college {
        query = query.filter(Column::College.eq(college));
    }
    if let Some(class_name) = &filter.class_name {
        query = query.filter(Column::ClassName.eq(class_name));
    }
    if let Some(state) = filter.state {
        query = query.filter(Column::State.eq(state.as_str()));
    }
    if let Some(indexes) = &filter.indexes {
        let hashes = || indexes.iter().map(|index| index.as_bytes().to_vec());
        let levels = EducationLevel::ALL.iter().map(|level| level.as_str());
        let by_number = roster_id::Entity::find()
            .select_only()
            .column(roster_id::Column::EntryId)
            .filter(roster_id::Column::SchoolId.eq(roster.school_id.0))
            .filter(roster_id::Column::TaskId.eq(roster.task_id.0))
            // Every level, so that the index serves.
            .filter(roster_id::Column::Level.is_in(levels))
            .filter(roster_id::Column::IdIndex.is_in(hashes()));
        let by_number: Vec<uuid::Uuid> = by_number.into_tuple().all(on).await?;
        query = query.filter(
            sea_orm::Condition::any()
                .add(Column::NameIndex.is_in(hashes()))
                .add(Column::StudentNoIndex.is_in(hashes()))
                .add(Column::Id.is_in(by_number)),
        );
    }
    let rows = crate::keyset::newest_first(query, Column::Id, page);
    let found: Vec<RosterEntry> = rows
        .all(on)
        .await?
        .into_iter()
        .map(read)
        .collect::<Result<_, _>>()?;
    Ok(page.page(found, |entry| entry.id))
}

/// An entry of a school within reach, listed or not.
pub async fn within(
    on: &impl ConnectionTrait,
    reach: &Reach,
    id: RosterEntryId,
) -> Result<Option<RosterEntry>, StoreError> {
    let found = Entity::find_by_id(id.0)
        .filter(crate::reach::within(Column::SchoolId, reach))
        .one(on);
    found.await?.map(read).transpose()
}

/// As [`within`], locked until `tx` ends.
pub async fn lock_within(
    tx: &Tx,
    reach: &Reach,
    id: RosterEntryId,
) -> Result<Option<RosterEntry>, StoreError> {
    let found = Entity::find_by_id(id.0)
        .filter(crate::reach::within(Column::SchoolId, reach))
        .lock_exclusive()
        .one(tx);
    found.await?.map(read).transpose()
}
