//! Money: orders, refunds, cases, bills and statements.

mod ask_refund;
mod bills;
mod cases;
mod frame;
mod order;
mod orders;
mod refunds;
mod schools;
mod shape;
mod statements;
mod tabs;
mod text;

pub(crate) use bills::{BillDay, Bills};
pub(crate) use cases::MoneyCases;
pub(crate) use order::Order;
pub(crate) use orders::Orders;
pub(crate) use refunds::Refunds;
pub(crate) use statements::Statements;
