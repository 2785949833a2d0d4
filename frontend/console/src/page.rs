//! One page a file.

mod account;
mod login;
mod not_found;
mod people;
mod review;
mod start;

pub(crate) use account::Account;
pub(crate) use login::{DeviceSetup, Login, NoStaff, SecondFactor};
pub(crate) use not_found::NotFound;
pub(crate) use people::People;
pub(crate) use review::Review;
pub(crate) use start::Start;
