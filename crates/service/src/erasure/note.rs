//! Lines of the ledger of what was erased, and of the log of the owner.

use domain::retention::ErasureKind;
use domain::{AccountId, ErasureId};
use store::Tx;
use store::audit::Audited;
use store::erasure::Erasure;
use uuid::Uuid;

use crate::audit::{self, Deed};
use crate::{Context, Failure};

/// Who demands it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cause {
    /// The person whom it concerns.
    Owner,
    /// The ledger: it was erased before, and came back with a backup.
    Replay,
    /// The number was given to the account of a report of a lost phone, and nothing was in this account.
    Unused,
}

/// Adds a line to the ledger; the first of a thing counts.
pub(crate) async fn note(
    context: &Context,
    tx: &Tx,
    kind: ErasureKind,
    object_id: Uuid,
) -> Result<(), Failure> {
    let erasure = Erasure {
        id: context.new_id(ErasureId::new),
        kind,
        object_id,
        at: context.now(),
    };
    Ok(store::erasure::note(tx, erasure).await?)
}

/// Notes in the owner's log who erased what.
pub(crate) async fn note_deed(
    context: &Context,
    tx: &Tx,
    cause: Cause,
    owner: AccountId,
    deed: Deed,
) -> Result<Audited, Failure> {
    match cause {
        Cause::Owner => audit::by_account(context, tx, owner, deed).await,
        Cause::Replay | Cause::Unused => audit::by_system(context, tx, owner, deed).await,
    }
}
