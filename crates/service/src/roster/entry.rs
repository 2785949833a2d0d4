//! Students of a roster, one at a time, for staff: found, corrected, taken off the list and put back.

use chrono::NaiveDate;
use domain::access::{Actor, Permission, Reach};
use domain::audit::{AuditAction, AuditObject};
use domain::id_document::normalise;
use domain::roster::{
    Corrections, ListedStudent, RosterChange, RosterEntry, RosterEntryState, RosterNumber,
    RosterRow,
};
use domain::{FieldError, IdNumber, ProblemCode, Refusal, RosterEntryId, SchoolId, TaskId};
use store::Tx;
use store::audit::Audited;
use store::roster::page;
use store::roster::{RosterKey, batch, lookup};

use super::keys::RosterKeys;
use super::listed::{number_rows, opened, sealed};
use super::page::{EntryView, ShownNumber, shown};
use super::take::merged;
use crate::audit::{self, About, Deed};
use crate::enrolment::{read_level, read_number};
use crate::idempotency::{Claim, KeyOwner, KeyedOutcome, KeyedRequest};
use crate::{Context, Failure};

/// The entry that is asked for, and the schools in which it may be.
struct Wanted {
    reach: Reach,
    id: RosterEntryId,
}

fn parse(actor: &Actor, permission: Permission, id: &str) -> Result<Wanted, Failure> {
    let reach = actor.require(permission)?;
    let id = id.parse().map_err(|_| ProblemCode::RosterEntryUnknown)?;
    Ok(Wanted { reach, id })
}

/// A student of a school.
pub(super) async fn stored_entry(
    context: &Context,
    school: SchoolId,
    id: RosterEntryId,
) -> Result<RosterEntry, Failure> {
    let reach = Reach::Schools(vec![school]);
    within(context, &Wanted { reach, id }).await
}

async fn within(context: &Context, wanted: &Wanted) -> Result<RosterEntry, Failure> {
    let found = page::within(context.store.reader(), &wanted.reach, wanted.id).await?;
    found.ok_or_else(|| ProblemCode::RosterEntryUnknown.into())
}

/// A student of a roster.
///
/// # Errors
/// `roster_entry.unknown`, also for one out of reach.
pub async fn get_entry(context: &Context, actor: &Actor, id: &str) -> Result<EntryView, Failure> {
    let wanted = parse(actor, Permission::ReadRosters, id)?;
    shown(context, within(context, &wanted).await?).await
}

/// What is corrected; what is none stays.
#[derive(Debug, Clone, Default)]
pub struct EntryChanges {
    /// The version that the person saw.
    pub version: i32,
    /// The name.
    pub name: Option<String>,
    /// Kind and number of the document, which takes the place of all earlier ones.
    pub document: Option<(String, String)>,
    /// The level.
    pub level: Option<String>,
    /// The student number.
    pub student_no: Option<String>,
    /// The college.
    pub college: Option<String>,
    /// The major.
    pub major: Option<String>,
    /// The class.
    pub class_name: Option<String>,
    /// The expected day of graduation.
    pub expected_graduation: Option<NaiveDate>,
}

/// Corrects a student by hand; imports leave what was corrected alone from then on.
///
/// # Errors
/// `roster_entry.unknown`; `request.version_conflict`; `roster_entry.number_taken`; wrong fields;
/// `request.idempotency_key_reused`.
pub async fn change_entry(
    context: &Context,
    actor: &Actor,
    request: &KeyedRequest,
    id: &str,
    changes: EntryChanges,
) -> Result<KeyedOutcome<EntryView>, Failure> {
    let wanted = parse(actor, Permission::ManageRosters, id)?;
    let entry = within(context, &wanted).await?;
    let keys = RosterKeys::of(context, entry.task_id).await?;
    let correcting = Correcting {
        actor,
        keys: &keys,
        reach: &wanted.reach,
        task_id: None,
    };
    let claim = Claim::new(context, request, KeyOwner::Actor(actor));
    let corrected = async {
        let tx = claim.begin().await?;
        let correct = correcting.correct(context, &tx, wanted.id, &changes);
        match correct.await?.1 {
            Some(audited) => tx.commit(audited, &()).await,
            None => tx.commit_unchanged(&()).await,
        }
    };
    let done = claim.once(corrected).await?;
    let entry = within(context, &wanted).await?;
    Ok(done.with(shown(context, entry).await?))
}

/// Who corrects students, and with what.
pub(crate) struct Correcting<'a> {
    /// Who corrects them.
    pub(crate) actor: &'a Actor,
    /// The keys of the task.
    pub(crate) keys: &'a RosterKeys,
    /// The schools in which they may.
    pub(crate) reach: &'a Reach,
    /// The task to which students belong, where it was said.
    pub(crate) task_id: Option<TaskId>,
}

impl Correcting<'_> {
    /// Corrects a student by hand; nothing is noted where nothing changes.
    pub(crate) async fn correct(
        &self,
        context: &Context,
        tx: &Tx,
        id: RosterEntryId,
        changes: &EntryChanges,
    ) -> Result<(RosterEntry, Option<Audited>), Failure> {
        let found = page::lock_within(tx, self.reach, id).await?;
        let is_meant = |entry: &RosterEntry| self.task_id.is_none_or(|task| task == entry.task_id);
        let entry = found
            .filter(is_meant)
            .ok_or(ProblemCode::RosterEntryUnknown)?;
        if entry.version != changes.version {
            return Err(ProblemCode::VersionConflict.into());
        }
        let numbers = batch::numbers_of_entries(tx, entry.school_id, &[entry.id]).await?;
        let before = opened(context, &entry, &numbers).await?;
        let row = corrected_row(context, &before, changes)?;
        let change = RosterChange::of(&before, &[], &row, Corrections::Overwrite);
        if change.changed.is_empty() {
            return Ok((entry, None));
        }
        let after = merged(&before, &row, &change);
        let mut entry = sealed(self.keys, context.now(), entry, &after)?;
        for column in change.changed {
            if !entry.corrected.contains(&column) {
                entry.corrected.push(column);
            }
        }
        if before.numbers != after.numbers || before.level != after.level {
            let rows = number_rows(self.keys, &entry, &after.numbers)?;
            replace_numbers(tx, &entry, &numbers, rows).await?;
        }
        store::roster::save(tx, entry.clone()).await?;
        let action = AuditAction::RosterEntryChanged;
        let audited = note(context, tx, self.actor, &entry, action).await?;
        Ok((entry, Some(audited)))
    }
}

/// The student as they are to be listed.
fn corrected_row(
    context: &Context,
    before: &ListedStudent,
    changes: &EntryChanges,
) -> Result<RosterRow, Failure> {
    let text = |text: &Option<String>| {
        let text = text.as_deref().map(str::trim);
        text.filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let number = if let Some((kind, number)) = &changes.document {
        Some(read_number(kind, number, context.now()))
    } else {
        let first = before.numbers.first();
        first.map(|first| Ok(IdNumber::from_canonical(first.kind, first.number.clone())))
    };
    let level = changes
        .level
        .as_deref()
        .map_or(Ok(before.level), read_level);
    let (number, level) = match (number, level) {
        (Some(Ok(number)), Ok(level)) => (number, level),
        (number, level) => {
            let errors = [number.and_then(Result::err), level.err()];
            return Err(Refusal::fields(errors.into_iter().flatten().collect()).into());
        }
    };
    Ok(RosterRow {
        number,
        other_numbers: Vec::new(),
        level,
        name: text(&changes.name).unwrap_or_else(|| before.name.clone()),
        student_no: text(&changes.student_no).map(|number| normalise(&number)),
        college: text(&changes.college),
        major: text(&changes.major),
        class_name: text(&changes.class_name),
        expected_graduation: changes.expected_graduation.map(|day| day.to_string()),
    })
}

async fn replace_numbers(
    tx: &Tx,
    entry: &RosterEntry,
    old: &[RosterNumber],
    rows: Vec<RosterNumber>,
) -> Result<(), Failure> {
    let roster = RosterKey {
        school_id: entry.school_id,
        task_id: entry.task_id,
    };
    let wanted: Vec<_> = rows.iter().map(Into::into).collect();
    let taken = lookup::numbers_by_index(tx, roster, &wanted).await?;
    if taken.iter().any(|number| number.entry_id != entry.id) {
        let error = FieldError::new("/document_number", ProblemCode::RosterNumberTaken);
        return Err(Refusal::field(error).into());
    }
    let old: Vec<_> = old.iter().map(|number| number.id).collect();
    batch::delete_numbers(tx, entry.school_id, &old).await?;
    Ok(batch::insert(tx, Vec::new(), rows).await?)
}

/// Takes a student off the list, so that nobody can verify as them, or puts them back. Doing it again changes nothing.
///
/// # Errors
/// `roster_entry.unknown`; `request.idempotency_key_reused`.
pub async fn set_entry_state(
    context: &Context,
    actor: &Actor,
    request: &KeyedRequest,
    id: &str,
    state: RosterEntryState,
) -> Result<KeyedOutcome<EntryView>, Failure> {
    let wanted = parse(actor, Permission::ManageRosters, id)?;
    let claim = Claim::new(context, request, KeyOwner::Actor(actor));
    let moved = move_entry(context, actor, &claim, &wanted, state);
    let done = claim.once(moved).await?;
    let entry = within(context, &wanted).await?;
    Ok(done.with(shown(context, entry).await?))
}

async fn move_entry(
    context: &Context,
    actor: &Actor,
    claim: &Claim<'_>,
    wanted: &Wanted,
    state: RosterEntryState,
) -> Result<(), Failure> {
    let tx = claim.begin().await?;
    let found = page::lock_within(&tx, &wanted.reach, wanted.id).await?;
    let mut entry = found.ok_or(ProblemCode::RosterEntryUnknown)?;
    if entry.state == state {
        return tx.commit_unchanged(&()).await;
    }
    entry.state = state;
    entry.version += 1;
    entry.updated_at = context.now();
    store::roster::save(&tx, entry.clone()).await?;
    let action = match state {
        RosterEntryState::Listed => AuditAction::RosterEntryRestored,
        RosterEntryState::Withdrawn => AuditAction::RosterEntryWithdrawn,
    };
    let audited = note(context, &tx, actor, &entry, action).await?;
    tx.commit(audited, &()).await
}

/// The whole document numbers of a student; who holds the entry reads in their access log that somebody looked.
///
/// # Errors
/// `roster_entry.unknown`.
pub async fn reveal_numbers(
    context: &Context,
    actor: &Actor,
    id: &str,
) -> Result<Vec<ShownNumber>, Failure> {
    let wanted = parse(actor, Permission::RevealNumbers, id)?;
    let entry = within(context, &wanted).await?;
    let on = context.store.reader();
    let numbers = batch::numbers_of_entries(on, entry.school_id, &[entry.id]).await?;
    let student = opened(context, &entry, &numbers).await?;
    let tx = context.store.begin().await?;
    let audited = note(
        context,
        &tx,
        actor,
        &entry,
        AuditAction::RosterNumberRevealed,
    )
    .await?;
    store::commit(tx, audited).await?;
    let numbers = student.numbers.into_iter().map(|number| ShownNumber {
        kind: number.kind,
        number: number.number,
    });
    Ok(numbers.collect())
}

pub(super) async fn note(
    context: &Context,
    tx: &Tx,
    actor: &Actor,
    entry: &RosterEntry,
    action: AuditAction,
) -> Result<Audited, Failure> {
    let holder = store::enrolment::holder(tx, entry.school_id, entry.id).await?;
    let deed = Deed {
        action,
        object: AuditObject::RosterEntry,
        object_id: entry.id.0,
        school_id: Some(entry.school_id),
    };
    let about = About {
        subject: holder.map(|holder| holder.account_id),
        reason: None,
    };
    audit::note(context, tx, actor, deed, about).await
}
