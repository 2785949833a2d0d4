//! Chains of the audit log: how far each is sealed, and where it begins since older entries were deleted.

use sea_orm::entity::prelude::*;

/// One row of `audit_chains`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_chains")]
pub struct Model {
    /// The school, or the nil id for what belongs to no school.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The place of the last entry.
    pub head_sequence: i64,
    /// The hash of the last entry.
    pub head_hash: Vec<u8>,
    /// Signs place and hash.
    pub head_signature: String,
    /// The place of the last entry that was deleted; 0 where none was.
    pub checkpoint_sequence: i64,
    /// The hash of that entry.
    pub checkpoint_hash: Vec<u8>,
    /// Signs place and hash; none where no entry was deleted.
    pub checkpoint_signature: Option<String>,
    /// When the last entry was sealed.
    pub sealed_at: DateTimeUtc,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
