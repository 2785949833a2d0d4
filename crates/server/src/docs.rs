//! The API explorer at `/api/docs`, and the document itself.

use std::fmt::Write as _;
use std::future::ready;

use actix_web::HttpResponse;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::guard::fn_guard;
use actix_web::http::header::{CONTENT_SECURITY_POLICY, ContentType, HeaderValue, LOCATION};
use actix_web::middleware::{Next, from_fn};
use actix_web::web::{self, Bytes, ServiceConfig};
use domain::ProblemCode;
use utoipa_swagger_ui::{Config, SwaggerUi, oauth};

/// Where a problem's `type` points to, with its code as the fragment.
pub(crate) const PROBLEMS: &str = "/api/docs/problems";

/// As for pages, but the explorer draws with `data:` images.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self'; font-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";

/// Where the document is.
const DOCUMENT: &str = "/api/openapi.json";

/// Mounts explorer, document and the list of problems.
pub(crate) fn routes(document: Bytes) -> impl FnOnce(&mut ServiceConfig) {
    move |config| {
        let explorer = SwaggerUi::new("/api/docs/{_:.*}")
            .config(
                Config::new([DOCUMENT])
                    .use_base_layout()
                    .doc_expansion("none")
                    .filter(true)
                    .display_operation_id(true),
            )
            // Gets a token by client credentials and sends it with what is tried.
            .oauth(oauth::Config::new().app_name("gradphoto"));
        let document = move || ready(json(document.clone()));
        config.service(
            web::scope("")
                .guard(fn_guard(|request| is_ours(request.head().uri.path())))
                .wrap(from_fn(policy))
                .route("/api/docs", web::get().to(to_explorer))
                .route(PROBLEMS, web::get().to(problems))
                .route(DOCUMENT, web::get().to(document))
                .service(explorer),
        );
    }
}

fn is_ours(path: &str) -> bool {
    path == "/api/docs" || path.starts_with("/api/docs/") || path == DOCUMENT
}

fn json(document: Bytes) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(ContentType::json())
        .body(document)
}

async fn to_explorer() -> HttpResponse {
    HttpResponse::PermanentRedirect()
        .insert_header((LOCATION, "/api/docs/"))
        .finish()
}

/// Every problem, where its `type` points to.
async fn problems() -> HttpResponse {
    let mut page = String::from(
        "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>Problems</title><h1>Problems</h1><dl>",
    );
    for code in ProblemCode::ALL {
        let (title, detail) = (code.title(), code.detail());
        let _ = write!(
            page,
            "<dt id=\"{id}\"><code>{id}</code></dt><dd><p>{}：{}</p><p lang=\"en\">{}. {}</p></dd>",
            title.zh,
            detail.zh,
            title.en,
            detail.en,
            id = code.as_str(),
        );
    }
    page.push_str("</dl></html>");
    HttpResponse::Ok()
        .content_type(ContentType::html())
        .body(page)
}

async fn policy(
    request: ServiceRequest,
    next: Next<impl actix_web::body::MessageBody>,
) -> Result<ServiceResponse<impl actix_web::body::MessageBody>, actix_web::Error> {
    let mut response = next.call(request).await?;
    response
        .headers_mut()
        .insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    Ok(response)
}
