//! Messages for development: they go to the log instead of a phone.

use super::{SmsContent, SmsMessage, SmsOutcome, SmsSender};
use async_trait::async_trait;
use secrecy::ExposeSecret;

/// Prints one-time codes to the log, with a warning; for development only.
#[derive(Debug, Clone, Copy, Default)]
pub struct LogSms;

#[async_trait]
impl SmsSender for LogSms {
    async fn send(&self, message: &SmsMessage) -> SmsOutcome {
        // Enough of the number to tell two students apart on a developer's screen.
        let digits = message.phone.chars().count();
        let last: String = message
            .phone
            .chars()
            .skip(digits.saturating_sub(4))
            .collect();
        match &message.content {
            SmsContent::Code(code) => tracing::warn!(
                "development only: the code for the phone ending in {last} is {}",
                code.expose_secret()
            ),
            SmsContent::PhoneChanged => tracing::warn!(
                "development only: the phone ending in {last} would be told of a changed number"
            ),
            SmsContent::PhotoApproved => tracing::warn!(
                "development only: the phone ending in {last} would be told that its photo was accepted"
            ),
            SmsContent::PhotoRejected => tracing::warn!(
                "development only: the phone ending in {last} would be told that its photo was not accepted"
            ),
            SmsContent::TicketAnswered => tracing::warn!(
                "development only: the phone ending in {last} would be told that its question was answered"
            ),
            SmsContent::Reminder => tracing::warn!(
                "development only: the phone ending in {last} would be reminded of what is left to do"
            ),
            SmsContent::WebhookFailing => tracing::warn!(
                "development only: the phone ending in {last} would be told that a webhook endpoint keeps failing"
            ),
            SmsContent::PhoneRecovery => tracing::warn!(
                "development only: the phone ending in {last} would be told that its account gets another number in a day"
            ),
            SmsContent::StaffInvited { address } => tracing::warn!(
                "development only: the phone ending in {last} would be invited as staff to {address}"
            ),
        }
        SmsOutcome::Sent {
            biz_id: format!("log-{}", message.out_id),
        }
    }
}
