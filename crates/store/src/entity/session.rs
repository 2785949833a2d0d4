//! Sessions: one row for each refresh token ever issued.

use sea_orm::entity::prelude::*;

/// One row of `sessions`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose session it is.
    pub account_id: Uuid,
    /// The login that this token descends from.
    pub family_id: Uuid,
    /// Hash of the refresh token; unique.
    pub refresh_hash: Vec<u8>,
    /// When the token was issued.
    pub created_at: DateTimeUtc,
    /// When it was exchanged for its successor.
    pub rotated_at: Option<DateTimeUtc>,
    /// The row of the token that replaced it.
    pub successor_id: Option<Uuid>,
    /// With the token itself it gives its successor again; empty once the successor was used.
    pub successor_salt: Option<Vec<u8>>,
    /// When the session was opened; the same in the whole family.
    pub family_began_at: DateTimeUtc,
    /// When it was ended.
    pub revoked_at: Option<DateTimeUtc>,
    /// Why it was ended.
    pub revoked_reason: Option<String>,
    /// When it ends by itself.
    pub expires_at: DateTimeUtc,
    /// The browser's family, a word of `domain::BrowserFamily`, so that people recognise their sessions.
    pub user_agent_family: Option<String>,
    /// The operating system's family, a word of `domain::SystemFamily`.
    pub system_family: Option<String>,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
