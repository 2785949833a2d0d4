//! What is done with an import: choosing how its file is read, starting, ending and undoing.

use domain::access::{Actor, Permission};
use domain::audit::AuditAction;
use domain::roster::{HeadingChoice, RosterImport, RosterImportSettings, RosterImportState};
use domain::{EducationLevel, ProblemCode, Refusal};

use super::file::{parse_delimiter, parse_encoding};
use super::import::{ImportView, begin_work, note, parse, stored, wrong_state};
use super::moved::delete_file;
use super::undo::is_used;
use crate::idempotency::{Claim, KeyOwner, KeyedOutcome, KeyedRequest};
use crate::{Context, Failure};

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
/// `roster_import.unknown`; `roster_import.state`; `roster_import.choice` for an unknown encoding or delimiter;
/// `request.idempotency_key_reused`.
pub async fn change(
    context: &Context,
    actor: &Actor,
    request: &KeyedRequest,
    id: &str,
    choices: Choices,
) -> Result<KeyedOutcome<ImportView>, Failure> {
    let known = |word: &Option<String>, is_known: bool| word.is_none() || is_known;
    let encoding = choices.encoding.as_deref().and_then(parse_encoding);
    let delimiter = choices.delimiter.as_deref().and_then(parse_delimiter);
    if !known(&choices.encoding, encoding.is_some())
        || !known(&choices.delimiter, delimiter.is_some())
    {
        return Err(ProblemCode::RosterImportChoice.into());
    }
    let step = ImportStep {
        action: AuditAction::RosterImportChanged,
        apply: |import: &mut RosterImport| {
            if !import.state.may_change() {
                return Err(wrong_state(import));
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
            Ok(())
        },
    };
    step.take(context, actor, request, id).await
}

/// Something that is done with an import, once for each key.
struct ImportStep<F> {
    /// What is noted of it.
    action: AuditAction,
    /// The change, or why it is refused.
    apply: F,
}

impl<F: FnOnce(&mut RosterImport) -> Result<(), Refusal>> ImportStep<F> {
    async fn take(
        self,
        context: &Context,
        actor: &Actor,
        request: &KeyedRequest,
        id: &str,
    ) -> Result<KeyedOutcome<ImportView>, Failure> {
        let reach = actor.require(Permission::ManageRosters)?;
        let claim = Claim::new(context, request, KeyOwner::Actor(actor));
        let done = claim.once(self.work(context, actor, &claim, id)).await?;
        context.job_added.notify_waiters();
        let import = stored(context, &reach, id).await?;
        Ok(done.with(ImportView::new(import)))
    }

    async fn work(
        self,
        context: &Context,
        actor: &Actor,
        claim: &Claim<'_>,
        id: &str,
    ) -> Result<(), Failure> {
        let reach = actor.require(Permission::ManageRosters)?;
        let id = parse(id)?;
        let tx = claim.begin().await?;
        let found = store::roster_import::lock(&tx, &reach, id).await?;
        let mut import = found.ok_or(ProblemCode::RosterImportUnknown)?;
        (self.apply)(&mut import)?;
        if import.state == RosterImportState::Importing {
            store::roster_import::delete_rows(&tx, import.id).await?;
        }
        import.updated_at = context.now();
        store::roster_import::save(&tx, &import).await?;
        if import.state.is_worked_on() {
            begin_work(context, &tx, &import).await?;
        }
        let audited = note(context, &tx, actor, &import, self.action).await?;
        tx.commit(audited, &()).await
    }
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
/// where so many identities change that it must be confirmed; `request.idempotency_key_reused`.
pub async fn start(
    context: &Context,
    actor: &Actor,
    request: &KeyedRequest,
    id: &str,
    options: StartOptions,
) -> Result<KeyedOutcome<ImportView>, Failure> {
    let now = context.now();
    let step = ImportStep {
        action: AuditAction::RosterImportStarted,
        apply: |import: &mut RosterImport| {
            if import.state != RosterImportState::Checked {
                return Err(wrong_state(import));
            }
            let changes = import.outcome.identity_changes;
            if import.outcome.needs_confirmation() && !options.confirm_identity_changes {
                let refusal = Refusal::from(ProblemCode::RosterIdentityChanges);
                return Err(refusal.with("count", changes));
            }
            import.settings.overwrite_corrections = options.overwrite_corrections;
            import.settings.columns = Some(import.outcome.columns.clone());
            import.state = RosterImportState::Importing;
            import.rows_done = 0;
            import.outcome.counts.clear();
            import.outcome.identity_changes = 0;
            import.outcome.began_at = Some(now);
            Ok(())
        },
    };
    step.take(context, actor, request, id).await
}

/// Ends an import. What it took before stays, and can be undone.
///
/// # Errors
/// `roster_import.unknown`; `roster_import.state` where it is over; `request.idempotency_key_reused`.
pub async fn cancel(
    context: &Context,
    actor: &Actor,
    request: &KeyedRequest,
    id: &str,
) -> Result<KeyedOutcome<ImportView>, Failure> {
    let step = ImportStep {
        action: AuditAction::RosterImportCancelled,
        apply: |import: &mut RosterImport| {
            if !import.state.may_cancel() {
                return Err(wrong_state(import));
            }
            import.state = RosterImportState::Cancelled;
            Ok(())
        },
    };
    let done = step.take(context, actor, request, id).await?;
    delete_file(context, &done.value.import).await?;
    Ok(done)
}

/// Takes back what an import did, in the background.
///
/// # Errors
/// `roster_import.unknown`; `roster_import.state`; `roster_import.used` where a photo was submitted by somebody whom it
/// added; `request.idempotency_key_reused`.
pub async fn undo(
    context: &Context,
    actor: &Actor,
    request: &KeyedRequest,
    id: &str,
) -> Result<KeyedOutcome<ImportView>, Failure> {
    let import = stored(context, &actor.require(Permission::ManageRosters)?, id).await?;
    let is_used = is_used(context, &import).await?;
    let step = ImportStep {
        action: AuditAction::RosterImportUndone,
        apply: |import: &mut RosterImport| {
            if is_used {
                return Err(ProblemCode::RosterImportUsed.into());
            }
            if !import.state.may_undo() {
                return Err(wrong_state(import));
            }
            import.state = RosterImportState::Undoing;
            Ok(())
        },
    };
    step.take(context, actor, request, id).await
}
