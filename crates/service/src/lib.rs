//! The use cases: one function an action. Each loads, asks the domain, saves and commits; only here do transactions begin.

pub mod audit;
pub mod backup;
pub mod clock;
pub mod consent;
mod context;
pub mod enrolment;
pub mod erasure;
mod event;
mod failure;
mod idempotency;
pub mod job;
pub mod keys;
mod ledger;
pub mod login;
pub mod me;
pub mod merchant;
pub mod money_case;
pub mod notice;
pub mod order;
pub mod payment;
pub mod phone_change;
pub mod photo;
pub mod rate;
pub mod reconciliation;
pub mod refund;
pub mod retention;
mod roster;
pub mod sample;
pub mod school;
pub mod session;
pub mod statement;
pub mod ticket;
pub mod vault;

pub use context::{Context, Settings};
pub use failure::Failure;
pub use session::Student;
