//! What staff and a school's systems do with imports: sending a file, and looking at what came of it.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use domain::access::{Actor, Permission, Reach};
use domain::audit::{AuditAction, AuditExemption, AuditObject};
use domain::job::{Job, JobKind};
use domain::page::{Page, PageRequest};
use domain::roster::{
    HeadingChoice, RosterColumn, RosterImport, RosterImportOutcome, RosterImportSettings,
    RosterImportState, RosterVerdict,
};
use domain::{JobId, ProblemCode, Refusal, RosterEntryId, RosterImportId, RosterImportRowId};
use futures_util::{Stream, StreamExt, TryStreamExt};
use providers::blob::BlobKey;
use providers::keys::Sha256;
use serde_json::json;
use store::Tx;
use store::audit::Audited;
use store::roster_import::RosterImportRow;

use super::file::{FILE_MAX, FileFailure, object_name, open};
use super::moved::delete_file;
use super::task::{managed_task, readable_task};
use crate::audit::{self, About, Deed};
use crate::idempotency::{Claim, KeyOwner, KeyedOutcome, KeyedRequest};
use crate::vault::{Purpose, Scope};
use crate::{Context, Failure, object};

/// The rows of a preview.
const PREVIEW_ROWS: usize = 20;

/// An import, and how fast its work goes on.
#[derive(Debug, Clone)]
pub struct ImportView {
    /// The import.
    pub import: RosterImport,
    /// Rows in a second since the work began.
    pub rows_per_second: Option<u64>,
    /// How long the work will go on, in seconds.
    pub seconds_left: Option<u64>,
}

/// A page of imports.
pub type ImportPage = Page<ImportView>;

impl ImportView {
    pub(super) fn new(import: RosterImport) -> Self {
        let outcome = &import.outcome;
        let began = outcome.began_at.filter(|_| import.state.is_worked_on());
        let spent = began.map(|began| (import.updated_at - began).num_milliseconds());
        let spent = spent.and_then(|spent| u64::try_from(spent).ok());
        let rate = spent.and_then(|spent| (import.rows_done * 1_000).checked_div(spent));
        let left = outcome
            .rows
            .map(|rows| rows.saturating_sub(import.rows_done));
        let seconds_left = left
            .zip(rate)
            .and_then(|(left, rate)| left.checked_div(rate));
        Self {
            rows_per_second: rate,
            seconds_left,
            import,
        }
    }
}

/// Takes a file: it is sealed as it comes, and looked through in the background. Nothing is changed by it yet.
///
/// # Errors
/// `task.unknown`; `roster_import.file_too_large`; a failure of what the file comes from; `request.idempotency_key_reused`.
pub async fn create(
    context: &Context,
    actor: &Actor,
    request: &KeyedRequest,
    task_id: &str,
    pieces: impl Stream<Item = Result<Bytes, Failure>>,
) -> Result<KeyedOutcome<ImportView>, Failure> {
    let task = managed_task(context, actor, task_id).await?;
    let sealer = context
        .sealer(Scope::Task(task.id), Purpose::Person)
        .await?;
    let key = BlobKey::random(context.random.as_ref());
    let mut import = RosterImport {
        id: context.new_id(RosterImportId::new),
        school_id: task.school_id,
        task_id: task.id,
        state: RosterImportState::Checking,
        file_key: key.as_str().to_owned(),
        file_bytes: 0,
        settings: RosterImportSettings::default(),
        outcome: RosterImportOutcome::default(),
        rows_done: 0,
        account_id: actor.account_id(),
        created_at: context.now(),
        updated_at: context.now(),
    };
    let mut hash = Sha256::default();
    let pieces = limited(pieces).inspect_ok(|piece| hash.update(piece));
    let written = object::write(context, &sealer, object_name(&import, &key), pieces);
    import.file_bytes = Box::pin(written).await?;
    let request = request.with_content(hash.finish());
    let claim = Claim::new(context, &request, KeyOwner::Actor(actor));
    let made = claim.once(insert(context, actor, &claim, &import)).await;
    if made.as_ref().map_or(true, |made| made.value != import.id) {
        // The file is that of an earlier request, or of none.
        context.blobs.delete(&key).await?;
    }
    let made = made?;
    context.job_added.notify_waiters();
    if !made.is_replayed {
        return Ok(made.with(ImportView::new(import)));
    }
    let reach = Reach::Schools(vec![task.school_id]);
    let first = stored(context, &reach, &made.value.to_string()).await?;
    Ok(made.with(ImportView::new(first)))
}

async fn insert(
    context: &Context,
    actor: &Actor,
    claim: &Claim<'_>,
    import: &RosterImport,
) -> Result<RosterImportId, Failure> {
    let tx = claim.begin().await?;
    store::roster_import::insert(&tx, import).await?;
    begin_work(context, &tx, import).await?;
    let audited = note(context, &tx, actor, import, AuditAction::RosterFileSent).await?;
    tx.commit(audited, &import.id).await?;
    Ok(import.id)
}

/// The pieces of a file, until it is too large.
fn limited(
    pieces: impl Stream<Item = Result<Bytes, Failure>>,
) -> impl Stream<Item = Result<Bytes, Failure>> {
    let mut length = 0;
    pieces.map(move |piece| {
        let piece = piece?;
        length += piece.len() as u64;
        if length > FILE_MAX {
            let refusal = Refusal::from(ProblemCode::RosterFileTooLarge);
            return Err(refusal.with("max_mb", FILE_MAX / 1_000_000).into());
        }
        Ok(piece)
    })
}

/// Has the worker look after an import.
pub(super) async fn begin_work(
    context: &Context,
    tx: &Tx,
    import: &RosterImport,
) -> Result<(), Failure> {
    let id = context.new_id(JobId::new);
    let key = import.id.to_string();
    let job = Job::new(id, JobKind::RosterImport, key, json!({}), context.now());
    Ok(store::job::insert_missing(tx, &[job]).await?)
}

pub(super) async fn note(
    context: &Context,
    tx: &Tx,
    actor: &Actor,
    import: &RosterImport,
    action: AuditAction,
) -> Result<Audited, Failure> {
    let deed = Deed {
        action,
        object: AuditObject::RosterImport,
        object_id: import.id.0,
        school_id: Some(import.school_id),
    };
    audit::note(context, tx, actor, deed, About::default()).await
}

pub(super) fn parse(id: &str) -> Result<RosterImportId, Failure> {
    id.parse()
        .map_err(|_| ProblemCode::RosterImportUnknown.into())
}

async fn readable(context: &Context, actor: &Actor, id: &str) -> Result<RosterImport, Failure> {
    stored(context, &actor.require(Permission::ReadRosters)?, id).await
}

pub(super) async fn stored(
    context: &Context,
    reach: &Reach,
    id: &str,
) -> Result<RosterImport, Failure> {
    let found = store::roster_import::get(context.store.reader(), reach, parse(id)?).await?;
    found.ok_or_else(|| ProblemCode::RosterImportUnknown.into())
}

/// An import.
///
/// # Errors
/// `roster_import.unknown`, also for one out of reach.
pub async fn get(context: &Context, actor: &Actor, id: &str) -> Result<ImportView, Failure> {
    Ok(ImportView::new(readable(context, actor, id).await?))
}

/// The imports of a task, newest first.
///
/// # Errors
/// `task.unknown`.
pub async fn list(
    context: &Context,
    actor: &Actor,
    task_id: &str,
    page: &PageRequest<RosterImportId>,
) -> Result<ImportPage, Failure> {
    let task = readable_task(context, actor, task_id).await?;
    let on = context.store.reader();
    let found = store::roster_import::of_task(on, task.school_id, task.id, page).await?;
    Ok(found.with_items(|items| items.into_iter().map(ImportView::new).collect()))
}

pub(super) fn wrong_state(import: &RosterImport) -> Refusal {
    Refusal::from(ProblemCode::RosterImportState).with("state", import.state.as_str())
}

/// The first rows of a file, as they are read.
#[derive(Debug, Clone)]
pub struct Preview {
    /// The columns, with what they hold.
    pub columns: Vec<HeadingChoice>,
    /// At most twenty rows below the heading.
    pub rows: Vec<PreviewRow>,
}

/// A row of a preview.
#[derive(Debug, Clone)]
pub struct PreviewRow {
    /// The row of the file.
    pub number: u64,
    /// Its cells; document numbers are masked.
    pub cells: Vec<String>,
}

/// Reads the beginning of a file; the look at students' data is noted.
///
/// # Errors
/// `roster_import.unknown`; `roster_import.state` where the file cannot be read or is gone.
pub async fn preview(context: &Context, actor: &Actor, id: &str) -> Result<Preview, Failure> {
    let import = readable(context, actor, id).await?;
    let file = match open(context, &import).await {
        Ok(file) => file,
        Err(FileFailure::File(_)) => return Err(wrong_state(&import).into()),
        Err(FileFailure::Ours(failure)) => return Err(failure),
    };
    let heading = file.heading.row;
    let rows = file.first.iter().filter(|row| row.number > heading);
    let is_number = |place: usize| {
        let column = file.mapping.at(place);
        matches!(
            column,
            Some(RosterColumn::DocumentNumber | RosterColumn::OtherNumber)
        )
    };
    let masked = |(place, cell): (usize, &String)| {
        if is_number(place) {
            domain::Masked::new(cell.as_str()).to_string()
        } else {
            cell.clone()
        }
    };
    let preview = Preview {
        columns: file.choices(),
        rows: rows
            .take(PREVIEW_ROWS)
            .map(|row| PreviewRow {
                number: row.number,
                cells: row.cells.iter().enumerate().map(masked).collect(),
            })
            .collect(),
    };
    let tx = context.store.begin().await?;
    let audited = note(context, &tx, actor, &import, AuditAction::RosterFileViewed).await?;
    store::commit(tx, audited).await?;
    Ok(preview)
}

/// A row that a report lists.
#[derive(Debug, Clone)]
pub struct ReportRow {
    /// Its id.
    pub id: RosterImportRowId,
    /// The row of the file; none for a student whom no row names.
    pub row_number: Option<u64>,
    /// What came of it.
    pub verdict: RosterVerdict,
    /// The column that it is about.
    pub column: Option<RosterColumn>,
    /// The student of the list.
    pub entry_id: Option<RosterEntryId>,
}

/// A page of the rows that a report lists, in the order of the file; of one verdict where one is given.
///
/// # Errors
/// `roster_import.unknown`.
pub async fn rows(
    context: &Context,
    actor: &Actor,
    id: &str,
    verdict: Option<RosterVerdict>,
    page: &PageRequest<RosterImportRowId>,
) -> Result<Page<ReportRow>, Failure> {
    let import = readable(context, actor, id).await?;
    let (on, after) = (context.store.reader(), page.after().copied());
    let found = store::roster_import::rows(on, &import, verdict, after, page.rows()).await?;
    Ok(page.page(found.iter().map(report_row).collect(), |row| row.id))
}

fn report_row(row: &RosterImportRow) -> ReportRow {
    ReportRow {
        id: row.id,
        row_number: (row.row_number > 0).then_some(row.row_number),
        verdict: row.verdict,
        column: row.column,
        entry_id: row.entry_id,
    }
}

/// The next rows that a report lists, in the order of the file.
pub(super) async fn rows_of(
    context: &Context,
    import: &RosterImport,
    after: Option<RosterImportRowId>,
    limit: u64,
) -> Result<Vec<ReportRow>, Failure> {
    let on = context.store.reader();
    let found = store::roster_import::rows(on, import, None, after, limit).await?;
    Ok(found.iter().map(report_row).collect())
}

/// Deletes the files of imports that nobody decided about since a moment; they cannot be started any more.
///
/// # Errors
/// Where the database or the object store fails.
pub(crate) async fn discard_old(context: &Context, before: DateTime<Utc>) -> Result<(), Failure> {
    for import in store::roster_import::undecided(context.store.reader(), before).await? {
        let tx = context.store.begin().await?;
        let reach = Reach::AllSchools;
        if let Some(mut import) = store::roster_import::lock(&tx, &reach, import.id).await?
            && import.state.may_change()
        {
            import.state = RosterImportState::Cancelled;
            store::roster_import::save(&tx, &import).await?;
        }
        store::commit(tx, AuditExemption::Retention).await?;
        delete_file(context, &import).await?;
    }
    Ok(())
}
