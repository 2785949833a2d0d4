//! Orders: what is due for one enrolment.

use sea_orm::entity::prelude::*;

/// One row of `orders`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "orders")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The number shown to people; unique.
    pub order_no: String,
    /// The school.
    pub school_id: Uuid,
    /// The task.
    pub task_id: Uuid,
    /// What it is for; at most one open order.
    pub enrolment_id: Uuid,
    /// Whose order it is.
    pub account_id: Uuid,
    /// The sum of its lines.
    pub list_fen: i64,
    /// What the student has to pay; positive exactly where the student pays.
    pub due_fen: i64,
    /// `student`, `school` or `free`.
    pub payer_kind: String,
    /// `unpaid`, `paid`, `partially_refunded`, `refunded` or `closed`.
    pub state: String,
    /// `timeout`, `user`, `staff`, `price_change` or `task_ended`.
    pub closed_reason: Option<String>,
    /// The payment attempt that settled it; no foreign key, since attempts refer to orders.
    pub settled_by: Option<Uuid>,
    /// What went back, at most `due_fen`.
    pub refunded_fen: i64,
    /// Whether staff must look at its payments.
    pub needs_review: bool,
    /// Phone, e-mail and address for this order, sealed.
    pub contact_sealed: Vec<u8>,
    /// Until when it can be paid.
    pub due_until: DateTimeUtc,
    /// When it was settled.
    pub paid_at: Option<DateTimeUtc>,
    /// When it was closed.
    pub closed_at: Option<DateTimeUtc>,
    /// Counts changes, for conditional updates.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
