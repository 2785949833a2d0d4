//! A row of a provider's bill.

use sea_orm::entity::prelude::*;

/// One row of `bill_rows`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "bill_rows")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The comparison that it belongs to.
    pub reconciliation_id: Uuid,
    /// `payment` or `refund`.
    pub kind: String,
    /// Our number of the attempt.
    pub out_trade_no: String,
    /// Our number of the refund, where it is one.
    pub out_refund_no: Option<String>,
    /// The provider's number.
    pub provider_no: String,
    /// The amount, as a positive number.
    pub amount_fen: i64,
    /// What did not agree: a word of `domain::reconciliation::Difference`.
    pub difference: Option<String>,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
