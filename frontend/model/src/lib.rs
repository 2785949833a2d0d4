//! What the web apps' components hold and decide. It names no browser and no Yew, so that it is tested where it runs
//! quickly.

mod chart;
mod form;
mod job;
mod query;
mod row;
mod typed;

pub use chart::{Bar, Segment, segments};
pub use form::{Checked, ServerFault};
pub use job::{JobState, Pace};
pub use query::Query;
pub use row::{Step, stepped};
pub use typed::{moment_typed, read_moment, read_yuan, yuan_text};
