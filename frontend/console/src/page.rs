//! One page a file.

mod account;
mod deliveries;
mod integrations;
mod login;
mod lookup;
mod not_found;
mod people;
mod poster;
mod progress;
mod review;
mod roster;
mod schools;
mod start;
mod students;
mod task;
mod tasks;
mod tickets;
mod webhooks;

pub(crate) use account::Account;
pub(crate) use deliveries::Deliveries;
pub(crate) use integrations::Integrations;
pub(crate) use login::{DeviceSetup, Login, NoStaff, SecondFactor};
pub(crate) use lookup::Lookup;
pub(crate) use not_found::NotFound;
pub(crate) use people::People;
pub(crate) use poster::Poster;
pub(crate) use progress::TaskProgress;
pub(crate) use review::{Review, ReviewGrid};
pub(crate) use roster::RosterImports;
pub(crate) use schools::Schools;
pub(crate) use start::Start;
pub(crate) use students::Students;
pub(crate) use task::{NewTask, Task};
pub(crate) use tasks::Tasks;
pub(crate) use tickets::Tickets;
pub(crate) use webhooks::Webhooks;
