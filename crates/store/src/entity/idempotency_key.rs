//! Requests that carried an `Idempotency-Key`, with the answers to replay.

use sea_orm::entity::prelude::*;

/// One row of `idempotency_keys`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_keys")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who asked.
    pub principal: String,
    /// The operation.
    pub route: String,
    /// The header's value.
    pub key: String,
    /// SHA-256 of method, path and body.
    pub request_hash: Vec<u8>,
    /// `running` or `done`.
    pub state: String,
    /// The answer's status, once done.
    pub status: Option<i32>,
    /// The answer's body, once done.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub body: Option<Json>,
    /// When it first came.
    pub created_at: DateTimeUtc,
    /// When it was last taken up.
    pub updated_at: DateTimeUtc,
    /// When it is forgotten.
    pub expires_at: DateTimeUtc,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
