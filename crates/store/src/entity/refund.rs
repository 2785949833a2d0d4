//! Refunds of one payment attempt's money.

use sea_orm::entity::prelude::*;

/// One row of `refunds`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "refunds")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The school.
    pub school_id: Uuid,
    /// The order.
    pub order_id: Uuid,
    /// The attempt whose money goes back.
    pub attempt_id: Uuid,
    /// Our number for it at the provider; unique.
    pub out_refund_no: String,
    /// What goes back.
    pub amount_fen: i64,
    /// Why.
    pub reason_code: String,
    /// Who asked: an operator's name, `system`, or `console` for the provider's own pages.
    pub requested_by: String,
    /// `requested`, `submitted`, `succeeded`, `abnormal`, `closed` or `rejected`.
    pub state: String,
    /// The provider's number for it.
    pub provider_refund_id: Option<String>,
    /// When the provider took it.
    pub submitted_at: Option<DateTimeUtc>,
    /// When the money went back.
    pub succeeded_at: Option<DateTimeUtc>,
    /// When to ask the provider next; none means no more.
    pub next_poll_at: Option<DateTimeUtc>,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// Why, in words; empty for what the system asked for.
    pub note: String,
    /// Whether a second person must look at it before money moves.
    pub needs_approval: bool,
    /// The second person, once they agreed.
    pub approved_by: Option<String>,
    /// When they agreed.
    pub approved_at: Option<DateTimeUtc>,
    /// How often the provider was asked.
    pub polls: i32,
    /// What names the wish to whoever asked for it, where they chose a key.
    pub request_key: Option<String>,
    /// The operating system's user under which whoever asked worked.
    pub requested_as: Option<String>,
    /// The operating system's user under which the second person worked.
    pub approved_as: Option<String>,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
