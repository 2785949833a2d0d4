//! A try to send an event to an endpoint.

use sea_orm::entity::prelude::*;

/// One row of `webhook_attempts`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_attempts")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The delivery.
    pub delivery_id: Uuid,
    /// When it began.
    pub at: DateTimeUtc,
    /// How long it took.
    pub duration_ms: i32,
    /// The answer's status.
    pub status: Option<i32>,
    /// Why there is no answer.
    pub fault: Option<String>,
    /// How the answer begins.
    pub answer: String,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
