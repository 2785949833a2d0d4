//! Accounts: people who log in by phone.

use sea_orm::entity::prelude::*;

/// One row of `accounts`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "accounts")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Keyed hash of the phone number; unique.
    pub phone_index: Vec<u8>,
    /// The phone number, sealed.
    pub phone_sealed: Vec<u8>,
    /// `active` or `erased`.
    pub state: String,
    /// `zh-CN` or `en`.
    pub language: String,
    /// The e-mail address for messages, sealed.
    pub email_sealed: Option<Vec<u8>>,
    /// The postal address, sealed.
    pub address_sealed: Option<Vec<u8>>,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// The last login that succeeded.
    pub last_login_at: Option<DateTimeUtc>,
    /// Counts edits, for `If-Match`.
    pub version: i32,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
