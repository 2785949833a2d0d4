//! The certificate of deletion: signed once, and handed out as an archive with its signature.

use domain::ProblemCode;
use domain::access::{Actor, Reach};
use domain::audit::{AuditAction, AuditObject};
use domain::purge::{CertificateFacts, DeletionCertificate, TaskPurge, certificate_text};
use table::ArchiveWriter;

use crate::audit::{self, About, Deed};
use crate::delivery::{active_key_id, sign, signing_keys};
use crate::{Context, Failure, task};

/// A certificate with its signature, as one file.
#[derive(Debug)]
pub struct CertificateFile {
    /// What the file is called.
    pub name: String,
    /// A ZIP archive: `certificate.txt`, `certificate.txt.sig` and the public key that signed it.
    pub content: Vec<u8>,
}

/// Signs the certificate of a purge of which nothing is left.
pub(super) async fn issue(context: &Context, purge: &TaskPurge) -> Result<(), Failure> {
    let tx = context.store.begin().await?;
    let locked = store::purge::lock(&tx, purge.task_id).await?;
    let Some(purge) = locked.filter(|purge| purge.certificate.is_none()) else {
        return Ok(store::rollback(tx).await?);
    };
    let task = store::task::lock(&tx, purge.task_id).await?;
    let task = task.ok_or(Failure::Fault("a task that was purged is gone"))?;
    let schools = store::school::of_ids(&tx, &[task.school_id]).await?;
    let school = schools.first().map_or("", |school| school.name.as_str());
    let (signing_key_id, issued_at) = (active_key_id(context)?, context.now());
    let facts = CertificateFacts {
        school,
        task: &task.name,
        operator: &context.settings.operator.name_zh,
        signing_key_id: &signing_key_id,
        issued_at,
    };
    let text = certificate_text(&purge, &facts);
    let certificate = DeletionCertificate {
        issued_at,
        signature: sign(context, text.as_bytes())?,
        text,
        signing_key_id,
    };
    let purge = TaskPurge {
        certificate: Some(certificate),
        ..purge
    };
    store::purge::save(&tx, &purge).await?;
    let deed = Deed {
        action: AuditAction::TaskPurged,
        object: AuditObject::Task,
        object_id: task.id.0,
        school_id: Some(task.school_id),
    };
    let about = About::default();
    let audited = audit::note(context, &tx, &Actor::BackgroundJob, deed, about).await?;
    Ok(store::commit(tx, audited).await?)
}

/// The certificate of a task that was purged.
///
/// # Errors
/// `task.unknown`; `task.not_purged` where there is none yet.
pub async fn certificate(
    context: &Context,
    reach: &Reach,
    id: &str,
) -> Result<CertificateFile, Failure> {
    let task = task::get(context, reach, id).await?;
    let purge = store::purge::get(context.store.reader(), task.id).await?;
    let certificate = purge.and_then(|purge| purge.certificate);
    let certificate = certificate.ok_or(ProblemCode::TaskNotPurged)?;
    let keys = signing_keys(context).await?.into_iter();
    let key = keys
        .filter(|key| key.id == certificate.signing_key_id)
        .map(|key| key.pem);
    let mut files = vec![
        ("certificate.txt", certificate.text.into_bytes()),
        ("certificate.txt.sig", certificate.signature),
    ];
    files.extend(key.map(|pem| ("public-key.pem", pem.into_bytes())));
    let (mut archive, mut packed) = (ArchiveWriter::default(), Vec::new());
    for (name, bytes) in files {
        let added = archive.add(name, &bytes, &mut packed);
        added.map_err(|_| Failure::Fault("a certificate is too large for an archive"))?;
    }
    archive.finish(&mut packed);
    Ok(CertificateFile {
        name: format!("{}-deletion.zip", task.id),
        content: packed,
    })
}
