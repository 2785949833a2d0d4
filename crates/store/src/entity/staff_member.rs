//! What belongs to a person with roles.

use sea_orm::entity::prelude::*;

/// One row of `staff_members`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "staff_members")]
pub struct Model {
    /// The account, which is the key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// The name, sealed.
    pub name_sealed: Vec<u8>,
    /// When the person was last invited.
    pub invited_at: DateTimeUtc,
    /// What the device shares with us, sealed.
    pub totp_secret_sealed: Option<Vec<u8>>,
    /// When a code of the device was first right.
    pub totp_confirmed_at: Option<DateTimeUtc>,
    /// The time step of the last code that was accepted.
    pub totp_last_step: Option<i64>,
    /// When all tries are there again.
    pub tries_full_at: Option<DateTimeUtc>,
    /// Counts the changes.
    pub version: i32,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
