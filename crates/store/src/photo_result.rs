//! Who of a roster a number leads to, and which of them have an accepted photo: for files of results.

use std::collections::{HashMap, HashSet};

use domain::photo_state::PhotoState;
use domain::roster::RosterEntryState;
use domain::{KeyedHash, PhotoId, RosterEntryId};
use sea_orm::sea_query::{Expr, ExprTrait, JoinType};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use uuid::Uuid;

use crate::StoreError;
use crate::enrolment::is_live;
use crate::entity::{enrolment, photo, roster_entry, roster_id};
use crate::roster::RosterKey;

/// The students of a roster by their keyed numbers: 100 bytes a student.
#[derive(Debug, Default)]
pub struct ResultIndex {
    entries: HashMap<KeyedHash, Vec<RosterEntryId>>,
    listed: HashSet<RosterEntryId>,
    accepted: HashMap<RosterEntryId, PhotoId>,
}

impl ResultIndex {
    /// The listed students to whom one of these keyed numbers leads.
    pub fn entries(&self, keys: &[KeyedHash]) -> Vec<RosterEntryId> {
        let mut found: Vec<RosterEntryId> = keys
            .iter()
            .filter_map(|key| self.entries.get(key))
            .flatten()
            .copied()
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The accepted photo of a student.
    pub fn accepted(&self, entry: RosterEntryId) -> Option<PhotoId> {
        self.accepted.get(&entry).copied()
    }

    /// The listed students, each with whether a photo of theirs is accepted.
    pub fn listed(&self) -> impl Iterator<Item = (RosterEntryId, bool)> {
        let listed = self.listed.iter().copied();
        listed.map(|entry| (entry, self.accepted.contains_key(&entry)))
    }
}

/// The index of a roster: three queries.
pub async fn index(
    on: &impl ConnectionTrait,
    roster: RosterKey,
) -> Result<ResultIndex, StoreError> {
    let mut index = ResultIndex::default();
    let entries: Vec<(Uuid, Option<Vec<u8>>)> = roster_entry::Entity::find()
        .select_only()
        .column(roster_entry::Column::Id)
        .column(roster_entry::Column::StudentNoIndex)
        .filter(roster_entry::Column::SchoolId.eq(roster.school_id.0))
        .filter(roster_entry::Column::TaskId.eq(roster.task_id.0))
        .filter(roster_entry::Column::State.eq(RosterEntryState::Listed.as_str()))
        .into_tuple()
        .all(on)
        .await?;
    for (id, student_no) in entries {
        let id = RosterEntryId(id);
        index.listed.insert(id);
        if let Some(key) = student_no {
            index.entries.entry(key.into()).or_default().push(id);
        }
    }
    let numbers: Vec<(Uuid, Vec<u8>)> = roster_id::Entity::find()
        .select_only()
        .column(roster_id::Column::EntryId)
        .column(roster_id::Column::IdIndex)
        .filter(roster_id::Column::SchoolId.eq(roster.school_id.0))
        .filter(roster_id::Column::TaskId.eq(roster.task_id.0))
        .into_tuple()
        .all(on)
        .await?;
    for (id, key) in numbers {
        let id = RosterEntryId(id);
        if index.listed.contains(&id) {
            index.entries.entry(key.into()).or_default().push(id);
        }
    }
    index.accepted = accepted(on, roster).await?;
    Ok(index)
}

async fn accepted(
    on: &impl ConnectionTrait,
    roster: RosterKey,
) -> Result<HashMap<RosterEntryId, PhotoId>, StoreError> {
    let words = [PhotoState::Approved, PhotoState::HandedOver].map(PhotoState::as_str);
    let mut query = photo::Entity::find()
        .select_only()
        .column_as(
            Expr::col((enrolment::Entity, enrolment::Column::EntryId)),
            "entry_id",
        )
        .column(photo::Column::Id)
        .filter(photo::Column::SchoolId.eq(roster.school_id.0))
        .filter(photo::Column::TaskId.eq(roster.task_id.0))
        .filter(photo::Column::State.is_in(words))
        .filter(is_live());
    let of_enrolment = Expr::col((enrolment::Entity, enrolment::Column::Id))
        .equals((photo::Entity, photo::Column::EnrolmentId));
    QueryTrait::query(&mut query).join(JoinType::InnerJoin, enrolment::Entity, of_enrolment);
    let rows: Vec<(Uuid, Uuid)> = query.into_tuple().all(on).await?;
    let read = |(entry, photo)| (RosterEntryId(entry), PhotoId(photo));
    Ok(rows.into_iter().map(read).collect())
}
