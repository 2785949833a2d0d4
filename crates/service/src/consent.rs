//! Consents: granted, withdrawn, never overwritten.

use domain::agreement::Document;
use domain::audit::{AuditAction, AuditObject};
use domain::retention::ErasureKind;
use domain::{AccountId, FieldError, ProblemCode, Refusal};
use store::Tx;
use store::audit::Audited;

use crate::audit::{self, Deed};
use crate::erasure::{self, Cause};
use crate::session::Student;
use crate::{Context, Failure, login, photo};

/// Stores the student's agreement to the current version of a document; agreeing again changes nothing.
///
/// # Errors
/// `consent.version_outdated`; wrong fields.
pub async fn grant(
    context: &Context,
    student: &Student,
    document: &str,
    version: &str,
) -> Result<(), Failure> {
    let unknown = || {
        let words: Vec<_> = Document::ALL.iter().map(|word| word.as_str()).collect();
        let error = FieldError::new("/document", ProblemCode::ConsentDocument);
        Refusal::field(error.with("expected", words.join(", ")))
    };
    let document = Document::parse(document).ok_or_else(unknown)?;
    if version != document.current().version {
        return Err(ProblemCode::ConsentVersion.into());
    }
    let tx = context.store.begin().await?;
    // Two clicks at once make one row.
    let account = store::account::lock(&tx, student.account_id).await?;
    account.ok_or(ProblemCode::SessionRequired)?;
    if store::consent::holds(&tx, student.account_id, document, version).await? {
        return Ok(());
    }
    let consent = login::new_consent(context, student.account_id, document);
    store::consent::insert(&tx, &consent).await?;
    let action = AuditAction::ConsentGranted;
    let audited = note(context, &tx, student, action, consent.id.0).await?;
    Ok(store::commit(tx, audited).await?)
}

/// Withdraws the consent to handle the student's portrait: every photo is taken back unless the school has it already, and
/// the files of all are deleted.
///
/// # Errors
/// `request.not_found` for another document.
pub async fn withdraw(context: &Context, student: &Student, document: &str) -> Result<(), Failure> {
    if Document::parse(document) != Some(Document::FacePhoto) {
        return Err(ProblemCode::RequestPath.into());
    }
    let tx = context.store.begin().await?;
    let owner = student.account_id;
    // A photo that is being handed in waits for this, or this for it.
    store::account::lock(&tx, owner).await?;
    let ended = end(context, &tx, owner, Document::FacePhoto).await?;
    if ended == 0 {
        return Ok(());
    }
    let action = AuditAction::ConsentWithdrawn;
    let audited = note(context, &tx, student, action, owner.0).await?;
    for enrolment in store::erasure::enrolments(&tx, owner).await? {
        photo::erase_of(context, &tx, &enrolment, Cause::Owner).await?;
    }
    Ok(store::commit(tx, audited).await?)
}

/// Ends what holds of a document, and puts it into the ledger, so that it does not come back with a backup; how many.
pub(crate) async fn end(
    context: &Context,
    tx: &Tx,
    owner: AccountId,
    document: Document,
) -> Result<usize, Failure> {
    let holding = store::consent::holding(tx, owner).await?;
    let mut ended = 0;
    for consent in holding.iter().filter(|one| one.document == document) {
        erasure::note(context, tx, ErasureKind::Consent, consent.id.0).await?;
        ended += 1;
    }
    store::consent::withdraw(tx, owner, document, context.now()).await?;
    Ok(ended)
}

async fn note(
    context: &Context,
    tx: &Tx,
    student: &Student,
    action: AuditAction,
    object_id: uuid::Uuid,
) -> Result<Audited, Failure> {
    let deed = Deed {
        action,
        object: AuditObject::Consent,
        object_id,
        school_id: None,
    };
    audit::by_owner(context, tx, student, deed).await
}
