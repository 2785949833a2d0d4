//! The outside: payment and SMS providers, the object store, keys and randomness.
//!
//! Nothing here reads the clock: time comes in as an argument or through [`Entropy`]. Nothing here
//! opens a transaction: the caller records what it wants, commits, calls, and records the outcome.

pub mod alipay;
pub mod amount;
mod beijing;
pub mod blob;
pub mod breaker;
pub mod captcha;
pub mod capture_code;
mod certificate;
pub mod entropy;
mod http;
pub mod keys;
mod lenient;
pub mod outcome;
pub mod payment;
mod percent;
pub mod rsa;
mod sheet;
pub mod sms;
pub mod telemetry;
pub mod totp;
pub mod webhook;
pub mod wechat_pay;

pub use certificate::CertificateError;
pub use entropy::{Entropy, Random, SystemRandom};
pub use http::{CallTimeouts, ClientError, Http};
pub use outcome::{Outcome, ProviderRefusal, Reply, Trace};
