//! What pages show, with everything that belongs to a row in the same answer: the number of statements does not depend
//! on the number of rows.

mod account;
mod desk;
mod enrolment;
mod money_case;
mod order;
mod photo;
mod progress;
mod refund;
mod roster;
mod staff_refund;
mod task_photo;
mod task_review;

pub use account::{OwnAccount, account};
pub use desk::{SchoolBacklog, closing_tasks, imports_in, open_tickets, school_backlogs};
pub use enrolment::{EnrolmentRow, enrolment, enrolments, enrolments_within};
pub use money_case::{CaseFilter, CaseRow, cases};
pub use order::{
    OrderFilter, OrderMoney, OrderRow, money, money_of_number, order, order_within, orders,
    orders_of_number, orders_within, task_order, task_orders,
};
pub use photo::{OwnPhoto, photo};
pub(crate) use progress::missing_query;
pub use progress::{MissingRow, StudentFilter, missing_students, progress_days, progress_sums};
pub use refund::task_refunds;
pub use roster::{RosterFigures, rosters};
pub use staff_refund::{RefundFilter, RefundRow, refund, refunds};
pub use task_photo::{
    ChangePlace, TaskPhotoFilter, TaskPhotoRow, photos_of_ids, task_photo, task_photos,
};
pub use task_review::task_reviews;
