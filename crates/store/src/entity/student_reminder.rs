//! When students were reminded of what is left to do.

use sea_orm::entity::prelude::*;

/// One row of `student_reminders`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "student_reminders")]
pub struct Model {
    /// The student of the roster.
    #[sea_orm(primary_key, auto_increment = false)]
    pub entry_id: Uuid,
    /// The school.
    pub school_id: Uuid,
    /// The task.
    pub task_id: Uuid,
    /// How often they were reminded.
    pub times: i32,
    /// When they were reminded last.
    pub reminded_at: DateTimeUtc,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
