//! Schools: the units that open collection tasks.

use sea_orm::entity::prelude::*;

/// One row of `schools`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "schools")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The Ministry's code, five digits; several units may share one.
    pub code: String,
    /// The unit's full name, as people write it.
    pub name: String,
    /// The name as it is looked up (NFKC, folded); unique.
    pub name_folded: String,
    /// `active` or `suspended`.
    pub state: String,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// Whom the bureau reaches there.
    pub contact: String,
    /// Counts the changes.
    pub version: i32,
    /// Whether it is there for trying the API.
    pub is_test: bool,
    /// How many seconds its clock is ahead.
    pub clock_offset_s: i64,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
