//! HTTP: configuration, handlers, problems, jobs, command line. Handlers hold no rule and no query.

#![deny(clippy::print_stdout, clippy::print_stderr)]

mod address_limit;
mod answers;
mod app;
mod background;
mod build;
mod command;
pub mod config;
mod connection;
mod cookie;
mod docs;
mod download;
mod drain;
mod enrolment;
mod erasure;
mod extract;
mod fallback;
mod field_fault;
mod figures;
mod finding;
mod header;
mod json_body;
mod login;
mod lost_phone;
mod me;
pub mod metric;
mod models;
mod notice_limit;
mod notify;
mod open_files;
mod ops;
mod order;
mod origin;
mod page;
mod path;
mod photo;
mod private_files;
mod problem;
mod rate_limit;
mod readiness;
mod request_id;
mod schema;
mod school;
mod serve;
mod server_lock;
mod sessions;
mod text;
mod web;

pub use app::{AppSettings, app, document};
pub use command::run;
pub use notice_limit::NoticeLimits;
pub use serve::{Running, start};
pub use web::WebApp;
