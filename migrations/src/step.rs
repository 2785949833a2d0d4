//! What a step is, and the steps in the order in which they apply.

use sea_orm_migration::sea_orm::{ConnectionTrait, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

/// One step of the schema: its name and the contents of its three files.
#[derive(Clone, Copy)]
pub(crate) struct Step {
    pub(crate) name: &'static str,
    up: &'static str,
    down: &'static str,
    pub(crate) sample: &'static str,
}

macro_rules! step {
    ($name:literal) => {
        Step {
            name: $name,
            up: include_str!(concat!("../up/", $name, ".sql")),
            down: include_str!(concat!("../down/", $name, ".sql")),
            sample: include_str!(concat!("../sample/", $name, ".sql")),
        }
    };
}

/// Every step, oldest first. A step that was released is never changed: a new one follows it.
pub(crate) const STEPS: [Step; 48] = [
    step!("m0001_platform"),
    step!("m0002_accounts"),
    step!("m0003_roster"),
    step!("m0004_photos"),
    step!("m0005_money"),
    step!("m0006_work"),
    step!("m0007_refunds"),
    step!("m0009_sessions"),
    step!("m0010_keys"),
    step!("m0011_retention"),
    step!("m0013_readiness"),
    step!("m0014_limits"),
    step!("m0015_jobs"),
    step!("m0016_audit_chain"),
    step!("m0017_task_keys"),
    step!("m0018_lost_phones"),
    step!("m0019_staff"),
    step!("m0020_schools"),
    step!("m0021_roster_imports"),
    step!("m0023_read_side"),
    step!("m0025_reviews"),
    step!("m0026_deliveries"),
    step!("m0027_events"),
    step!("m0028_integrators"),
    step!("m0029_roster_desk"),
    step!("m0031_webhooks"),
    step!("m0035_money_pages"),
    step!("m0037_purges"),
    step!("m0039_integrator_webhooks"),
    step!("m0040_test_schools"),
    step!("m0041_second_looks"),
    step!("m0042_known_items"),
    step!("m0043_photo_recalls"),
    step!("m0044_picture_bands"),
    step!("m0045_adjusted_frames"),
    step!("m0046_delivery_parts"),
    step!("m0047_task_templates"),
    step!("m0048_merchant_accounts"),
    step!("m0050_prints"),
    step!("m0052_lost_phone_approvals"),
    step!("m0053_reframed_known_items"),
    step!("m0054_template_versions"),
    step!("m0056_roster_references"),
    step!("m0059_task_progress"),
    step!("m0060_school_moves"),
    step!("m0061_failed_verifications"),
    step!("m0062_deleted_schools"),
    step!("m0063_ranges"),
];

impl MigrationName for Step {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .get_connection()
            .execute_unprepared(self.up)
            .await
            .map(|_| ())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .get_connection()
            .execute_unprepared(self.down)
            .await
            .map(|_| ())
    }
}
