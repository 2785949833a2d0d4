//! Changes of an account's phone number.

use sea_orm::entity::prelude::*;

/// One row of `phone_changes`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "phone_changes")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose number changes.
    pub account_id: Uuid,
    /// The code sent to the old number.
    pub old_challenge_id: Uuid,
    /// The code sent to the new number.
    pub new_challenge_id: Uuid,
    /// Keyed hash of the new number.
    pub new_phone_index: Vec<u8>,
    /// The new number, sealed.
    pub new_phone_sealed: Vec<u8>,
    /// When it was asked for.
    pub created_at: DateTimeUtc,
    /// When it ends unless done.
    pub expires_at: DateTimeUtc,
    /// When the number was changed.
    pub done_at: Option<DateTimeUtc>,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
