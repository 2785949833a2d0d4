//! What a transaction needs to commit.

use domain::audit::AuditExemption;

/// What a transaction must have to commit: it noted in the audit log what it does, or says why it need not.
#[derive(Debug)]
#[must_use = "a transaction commits with it"]
pub struct Audited(());

impl Audited {
    /// For the transaction that has just written its entry.
    pub(crate) fn noted() -> Self {
        Self(())
    }
}

impl From<AuditExemption> for Audited {
    /// A transaction that notes nothing, for a reason that `domain` lists.
    fn from(_: AuditExemption) -> Self {
        Self(())
    }
}
