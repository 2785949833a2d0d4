//! Health and figures: `/livez`, `/readyz`, `/metrics`.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get};
use metrics_exporter_prometheus::PrometheusHandle;
use serde::Serialize;
use service::Context;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

/// Mounts the operations of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(get_liveness)
        .service(get_readiness)
        .service(get_metrics);
}

/// Whether a part works.
#[derive(Debug, Serialize, ToSchema)]
struct Readiness {
    /// The database.
    #[schema(examples(true))]
    database: bool,
    /// The object store.
    #[schema(examples(true))]
    storage: bool,
}

/// Tell that the process runs
#[utoipa::path(tag = "system", operation_id = "get_liveness", security(()),
    responses((status = 204, description = "It runs.")))]
#[get("/livez")]
async fn get_liveness() -> HttpResponse {
    HttpResponse::NoContent().finish()
}

/// Tell whether requests can be answered
#[utoipa::path(tag = "system", operation_id = "get_readiness", security(()),
    responses((status = 200, body = Readiness, description = "Everything works."),
        (status = 503, body = Readiness, description = "A part does not.")))]
#[get("/readyz")]
async fn get_readiness(context: Data<Context>) -> HttpResponse {
    let database = context.store.ping().await.is_ok();
    let storage = context.blobs.probe().await.is_ok();
    let mut answer = if database && storage {
        HttpResponse::Ok()
    } else {
        HttpResponse::ServiceUnavailable()
    };
    answer.json(Json(Readiness { database, storage }))
}

/// Read the figures, for Prometheus
#[utoipa::path(tag = "system", operation_id = "get_metrics", security(()),
    responses((status = 200, content_type = "text/plain", body = String, description = "The figures.")))]
#[get("/metrics")]
async fn get_metrics(figures: Option<Data<PrometheusHandle>>) -> HttpResponse {
    let text = figures.map(|figures| figures.render()).unwrap_or_default();
    HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4")
        .body(text)
}
