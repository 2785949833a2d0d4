//! Students of the list who may be those of some rows.

use std::collections::{HashMap, HashSet};

use domain::roster::{RosterEntry, RosterNumber};
use domain::{KeyedHash, RosterEntryId};
use store::Tx;
use store::roster::lookup::{self, LevelIndex};
use store::roster::{RosterKey, batch};

use super::survey::{Found, Seen};
use crate::Failure;

/// Students who may be those of some rows, locked.
#[derive(Default)]
pub(super) struct Known {
    by_index: HashMap<LevelIndex, RosterEntryId>,
    by_student_no: HashMap<KeyedHash, RosterEntryId>,
    entries: HashMap<RosterEntryId, RosterEntry>,
    numbers: HashMap<RosterEntryId, Vec<RosterNumber>>,
}

impl Known {
    /// The students whom these rows may name.
    pub(super) async fn of(tx: &Tx, roster: RosterKey, rows: &[Seen]) -> Result<Self, Failure> {
        lookup::plan_each_time(tx).await?;
        let known = Self::look_up(tx, roster, rows).await?;
        lookup::plan_as_usual(tx).await?;
        Ok(known)
    }

    async fn look_up(tx: &Tx, roster: RosterKey, rows: &[Seen]) -> Result<Self, Failure> {
        let found = || rows.iter().filter_map(|seen| seen.found.as_ref());
        let wanted: Vec<_> = found().flat_map(level_indexes).collect();
        let student_nos = found().filter_map(|found| found.student_no_index.clone());
        let student_nos: Vec<_> = student_nos.collect();
        let (mut known, mut ids) = (Self::default(), HashSet::new());
        for number in lookup::numbers_by_index(tx, roster, &wanted).await? {
            ids.insert(number.entry_id);
            known.by_index.insert((&number).into(), number.entry_id);
        }
        ids.extend(lookup::ids_by_student_no(tx, roster, &student_nos).await?);
        if ids.is_empty() {
            return Ok(known);
        }
        let ids: Vec<_> = ids.into_iter().collect();
        for entry in batch::lock_entries(tx, roster, &ids).await? {
            if let Some(index) = &entry.student_no_index {
                known.by_student_no.insert(index.clone(), entry.id);
            }
            known.entries.insert(entry.id, entry);
        }
        for number in batch::numbers_of_entries(tx, roster.school_id, &ids).await? {
            let of_entry = known.numbers.entry(number.entry_id).or_default();
            of_entry.push(number);
        }
        Ok(known)
    }

    /// The student whom a row names: by a number, else by the student number.
    pub(super) fn entry_of(&self, found: &Found) -> Option<&RosterEntry> {
        let by_number = level_indexes(found).find_map(|key| self.by_index.get(&key));
        let id = by_number.or_else(|| {
            let index = found.student_no_index.as_ref()?;
            self.by_student_no.get(index)
        });
        self.entries.get(id?)
    }

    /// The numbers that lead to a student.
    pub(super) fn numbers_of(&self, entry: &RosterEntry) -> &[RosterNumber] {
        self.numbers.get(&entry.id).map_or(&[], Vec::as_slice)
    }
}

fn level_indexes(found: &Found) -> impl Iterator<Item = LevelIndex> {
    found.indexes.iter().map(|index| LevelIndex {
        level: found.student.level,
        index: index.clone(),
    })
}
