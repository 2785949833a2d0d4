//! The product through its front door: a real server, a real database, the sandbox for the outside.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod access;
mod answers;
mod app;
mod books;
mod browser;
mod buyer;
mod call;
mod camera;
mod chance;
mod command;
mod contest;
mod document;
mod ending;
mod enrolment;
mod finance;
mod history;
mod journey;
mod keys;
mod kill;
mod login;
mod me;
mod merchant;
mod message;
#[path = "../../../domain/tests/history/model.rs"]
mod model;
mod notify;
mod order;
mod payment;
mod photo;
mod photo_file;
mod photo_queue;
mod picture;
mod product;
mod race;
mod races;
mod reconciliation;
mod refund;
mod refusals;
mod release;
mod s3;
mod school;
mod session;
mod signed;
mod system;
mod ticket;
