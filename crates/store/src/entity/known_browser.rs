//! Browsers that logged in to an account: what strangers do with its phone number does not hold them up.

use sea_orm::entity::prelude::*;

/// One row of `known_browsers`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "known_browsers")]
pub struct Model {
    /// The account: the key, with the browser.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// Hash of the browser's cookie.
    #[sea_orm(primary_key, auto_increment = false)]
    pub browser_hash: Vec<u8>,
    /// When it logged in last.
    pub last_login_at: DateTimeUtc,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
