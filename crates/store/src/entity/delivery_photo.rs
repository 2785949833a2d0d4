//! What packages say of files.

use sea_orm::entity::prelude::*;

/// One row of `delivery_photos`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "delivery_photos")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The school.
    pub school_id: Uuid,
    /// The package.
    pub delivery_id: Uuid,
    /// The photo.
    pub photo_id: Uuid,
    /// What it says.
    pub change: String,
    /// The file's name in packages.
    pub name_sealed: Vec<u8>,
    /// The keyed hash of what its row says.
    pub row_index: Vec<u8>,
    /// When the student signed for the print.
    pub signed_at: Option<DateTimeUtc>,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
