//! The access token that an integrator sends. Source: RFC 6750, 2.1.

use actix_web::HttpMessage;
use actix_web::HttpRequest;
use actix_web::http::header::{AUTHORIZATION, HeaderValue};
use domain::ProblemCode;
use domain::access::Actor;
use service::Context;
use service::integrator::{self, PresentedToken};

use crate::extract::address_of;
use crate::problem::Fault;

/// The longest token that is looked at, in bytes: one with a hundred schools has about 5,000.
const LONGEST: usize = 8_192;

/// What a request has of an access token, looked at once a request.
#[derive(Debug, Clone)]
pub(crate) enum Bearer {
    /// It sends none.
    Absent,
    /// It sends one that is none of ours, or whose time is over.
    Wrong,
    /// It sends one that was ours to give.
    Token(PresentedToken),
}

/// The access token of a request. Its signature is checked once a request.
pub(crate) fn bearer(request: &HttpRequest, context: &Context) -> Bearer {
    let header = request.headers().get(AUTHORIZATION);
    let Some(token) = header.and_then(of_scheme) else {
        return Bearer::Absent;
    };
    let known = request.extensions().get::<Bearer>().cloned();
    known.unwrap_or_else(|| {
        let bearer = read(token, context);
        request.extensions_mut().insert(bearer.clone());
        bearer
    })
}

fn read(token: Option<&str>, context: &Context) -> Bearer {
    let token = token.filter(|token| token.len() <= LONGEST);
    let token = token.and_then(|token| integrator::read_token(context, token));
    token.map_or(Bearer::Wrong, Bearer::Token)
}

/// What stands behind the scheme `Bearer`, however it is capitalised; the outer `None` for another scheme, the inner one for
/// what is no text.
#[expect(clippy::option_option, reason = "another scheme is not a wrong token")]
fn of_scheme(header: &HeaderValue) -> Option<Option<&str>> {
    let bytes = header.as_bytes();
    let scheme = bytes.get(..7)?;
    scheme
        .eq_ignore_ascii_case(b"bearer ")
        .then(|| std::str::from_utf8(&bytes[7..]).ok().map(str::trim))
}

/// The integrator that sends the request; `None` where it sends no access token.
///
/// # Errors
/// `integrator.token_invalid`; `integrator.address_refused`.
pub(crate) async fn integrator(
    request: &HttpRequest,
    context: &Context,
) -> Result<Option<Actor>, Fault> {
    match bearer(request, context) {
        Bearer::Absent => Ok(None),
        Bearer::Wrong => Err(ProblemCode::IntegratorToken.into()),
        Bearer::Token(token) => {
            let address = address_of(request);
            let actor = integrator::authenticate(context, &token, address).await?;
            Ok(Some(actor))
        }
    }
}
