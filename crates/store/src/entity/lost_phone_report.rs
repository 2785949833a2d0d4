//! Reports of a lost phone.

use sea_orm::entity::prelude::*;

/// One row of `lost_phone_reports`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "lost_phone_reports")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The number that its writer was told.
    #[sea_orm(unique)]
    pub reference: String,
    /// The writer's name, sealed.
    pub name_sealed: Vec<u8>,
    /// The school as typed, sealed.
    pub school_sealed: Vec<u8>,
    /// The document's type.
    pub id_type: String,
    /// The document's number, sealed.
    pub number_sealed: Vec<u8>,
    /// The phone that was lost, sealed.
    pub old_phone_sealed: Vec<u8>,
    /// The phone to be called back at, sealed.
    pub new_phone_sealed: Vec<u8>,
    /// What else was written, sealed.
    pub note_sealed: Option<Vec<u8>>,
    /// The keyed hash of the phone to be called back at.
    pub new_phone_index: Vec<u8>,
    /// The hash of the browser's cookie.
    pub browser_hash: Vec<u8>,
    /// The keyed hash of the address.
    pub ip_hash: Vec<u8>,
    /// The keyed hash of the first 56 bits of an IPv6 address.
    pub ip56_hash: Option<Vec<u8>>,
    /// The keyed hash of its first 48 bits.
    pub ip48_hash: Option<Vec<u8>>,
    /// `open` or `closed`.
    pub state: String,
    /// When it was closed.
    pub closed_at: Option<DateTimeUtc>,
    /// Who closed it.
    pub closed_by: Option<String>,
    /// How it was resolved.
    pub outcome: Option<String>,
    /// The account that an approved report is about.
    pub account_id: Option<Uuid>,
    /// The school at which that account has verified.
    pub school_id: Option<Uuid>,
    /// Who approved it first.
    pub first_by: Option<Uuid>,
    /// When.
    pub first_at: Option<DateTimeUtc>,
    /// Who approved it second.
    pub second_by: Option<Uuid>,
    /// When.
    pub second_at: Option<DateTimeUtc>,
    /// When the new number takes effect.
    pub effective_at: Option<DateTimeUtc>,
    /// Since when the account has it.
    pub changed_at: Option<DateTimeUtc>,
    /// When it was written.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
