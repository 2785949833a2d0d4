//! What pages show, with everything that belongs to a row in the same answer: the number of statements does not depend
//! on the number of rows.

mod enrolment;
mod order;
mod photo;
mod roster;

pub use enrolment::{EnrolmentRow, enrolment, enrolments};
pub use order::{OrderMoney, OrderRow, money, money_of_number, order, orders};
pub use photo::photo;
pub use roster::{RosterFigures, rosters};
