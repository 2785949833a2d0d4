//! Calls made to payment providers; no secrets and no bodies.

use sea_orm::entity::prelude::*;

/// One row of `provider_calls`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "provider_calls")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// When the call was made.
    pub at: DateTimeUtc,
    /// The configured merchant account.
    pub merchant_account: String,
    /// What was asked.
    pub operation: String,
    /// Our number for the payment or refund.
    pub out_no: String,
    /// The answer's status; none where no answer came.
    pub http_status: Option<i32>,
    /// The provider's code.
    pub code: Option<String>,
    /// The provider's id for the call.
    pub request_id: Option<String>,
    /// How long it took.
    pub duration_ms: i32,
    /// What it came to.
    pub outcome: String,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
