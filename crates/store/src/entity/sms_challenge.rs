//! One-time codes sent by SMS; the sending limits are counted from these rows.

use sea_orm::entity::prelude::*;

/// One row of `sms_challenges`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sms_challenges")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Keyed hash of the phone number.
    pub phone_index: Vec<u8>,
    /// The phone number, sealed.
    pub phone_sealed: Vec<u8>,
    /// `login`, `phone_change_old`, `phone_change_new` or `account_erasure`.
    pub purpose: String,
    /// Hash of the cookie that binds the code to one browser.
    pub browser_hash: Vec<u8>,
    /// Keyed hash of the code.
    pub code_hash: Vec<u8>,
    /// How many wrong codes were tried.
    pub tries: i32,
    /// When it was asked for.
    pub created_at: DateTimeUtc,
    /// When the code ends.
    pub expires_at: DateTimeUtc,
    /// When the right code was given.
    pub used_at: Option<DateTimeUtc>,
    /// When it was ended without use.
    pub voided_at: Option<DateTimeUtc>,
    /// Keyed hash of the address that asked.
    pub ip_hash: Vec<u8>,
    /// Of an IPv6 address, the keyed hash of its first 56 bits.
    pub ip56_hash: Option<Vec<u8>>,
    /// Of an IPv6 address, the keyed hash of its first 48 bits.
    pub ip48_hash: Option<Vec<u8>>,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
