//! The listener for operators and their tools: `/livez`, `/readyz`, `/metrics`. It is apart from the public one, so that
//! proxies need no rule for these three and a flood of requests does not delay them.

use std::future::Future;
use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::header::{ALLOW, CACHE_CONTROL, HeaderValue, X_CONTENT_TYPE_OPTIONS};
use actix_web::middleware::{DefaultHeaders, from_fn};
use actix_web::web::{self, Data};
use actix_web::{App, Error, HttpResponse, Resource, Route};
use metrics_exporter_prometheus::PrometheusHandle;
use serde::Serialize;
use service::Context;
use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::config::HttpFile;
use crate::connection;
use crate::drain::Draining;
use crate::figures;

/// Which parts work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
struct Parts {
    /// The database.
    database: bool,
    /// The object store.
    storage: bool,
}

/// The body of `/readyz`.
#[derive(Debug, Serialize)]
struct Readiness {
    #[serde(flatten)]
    parts: Parts,
    /// Whether the server was told to stop: it still answers, but nothing new should be sent to it.
    stopping: bool,
}

/// What the operators' listener needs.
#[derive(Clone)]
pub(crate) struct OpsState {
    pub(crate) context: Data<Context>,
    pub(crate) figures: PrometheusHandle,
    pub(crate) settings: HttpFile,
    pub(crate) draining: Draining,
    pub(crate) readiness: Data<ReadinessCache>,
}

/// The last readiness. Everybody who asks while it is found out waits for the same answer.
#[derive(Debug)]
pub(crate) struct ReadinessCache {
    keep: Duration,
    last: Mutex<Option<(Instant, Parts)>>,
}

impl ReadinessCache {
    /// Keeps an answer for the configured time.
    pub(crate) fn new(settings: &HttpFile) -> Self {
        Self {
            keep: Duration::from_millis(settings.readiness_cache_ms),
            last: Mutex::default(),
        }
    }

    async fn get(&self, probe: impl Future<Output = Parts>) -> Parts {
        let mut last = self.last.lock().await;
        match *last {
            Some((at, parts)) if at.elapsed() < self.keep => parts,
            _ => {
                let parts = probe.await;
                *last = Some((Instant::now(), parts));
                parts
            }
        }
    }
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
    App::new()
        .app_data(state.context)
        .app_data(state.readiness)
        .app_data(Data::new(state.figures))
        .app_data(Data::new(state.settings))
        .app_data(Data::new(state.draining))
        .service(page("/livez", || web::get().to(HttpResponse::NoContent)))
        .service(page("/readyz", || web::get().to(readiness)))
        .service(page("/metrics", || web::get().to(metrics)))
        .wrap(headers)
        .wrap(from_fn(connection::head_as_get))
        .wrap(from_fn(connection::guard))
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
    draining: Data<Draining>,
) -> HttpResponse {
    let parts = cache.get(probe(&context)).await;
    let stopping = draining.is_draining();
    let mut answer = if parts.database && parts.storage && !stopping {
        HttpResponse::Ok()
    } else {
        HttpResponse::ServiceUnavailable()
    };
    answer.json(Readiness { parts, stopping })
}

async fn probe(context: &Context) -> Parts {
    Parts {
        database: context.store.ping().await.is_ok(),
        storage: context.blobs.probe().await.is_ok(),
    }
}

async fn metrics(context: Data<Context>, figures: Data<PrometheusHandle>) -> HttpResponse {
    figures::sample(&context);
    HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4")
        .body(figures.render())
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[tokio::test]
    async fn readiness_is_found_out_once_for_everybody_who_asks_meanwhile() {
        let settings = HttpFile::default();
        let (cache, probes) = (ReadinessCache::new(&settings), Cell::new(0));
        let parts = Parts {
            database: true,
            storage: false,
        };
        let ask = || {
            cache.get(async {
                probes.set(probes.get() + 1);
                tokio::task::yield_now().await;
                parts
            })
        };
        let (one, two) = futures_util::join!(ask(), ask());
        assert_eq!((one, two, ask().await), (parts, parts, parts));
        assert_eq!(probes.get(), 1);
        let uncached = ReadinessCache::new(&HttpFile {
            readiness_cache_ms: 0,
            ..settings
        });
        for _ in 0..2 {
            uncached
                .get(async {
                    probes.set(probes.get() + 1);
                    parts
                })
                .await;
        }
        assert_eq!(probes.get(), 3);
    }
}
