//! The public halves of keys with which the former installations of schools signed.

use sea_orm::entity::prelude::*;

/// One row of `former_signing_keys`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "former_signing_keys")]
pub struct Model {
    /// The key's name.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Ed25519, 32 bytes.
    pub public_key: Vec<u8>,
    /// The origin of the installation that signed with it.
    pub address: String,
    /// When it came.
    pub added_at: DateTimeUtc,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
