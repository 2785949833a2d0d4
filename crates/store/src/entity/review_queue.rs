//! Photos that wait for a review.

use sea_orm::entity::prelude::*;

/// One row of `review_queue`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "review_queue")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a row whose marks are independent"
)]
pub struct Model {
    /// The photo.
    #[sea_orm(primary_key, auto_increment = false)]
    pub photo_id: Uuid,
    /// Its school.
    pub school_id: Uuid,
    /// Its task.
    pub task_id: Uuid,
    /// `school` or `bureau`.
    pub stage: String,
    /// Whether the automatic check found nothing.
    pub is_clean: bool,
    /// Whether a reviewer passed it on to somebody with more experience.
    pub is_escalated: bool,
    /// Whether it belongs to the share that gets a second look.
    pub is_sampled: bool,
    /// Whether it is a known item.
    pub is_seeded: bool,
    /// Which look is next, from 1.
    pub look: i32,
    /// Since when it waits for this stage.
    pub since: DateTimeUtc,
    /// Who has it.
    pub leased_by: Option<Uuid>,
    /// Until when.
    pub leased_until: Option<DateTimeUtc>,
    /// The decision that is not in force yet.
    pub decision_id: Option<Uuid>,
    /// Counts its changes.
    pub version: i32,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
