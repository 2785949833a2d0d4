//! The lines of an order: a snapshot of the task's fee lines.

use sea_orm::entity::prelude::*;

/// One row of `order_lines`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_lines")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The order.
    pub order_id: Uuid,
    /// Its place in the order, from 0.
    pub position: i32,
    /// `collection`, `prints` or `postage`.
    pub code: String,
    /// What it costs.
    pub amount_fen: i64,
}

/// None is declared: queries join by key.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
