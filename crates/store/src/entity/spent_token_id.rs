//! Ids of assertions that were used, and of access tokens that were revoked.

use sea_orm::entity::prelude::*;

/// One row of `spent_token_ids`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "spent_token_ids")]
pub struct Model {
    /// SHA-256 of the kind of token, its client and its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id_hash: Vec<u8>,
    /// When the token runs out, and the row with it.
    pub expires_at: DateTimeUtc,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
