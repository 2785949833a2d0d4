//! How many notices an address takes. What comes faster is refused, and sent again by its provider: nothing is lost.

use std::num::NonZeroU32;
use std::sync::Arc;

use governor::{DefaultKeyedRateLimiter, Quota};

/// So many notices a second one account takes where nothing else is configured, and twice as many at once. To verify one
/// takes 0.1 ms, so that a flood costs a tenth of a core, and no peak of students comes near.
pub(crate) const NOTICES_A_SECOND: NonZeroU32 = count(1_000);
/// Notices in the old form, which are not believed and only hint at something: 5 a second, 50 at once.
const OLD_FORM: Quota = Quota::per_second(count(5)).allow_burst(count(50));

const fn count(number: u32) -> NonZeroU32 {
    NonZeroU32::MIN.saturating_add(number - 1)
}

/// What the addresses of notices take; shared by all threads.
#[derive(Debug, Clone)]
pub struct NoticeLimits {
    notices: Arc<DefaultKeyedRateLimiter<String>>,
    old_form: Arc<DefaultKeyedRateLimiter<String>>,
}

impl NoticeLimits {
    /// So many notices a second for each account, and twice as many at once.
    pub fn new(a_second: NonZeroU32) -> Self {
        let notices =
            Quota::per_second(a_second).allow_burst(a_second.saturating_add(a_second.get()));
        Self {
            notices: Arc::new(DefaultKeyedRateLimiter::keyed(notices)),
            old_form: Arc::new(DefaultKeyedRateLimiter::keyed(OLD_FORM)),
        }
    }

    /// Whether an address takes another notice; all addresses that name no account are one.
    pub(crate) fn takes(
        &self,
        sender: &'static str,
        account: Option<&str>,
        is_old_form: bool,
    ) -> bool {
        let limit = if is_old_form {
            &self.old_form
        } else {
            &self.notices
        };
        let key = format!("{sender}/{}", account.unwrap_or_default());
        let takes = limit.check_key(&key).is_ok();
        if !takes {
            metrics::counter!("notices_put_off_total", "sender" => sender).increment(1);
        }
        takes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_takes_a_burst_and_does_not_take_it_from_another() {
        let limits = NoticeLimits::new(NOTICES_A_SECOND);
        let taken = |account| {
            (0..3_000)
                .filter(|_| limits.takes("wechat", account, false))
                .count()
        };
        let first = taken(Some("main"));
        assert!((2_000..3_000).contains(&first), "{first}");
        assert!(limits.takes("wechat", Some("other"), false));
        assert!(limits.takes("alipay", Some("main"), false));
        assert!(taken(None) < 3_000);
        assert!(limits.takes("wechat", Some("main"), true));
    }
}
