//! What pages show, loaded by joins and in batches: the number of statements does not depend on the number of rows.

mod desk;
mod enrolment;
mod export;
mod facts;
mod order;
mod photo;
mod staff_order;
mod task_order;
mod task_photo;

pub use desk::{DEADLINES_MAX, SchoolOverview, StaffNotices, school_overviews, staff_notices};
pub use enrolment::{EnrolmentDetails, enrolment, enrolments};
pub use export::{Export, export};
pub use order::{OrderDetails, OrderRefund, order, orders};
pub use photo::{Photo, photo};
pub use staff_order::{StaffOrder, StaffOrderDetails, StaffOrderSearch, staff_order, staff_orders};
pub use task_order::{TaskOrder, TaskRefund, task_order, task_orders, task_refunds};
pub use task_photo::{
    PhotoStudent, TaskPhoto, TaskPhotoQuery, task_photo, task_photos, task_reviews,
};
pub(crate) use task_photo::{shown, student_of, task_of, task_photo_row};
