//! Captchas that were used and would still count otherwise.

use sea_orm::entity::prelude::*;

/// One row of `spent_captchas`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "spent_captchas")]
pub struct Model {
    /// The hash of the challenge: the key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub challenge_hash: Vec<u8>,
    /// When it would not count any more.
    pub expires_at: DateTimeUtc,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
