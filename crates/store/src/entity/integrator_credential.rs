//! Secrets and public keys by which integrators prove themselves.

use sea_orm::entity::prelude::*;

/// One row of `integrator_credentials`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "integrator_credentials")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose it is.
    pub integrator_id: Uuid,
    /// `secret` or `public_key`.
    pub kind: String,
    /// How the secret begins, or the key's own id.
    pub label: String,
    /// SHA-256 of the secret.
    pub secret_hash: Option<Vec<u8>>,
    /// The public key, as a JSON Web Key.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub public_key: Option<Json>,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// Until when it is good.
    pub expires_at: DateTimeUtc,
    /// When it was revoked.
    pub revoked_at: Option<DateTimeUtc>,
    /// When it last brought a token.
    pub last_used_at: Option<DateTimeUtc>,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
