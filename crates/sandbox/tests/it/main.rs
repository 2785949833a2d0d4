//! The sandbox through HTTP, called as a merchant would.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod alipay;
mod bill;
mod browser;
mod fault;
mod merchant;
mod pages;
mod recorded;
mod refund;
mod shop;
mod sms;
mod tencent;
mod wechat;
