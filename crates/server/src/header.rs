//! The headers that keep pages and answers safe, and the product's time. Source: docs/sources.md#browser-headers.

use std::cell::RefCell;
use std::time::SystemTime;

use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, DATE, HeaderMap, HeaderName, HeaderValue, HttpDate,
    REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, TryIntoHeaderValue, X_CONTENT_TYPE_OPTIONS,
};
use chrono::{DateTime, Utc};

/// The policy of the web app's pages. No inline script or style anywhere; `wasm-unsafe-eval` permits compiling wasm and
/// nothing else.
pub(crate) const PAGES: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' blob:; connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'";

/// For answers that are no pages.
const ANSWERS: &str = "default-src 'none'; frame-ancestors 'none'; sandbox";

const FIXED: [(HeaderName, HeaderValue); 6] = [
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (
        REFERRER_POLICY,
        HeaderValue::from_static("strict-origin-when-cross-origin"),
    ),
    (
        STRICT_TRANSPORT_SECURITY,
        HeaderValue::from_static("max-age=31536000; includeSubDomains"),
    ),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(self), geolocation=(), microphone=()"),
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
];

/// The header `Date`, which is written once a second.
#[derive(Debug, Default)]
pub(crate) struct Dates(RefCell<Option<(i64, HeaderValue)>>);

impl Dates {
    /// The header of a moment.
    fn at(&self, now: DateTime<Utc>) -> Option<HeaderValue> {
        let mut last = self.0.borrow_mut();
        let second = now.timestamp();
        if let Some((of, value)) = &*last
            && *of == second
        {
            return Some(value.clone());
        }
        let value = HttpDate::from(SystemTime::from(now))
            .try_into_value()
            .ok()?;
        *last = Some((second, value.clone()));
        Some(value)
    }
}

/// Adds the headers that a handler did not set itself.
pub(crate) fn secure(headers: &mut HeaderMap, dates: &Dates, now: DateTime<Utc>) {
    // The product's clock and not the machine's: the web app's countdowns follow it.
    if let Some(date) = dates.at(now) {
        headers.insert(DATE, date);
    }
    for (name, value) in FIXED {
        headers.insert(name, value);
    }
    if !headers.contains_key(CONTENT_SECURITY_POLICY) {
        headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(ANSWERS));
    }
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}
