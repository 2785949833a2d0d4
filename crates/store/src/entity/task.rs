//! Collection tasks: one collection of one school.

use sea_orm::entity::prelude::*;

/// One row of `tasks`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tasks")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The school that collects.
    pub school_id: Uuid,
    /// What students and staff read.
    pub name: String,
    /// `draft`, `open`, `closed`, `handed_over` or `purged`.
    pub state: String,
    /// The start of the window.
    pub opens_at: DateTimeUtc,
    /// The end of the window.
    pub closes_at: DateTimeUtc,
    /// When the school ended it, where it did.
    pub ended_at: Option<DateTimeUtc>,
    /// Fee lines, payer, identity mode, photo rules, limits and texts: `domain`'s task settings.
    #[sea_orm(column_type = "JsonBinary")]
    pub settings: Json,
    /// Counts edits, for `If-Match`.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
