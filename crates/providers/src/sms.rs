//! Text messages to students: what is sent, and what came of it.

mod acs3;
mod aliyun;
mod log;

pub use acs3::{AccessKey, Signed};
pub use aliyun::{Aliyun, AliyunSettings, ENDPOINT};
pub use log::LogSms;

use async_trait::async_trait;
use secrecy::SecretString;
use std::fmt;

/// One message to one person.
#[derive(Clone)]
pub struct SmsMessage {
    /// E.164, such as `+8613800138000`.
    pub phone: String,
    /// What it says.
    pub content: SmsContent,
    /// Our id of the message, which comes back in the receipt.
    pub out_id: String,
}

/// The messages that there are; each is a template filed with the provider.
#[derive(Debug, Clone)]
pub enum SmsContent {
    /// A one-time code.
    Code(SecretString),
    /// The account's phone number was changed; told to the old number and the new one.
    PhoneChanged,
}

impl fmt::Debug for SmsMessage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SmsMessage")
            .field("out_id", &self.out_id)
            .finish_non_exhaustive()
    }
}

/// What came of sending a message.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub enum SmsOutcome {
    /// Taken by the provider; not yet on the phone.
    Sent {
        /// The provider's number, which comes back in the receipt.
        biz_id: String,
    },
    /// Too many to this number: the code sent before stays valid.
    Throttled,
    /// The provider takes this for no phone number.
    BadNumber,
    /// The provider will send nothing until somebody acts: tell the operator, use another one.
    ProviderDown(ProviderFault),
    /// It may or may not arrive: count it as sent and do not send it again.
    Unknown(String),
}

/// Why a provider sends nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProviderFault {
    /// The account is out of money or has reached its own daily or monthly limit; the code.
    Money(String),
    /// Key, signature, template or permission are not in order; the code.
    Configuration(String),
}

/// Sends text messages.
#[async_trait]
pub trait SmsSender: Send + Sync {
    /// Sends once; never repeats by itself.
    async fn send(&self, message: &SmsMessage) -> SmsOutcome;
}
