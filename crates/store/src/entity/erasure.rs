//! What was erased because somebody demanded it.

use sea_orm::entity::prelude::*;

/// One row of `erasures`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "erasures")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// `account`, `consent` or `photo`.
    pub kind: String,
    /// What; once each.
    pub object_id: Uuid,
    /// When.
    pub at: DateTimeUtc,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
