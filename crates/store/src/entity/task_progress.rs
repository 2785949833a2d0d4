//! The progress of many students of a task, as it was counted.

use sea_orm::entity::prelude::*;

/// One row of `task_progress`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "task_progress")]
pub struct Model {
    /// The school.
    #[sea_orm(primary_key, auto_increment = false)]
    pub school_id: Uuid,
    /// The task.
    #[sea_orm(primary_key, auto_increment = false)]
    pub task_id: Uuid,
    /// SHA-256 of what says which of its students are meant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub view_hash: Vec<u8>,
    /// The sums, as JSON. It is text, since nothing is looked up in it.
    pub counts: String,
    /// When they were counted.
    pub counted_at: DateTimeUtc,
    /// When they are counted again at the earliest.
    pub due_at: DateTimeUtc,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
