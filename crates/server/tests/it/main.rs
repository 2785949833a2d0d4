//! The product through its front door: a real server, a real database, the sandbox for the outside.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod access;
mod answers;
mod app;
mod browser;
mod buyer;
mod call;
mod camera;
mod command;
mod document;
mod enrolment;
mod journey;
mod login;
mod me;
mod notify;
mod order;
mod payment;
mod photo;
mod picture;
mod product;
mod race;
mod races;
mod reconciliation;
mod refund;
mod refusals;
mod s3;
mod school;
mod system;
mod ticket;
