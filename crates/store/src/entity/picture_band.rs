//! Difference hashes of photos, in parts.

use sea_orm::entity::prelude::*;

/// One row of `picture_bands`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "picture_bands")]
pub struct Model {
    /// The photo.
    #[sea_orm(primary_key, auto_increment = false)]
    pub photo_id: Uuid,
    /// Which part of its hash, from 0.
    #[sea_orm(primary_key, auto_increment = false)]
    pub band: i32,
    /// The sixteen bits of that part.
    pub value: i32,
    /// The school of the photo; only its photos are compared.
    pub school_id: Uuid,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
