//! Made from the API document by `cargo xtask openapi`; not to be edited.

mod operations;
mod types;

pub use operations::*;
pub use types::*;
