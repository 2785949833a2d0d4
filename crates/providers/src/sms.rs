//! Text messages to students: what is sent, and what came of it.

mod acs3;
mod aliyun;
mod counted;
mod fail_over;
mod log;
mod receipt;
mod tc3;
mod tencent;

pub use acs3::{AccessKey, Signed};
pub use aliyun::{Aliyun, AliyunSettings, ENDPOINT};
pub use counted::{Counted, SERVICES};
pub use fail_over::FailOver;
pub use log::LogSms;
pub use receipt::{
    ALIYUN_RECEIPT_ACK, SmsReceipt, TENCENT_RECEIPT_ACK, aliyun_receipts, tencent_receipts,
};
pub use tencent::{TENCENT_ENDPOINT, Tencent, TencentSettings};

use async_trait::async_trait;
use reqwest::Url;
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
    /// A photo was accepted.
    PhotoApproved,
    /// A photo was not accepted; the app says why.
    PhotoRejected,
    /// The school answered a question about its roster; the app has the answer.
    TicketAnswered,
    /// The student has not finished; the app says what is left to do.
    Reminder,
    /// A webhook endpoint of the school keeps failing, or was disabled for it; the console says which.
    WebhookFailing,
    /// The account gets another phone number in a day, since its owner reported a lost phone; who logs in with the old number can
    /// refuse it.
    PhoneRecovery,
    /// Somebody was invited as staff.
    StaffInvited {
        /// Where to log in.
        address: String,
    },
}

/// The templates that an account filed with its provider, by what they say. Those that may be missing send nothing.
#[derive(Debug, Clone)]
pub struct SmsTemplates {
    /// A one-time code, with the variable `code`; at Tencent Cloud with two, the code and its minutes.
    pub code: String,
    /// A changed phone number; no variables.
    pub phone_changed: String,
    /// An invitation as staff, with the address to log in at as its only variable, `address`.
    pub staff_invited: Option<String>,
    /// An accepted photo; no variables.
    pub photo_approved: Option<String>,
    /// A photo that was not accepted; no variables.
    pub photo_rejected: Option<String>,
    /// An answered question about the roster; no variables.
    pub ticket_answered: Option<String>,
    /// A reminder of what is left to do; no variables.
    pub reminder: Option<String>,
    /// A webhook endpoint that keeps failing; no variables.
    pub webhook_failing: Option<String>,
    /// A phone number that changes in a day after a report of a lost phone; no variables.
    pub phone_recovery: Option<String>,
}

impl SmsTemplates {
    /// The template of a message; `None` where none was filed.
    fn of(&self, content: &SmsContent) -> Option<&str> {
        match content {
            SmsContent::Code(_) => Some(&self.code),
            SmsContent::PhoneChanged => Some(&self.phone_changed),
            SmsContent::StaffInvited { .. } => self.staff_invited.as_deref(),
            SmsContent::PhotoApproved => self.photo_approved.as_deref(),
            SmsContent::PhotoRejected => self.photo_rejected.as_deref(),
            SmsContent::TicketAnswered => self.ticket_answered.as_deref(),
            SmsContent::Reminder => self.reminder.as_deref(),
            SmsContent::WebhookFailing => self.webhook_failing.as_deref(),
            SmsContent::PhoneRecovery => self.phone_recovery.as_deref(),
        }
    }
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
    Throttled(SmsWindow),
    /// The provider takes this for no phone number.
    BadNumber,
    /// The provider will send nothing until somebody acts: tell the operator, use another one.
    ProviderDown(ProviderFault),
    /// There is no template for it: nothing was sent, and nothing is wrong.
    NoTemplate,
    /// It may or may not arrive: count it as sent and do not send it again.
    Unknown(String),
}

/// Over which time a provider counts the messages to one number: 1 a minute (Tencent Cloud: 30 s),
/// 5 an hour and 10 a day, where nothing else is agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SmsWindow {
    /// Also where the provider does not say.
    Minute,
    /// An hour.
    Hour,
    /// 24 hours.
    Day,
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

/// The `Host` header that the HTTP client will send to this endpoint.
fn host(endpoint: &Url) -> String {
    let host = endpoint.host_str().unwrap_or_default();
    endpoint
        .port()
        .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}
