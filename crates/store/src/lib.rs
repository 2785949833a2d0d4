//! The database: a connection, transactions, entities and queries; every query names its owner.

pub mod account;
pub mod audit;
mod connect;
pub mod consent;
pub mod data_key;
pub mod enrolment;
pub mod entity;
mod error;
pub mod event;
pub mod idempotency;
pub mod index_key;
pub mod job;
pub mod ledger;
pub mod lock;
pub mod login;
pub mod money_case;
pub mod notice;
pub mod order;
pub mod payment;
pub mod phone_change;
pub mod photo;
pub mod provider_call;
pub mod reconciliation;
pub mod refund;
pub mod reindex;
pub mod roster;
mod row;
pub mod school;
pub mod session;
pub mod task;
pub mod ticket;

pub use connect::{Store, Tx};
pub use error::StoreError;
pub use row::{commit, insert, save};
pub use sea_orm::ConnectionTrait as Connection;
