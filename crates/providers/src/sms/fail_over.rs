//! Several providers as one: the next is asked only where the one before certainly sent nothing.

use super::{ProviderFault, SmsMessage, SmsOutcome, SmsSender};
use async_trait::async_trait;
use std::sync::Arc;

/// Sends through the first provider that can.
pub struct FailOver(Vec<Arc<dyn SmsSender>>);

impl FailOver {
    /// Asks these in their order.
    pub fn new(senders: Vec<Arc<dyn SmsSender>>) -> Self {
        Self(senders)
    }
}

#[async_trait]
impl SmsSender for FailOver {
    /// Goes on to the next provider only where one is down. A limit or a bad number would be the
    /// same elsewhere, and after an unknown outcome a second message could be the first one's double.
    async fn send(&self, message: &SmsMessage) -> SmsOutcome {
        let mut last = ProviderFault::Configuration("no provider is configured".to_owned());
        for sender in &self.0 {
            match sender.send(message).await {
                SmsOutcome::ProviderDown(fault) => {
                    last = fault;
                }
                outcome @ (SmsOutcome::Sent { .. }
                | SmsOutcome::Throttled(_)
                | SmsOutcome::BadNumber
                | SmsOutcome::Unknown(_)) => return outcome,
            }
        }
        SmsOutcome::ProviderDown(last)
    }
}
