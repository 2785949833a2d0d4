//! The listener for operators and their tools: `/livez`, `/readyz`, `/metrics`. It is apart from the public one, so that
//! proxies need no rule for these three and a flood of requests does not delay them.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::header::{ALLOW, CACHE_CONTROL, HeaderValue, X_CONTENT_TYPE_OPTIONS};
use actix_web::middleware::{DefaultHeaders, Next, from_fn};
use actix_web::web::{self, Data};
use actix_web::{App, Error, HttpResponse, Resource, Route};
use metrics_exporter_prometheus::PrometheusHandle;
use service::Context;

use crate::config::{HttpFile, TimeoutsFile};
use crate::connection::{self, Guard, GuardedBody};
use crate::drain::Draining;
use crate::figures;
use crate::readiness::{Readiness, ReadinessCache, probe};

/// What the operators' listener needs.
#[derive(Clone)]
pub(crate) struct OpsState {
    pub(crate) context: Data<Context>,
    pub(crate) figures: PrometheusHandle,
    pub(crate) settings: HttpFile,
    pub(crate) timeouts: TimeoutsFile,
    pub(crate) draining: Draining,
    pub(crate) readiness: Data<ReadinessCache>,
}

/// The application of the operators' listener.
pub(crate) fn app(
    state: OpsState,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody + use<>>,
        Error = Error,
        InitError = (),
    > + use<>,
> {
    let headers = DefaultHeaders::new()
        .add((X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")))
        .add((CACHE_CONTROL, HeaderValue::from_static("no-store")));
    let guard = Guard {
        settings: state.settings,
        draining: state.draining.clone(),
    };
    App::new()
        .app_data(state.context)
        .app_data(state.readiness)
        .app_data(Data::new(state.figures))
        .app_data(Data::new(state.timeouts))
        .app_data(Data::new(state.draining))
        .service(page("/livez", || web::get().to(HttpResponse::NoContent)))
        .service(page("/readyz", || web::get().to(readiness)))
        .service(page("/metrics", || web::get().to(metrics)))
        .wrap(headers)
        .wrap(from_fn(
            move |request: ServiceRequest, next: Next<BoxBody>| {
                answer(guard.clone(), request, next)
            },
        ))
}

async fn answer(
    guard: Guard,
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse<GuardedBody>, Error> {
    connection::guard(&guard, request, async |mut request| {
        connection::as_get(&mut request);
        next.call(request).await
    })
    .await
}

fn page(path: &str, get: impl Fn() -> Route) -> Resource {
    web::resource(path)
        .route(get())
        .default_service(web::to(async || {
            HttpResponse::MethodNotAllowed()
                .insert_header((ALLOW, "GET, HEAD"))
                .finish()
        }))
}

async fn readiness(
    context: Data<Context>,
    cache: Data<ReadinessCache>,
    timeouts: Data<TimeoutsFile>,
    draining: Data<Draining>,
) -> HttpResponse {
    let parts = cache.get(probe(&context, timeouts.readiness())).await;
    let stopping = draining.is_draining();
    let mut answer = if parts.all_work() && !stopping {
        HttpResponse::Ok()
    } else {
        HttpResponse::ServiceUnavailable()
    };
    answer.json(Readiness { parts, stopping })
}

async fn metrics(context: Data<Context>, figures: Data<PrometheusHandle>) -> HttpResponse {
    figures::sample(&context);
    HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4")
        .body(figures.render())
}
