//! What no operation answers: the web app's files and pages, a wrong method, or nothing.

use std::sync::Arc;

use actix_web::http::Method;
use actix_web::http::header::ALLOW;
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use domain::ProblemCode;

use crate::problem::Fault;
use crate::route_table::RouteTable;
use crate::web::WebApp;

/// Paths below which only operations live; everything else is the web app's.
const API: [&str; 4] = ["/api/", "/notify/", "/oauth/", "/.well-known/"];
/// Paths that monitoring asks for. They are on the operators' listener; a page here would look like health.
const OPERATORS: [&str; 3] = ["/livez", "/readyz", "/metrics"];

/// Knows which methods each path of the document takes.
#[derive(Clone)]
pub(crate) struct Fallback {
    routes: Arc<RouteTable>,
    web: WebApp,
}

impl Fallback {
    /// Over the routes and the web app.
    pub(crate) fn new(routes: Arc<RouteTable>, web: WebApp) -> Self {
        Self { routes, web }
    }

    /// Answers what no operation did.
    pub(crate) fn answer(&self, request: &HttpRequest) -> HttpResponse {
        let path = request.path();
        if let Some(route) = self.routes.find(path) {
            let mut response = Fault::from(ProblemCode::RequestMethod).error_response();
            response.headers_mut().insert(ALLOW, route.allowed.clone());
            return response;
        }
        let may_be_page = *request.method() == Method::GET && is_of_web_app(path);
        let page = if may_be_page {
            self.web.answer(request)
        } else {
            None
        };
        page.unwrap_or_else(|| Fault::from(ProblemCode::RequestPath).error_response())
    }
}

/// Whether the web app may have a page or file at this path. An empty part, such as that of a slash at the end, makes it
/// another path than the one that was probably meant.
fn is_of_web_app(path: &str) -> bool {
    let has_empty_part = path.len() > 1 && (path.ends_with('/') || path.contains("//"));
    let is_api = API.iter().any(|prefix| path.starts_with(prefix));
    !has_empty_part && !is_api && !OPERATORS.contains(&path)
}

#[cfg(test)]
mod tests {
    use super::is_of_web_app;
    use rstest::rstest;

    #[rstest]
    #[case("/", true)]
    #[case("/orders", true)]
    #[case("/assets/app-1.js", true)]
    #[case("/readyz", false)]
    #[case("/readyz/", false)]
    #[case("//readyz", false)]
    #[case("//", false)]
    #[case("/orders/", false)]
    #[case("//api/v1/me", false)]
    #[case("/api/v1/nothing", false)]
    fn only_whole_paths_outside_the_api_are_pages(#[case] path: &str, #[case] expected: bool) {
        assert_eq!(is_of_web_app(path), expected, "{path}");
    }
}
