//! A request as text.

use std::fmt::Write as _;

use actix_web::HttpRequest;
use actix_web::http::header::HeaderMap;

/// A header's value; `None` where it is missing or no text.
pub(crate) fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// A request as text, for the log.
pub(crate) fn shown(request: &HttpRequest, body: &[u8]) -> String {
    let mut text = format!("{} {}\n", request.method(), request.uri());
    for (name, value) in request.headers() {
        let value = String::from_utf8_lossy(value.as_bytes());
        let _ = writeln!(text, "{name}: {value}");
    }
    text.push('\n');
    text.push_str(&String::from_utf8_lossy(body));
    text
}
