//! Which index key is written under.

use sea_orm::entity::prelude::*;

/// One row of `index_keys`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "index_keys")]
pub(crate) struct Model {
    /// `phone`, or `id_number` from before each task had an index secret.
    #[sea_orm(primary_key, auto_increment = false)]
    pub purpose: String,
    /// The key's id in the key file.
    pub key_id: String,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
