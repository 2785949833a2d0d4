//! HTTP: configuration, handlers, problems, jobs, command line. Handlers hold no rule and no query.

mod address_limit;
mod answers;
mod app;
mod background;
mod build;
mod command;
pub mod config;
mod cookie;
mod docs;
mod enrolment;
mod extract;
mod fallback;
mod header;
mod login;
mod me;
mod models;
mod notice_limit;
mod notify;
mod order;
mod origin;
mod photo;
mod problem;
mod request_id;
mod schema;
mod school;
mod serve;
mod sessions;
mod system;
mod text;
mod web;

pub use app::{AppSettings, app, document};
pub use command::run;
pub use notice_limit::NoticeLimits;
pub use serve::{Running, start};
pub use web::WebApp;
