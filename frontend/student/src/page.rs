//! One page a file.

mod access_log;
mod agreement;
mod confirm;
mod erasure;
mod help;
mod identity;
mod login;
mod lost_phone;
pub(crate) mod me;
mod not_found;
pub(crate) mod order;
mod orders;
pub(crate) mod pay;
mod phone_change;
mod photo;
mod school;
mod start;
mod task_link;

pub(crate) use access_log::AccessLog;
pub(crate) use agreement::Agreement;
pub(crate) use confirm::Confirm;
pub(crate) use erasure::Erasure;
pub(crate) use help::Help;
pub(crate) use identity::Identity;
pub(crate) use login::Login;
pub(crate) use lost_phone::LostPhone;
pub(crate) use me::Me;
pub(crate) use not_found::NotFound;
pub(crate) use order::Order;
pub(crate) use orders::Orders;
pub(crate) use pay::Pay;
pub(crate) use phone_change::PhoneChange;
pub(crate) use photo::Photo;
pub(crate) use school::School;
pub(crate) use start::Start;
pub(crate) use task_link::TaskLink;
