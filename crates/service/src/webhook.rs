//! Webhooks: endpoints that are told what happens, and sending to them. docs/decisions/0045.

mod endpoint;
mod log;
mod rotate;
mod secret;
mod send;
mod tell;
mod verify;

pub(crate) use endpoint::{disable_of, reach_of};
pub(crate) use send::sweep;

pub use endpoint::{
    EndpointAndSecret, EndpointDraft, NewEndpoint, create, delete, get, list, set_state, update,
};
pub use log::{attempts, deliveries, ping, replay, resend};
pub use rotate::rotate;
pub use verify::{ReceivedMessage, verify};
