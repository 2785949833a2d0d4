//! The cookies: tokens that no script can read, and a value that binds a code to a browser.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header::COOKIE;
use actix_web::{HttpRequest, HttpResponseBuilder};
use domain::login::KNOWN_BROWSER_LIFETIME;
use secrecy::ExposeSecret;
use service::session::TokenPair;

/// `__Host-`: https (or loopback) only, this host only, the whole site. Source: RFC 6265bis, 4.1.3.2.
const ACCESS: &str = "__Host-access";
const REFRESH: &str = "__Host-refresh";
const BROWSER: &str = "__Host-browser";

fn cookie(name: &'static str, value: String, max_age: Duration) -> Cookie<'static> {
    Cookie::build(name, value)
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(max_age)
        .finish()
}

/// The value of a cookie, where it is not empty. Ours have no characters that would have to be escaped.
fn read<'a>(request: &'a HttpRequest, name: &str) -> Option<&'a str> {
    let headers = request.headers().get_all(COOKIE);
    let headers = headers.filter_map(|header| std::str::from_utf8(header.as_bytes()).ok());
    let mut cookies = headers.flat_map(|header| header.split(';'));
    let value = cookies.find_map(|cookie| {
        let (found, value) = cookie.split_once('=')?;
        (found.trim() == name).then(|| value.trim())
    })?;
    (!value.is_empty()).then_some(value)
}

/// The access token of a request.
pub(crate) fn access_token(request: &HttpRequest) -> Option<&str> {
    read(request, ACCESS)
}

/// The refresh token of a request.
pub(crate) fn refresh_token(request: &HttpRequest) -> Option<&str> {
    read(request, REFRESH)
}

/// The browser's value, where it has one.
pub(crate) fn browser_value(request: &HttpRequest) -> Option<&str> {
    read(request, BROWSER)
}

/// Keeps the browser's value for as long as a browser is known that logged in.
pub(crate) fn browser(value: &str) -> Cookie<'static> {
    let lifetime = Duration::seconds(KNOWN_BROWSER_LIFETIME.num_seconds());
    cookie(BROWSER, value.to_owned(), lifetime)
}

/// Sets both tokens. The access token's cookie outlives the token, so that the server, not the browser, judges it.
pub(crate) fn set_tokens(
    mut response: HttpResponseBuilder,
    tokens: &TokenPair,
) -> HttpResponseBuilder {
    let lifetime = Duration::seconds(tokens.lifetime.num_seconds());
    response.cookie(cookie(
        ACCESS,
        tokens.access.expose_secret().to_owned(),
        lifetime,
    ));
    response.cookie(cookie(
        REFRESH,
        tokens.refresh.expose_secret().to_owned(),
        lifetime,
    ));
    response
}

/// Removes both tokens by name, and what the pages stored. The browser's value stays: it is no secret of the person's, and
/// limits count by it.
pub(crate) fn clear(mut response: HttpResponseBuilder) -> HttpResponseBuilder {
    response.cookie(cookie(ACCESS, String::new(), Duration::ZERO));
    response.cookie(cookie(REFRESH, String::new(), Duration::ZERO));
    response.insert_header(("Clear-Site-Data", "\"storage\""));
    response
}
