//! The ledger: append only, double entry; the lines of one event sum to 0.

use sea_orm::entity::prelude::*;

/// One row of `ledger`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ledger")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Groups the lines of one event.
    pub event_id: Uuid,
    /// When it happened.
    pub at: DateTimeUtc,
    /// The order.
    pub order_id: Uuid,
    /// The attempt, where money came in.
    pub attempt_id: Option<Uuid>,
    /// The refund, where money went back.
    pub refund_id: Option<Uuid>,
    /// The ledger account.
    pub account: String,
    /// What the account gains; negative where it loses.
    pub delta_fen: i64,
    /// What happened.
    pub kind: String,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
