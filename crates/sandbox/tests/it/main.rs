//! The sandbox through HTTP, called as a merchant would.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod alipay;
mod merchant;
mod pages;
mod shop;
mod sms;
mod wechat;
