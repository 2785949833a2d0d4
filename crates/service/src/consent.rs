//! Consents: granted, withdrawn, never overwritten.

use chrono::{DateTime, Utc};
use domain::agreement::Document;
use domain::{FieldError, ProblemCode, Refusal};
use store::entity::consent;
use store::{StoreError, Tx};

use crate::audit::{self, Deed};
use crate::session::Student;
use crate::{Context, Failure, login, photo};

/// A consent that holds.
#[derive(Debug, Clone)]
pub struct Consent {
    /// To what.
    pub document: Document,
    /// Which version.
    pub version: String,
    /// When.
    pub granted_at: DateTime<Utc>,
}

impl Consent {
    /// Whether it is to the current version.
    pub fn is_current(&self) -> bool {
        self.version == self.document.current().version
    }

    pub(crate) fn read(row: consent::Model) -> Result<Self, StoreError> {
        let document = Document::parse(&row.document);
        let document = document.ok_or(StoreError::Corrupt {
            what: "consents.document".into(),
        })?;
        Ok(Self {
            document,
            version: row.document_version,
            granted_at: row.granted_at,
        })
    }
}

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
    store::account::lock(&tx, student.account_id).await?;
    if !store::consent::holds(&tx, student.account_id, document, version).await? {
        let row = login::consent_row(context, student.account_id, document);
        note(context, &tx, student, "consent.granted", row.id).await?;
        store::insert(&tx, row).await?;
    }
    Ok(store::commit(tx).await?)
}

/// Withdraws the consent to handle the student's portrait: photos that are not decided yet are taken back.
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
    let ended = store::consent::withdraw(&tx, owner, Document::FacePhoto, context.now()).await?;
    if ended > 0 {
        note(context, &tx, student, "consent.withdrawn", owner.0).await?;
        photo::withdraw_undecided(context, &tx, student).await?;
    }
    Ok(store::commit(tx).await?)
}

async fn note(
    context: &Context,
    tx: &Tx,
    student: &Student,
    action: &str,
    object_id: uuid::Uuid,
) -> Result<(), Failure> {
    let deed = Deed {
        action,
        object_type: "consent",
        object_id,
        school_id: None,
    };
    audit::by_owner(context, tx, student, deed).await
}
