//! Requests that carried an `Idempotency-Key`, with what came of them.

use sea_orm::entity::prelude::*;

/// One row of `idempotency_keys`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_keys")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose key it is: an account, an integrator, or the keyed hash of a phone.
    pub principal: String,
    /// The method and the pattern of the path.
    pub route: String,
    /// SHA-256 of the header's value, in hexadecimal digits.
    pub key: String,
    /// HMAC-SHA256 of path and body, under the header's value.
    pub request_hash: Vec<u8>,
    /// `running` or `done`.
    pub state: String,
    /// 200 once done; not read.
    pub status: Option<i32>,
    /// What came of it, once done; names nobody.
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
