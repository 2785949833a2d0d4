//! The files of both web apps: from the binary in release builds, else from a folder; compressed beforehand.

mod files;

use std::path::PathBuf;
use std::sync::Arc;

use actix_web::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, HeaderValue, VARY,
};
use actix_web::{HttpRequest, HttpResponse};

use files::Files;

/// Hashed names never change their content.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Everything else is asked for again.
const ASK_AGAIN: &str = "no-cache";
/// The page that every address of the students' web app begins with.
const PAGE: &str = "index.html";
/// The page that every address below `/console` begins with: the web app of staff.
const CONSOLE_PAGE: &str = "console/index.html";

/// The web app's files.
#[derive(Debug, Clone)]
pub struct WebApp {
    files: Arc<Files>,
}

impl WebApp {
    /// The files of a folder, or without one those in the binary.
    pub fn new(folder: Option<PathBuf>) -> Self {
        let files = folder.map_or(Files::Embedded, Files::Folder);
        Self {
            files: Arc::new(files),
        }
    }

    /// No web app: the API alone.
    pub fn none() -> Self {
        Self {
            files: Arc::new(Files::None),
        }
    }

    /// A file, or the page of the web app that shows any other address; `None` where there is no web app.
    pub(crate) fn answer(&self, request: &HttpRequest) -> Option<HttpResponse> {
        let name = request.path().trim_start_matches('/');
        let is_file = name
            .rsplit('/')
            .next()
            .is_some_and(|last| last.contains('.'));
        let name = match name.split('/').next() {
            _ if is_file => name,
            Some("console") => CONSOLE_PAGE,
            Some(_) | None => PAGE,
        };
        let (content, encoding) = self.best(name, request)?;
        let mut response = HttpResponse::Ok();
        response.content_type(media_type(name));
        let is_hashed = name.starts_with("assets/");
        response.insert_header((CACHE_CONTROL, if is_hashed { FOR_EVER } else { ASK_AGAIN }));
        response.insert_header((VARY, ACCEPT_ENCODING.as_str()));
        if let Some(encoding) = encoding {
            response.insert_header((CONTENT_ENCODING, encoding));
        }
        let policy = HeaderValue::from_static(crate::header::PAGES);
        response.insert_header((CONTENT_SECURITY_POLICY, policy));
        Some(response.body(content))
    }

    fn best(
        &self,
        name: &str,
        request: &HttpRequest,
    ) -> Option<(actix_web::web::Bytes, Option<&'static str>)> {
        let accepted = request
            .headers()
            .get(ACCEPT_ENCODING)
            .and_then(|value| value.to_str().ok())
            .unwrap_or("");
        for (encoding, extension) in [("br", "br"), ("gzip", "gz")] {
            if accepts(accepted, encoding)
                && let Some(content) = self.files.read(&format!("{name}.{extension}"))
            {
                return Some((content, Some(encoding)));
            }
        }
        self.files.read(name).map(|content| (content, None))
    }
}

/// Whether an `Accept-Encoding` names an encoding and does not refuse it.
fn accepts(header: &str, encoding: &str) -> bool {
    header.split(',').any(|part| {
        let mut pieces = part.split(';').map(str::trim);
        let is_named = pieces
            .next()
            .is_some_and(|name| name.eq_ignore_ascii_case(encoding));
        is_named && !pieces.any(|piece| matches!(piece, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" => "image/jpeg",
        "ico" => "image/x-icon",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::{accepts, media_type};
    use rstest::rstest;

    #[rstest]
    #[case::alone("br", true)]
    #[case::last("gzip, deflate, br", true)]
    #[case::with_weights("gzip;q=1.0, br;q=0.5", true)]
    #[case::capitals("BR", true)]
    #[case::empty("", false)]
    #[case::another("gzip", false)]
    #[case::refused("br;q=0", false)]
    #[case::beginning_of_a_name("brotli", false)]
    fn an_encoding_counts_where_it_is_named_and_not_refused(
        #[case] header: &str,
        #[case] expected: bool,
    ) {
        assert_eq!(accepts(header, "br"), expected, "{header}");
    }

    #[rstest]
    #[case("index.html", "text/html; charset=utf-8")]
    #[case("app-1.js", "text/javascript; charset=utf-8")]
    #[case("app_bg.wasm", "application/wasm")]
    #[case("icon.192.png", "image/png")]
    #[case::no_ending("LICENSE", "application/octet-stream")]
    #[case::hidden(".html", "text/html; charset=utf-8")]
    #[case::capitals("PHOTO.JPG", "application/octet-stream")]
    #[case::unknown("a.exe", "application/octet-stream")]
    fn a_file_has_the_type_of_its_ending(#[case] name: &str, #[case] expected: &str) {
        assert_eq!(media_type(name), expected);
    }
}
