//! What pages show, loaded by joins and in batches: the number of statements does not depend on the number of rows.

mod enrolment;
mod export;
mod facts;
mod order;
mod photo;

pub use enrolment::{EnrolmentDetails, enrolment, enrolments};
pub use export::{Export, export};
pub use order::{OrderDetails, OrderRefund, order, orders};
pub use photo::{Photo, photo};
