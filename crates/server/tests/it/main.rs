//! The product through its front door: a real server, a real database, the sandbox for the outside.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod access;
mod app;
mod browser;
mod buyer;
mod enrolment;
mod journey;
mod login;
mod me;
mod notify;
mod order;
mod payment;
mod photo;
mod picture;
mod race;
mod reconciliation;
mod refund;
mod school;
mod system;
mod ticket;
