//! Judging some rows of a file against the list, and taking them.

use std::collections::HashSet;

use domain::roster::{
    Corrections, ListedStudent, RosterChange, RosterColumn, RosterEntry, RosterEntryState,
    RosterImport, RosterImportState, RosterNumber, RosterRow, RosterVerdict, RowFinding,
    VerdictEffect,
};
use domain::{RosterEntryId, RosterImportRowId, RosterNumberId, Sealed};
use store::Tx;
use store::roster::lookup::{self, LevelIndex};
use store::roster::{RosterKey, batch};
use store::roster_import::RosterImportRow;

use super::keys::RosterKeys;
use super::known::Known;
use super::listed::{List, listed_number, number_rows, opened, sealed};
use super::survey::{FirstRows, Found, Seen, Survey};
use crate::{Context, Failure};

/// What rows are taken with.
pub(super) struct Taking<'a> {
    pub(super) context: &'a Context,
    pub(super) keys: &'a RosterKeys,
    pub(super) survey: &'a Survey,
}

/// The list that rows are taken into, and how.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    /// The list.
    pub(super) roster: RosterKey,
    /// What becomes of corrections.
    pub(super) corrections: Corrections,
    /// Whether anything is written; otherwise the rows are judged only.
    pub(super) writes: bool,
    /// The import that the rows belong to, for which what they change is kept; its count of rows includes them.
    pub(super) import: Option<&'a RosterImport>,
}

/// Whether an import has passed 1,000 rows, 4,000, 16,000 and so on.
fn has_grown(before: u64, now: u64) -> bool {
    let stage = |rows: u64| (rows / 1_000).checked_ilog(4);
    stage(before) != stage(now)
}

/// What some rows come to.
#[derive(Default)]
pub(super) struct Harvest {
    /// Students to be added, and their numbers.
    entries: Vec<RosterEntry>,
    numbers: Vec<RosterNumber>,
    /// Students who are changed.
    changed: Vec<RosterEntry>,
    /// The numbers that led to students whose numbers change, and those that lead to them from now on.
    old_numbers: Vec<RosterNumberId>,
    new_numbers: Vec<RosterNumber>,
    identity_changes: u64,
    /// What is to be said, in the order of the rows.
    pub(super) notes: Vec<Note>,
}

/// Something that is to be said of a row.
pub(super) struct Note {
    pub(super) row_number: u64,
    pub(super) finding: RowFinding,
    pub(super) entry_id: Option<RosterEntryId>,
    before: Option<(RosterImportRowId, Sealed)>,
    version_after: Option<i32>,
}

impl Harvest {
    /// Writes the students, each kind in one statement; returns what is to be said.
    async fn write(self, tx: &Tx, roster: RosterKey) -> Result<Vec<Note>, Failure> {
        let mut numbers = self.numbers;
        if !self.changed.is_empty() {
            lookup::plan_each_time(tx).await?;
            batch::delete_numbers(tx, roster.school_id, &self.old_numbers).await?;
            numbers.extend(free(tx, roster, self.new_numbers).await?);
            batch::save(tx, last_of_each(self.changed)).await?;
            lookup::plan_as_usual(tx).await?;
        }
        batch::insert(tx, self.entries, numbers).await?;
        Ok(self.notes)
    }
}

/// Those of some numbers that lead to nobody else.
async fn free(
    tx: &Tx,
    roster: RosterKey,
    numbers: Vec<RosterNumber>,
) -> Result<Vec<RosterNumber>, Failure> {
    let wanted: Vec<_> = numbers.iter().map(LevelIndex::from).collect();
    let taken = lookup::numbers_by_index(tx, roster, &wanted).await?;
    let mut taken: HashSet<_> = taken.iter().map(LevelIndex::from).collect();
    let free = numbers
        .into_iter()
        .filter(|number| taken.insert(number.into()));
    Ok(free.collect())
}

/// Students whom several rows change are written as the last of them says.
fn last_of_each(changed: Vec<RosterEntry>) -> Vec<RosterEntry> {
    let mut ids = HashSet::new();
    let last = changed.into_iter().rev();
    last.filter(|entry| ids.insert(entry.id)).collect()
}

impl Taking<'_> {
    /// Judges rows, counts what they come to, and takes them where the import takes rows and is not only checked.
    pub(super) async fn take(
        &self,
        tx: &Tx,
        import: &mut RosterImport,
        first_rows: &mut FirstRows,
        rows: Vec<Seen>,
    ) -> Result<(), Failure> {
        let done_before = import.rows_done;
        import.rows_done += rows.len() as u64;
        let writes = import.state == RosterImportState::Importing;
        let ground = Ground {
            roster: roster_of(import),
            corrections: if import.settings.overwrite_corrections {
                Corrections::Overwrite
            } else {
                Corrections::Keep
            },
            writes,
            import: Some(import),
        };
        let harvest = self.judge(tx, ground, first_rows, rows).await?;
        import.outcome.identity_changes += harvest.identity_changes;
        for note in &harvest.notes {
            import.outcome.count(note.finding.verdict);
        }
        self.write(tx, import, harvest).await?;
        if writes && has_grown(done_before, import.rows_done) {
            batch::refresh_statistics(tx).await?;
        }
        Ok(())
    }

    /// Judges rows that belong to no import, and takes them.
    pub(super) async fn put(
        &self,
        tx: &Tx,
        ground: Ground<'_>,
        rows: Vec<Seen>,
    ) -> Result<Vec<Note>, Failure> {
        let first_rows = &mut FirstRows::of(self.survey);
        let harvest = self.judge(tx, ground, first_rows, rows).await?;
        harvest.write(tx, ground.roster).await
    }

    async fn judge(
        &self,
        tx: &Tx,
        ground: Ground<'_>,
        first_rows: &mut FirstRows,
        rows: Vec<Seen>,
    ) -> Result<Harvest, Failure> {
        let known = Known::of(tx, ground.roster, &rows).await?;
        let mut harvest = Harvest::default();
        for seen in rows {
            let repeated = seen
                .found
                .as_ref()
                .and_then(|found| first_rows.check(self.survey, found));
            let mut findings = seen.reading.findings;
            if let Some(verdict) = repeated {
                findings.push(whole(verdict));
            }
            let row = seen.row_number;
            let is_refused =
                |finding: &RowFinding| finding.verdict.effect() == VerdictEffect::Refused;
            let entry_id = match seen.found.filter(|_| !findings.iter().any(is_refused)) {
                Some(found) => {
                    let student = self.student(ground, &known, &mut harvest, Named { row, found });
                    Box::pin(student).await?
                }
                None => None,
            };
            for finding in findings {
                harvest.notes.push(Note::of(row, finding, entry_id));
            }
        }
        Ok(harvest)
    }

    async fn write(&self, tx: &Tx, import: &RosterImport, harvest: Harvest) -> Result<(), Failure> {
        let notes = (0..).zip(harvest.write(tx, roster_of(import)).await?);
        let listed = notes.filter(|(_, note)| note.finding.verdict.is_listed());
        let rows = listed.map(|(place, note)| {
            let order = import.rows_done << 16 | place;
            let (id, before) = note.before.unzip();
            RosterImportRow {
                id: id.unwrap_or_else(|| row_id(self.context, import, order)),
                row_number: note.row_number,
                verdict: note.finding.verdict,
                column: note.finding.column,
                entry_id: note.entry_id,
                before,
                version_after: note.version_after,
            }
        });
        let rows = rows.collect();
        Ok(store::roster_import::insert_rows(tx, import, rows).await?)
    }

    /// Adds or changes a student; the entry, where it is known.
    async fn student(
        &self,
        ground: Ground<'_>,
        known: &Known,
        harvest: &mut Harvest,
        Named { row, found }: Named,
    ) -> Result<Option<RosterEntryId>, Failure> {
        let Some(entry) = known.entry_of(&found) else {
            let id = self.add(ground, harvest, found)?;
            harvest
                .notes
                .push(Note::of(row, whole(RosterVerdict::Created), id));
            return Ok(id);
        };
        let changing = Changing { known, entry };
        let change = self
            .change(ground, harvest, changing, &found.student)
            .await?;
        harvest.identity_changes += u64::from(change.is_of_identity);
        for verdict in change.verdicts {
            let mut note = Note::of(row, whole(verdict), Some(entry.id));
            if verdict == RosterVerdict::Updated {
                note.before.clone_from(&change.before);
                note.version_after = change.version_after;
            }
            harvest.notes.push(note);
        }
        Ok(Some(entry.id))
    }

    fn add(
        &self,
        ground: Ground<'_>,
        harvest: &mut Harvest,
        found: Found,
    ) -> Result<Option<RosterEntryId>, Failure> {
        if !ground.writes {
            return Ok(None);
        }
        let new = if let Some(new) = found.new {
            new
        } else {
            let list = List {
                roster: ground.roster,
                import: ground.import.map(|import| import.id),
            };
            list.new_student(self.keys, self.context.now(), &listed_of(&found.student))?
        };
        let id = new.entry.id;
        harvest.numbers.extend(new.numbers);
        harvest.entries.push(new.entry);
        Ok(Some(id))
    }

    async fn change(
        &self,
        ground: Ground<'_>,
        harvest: &mut Harvest,
        Changing { known, entry }: Changing<'_>,
        row: &RosterRow,
    ) -> Result<Changed, Failure> {
        let numbers = known.numbers_of(entry);
        let before = opened(self.context, entry, numbers).await?;
        let change = RosterChange::of(&before, &entry.corrected, row, ground.corrections);
        let mut changed = Changed {
            verdicts: change.verdicts(),
            is_of_identity: change.is_of_identity(),
            before: None,
            version_after: None,
        };
        if !change.is_any() || !ground.writes {
            return Ok(changed);
        }
        let after = merged(&before, row, &change);
        let mut entry = sealed(self.keys, self.context.now(), entry.clone(), &after)?;
        entry
            .corrected
            .retain(|column| !change.changed.contains(column));
        if before.numbers != after.numbers || before.level != after.level {
            let old = numbers.iter().map(|number| number.id);
            harvest.old_numbers.extend(old);
            let new = number_rows(self.keys, &entry, &after.numbers)?;
            harvest.new_numbers.extend(new);
        }
        changed.version_after = Some(entry.version);
        changed.before = match ground.import {
            Some(import) => Some(self.kept(import, harvest.notes.len() as u64, &before)?),
            None => None,
        };
        harvest.changed.push(entry);
        Ok(changed)
    }

    /// How a student was listed, to be kept for undoing the import.
    fn kept(
        &self,
        import: &RosterImport,
        place: u64,
        before: &ListedStudent,
    ) -> Result<(RosterImportRowId, Sealed), Failure> {
        let plain = serde_json::to_vec(before);
        let plain = plain.map_err(|_| Failure::Fault("a student has no JSON form"))?;
        let id = row_id(self.context, import, import.rows_done << 16 | place);
        let keys = self.keys;
        let kept = keys
            .sealer
            .seal("roster_import_rows", "before_sealed", id.0, &plain)?;
        Ok((id, kept.into()))
    }
}

/// A row that names a student.
struct Named {
    row: u64,
    found: Found,
}

/// A student of the list whom a row names.
struct Changing<'a> {
    known: &'a Known,
    entry: &'a RosterEntry,
}

struct Changed {
    verdicts: Vec<RosterVerdict>,
    is_of_identity: bool,
    before: Option<(RosterImportRowId, Sealed)>,
    version_after: Option<i32>,
}

impl Note {
    fn of(row_number: u64, finding: RowFinding, entry_id: Option<RosterEntryId>) -> Self {
        Self {
            row_number,
            finding,
            entry_id,
            before: None,
            version_after: None,
        }
    }
}

/// Something that is said of a whole row.
fn whole(verdict: RosterVerdict) -> RowFinding {
    RowFinding {
        verdict,
        column: None,
    }
}

/// The list that an import is for.
pub(super) fn roster_of(import: &RosterImport) -> RosterKey {
    RosterKey {
        school_id: import.school_id,
        task_id: import.task_id,
    }
}

/// An id that sorts by the order of the file.
pub(super) fn row_id(context: &Context, import: &RosterImport, order: u64) -> RosterImportRowId {
    let mut bytes = [0; 10];
    bytes[..3].copy_from_slice(&import.id.0.as_bytes()[13..]);
    bytes[3..].copy_from_slice(&order.to_be_bytes()[1..]);
    RosterImportRowId::new(context.now(), bytes)
}

/// A student as a row lists them.
pub(super) fn listed_of(row: &RosterRow) -> ListedStudent {
    let numbers = std::iter::once(&row.number).chain(&row.other_numbers);
    ListedStudent {
        numbers: numbers.map(listed_number).collect(),
        level: row.level,
        name: row.name.clone(),
        student_no: row.student_no.clone(),
        college: row.college.clone(),
        major: row.major.clone(),
        class_name: row.class_name.clone(),
        expected_graduation: row.expected_graduation.clone(),
        state: RosterEntryState::Listed,
    }
}

/// The student after the change. A new number takes the place of the old one; a further number joins them.
pub(super) fn merged(
    before: &ListedStudent,
    row: &RosterRow,
    change: &RosterChange,
) -> ListedStudent {
    let mut after = before.clone();
    for column in &change.changed {
        match column {
            RosterColumn::Name => after.name.clone_from(&row.name),
            RosterColumn::DocumentNumber => after.numbers = vec![listed_number(&row.number)],
            RosterColumn::Level => after.level = row.level,
            RosterColumn::StudentNo => after.student_no.clone_from(&row.student_no),
            RosterColumn::College => after.college.clone_from(&row.college),
            RosterColumn::Major => after.major.clone_from(&row.major),
            RosterColumn::ClassName => after.class_name.clone_from(&row.class_name),
            RosterColumn::ExpectedGraduation => {
                after
                    .expected_graduation
                    .clone_from(&row.expected_graduation);
            }
            RosterColumn::OtherNumber | RosterColumn::DocumentType => {}
        }
    }
    if change.changed.contains(&RosterColumn::OtherNumber) {
        for number in row.other_numbers.iter().map(listed_number) {
            if !after.numbers.contains(&number) {
                after.numbers.push(number);
            }
        }
    }
    if change.is_restored {
        after.state = RosterEntryState::Listed;
    }
    after
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::has_grown;

    #[rstest]
    #[case::few_rows(0, 999, false)]
    #[case::first_thousand(999, 1_000, true)]
    #[case::within_a_stage(1_000, 3_999, false)]
    #[case::four_thousand(3_999, 4_000, true)]
    #[case::sixteen_thousand(4_000, 16_000, true)]
    #[case::two_stages_at_once(500, 20_000, true)]
    #[case::nothing_more(16_000, 16_000, false)]
    fn an_import_grows_by_stages(#[case] before: u64, #[case] now: u64, #[case] expected: bool) {
        assert_eq!(has_grown(before, now), expected);
    }
}
