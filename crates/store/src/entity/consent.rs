//! Consents: a row each, never overwritten.

use sea_orm::entity::prelude::*;

/// One row of `consents`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "consents")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who agreed.
    pub account_id: Uuid,
    /// `service_agreement` or `face_photo`.
    pub document: String,
    /// The version that was shown.
    pub document_version: String,
    /// Hash of the text that was shown.
    pub text_hash: String,
    /// `web` or `api`.
    pub channel: String,
    /// When it was given.
    pub granted_at: DateTimeUtc,
    /// When it was withdrawn.
    pub withdrawn_at: Option<DateTimeUtc>,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
