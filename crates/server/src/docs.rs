//! The API explorer at `/api/docs`, and the document itself.

use actix_web::HttpResponse;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{CONTENT_SECURITY_POLICY, HeaderValue};
use actix_web::middleware::{Next, from_fn};
use actix_web::web::{self, ServiceConfig};
use utoipa_swagger_ui::{Config, SwaggerUi};

/// As for pages, but the explorer draws with `data:` images.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
    connect-src 'self'; font-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";

/// Mounts explorer and document.
pub(crate) fn routes(document: utoipa::openapi::OpenApi) -> impl FnOnce(&mut ServiceConfig) {
    move |config| {
        let explorer = SwaggerUi::new("/api/docs/{_:.*}")
            .config(
                Config::default()
                    .use_base_layout()
                    .display_operation_id(true),
            )
            .url("/api/openapi.json", document);
        config.service(
            web::scope("")
                .guard(actix_web::guard::fn_guard(|request| {
                    request.head().uri.path().starts_with("/api/docs")
                        || request.head().uri.path() == "/api/openapi.json"
                }))
                .wrap(from_fn(policy))
                .service(web::resource("/api/docs").to(|| async {
                    HttpResponse::PermanentRedirect()
                        .insert_header(("Location", "/api/docs/"))
                        .finish()
                }))
                .service(explorer),
        );
    }
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
