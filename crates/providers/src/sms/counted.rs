//! An SMS service whose calls are counted, and whose failures are told once a minute.

use super::{SmsMessage, SmsOutcome, SmsSender};
use crate::Entropy;
use async_trait::async_trait;
use domain::LogAggregator;
use std::{sync::Arc, time::Instant};

/// The services whose calls are counted.
pub const SERVICES: [&str; 2] = ["aliyun", "tencent"];

/// A service of [`SERVICES`].
pub struct Counted<S> {
    /// Its name in metrics and log.
    pub service: &'static str,
    /// What sends.
    pub sender: S,
    /// The time.
    pub entropy: Entropy,
    /// Groups the lines about its failures.
    pub errors: Arc<LogAggregator>,
}

#[async_trait]
impl<S: SmsSender> SmsSender for Counted<S> {
    async fn send(&self, message: &SmsMessage) -> SmsOutcome {
        let (service, began) = (self.service, Instant::now());
        let outcome = self.sender.send(message).await;
        // Nothing was called.
        if outcome == SmsOutcome::NoTemplate {
            return outcome;
        }
        let (word, seen) = match &outcome {
            SmsOutcome::Sent { .. } | SmsOutcome::NoTemplate => ("definite", None),
            SmsOutcome::Throttled(_) | SmsOutcome::BadNumber => ("refused", None),
            SmsOutcome::ProviderDown(fault) => ("refused", Some(format!("{fault:?}"))),
            SmsOutcome::Unknown(seen) => ("unknown", Some(seen.clone())),
        };
        metrics::counter!("sms_calls_total", "service" => service, "outcome" => word).increment(1);
        metrics::histogram!("sms_call_seconds", "service" => service)
            .record(began.elapsed().as_secs_f64());
        let Some(seen) = seen else { return outcome };
        let group = format!("the SMS service {service} does not send");
        if let Some(count) = self.errors.count(&group, self.entropy.now()) {
            tracing::error!(
                sms.service = service,
                log.count = count,
                "The SMS service {service} does not send: {seen}"
            );
        }
        outcome
    }
}
