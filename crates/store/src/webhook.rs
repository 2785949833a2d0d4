//! Webhooks: endpoints, their secrets, events on their way to them, and every try.

mod attempt;
mod delivery;
mod endpoint;

pub use attempt::{attempts, insert_attempt};
pub use delivery::{
    DeliveryLease, deliveries, delivery, due_endpoints, fail_waiting, insert_deliveries, lease,
    lock_deliveries, lock_delivery, release, replay, save_delivery,
};
pub use endpoint::{
    EndpointSecret, active_endpoints, count_endpoints, count_failing, delete_endpoint, endpoint,
    endpoints, expire_secrets, insert_endpoint, insert_secret, lock_active_of, lock_endpoint,
    save_endpoint, secrets,
};
