//! One page a file.

mod not_found;
mod start;

pub(crate) use not_found::NotFound;
pub(crate) use start::Start;
