//! Which photos a package is made of.

use domain::delivery::DeliverySettings;
use domain::{SchoolId, TaskId};
use store::delivery::content::PackageScope;
use store::roster::RosterKey;

/// The photos of a package with these settings.
pub(super) fn scope_of(
    school_id: SchoolId,
    task_id: TaskId,
    settings: &DeliverySettings,
) -> PackageScope {
    PackageScope {
        roster: RosterKey { school_id, task_id },
        is_for_prints: settings.is_for_prints(),
    }
}
