//! Settings of tasks that are kept to make tasks from.

use sea_orm::entity::prelude::*;

/// One row of `task_templates`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "task_templates")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The school that kept it; null where the bureau offers it to every school.
    pub school_id: Option<Uuid>,
    /// What staff read.
    pub name: String,
    /// `domain`'s task settings.
    #[sea_orm(column_type = "JsonBinary")]
    pub settings: Json,
    /// When it was kept.
    pub created_at: DateTimeUtc,
    /// Counts its changes.
    pub version: i32,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
