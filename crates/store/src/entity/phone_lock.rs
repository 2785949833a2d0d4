//! Wrong codes counted for each phone, whichever code they were meant for.

use sea_orm::entity::prelude::*;

/// One row of `phone_locks`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "phone_locks")]
pub struct Model {
    /// Keyed hash of the phone number: the key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub phone_index: Vec<u8>,
    /// Wrong codes within the window.
    pub failures: i32,
    /// When the window began.
    pub window_started_at: DateTimeUtc,
    /// Until when no code is accepted.
    pub locked_until: Option<DateTimeUtc>,
    /// How many locks came in a row; each is longer.
    pub lock_level: i32,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
