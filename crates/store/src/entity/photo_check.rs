//! Examinations of files that led to no photo, by which their limit is counted.

use sea_orm::entity::prelude::*;

/// One row of `photo_checks`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "photo_checks")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The school of the task.
    pub school_id: Uuid,
    /// Whose file it was.
    pub account_id: Uuid,
    /// When it was examined.
    pub created_at: DateTimeUtc,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
