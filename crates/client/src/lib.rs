//! The API client: generated from `openapi/openapi.json` by `cargo xtask openapi`, and one failure type for all calls.

mod failure;
#[expect(
    missing_docs,
    unreachable_pub,
    clippy::all,
    clippy::pedantic,
    reason = "written by openapi-to-rust; the document holds the descriptions"
)]
mod generated;

pub use failure::Failure;
pub use generated::*;
