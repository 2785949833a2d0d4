//! When a call is tried again, and how long that waits.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

use super::error::ApiError;
use crate::{Failure, Method, Request};

/// How often calls are tried, and how long it waits between tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryWaits {
    /// How often a call is tried in all.
    pub tries: u32,
    /// The longest wait after the first try; each later one may take twice as long as the one before.
    pub first: Duration,
    /// The longest wait, also where the server asks for more.
    pub longest: Duration,
}

impl Default for RetryWaits {
    /// Five tries, after up to 0.5, 1, 2 and 4 seconds; at most a minute where the server asks for it.
    fn default() -> Self {
        Self {
            tries: 5,
            first: Duration::from_millis(500),
            longest: Duration::from_mins(1),
        }
    }
}

impl RetryWaits {
    /// How long to wait after so many tries: as long as the server asks, or else by chance up to a bound that doubles, so that
    /// clients that failed together do not come back together.
    pub(super) fn wait(&self, tries: u32, asked: Option<Duration>) -> Duration {
        let bound = self
            .first
            .saturating_mul(1 << tries.saturating_sub(1).min(16));
        let by_chance = by_chance(bound.min(self.longest));
        asked.map_or(by_chance, |asked| (asked + by_chance).min(self.longest))
    }

    /// Whether a call that got this status, or `None` where no answer came, is tried once more.
    pub(super) fn may_repeat(&self, request: &Request, status: Option<u16>, tries: u32) -> bool {
        let is_temporary = match status {
            None => has_one_effect(request),
            Some(429) => true,
            Some(status) => matches!(status, 502..=504) && has_one_effect(request),
        };
        is_temporary && tries < self.tries
    }

    /// Whether a token is asked for once more.
    pub(super) fn may_ask_again(&self, error: &ApiError, tries: u32) -> bool {
        let is_temporary = match error {
            ApiError::Call(
                Failure::Offline
                | Failure::Unexpected {
                    status: Some(429 | 502..=504),
                },
            ) => true,
            ApiError::Call(Failure::Problem(problem)) => matches!(problem.status, 429 | 502..=504),
            ApiError::Call(Failure::Unexpected { .. })
            | ApiError::Token { .. }
            | ApiError::Setup(_) => false,
        };
        is_temporary && tries < self.tries
    }
}

/// Whether a request that is sent twice has the effect of one.
fn has_one_effect(request: &Request) -> bool {
    match request.method {
        Method::Get | Method::Put | Method::Delete => true,
        Method::Post | Method::Patch => {
            let mut headers = request.headers.iter();
            headers.any(|(name, _)| name.eq_ignore_ascii_case("Idempotency-Key"))
        }
    }
}

/// A time up to a bound by chance. It guards nothing, so the standard library's seeds are good enough.
fn by_chance(bound: Duration) -> Duration {
    let number = RandomState::new().build_hasher().finish();
    let nanos = u64::try_from(bound.as_nanos()).unwrap_or(u64::MAX);
    Duration::from_nanos(number % nanos.saturating_add(1))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn waits_double_and_the_server_is_heeded() {
        let waits = RetryWaits::default();
        for tries in 1..40 {
            let bound = Duration::from_millis(500 << (tries - 1_u32).min(7));
            assert!(
                waits.wait(tries, None) <= bound.min(waits.longest),
                "{tries}"
            );
        }
        let asked = Duration::from_secs(7);
        let waited = waits.wait(1, Some(asked));
        assert!(waited >= asked && waited <= asked + waits.first);
        assert_eq!(waits.wait(1, Some(Duration::from_hours(1))), waits.longest);
    }

    #[rstest]
    #[case::get(Request::new(Method::Get, "/", &[]), true)]
    #[case::put(Request::new(Method::Put, "/", &[]), true)]
    #[case::delete(Request::new(Method::Delete, "/", &[]), true)]
    #[case::post(Request::new(Method::Post, "/", &[]), false)]
    #[case::patch(Request::new(Method::Patch, "/", &[]), false)]
    #[case::a_post_with_a_key(
        Request::new(Method::Post, "/", &[]).header("Idempotency-Key", Some("k")),
        true,
    )]
    fn what_may_have_had_an_effect_is_not_sent_twice(
        #[case] request: Request,
        #[case] is_safe: bool,
    ) {
        let waits = RetryWaits::default();
        for status in [None, Some(502), Some(503), Some(504)] {
            assert_eq!(
                waits.may_repeat(&request, status, 1),
                is_safe,
                "{request:?} {status:?}"
            );
        }
        assert!(waits.may_repeat(&request, Some(429), 1), "nothing was done");
        for status in [200, 400, 404, 409, 412, 422, 500] {
            assert!(!waits.may_repeat(&request, Some(status), 1), "{status}");
        }
        assert!(!waits.may_repeat(&request, Some(429), 5), "five are enough");
    }

    fn unexpected(status: Option<u16>) -> ApiError {
        ApiError::Call(Failure::Unexpected { status })
    }

    #[rstest]
    #[case::no_answer(&ApiError::Call(Failure::Offline), true)]
    #[case::too_often(&unexpected(Some(429)), true)]
    #[case::bad_gateway(&unexpected(Some(502)), true)]
    #[case::gateway_timeout(&unexpected(Some(504)), true)]
    #[case::internal_error(&unexpected(Some(500)), false)]
    #[case::not_implemented(&unexpected(Some(505)), false)]
    #[case::no_request(&unexpected(None), false)]
    #[case::refused(
        &ApiError::Token { error: "invalid_client".to_owned(), description: String::new() },
        false,
    )]
    #[case::set_up_wrongly(&ApiError::Setup(String::new()), false)]
    fn a_token_is_asked_for_again_where_that_may_help(
        #[case] error: &ApiError,
        #[case] expected: bool,
    ) {
        let waits = RetryWaits::default();
        assert_eq!(waits.may_ask_again(error, 1), expected);
        assert!(
            !waits.may_ask_again(error, waits.tries),
            "tried often enough"
        );
    }

    #[test]
    fn a_key_makes_a_repeated_post_one_in_any_case_of_its_letters() {
        let request = Request::new(Method::Post, "/", &[]);
        let keyed = request.header("idempotency-key", Some("k"));
        assert!(RetryWaits::default().may_repeat(&keyed, None, 1));
    }

    #[rstest]
    #[case::no_time(Duration::ZERO)]
    #[case::a_second(Duration::from_secs(1))]
    fn a_wait_is_as_long_as_asked_and_a_little_more(#[case] asked: Duration) {
        let waits = RetryWaits::default();
        let waited = waits.wait(2, Some(asked));
        assert!(
            waited >= asked && waited <= asked + 2 * waits.first,
            "{waited:?}"
        );
    }
}
