//! Made from the API document by `cargo xtask openapi`; not to be edited.

mod operations;
#[cfg(not(target_arch = "wasm32"))]
mod pages;
mod types;
mod words;

pub use operations::*;
pub use types::*;
pub use words::*;
