//! Data keys, wrapped by a key-encryption key that is kept outside the database.

use sea_orm::entity::prelude::*;

/// One row of `data_keys`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "data_keys")]
pub struct Model {
    /// The key id that ciphertexts carry.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// `platform`, or the id of the school or the task whose data it seals.
    pub scope: String,
    /// What it seals.
    pub purpose: String,
    /// The key-encryption key it is wrapped by.
    pub kek_id: String,
    /// The wrapped data key.
    pub wrapped: Vec<u8>,
    /// `active` (one a scope and purpose) or `old` (only opens).
    pub state: String,
    /// When the row was made.
    pub created_at: DateTimeUtc,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
