//! What staff and a school's systems do with imports: sending a file, choosing how it is read, starting, ending and undoing.

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
use domain::{
    EducationLevel, JobId, ProblemCode, Refusal, RosterEntryId, RosterImportId, RosterImportRowId,
};
use futures_util::{Stream, StreamExt};
use providers::blob::BlobKey;
use serde_json::json;
use store::Tx;
use store::audit::Audited;
use store::roster_import::RosterImportRow;

use super::file::{FILE_MAX, FileFailure, object_name, open, parse_delimiter, parse_encoding};
use super::moved::delete_file;
use super::task::{managed_task, readable_task};
use super::undo::is_used;
use crate::audit::{self, About, Deed};
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
    fn new(import: RosterImport) -> Self {
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
/// `task.unknown`; `roster_import.file_too_large`; a failure of what the file comes from.
pub async fn create(
    context: &Context,
    actor: &Actor,
    task_id: &str,
    pieces: impl Stream<Item = Result<Bytes, Failure>>,
) -> Result<ImportView, Failure> {
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
    let written = object::write(
        context,
        &sealer,
        object_name(&import, &key),
        limited(pieces),
    );
    import.file_bytes = Box::pin(written).await?;
    let tx = context.store.begin().await?;
    store::roster_import::insert(&tx, &import).await?;
    begin_work(context, &tx, &import).await?;
    let audited = note(context, &tx, actor, &import, AuditAction::RosterFileSent).await?;
    store::commit(tx, audited).await?;
    Ok(ImportView::new(import))
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
async fn begin_work(context: &Context, tx: &Tx, import: &RosterImport) -> Result<(), Failure> {
    let id = context.new_id(JobId::new);
    let key = import.id.to_string();
    let job = Job::new(id, JobKind::RosterImport, key, json!({}), context.now());
    Ok(store::job::insert_missing(tx, &[job]).await?)
}

async fn note(
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

fn parse(id: &str) -> Result<RosterImportId, Failure> {
    id.parse()
        .map_err(|_| ProblemCode::RosterImportUnknown.into())
}

async fn readable(context: &Context, actor: &Actor, id: &str) -> Result<RosterImport, Failure> {
    stored(context, &actor.require(Permission::ReadRosters)?, id).await
}

async fn stored(context: &Context, reach: &Reach, id: &str) -> Result<RosterImport, Failure> {
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

/// What can be chosen of how a file is read; what is none is found out.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    /// `utf-8`, `gb18030`, `utf-16le` or `utf-16be`.
    pub encoding: Option<String>,
    /// `comma`, `tab` or `semicolon`.
    pub delimiter: Option<String>,
    /// What the columns hold, one of each heading of the file.
    pub columns: Option<Vec<HeadingChoice>>,
    /// The level of rows that name none.
    pub default_level: Option<EducationLevel>,
}

/// Looks a file through again, read another way.
///
/// # Errors
/// `roster_import.unknown`; `roster_import.state`; `roster_import.choice` for an unknown encoding or delimiter.
pub async fn change(
    context: &Context,
    actor: &Actor,
    id: &str,
    choices: Choices,
) -> Result<ImportView, Failure> {
    let known = |word: &Option<String>, is_known: bool| word.is_none() || is_known;
    let encoding = choices.encoding.as_deref().and_then(parse_encoding);
    let delimiter = choices.delimiter.as_deref().and_then(parse_delimiter);
    if !known(&choices.encoding, encoding.is_some())
        || !known(&choices.delimiter, delimiter.is_some())
    {
        return Err(ProblemCode::RosterImportChoice.into());
    }
    let (tx, mut import) = lock(context, actor, id).await?;
    if !import.state.may_change() {
        return Err(wrong_state(&import).into());
    }
    import.settings = RosterImportSettings {
        encoding: choices.encoding,
        delimiter: choices.delimiter,
        columns: choices.columns,
        default_level: choices.default_level,
        overwrite_corrections: false,
    };
    import.state = RosterImportState::Checking;
    import.rows_done = 0;
    save_and_work(context, tx, actor, import, AuditAction::RosterImportChanged).await
}

async fn lock(context: &Context, actor: &Actor, id: &str) -> Result<(Tx, RosterImport), Failure> {
    let reach = actor.require(Permission::ManageRosters)?;
    let id = parse(id)?;
    let tx = context.store.begin().await?;
    let found = store::roster_import::lock(&tx, &reach, id).await?;
    Ok((tx, found.ok_or(ProblemCode::RosterImportUnknown)?))
}

fn wrong_state(import: &RosterImport) -> Refusal {
    Refusal::from(ProblemCode::RosterImportState).with("state", import.state.as_str())
}

async fn save_and_work(
    context: &Context,
    tx: Tx,
    actor: &Actor,
    mut import: RosterImport,
    action: AuditAction,
) -> Result<ImportView, Failure> {
    import.updated_at = context.now();
    store::roster_import::save(&tx, &import).await?;
    if import.state.is_worked_on() {
        begin_work(context, &tx, &import).await?;
    }
    let audited = note(context, &tx, actor, &import, action).await?;
    store::commit(tx, audited).await?;
    Ok(ImportView::new(import))
}

/// What a person says when they start an import.
#[derive(Debug, Clone, Copy, Default)]
pub struct StartOptions {
    /// What was corrected by hand is overwritten.
    pub overwrite_corrections: bool,
    /// So many changed document numbers and levels are right.
    pub confirm_identity_changes: bool,
}

/// Takes the rows of a file that was looked through, in the background.
///
/// # Errors
/// `roster_import.unknown`; `roster_import.state` where it does not wait for a decision; `roster_import.identity_changes`
/// where so many identities change that it must be confirmed.
pub async fn start(
    context: &Context,
    actor: &Actor,
    id: &str,
    options: StartOptions,
) -> Result<ImportView, Failure> {
    let (tx, mut import) = lock(context, actor, id).await?;
    if import.state != RosterImportState::Checked {
        return Err(wrong_state(&import).into());
    }
    let changes = import.outcome.identity_changes;
    if import.outcome.needs_confirmation() && !options.confirm_identity_changes {
        let refusal = Refusal::from(ProblemCode::RosterIdentityChanges);
        return Err(refusal.with("count", changes).into());
    }
    store::roster_import::delete_rows(&tx, import.id).await?;
    import.settings.overwrite_corrections = options.overwrite_corrections;
    import.settings.columns = Some(import.outcome.columns.clone());
    import.state = RosterImportState::Importing;
    import.rows_done = 0;
    import.outcome.counts.clear();
    import.outcome.identity_changes = 0;
    import.outcome.began_at = Some(context.now());
    save_and_work(context, tx, actor, import, AuditAction::RosterImportStarted).await
}

/// Ends an import. What it took before stays, and can be undone.
///
/// # Errors
/// `roster_import.unknown`; `roster_import.state` where it is over.
pub async fn cancel(context: &Context, actor: &Actor, id: &str) -> Result<ImportView, Failure> {
    let (tx, mut import) = lock(context, actor, id).await?;
    if !import.state.may_cancel() {
        return Err(wrong_state(&import).into());
    }
    import.state = RosterImportState::Cancelled;
    let cancelled = save_and_work(
        context,
        tx,
        actor,
        import,
        AuditAction::RosterImportCancelled,
    );
    let view = cancelled.await?;
    delete_file(context, &view.import).await?;
    Ok(view)
}

/// Takes back what an import did, in the background.
///
/// # Errors
/// `roster_import.unknown`; `roster_import.state`; `roster_import.used` where a photo was submitted by somebody whom it
/// added.
pub async fn undo(context: &Context, actor: &Actor, id: &str) -> Result<ImportView, Failure> {
    let import = stored(context, &actor.require(Permission::ManageRosters)?, id).await?;
    if is_used(context, &import).await? {
        return Err(ProblemCode::RosterImportUsed.into());
    }
    let (tx, mut import) = lock(context, actor, id).await?;
    if !import.state.may_undo() {
        return Err(wrong_state(&import).into());
    }
    import.state = RosterImportState::Undoing;
    save_and_work(context, tx, actor, import, AuditAction::RosterImportUndone).await
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
