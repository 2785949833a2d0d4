//! Several providers as one: the next is asked only where the one before certainly sent nothing.

use super::{ProviderFault, SmsMessage, SmsOutcome, SmsSender};
use crate::{
    Entropy,
    breaker::{Breaker, BreakerSettings},
};
use async_trait::async_trait;
use std::sync::Arc;

/// Sends through the first provider that can. One that gave no usable answer several times in a row is passed over for a
/// while, unless it is the last.
pub struct FailOver(Vec<(Arc<dyn SmsSender>, Breaker)>);

impl FailOver {
    /// Asks these in their order.
    pub fn new(
        senders: Vec<Arc<dyn SmsSender>>,
        settings: BreakerSettings,
        clock: &Entropy,
    ) -> Self {
        let with_breaker = |sender| {
            let breaker = Breaker::new("An SMS provider", settings, clock.clone());
            (sender, breaker)
        };
        Self(senders.into_iter().map(with_breaker).collect())
    }
}

#[async_trait]
impl SmsSender for FailOver {
    /// Goes on to the next provider only where one is down. A limit or a bad number would be the
    /// same elsewhere, and after an unknown outcome a second message could be the first one's double.
    async fn send(&self, message: &SmsMessage) -> SmsOutcome {
        let none = ProviderFault::Configuration("no provider is configured".to_owned());
        let mut last = SmsOutcome::ProviderDown(none);
        for (index, (sender, breaker)) in self.0.iter().enumerate() {
            let is_last = index + 1 == self.0.len();
            // Nothing is sent while the breaker is open, so that the next one cannot send a double.
            if !is_last && !breaker.admits() {
                continue;
            }
            let outcome = sender.send(message).await;
            breaker.note(!matches!(outcome, SmsOutcome::Unknown(_)));
            match outcome {
                SmsOutcome::ProviderDown(fault) => {
                    last = SmsOutcome::ProviderDown(fault);
                }
                SmsOutcome::NoTemplate => last = SmsOutcome::NoTemplate,
                outcome @ (SmsOutcome::Sent { .. }
                | SmsOutcome::Throttled(_)
                | SmsOutcome::BadNumber
                | SmsOutcome::Unknown(_)) => return outcome,
            }
        }
        last
    }
}
