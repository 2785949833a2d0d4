//! Telling somebody by text message that they were invited.

use domain::{ChallengeId, Phone};
use providers::sms::{SmsContent, SmsMessage, SmsOutcome};

use crate::{Context, message};

/// Tells a phone that it was invited. The invitation stands whether or not the message arrives: whoever invited can tell the
/// person themselves.
pub(super) async fn tell(context: &Context, phone: &Phone) {
    let message = SmsMessage {
        phone: phone.e164().to_owned(),
        content: SmsContent::StaffInvited {
            address: format!("{}/console", context.settings.public_origin),
        },
        out_id: context.new_id(ChallengeId::new).to_string(),
    };
    let outcome = message::send(context, &message).await;
    if !matches!(outcome, SmsOutcome::Sent { .. }) {
        tracing::warn!(sms.outcome = ?outcome, "Somebody who was invited could not be told");
    }
}
