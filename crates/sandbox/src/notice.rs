//! What a notice is about, and when it is tried again.

use crate::clock::Seconds;
use crate::provider::{Key, Provider};

/// Seconds between tries. Source: `WeChat` Pay's guide 4012075249.
const WECHAT_RETRIES_S: [i64; 15] = [
    15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10_800, 10_800, 10_800, 21_600, 21_600,
];
/// Seconds between tries. Source: Alipay's guide to asynchronous notices.
const ALIPAY_RETRIES_S: [i64; 7] = [240, 600, 600, 3600, 7200, 21_600, 54_000];
/// Seconds between tries. Source: Aliyun's guide to `SmsReport`; Tencent's is taken to be the same.
const RECEIPT_RETRIES_S: [i64; 3] = [60, 300, 600];

/// What a notice is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Matter {
    Payment(Key),
    /// A refund, by the merchant's number.
    Refund(Key, String),
    /// A refund that a person made in the provider's console.
    ConsoleRefund(Key, String),
    /// Closed unpaid; only Alipay's wap product tells.
    Closed(Key),
    /// The time for refunds is over; only Alipay tells.
    Finished(Key),
    /// What became of a text message.
    Receipt(u64),
}

impl Matter {
    /// The order, where it is about one.
    pub(crate) fn key(&self) -> Option<&Key> {
        match self {
            Self::Payment(key)
            | Self::Refund(key, _)
            | Self::ConsoleRefund(key, _)
            | Self::Closed(key)
            | Self::Finished(key) => Some(key),
            Self::Receipt(_) => None,
        }
    }

    /// The refund's number, or nothing.
    pub(crate) fn refund(&self) -> &str {
        match self {
            Self::Refund(_, number) | Self::ConsoleRefund(_, number) => number,
            Self::Payment(_) | Self::Closed(_) | Self::Finished(_) | Self::Receipt(_) => "",
        }
    }

    /// As faults and calls name it.
    pub(crate) fn operation(&self) -> &'static str {
        match self {
            Self::Payment(_) | Self::Closed(_) | Self::Finished(_) => "notify",
            Self::Refund(_, _) | Self::ConsoleRefund(_, _) => "notify_refund",
            Self::Receipt(_) => "receipt",
        }
    }

    /// As the control API names it.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Payment(_) => "payment",
            Self::Refund(_, _) => "refund",
            Self::ConsoleRefund(_, _) => "console_refund",
            Self::Closed(_) => "closed",
            Self::Finished(_) => "finished",
            Self::Receipt(_) => "receipt",
        }
    }

    fn retries_s(&self) -> &'static [i64] {
        match self.key().map(|key| key.provider) {
            Some(Provider::Wechat) => &WECHAT_RETRIES_S,
            Some(Provider::Alipay | Provider::Sms) => &ALIPAY_RETRIES_S,
            None => &RECEIPT_RETRIES_S,
        }
    }
}

/// A notice, on its way or done.
#[derive(Debug, Clone)]
pub(crate) struct Notice {
    pub(crate) matter: Matter,
    pub(crate) url: String,
    /// Stays the same through all tries.
    pub(crate) number: u64,
    pub(crate) created_at: Seconds,
    pub(crate) tries: usize,
    /// When it is sent next; `None` when it was taken or given up.
    pub(crate) due_at: Option<Seconds>,
    pub(crate) is_delivered: bool,
    /// Whether it waits to be overtaken by another one.
    pub(crate) is_held: bool,
}

impl Notice {
    /// A notice that is due at once.
    pub(crate) fn new(matter: Matter, url: String, number: u64, created_at: Seconds) -> Self {
        Self {
            matter,
            url,
            number,
            created_at,
            tries: 0,
            due_at: Some(created_at),
            is_delivered: false,
            is_held: false,
        }
    }

    /// After a try: done, due again by the schedule, or given up.
    pub(crate) fn tried(&mut self, is_taken: bool) {
        let wait_s = (self.matter.retries_s().get(self.tries)).filter(|_| !is_taken);
        self.due_at = self
            .due_at
            .zip(wait_s)
            .map(|(due_at, wait_s)| due_at + wait_s);
        self.is_delivered = is_taken;
        self.is_held = false;
        self.tries += 1;
    }

    /// Moves its next try by `by_s`.
    pub(crate) fn postpone(&mut self, by_s: i64) {
        self.due_at = self.due_at.map(|due_at| due_at + by_s.max(0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn payment(provider: Provider) -> Matter {
        Matter::Payment(Key {
            provider,
            merchant: String::new(),
            number: String::new(),
        })
    }

    fn ends_after(matter: Matter) -> (usize, Seconds) {
        let mut notice = Notice::new(matter, String::new(), 1, 0);
        let mut last = 0;
        while let Some(due_at) = notice.due_at {
            last = due_at;
            notice.tried(false);
        }
        assert!(!notice.is_delivered);
        (notice.tries, last)
    }

    #[test]
    fn a_notice_that_nobody_takes_is_given_up_in_about_a_day() {
        let wechat = ends_after(payment(Provider::Wechat));
        assert_eq!(wechat, (16, 86_640), "the first try and 15 more");
        let alipay = ends_after(payment(Provider::Alipay));
        assert_eq!(alipay, (8, 87_840), "the first try and 7 more");
        assert_eq!(ends_after(Matter::Receipt(1)), (4, 960));
    }

    #[test]
    fn a_notice_that_was_taken_is_done() {
        let mut notice = Notice::new(payment(Provider::Wechat), String::new(), 1, 0);
        notice.tried(false);
        assert_eq!(notice.due_at, Some(15));
        notice.postpone(30);
        assert_eq!(notice.due_at, Some(45));
        notice.tried(true);
        assert_eq!((notice.due_at, notice.is_delivered), (None, true));
    }
}
