//! Why a use case did not do what was asked.

use domain::access::{ActorKind, NotPermitted};
use domain::{ProblemCode, Refusal};
use providers::blob::BlobError;
use providers::keys::SealError;
use store::StoreError;

/// Why a use case did not do what was asked. A refusal is for the caller; the others are ours.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The rules do not allow it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The database failed.
    #[error("the database failed")]
    Store(#[source] StoreError),
    /// The object store failed.
    #[error("the object store failed")]
    Blob(#[from] BlobError),
    /// A key is missing, or something sealed cannot be opened.
    #[error("a key failed")]
    Keys(#[from] SealError),
    /// Something that cannot be, was.
    #[error("this should not happen: {0}")]
    Fault(&'static str),
}

/// Staff and integrators are told that they may not. Every other actor that asks for a permission is a command or a job of
/// ours, which has it.
impl From<NotPermitted> for Failure {
    fn from(refused: NotPermitted) -> Self {
        if refused.kind == ActorKind::Staff {
            return ProblemCode::SessionRole.into();
        }
        if refused.kind == ActorKind::Integrator {
            let scope = refused.permission.scope();
            return match scope {
                Some(scope) => Refusal::from(ProblemCode::IntegratorScope)
                    .with("scope", scope)
                    .into(),
                None => ProblemCode::SessionRole.into(),
            };
        }
        tracing::error!(access.actor = %refused.kind, access.permission = %refused.permission, "{refused}");
        Self::Fault("an actor acts without the permission")
    }
}

/// After so many seconds a school that is being moved may have arrived.
const MOVING_RETRY_S: i64 = 600;

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let StoreError::SchoolMoving { address } = error else {
            return Self::Store(error);
        };
        let refusal = Refusal::from(ProblemCode::SchoolMoving).with("address", address);
        Self::Refused(Refusal {
            retry_after_s: Some(MOVING_RETRY_S),
            ..refusal
        })
    }
}

impl From<ProblemCode> for Failure {
    fn from(code: ProblemCode) -> Self {
        Self::Refused(code.into())
    }
}
