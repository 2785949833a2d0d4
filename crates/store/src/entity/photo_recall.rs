//! Approvals in doubt.

use sea_orm::entity::prelude::*;

/// One row of `photo_recalls`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "photo_recalls")]
pub struct Model {
    /// The approval.
    #[sea_orm(primary_key, auto_increment = false)]
    pub review_id: Uuid,
    /// The photo.
    pub photo_id: Uuid,
    /// Its school.
    pub school_id: Uuid,
    /// Its task.
    pub task_id: Uuid,
    /// `school` or `bureau`.
    pub stage: String,
    /// Whose approval it is.
    pub reviewer_id: Uuid,
    /// `due`, `returned`, `delivered` or `void`.
    pub state: String,
    /// When it came into doubt.
    pub recalled_at: DateTimeUtc,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
