//! Wrong codes, counted for each phone and browser, whichever code they were meant for.

use sea_orm::entity::prelude::*;

/// One row of `code_failures`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "code_failures")]
pub struct Model {
    /// Keyed hash of the phone number: the key, with the browser.
    #[sea_orm(primary_key, auto_increment = false)]
    pub phone_index: Vec<u8>,
    /// Hash of the browser's cookie.
    #[sea_orm(primary_key, auto_increment = false)]
    pub browser_hash: Vec<u8>,
    /// Wrong codes within the window.
    pub failures: i32,
    /// When the window began.
    pub window_started_at: DateTimeUtc,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
