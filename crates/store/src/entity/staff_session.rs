//! Sessions in which the second factor was confirmed.

use sea_orm::entity::prelude::*;

/// One row of `staff_sessions`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "staff_sessions")]
pub struct Model {
    /// The session, which is the key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub family_id: Uuid,
    /// Whose it is.
    pub account_id: Uuid,
    /// When the second factor was last confirmed.
    pub confirmed_at: DateTimeUtc,
    /// When the last request came, to the minute.
    pub last_seen_at: DateTimeUtc,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
