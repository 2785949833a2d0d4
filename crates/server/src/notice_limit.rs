//! How many notices an address takes. What comes faster is refused, and sent again by its provider: nothing is lost.

use std::num::NonZeroU32;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use domain::limit::{MOST_CALLERS, OLD_NOTICES, Rate};
use service::rate::RateLimiter;

/// What the addresses of notices take; shared by all threads.
#[derive(Debug, Clone)]
pub struct NoticeLimits {
    rate: Rate,
    addresses: Arc<RateLimiter<NoticeAddress>>,
}

/// Where a notice comes in.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct NoticeAddress {
    /// The kind of provider that sends it.
    pub(crate) sender: &'static str,
    /// The merchant account that its path names, where there is such a one.
    pub(crate) account: Option<String>,
    /// Whether it is in the form that came before the third API.
    pub(crate) is_old_form: bool,
}

impl NoticeLimits {
    /// So many notices a second for each account, and twice as many at once.
    pub fn new(a_second: NonZeroU32) -> Self {
        let a_second = a_second.get();
        Self {
            rate: Rate::per_second(a_second, a_second.saturating_mul(2)),
            addresses: Arc::new(RateLimiter::new(MOST_CALLERS)),
        }
    }

    /// Takes another notice at an address; all addresses that name no account are one.
    ///
    /// # Errors
    /// When the next one is taken.
    pub(crate) fn take(&self, address: NoticeAddress, now: DateTime<Utc>) -> Result<(), TimeDelta> {
        let sender = address.sender;
        let rate = if address.is_old_form {
            OLD_NOTICES
        } else {
            self.rate
        };
        let taken = self.addresses.take(address, rate, now);
        if taken.is_err() {
            metrics::counter!("notices_put_off_total", "sender" => sender).increment(1);
        }
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_takes_a_burst_and_does_not_take_it_from_another() {
        let limits = NoticeLimits::new(NonZeroU32::new(1_000).unwrap());
        let now = DateTime::UNIX_EPOCH;
        let takes = |sender, account: Option<&str>, is_old_form| {
            let address = NoticeAddress {
                sender,
                account: account.map(str::to_owned),
                is_old_form,
            };
            limits.take(address, now).is_ok()
        };
        let count = |account| {
            (0..3_000)
                .filter(|_| takes("wechat", account, false))
                .count()
        };
        assert_eq!(count(Some("main")), 2_000);
        assert!(takes("wechat", Some("other"), false));
        assert!(takes("alipay", Some("main"), false));
        assert_eq!(count(None), 2_000);
        assert!(takes("wechat", Some("main"), true));
    }
}
