//! Sending a text message, counted for operators.

use providers::sms::{SmsContent, SmsMessage, SmsOutcome};

use crate::Context;

/// What can become of sending a message, in the words of the metrics.
pub const OUTCOMES: [&str; 6] = [
    "sent",
    "throttled",
    "bad_number",
    "provider_down",
    "no_template",
    "unknown",
];
/// What a message can be about, in the words of the metrics.
pub const CONTENTS: [&str; 9] = [
    "code",
    "phone_changed",
    "staff_invited",
    "photo_approved",
    "photo_rejected",
    "ticket_answered",
    "reminder",
    "webhook_failing",
    "phone_recovery",
];

/// Sends a message once.
pub(crate) async fn send(context: &Context, message: &SmsMessage) -> SmsOutcome {
    let about = match &message.content {
        SmsContent::Code(_) => "code",
        SmsContent::PhoneChanged => "phone_changed",
        SmsContent::StaffInvited { .. } => "staff_invited",
        SmsContent::PhotoApproved => "photo_approved",
        SmsContent::PhotoRejected => "photo_rejected",
        SmsContent::TicketAnswered => "ticket_answered",
        SmsContent::Reminder => "reminder",
        SmsContent::WebhookFailing => "webhook_failing",
        SmsContent::PhoneRecovery => "phone_recovery",
    };
    let outcome = context.sms.send(message).await;
    let word = match &outcome {
        SmsOutcome::Sent { .. } => "sent",
        SmsOutcome::Throttled(_) => "throttled",
        SmsOutcome::BadNumber => "bad_number",
        SmsOutcome::ProviderDown(_) => "provider_down",
        SmsOutcome::NoTemplate => "no_template",
        SmsOutcome::Unknown(_) => "unknown",
    };
    metrics::counter!("sms_messages_total", "content" => about, "outcome" => word).increment(1);
    if let SmsOutcome::ProviderDown(fault) = &outcome
        && let Some(count) = context.errors_to_write("no SMS service sends anything")
    {
        tracing::error!(
            sms.fault = ?fault, log.count = count,
            "No SMS service sends anything until somebody acts"
        );
    }
    outcome
}
