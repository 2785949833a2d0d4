//! Imports of roster files.

use sea_orm::entity::prelude::*;

/// One row of `roster_imports`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "roster_imports")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The school.
    pub school_id: Uuid,
    /// The task.
    pub task_id: Uuid,
    /// Where it is.
    pub state: String,
    /// The file in the object store; empty once it was deleted.
    pub file_key: String,
    /// The file's length.
    pub file_bytes: i64,
    /// What a person chose.
    #[sea_orm(column_type = "JsonBinary")]
    pub settings: Json,
    /// What is known of it.
    #[sea_orm(column_type = "JsonBinary")]
    pub outcome: Json,
    /// How many rows were looked at, in this state.
    pub rows_done: i64,
    /// Who made it.
    pub account_id: Option<Uuid>,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When it was last changed.
    pub updated_at: DateTimeUtc,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
