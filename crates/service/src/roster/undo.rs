//! Taking back what an import did: whom it added goes, whom it changed is as before. What somebody changed or used since
//! stays, and is counted.

use domain::audit::AuditExemption;
use domain::roster::{
    ListedStudent, RosterEntryState, RosterImport, RosterImportState, RosterVerdict,
};
use domain::{RosterEntryId, RosterImportRowId};
use store::Tx;
use store::roster::batch;
use store::roster_import::RosterImportRow;

use super::keys::RosterKeys;
use super::listed::{number_rows, sealed};
use super::moved::{finish, lock_same};
use super::take::roster_of;
use crate::{Context, Failure};

/// How many students are handled at once: one transaction.
const BATCH: u64 = 200;

/// Whether a photo depends on what an import added.
pub(super) async fn is_used(context: &Context, import: &RosterImport) -> Result<bool, Failure> {
    let (on, mut after) = (context.store.reader(), None);
    loop {
        let added = batch::added_by(on, roster_of(import), import.id, after, BATCH).await?;
        let Some(last) = added.last() else {
            return Ok(false);
        };
        after = Some(last.id);
        let ids: Vec<_> = added.iter().map(|entry| entry.id).collect();
        if batch::has_photo(on, import.school_id, &ids).await? {
            return Ok(true);
        }
    }
}

/// Takes an import back.
pub(super) async fn undo(context: &Context, import: RosterImport) -> Result<(), Failure> {
    let keys = RosterKeys::of(context, import.task_id).await?;
    let mut after: Option<RosterImportRowId> = None;
    loop {
        let on = context.store.reader();
        let updated = Some(RosterVerdict::Updated);
        let rows = store::roster_import::rows(on, &import, updated, after, BATCH).await?;
        let Some(last) = rows.last() else {
            break;
        };
        after = Some(last.id);
        let tx = context.store.begin().await?;
        if lock_same(&tx, &import).await?.is_none() {
            return Ok(());
        }
        for row in &rows {
            Box::pin(restore(context, &tx, &keys, &import, row)).await?;
        }
        store::commit(tx, AuditExemption::Repetition).await?;
        tokio::task::yield_now().await;
    }
    let kept = remove_added(context, &import).await?;
    let Some(kept) = kept else {
        return Ok(());
    };
    let mut done = import;
    done.outcome.kept += kept;
    finish(context, &done, RosterImportState::Undone).await
}

async fn restore(
    context: &Context,
    tx: &Tx,
    keys: &RosterKeys,
    import: &RosterImport,
    row: &RosterImportRow,
) -> Result<(), Failure> {
    let Some((id, before)) = row.entry_id.zip(row.before.as_ref()) else {
        return Ok(());
    };
    let roster = roster_of(import);
    let found = batch::lock_entries(tx, roster, &[id]).await?;
    // Somebody changed the student since, or this was done before the work was cut off.
    let is_ours = |version| Some(version) == row.version_after;
    let Some(entry) = found.into_iter().find(|entry| is_ours(entry.version)) else {
        return Ok(());
    };
    let plain = context
        .open("roster_import_rows", "before_sealed", row.id.0, before)
        .await?;
    let before: ListedStudent = serde_json::from_slice(&plain)
        .map_err(|_| Failure::Fault("what an import kept is no student"))?;
    let old = batch::numbers_of_entries(tx, import.school_id, &[id]).await?;
    let old: Vec<_> = old.iter().map(|number| number.id).collect();
    batch::delete_numbers(tx, import.school_id, &old).await?;
    let entry = sealed(keys, context.now(), entry, &before)?;
    let numbers = number_rows(keys, &entry, &before.numbers)?;
    batch::insert(tx, Vec::new(), numbers).await?;
    Ok(store::roster::save(tx, entry).await?)
}

/// Removes whom the import added; those whom an account ever held are taken off the list instead. Returns how many stay as
/// they are; `None` where somebody else moved the import.
async fn remove_added(context: &Context, import: &RosterImport) -> Result<Option<u64>, Failure> {
    let (mut after, mut kept) = (None::<RosterEntryId>, 0);
    loop {
        let tx = context.store.begin().await?;
        if lock_same(&tx, import).await?.is_none() {
            return Ok(None);
        }
        let added = batch::added_by(&tx, roster_of(import), import.id, after, BATCH).await?;
        let Some(last) = added.last() else {
            store::rollback(tx).await?;
            return Ok(Some(kept));
        };
        after = Some(last.id);
        let ids: Vec<_> = added.iter().map(|entry| entry.id).collect();
        let held = batch::ever_enrolled(&tx, import.school_id, &ids).await?;
        let is_changed = |version: i32| version > 1;
        let mut gone = Vec::new();
        for entry in added {
            if held.contains(&entry.id) {
                let holder = store::enrolment::holder(&tx, import.school_id, entry.id).await?;
                kept += u64::from(holder.is_some());
                if holder.is_none() && entry.state == RosterEntryState::Listed {
                    let mut entry = entry;
                    entry.state = RosterEntryState::Withdrawn;
                    entry.version += 1;
                    entry.updated_at = context.now();
                    store::roster::save(&tx, entry).await?;
                }
            } else if is_changed(entry.version) {
                kept += 1;
            } else {
                gone.push(entry.id);
            }
        }
        batch::delete(&tx, roster_of(import), &gone).await?;
        store::commit(tx, AuditExemption::Repetition).await?;
        tokio::task::yield_now().await;
    }
}
