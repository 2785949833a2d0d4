//! Text messages and what the provider said of them.

use sea_orm::entity::prelude::*;

/// One row of `sms_messages`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sms_messages")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The code it carries, where it carries one.
    pub challenge_id: Option<Uuid>,
    /// Keyed hash of the receiver's number.
    pub phone_index: Vec<u8>,
    /// The template's name.
    pub template: String,
    /// The provider that sends it.
    pub provider: String,
    /// `queued`, `sent`, `refused`, `unknown`, `delivered` or `failed`.
    pub state: String,
    /// The provider's id for it.
    pub provider_id: Option<String>,
    /// What the provider said when it did not send.
    pub error: Option<String>,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the provider took it.
    pub sent_at: Option<DateTimeUtc>,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
