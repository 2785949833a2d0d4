//! Photos whose right decision is known.

use sea_orm::entity::prelude::*;

/// One row of `known_photos`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "known_photos")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// `approved` or `rejected`.
    pub outcome: String,
    /// Why: reason codes.
    #[sea_orm(column_type = "JsonBinary")]
    pub reasons: Json,
    /// Where it comes from.
    pub origin: String,
    /// SHA-256 of the file as it came.
    pub original_sha256: Vec<u8>,
    /// Where the sealed original is stored; empty once it was taken out.
    pub original_key: String,
    /// Where the sealed result is stored; empty once it was taken out.
    pub framed_key: String,
    /// Where the sealed thumbnail is stored; empty once it was taken out.
    pub thumb_key: String,
    /// The frame; none of those from before it was kept.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub crop: Option<Json>,
    /// What `photo::judge` said.
    #[sea_orm(column_type = "JsonBinary")]
    pub verdict: Json,
    /// Who added it.
    pub added_by: Uuid,
    /// When.
    pub added_at: DateTimeUtc,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
