//! The providers against test vectors and against small HTTP doubles.

#![expect(clippy::unwrap_used, reason = "a helper that fails fails its test")]

mod alipay;
mod blob;
mod captcha;
mod double;
mod keys;
mod recorded;
mod sms;
mod tally;
mod timeouts;
mod vectors;
mod wechat_pay;
