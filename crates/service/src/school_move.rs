//! Moving a school from one installation to another: one file, sealed under a key of its own. docs/decisions/0072.
//!
//! The source shuts the school, writes the file and waits for the receipt of the destination; then it deletes what it has of
//! the school and answers its links with the new address. The destination takes all of the file or nothing.

mod begin;
mod cell_text;
mod error;
mod export;
mod finish;
mod format;
mod import;
mod intake;
mod objects;
mod people;

pub use error::MoveError;
pub use export::{ExportRequest, ExportedSchool, export};
pub use finish::{cancel, confirm};
pub use import::{ImportRequest, ImportedSchool, discard_import, import};

use domain::SchoolId;
use domain::access::{Actor, Permission};
use domain::audit::{AuditAction, AuditObject};
use domain::school::School;
use providers::keys::{SealingKey, sha256};

use crate::audit::Deed;
use crate::{Context, Failure};

/// The school that an id or a code means, for whoever may manage schools.
async fn school_called(
    context: &Context,
    actor: &Actor,
    called: &str,
) -> Result<School, MoveError> {
    let reach = actor.require(Permission::ManageSchools);
    let reach = reach.map_err(Failure::from)?;
    let on = context.store.reader();
    if let Ok(id) = called.parse::<SchoolId>() {
        let found = store::school::within_reach(on, id, &reach).await?;
        return found.ok_or_else(|| MoveError::Unsuitable(format!("there is no school {called}")));
    }
    let mut found = store::school::ever_called(on, &domain::fold(called)).await?;
    found.retain(|school| reach.includes(school.id));
    match (found.pop(), found.len()) {
        (Some(school), 0) => Ok(school),
        (None, _) => Err(MoveError::Unsuitable(format!(
            "there is no school {called}"
        ))),
        (Some(last), _) => {
            found.push(last);
            let ids: Vec<_> = found
                .iter()
                .map(|one| format!("{} {}", one.id, one.name))
                .collect();
            let ids = ids.join(", ");
            let what = format!("{called} means several schools; name one by its id: {ids}");
            Err(MoveError::Unsuitable(what))
        }
    }
}

fn deed(action: AuditAction, school: SchoolId) -> Deed {
    Deed {
        action,
        object: AuditObject::School,
        object_id: school.0,
        school_id: Some(school),
    }
}

/// What the destination gives to say that it has the school; only who has the file's key can make it.
fn receipt(key: &SealingKey, school: SchoolId) -> String {
    let tag = key.tag(&[b"gradphoto school move v1", school.0.as_bytes()]);
    data_encoding::BASE32_NOPAD.encode(&tag[..15])
}

/// What the source keeps of the receipt.
fn receipt_hash(receipt: &str) -> Vec<u8> {
    sha256(receipt.trim().to_ascii_uppercase().as_bytes()).to_vec()
}
