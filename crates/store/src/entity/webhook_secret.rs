//! A secret with which an endpoint's messages are signed.

use sea_orm::entity::prelude::*;

/// One row of `webhook_secrets`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_secrets")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its endpoint.
    pub endpoint_id: Uuid,
    /// The secret.
    pub secret_sealed: Vec<u8>,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// From when on it does not sign; null while it is the newest.
    pub expires_at: Option<DateTimeUtc>,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
