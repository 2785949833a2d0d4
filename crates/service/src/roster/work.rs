//! The work on a roster file, as a job of the worker: looking it through, taking its rows, taking them back.
//!
//! Rows are taken in batches, each in a transaction that also moves the import's count of rows. So a worker that was
//! killed goes on behind the last batch, and of two workers the later one finds the count moved and ends. A thread of its
//! own reads the next rows while the database takes those before.

use std::collections::HashMap;
use std::sync::Arc;

use domain::access::Reach;
use domain::audit::AuditExemption;
use domain::job::Job;
use domain::roster::{RosterFileFault, RosterImport, RosterImportState, RosterVerdict};
use domain::{RosterImportId, day_in_china};
use store::roster::batch;
use store::roster_import::RosterImportRow;

use super::batches::Batches;
use super::file::{FileFailure, RosterFile, delimiter_word, encoding_word, format_word, open};
use super::keys::RosterKeys;
use super::moved::{delete_file, finish, lock_same, tell};
use super::survey::{RowLook, Survey, survey};
use super::take::{Taking, roster_of, row_id};
use super::undo;
use crate::worker::Progress;
use crate::{Context, Failure};

/// How many listed students are compared with the file at once.
const LISTED_BATCH: u64 = 500;

/// Does the work of a job. Cut off anywhere, it goes on where it was.
pub(crate) async fn work(context: &Context, job: &Job, progress: &Progress) -> Result<(), Failure> {
    let id: RosterImportId = job
        .key
        .parse()
        .map_err(|_| Failure::Fault("a job names no import"))?;
    let on = context.store.reader();
    let Some(import) = store::roster_import::get(on, &Reach::AllSchools, id).await? else {
        return Ok(());
    };
    let done = match import.state {
        RosterImportState::Checking => Box::pin(check(context, import, progress)).await,
        RosterImportState::Importing => Box::pin(take(context, import, progress)).await,
        RosterImportState::Undoing => Box::pin(undo::undo(context, import))
            .await
            .map_err(Into::into),
        RosterImportState::Checked
        | RosterImportState::Stopped
        | RosterImportState::Imported
        | RosterImportState::Cancelled
        | RosterImportState::Undone => Ok(()),
    };
    match done {
        Ok(()) => Ok(()),
        Err(FileFailure::File(fault)) => stop(context, id, fault).await,
        Err(FileFailure::Ours(failure)) => Err(failure),
    }
}

async fn stop(
    context: &Context,
    id: RosterImportId,
    fault: RosterFileFault,
) -> Result<(), Failure> {
    let tx = context.store.begin().await?;
    let found = store::roster_import::lock(&tx, &Reach::AllSchools, id).await?;
    if let Some(mut import) = found.filter(|import| import.state.is_worked_on()) {
        import.state = RosterImportState::Stopped;
        import.outcome.fault = Some(fault);
        import.updated_at = context.now();
        store::roster_import::save(&tx, &import).await?;
        tell(context, &tx, &import).await?;
    }
    Ok(store::commit(tx, AuditExemption::Repetition).await?)
}

async fn check(
    context: &Context,
    import: RosterImport,
    progress: &Progress,
) -> Result<(), FileFailure> {
    let Some((mut import, file)) = begin_check(context, import).await? else {
        return Ok(());
    };
    file.check_mapping().map_err(FileFailure::File)?;
    let keys = RosterKeys::of(context, import.task_id).await?;
    let survey = surveyed(context, &import, &file, &keys).await?;
    import.outcome.rows = Some(survey.rows);
    import.outcome.began_at = Some(context.now());
    if !go_through(context, &mut import, &file, &keys, &survey, progress).await?
        || !note_missing(context, &mut import, &survey).await?
    {
        return Ok(());
    }
    Ok(finish(context, &import, RosterImportState::Checked).await?)
}

/// Opens the file and forgets what an earlier look found.
async fn begin_check(
    context: &Context,
    import: RosterImport,
) -> Result<Option<(RosterImport, RosterFile)>, FileFailure> {
    let file = open(context, &import).await;
    let tx = context.store.begin().await?;
    let Some(mut import) = lock_same(&tx, &import).await? else {
        return Ok(None);
    };
    store::roster_import::delete_rows(&tx, import.id).await?;
    import.rows_done = 0;
    import.outcome = domain::roster::RosterImportOutcome::default();
    if let Ok(file) = &file {
        let layout = file.layout;
        import.outcome.format = Some(format_word(layout.format).to_owned());
        import.outcome.encoding = Some(encoding_word(layout.encoding).to_owned());
        import.outcome.delimiter = (layout.format == table::Format::Csv)
            .then(|| delimiter_word(layout.delimiter).to_owned());
        import.outcome.heading_row = Some(file.heading.row);
        import.outcome.columns = file.choices();
    }
    store::roster_import::save(&tx, &import).await?;
    store::commit(tx, AuditExemption::Repetition).await?;
    Ok(Some((import, file?)))
}

async fn surveyed(
    context: &Context,
    import: &RosterImport,
    file: &RosterFile,
    keys: &RosterKeys,
) -> Result<Arc<Survey>, FileFailure> {
    let look = RowLook {
        mapping: file.mapping.clone(),
        index: Arc::clone(&keys.index),
        today: day_in_china(context.now()),
        default_level: import.settings.default_level,
    };
    Ok(Arc::new(survey(file, look).await?))
}

async fn take(
    context: &Context,
    mut import: RosterImport,
    progress: &Progress,
) -> Result<(), FileFailure> {
    let file = open(context, &import).await?;
    file.check_mapping().map_err(FileFailure::File)?;
    let keys = RosterKeys::of(context, import.task_id).await?;
    let survey = surveyed(context, &import, &file, &keys).await?;
    if !go_through(context, &mut import, &file, &keys, &survey, progress).await?
        || !note_missing(context, &mut import, &survey).await?
    {
        return Ok(());
    }
    finish(context, &import, RosterImportState::Imported).await?;
    delete_file(context, &import).await?;
    Ok(())
}

/// Judges all rows behind those that were handled, a batch a transaction; false where somebody else moved the import.
async fn go_through(
    context: &Context,
    import: &mut RosterImport,
    file: &RosterFile,
    keys: &RosterKeys,
    survey: &Arc<Survey>,
    progress: &Progress,
) -> Result<bool, FileFailure> {
    let taking = Taking {
        context,
        keys,
        survey,
    };
    let total = usize::try_from(survey.rows).unwrap_or(usize::MAX);
    let mut batches = Batches::of(context, import, file, keys, survey)?;
    let mut first_rows = batches.skip(import.rows_done).await?;
    loop {
        let seen = batches.next().await?;
        if seen.is_empty() {
            return Ok(true);
        }
        let tx = context.store.begin().await?;
        if lock_same(&tx, import).await?.is_none() {
            return Ok(false);
        }
        Box::pin(taking.take(&tx, import, &mut first_rows, seen)).await?;
        import.updated_at = context.now();
        store::roster_import::save(&tx, import).await?;
        store::commit(tx, AuditExemption::Repetition).await?;
        progress.set(usize::try_from(import.rows_done).unwrap_or(total), total);
        tokio::task::yield_now().await;
    }
}

/// Notes the listed students whom no row names, those whom the import did not add itself; false where somebody else moved the import.
async fn note_missing(
    context: &Context,
    import: &mut RosterImport,
    survey: &Survey,
) -> Result<bool, FileFailure> {
    let roster = roster_of(import);
    let (mut after, mut order) = (None, (import.rows_done + 1) << 16);
    let tx = context.store.begin().await?;
    // Those that were noted before the work was cut off.
    store::roster_import::delete_rows_of(&tx, import.id, RosterVerdict::MissingInFile).await?;
    store::commit(tx, AuditExemption::Repetition).await?;
    loop {
        let on = context.store.reader();
        let listed = batch::listed_after(on, roster, import.id, after, LISTED_BATCH).await?;
        let Some(last) = listed.last() else {
            return Ok(true);
        };
        after = Some(last.id);
        let ids: Vec<_> = listed.iter().map(|entry| entry.id).collect();
        let numbers = batch::numbers_of_entries(on, import.school_id, &ids).await?;
        let mut indexes_of: HashMap<_, Vec<_>> = HashMap::new();
        for number in &numbers {
            let of_entry = indexes_of.entry(number.entry_id).or_default();
            of_entry.push(&number.id_index);
        }
        let mut rows = Vec::new();
        for entry in &listed {
            let indexes = indexes_of.remove(&entry.id).unwrap_or_default();
            if survey.names(entry.level, &indexes, entry.student_no_index.as_ref()) {
                continue;
            }
            order += 1;
            import.outcome.count(RosterVerdict::MissingInFile);
            rows.push(RosterImportRow {
                id: row_id(context, import, order),
                row_number: 0,
                verdict: RosterVerdict::MissingInFile,
                column: None,
                entry_id: Some(entry.id),
                before: None,
                version_after: None,
            });
        }
        let tx = context.store.begin().await?;
        if lock_same(&tx, import).await?.is_none() {
            return Ok(false);
        }
        store::roster_import::insert_rows(&tx, import, rows).await?;
        store::commit(tx, AuditExemption::Repetition).await?;
        tokio::task::yield_now().await;
    }
}
