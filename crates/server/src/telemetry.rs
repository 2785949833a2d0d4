//! Figures and traces for a collector, where `[telemetry]` names one. Without it nothing here runs: no layer is installed, and no
//! request is looked at.

mod attribute;
mod figure;
mod span;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use metrics_exporter_prometheus::PrometheusHandle;
use providers::Http;
use providers::telemetry::{Collector, CollectorError, Signal};
use serde_json::{Value, json};
use service::Context;
use tokio::time::{interval, timeout};

use crate::config::ConfigFile;
use crate::figures;
use attribute::{attribute, scope};
pub(crate) use span::Spans;

/// How long the last sending may take when the server stops.
const LAST_SENDING: Duration = Duration::from_secs(2);

/// What tells a collector of this process.
pub(crate) struct Telemetry {
    collector: Collector,
    interval: Duration,
    started: SystemTime,
    /// The ended spans, where this process collects them.
    spans: Option<Spans>,
    is_failing: AtomicBool,
}

impl Telemetry {
    /// For the collector of the configuration; none where it names none.
    ///
    /// # Errors
    /// Where a header of the configuration cannot be sent, or the HTTP client cannot be built.
    pub(crate) fn of(file: &ConfigFile, spans: Option<Spans>) -> anyhow::Result<Option<Self>> {
        let Some(settings) = &file.telemetry else {
            return Ok(None);
        };
        let http = Http::new(file.timeouts.calls())?;
        Ok(Some(Self {
            collector: Collector::new(http, &settings.endpoint, &settings.headers)?,
            interval: Duration::from_millis(settings.interval_ms),
            started: SystemTime::now(),
            spans,
            is_failing: AtomicBool::default(),
        }))
    }

    /// Sends what there is in every interval, for as long as it is polled.
    pub(crate) async fn run(&self, context: &Context, figures: &PrometheusHandle) {
        let mut ticks = interval(self.interval);
        loop {
            ticks.tick().await;
            self.send(context, figures).await;
        }
    }

    /// Sends what came since the last interval.
    pub(crate) async fn finish(&self, context: &Context, figures: &PrometheusHandle) {
        let sent = timeout(LAST_SENDING, self.send(context, figures)).await;
        if sent.is_err() {
            tracing::warn!("The collector was not told of the last requests in time");
        }
    }

    async fn send(&self, context: &Context, figures: &PrometheusHandle) {
        figures::sample(context);
        let metrics = figure::metrics(&figures.render(), self.started, SystemTime::now());
        let mut outcome = self
            .send_signal(Signal::Metrics, "resourceMetrics", "scopeMetrics", &metrics)
            .await;
        let spans = self.spans.as_ref().map(Spans::take).unwrap_or_default();
        if !spans.is_empty() {
            let spans = json!({ "scope": scope(), "spans": spans });
            let sent = self
                .send_signal(Signal::Traces, "resourceSpans", "scopeSpans", &spans)
                .await;
            outcome = outcome.and(sent);
        }
        self.note(&outcome);
    }

    async fn send_signal(
        &self,
        signal: Signal,
        resources: &str,
        scopes: &str,
        content: &Value,
    ) -> Result<(), CollectorError> {
        let resource = json!({ "attributes": resource() });
        let body = json!({ resources: [{ "resource": resource, scopes: [content] }] });
        self.collector.send(signal, &body).await
    }

    /// Writes to the log when sending begins to fail and when it works again.
    fn note(&self, outcome: &Result<(), CollectorError>) {
        let was_failing = self.is_failing.swap(outcome.is_err(), Ordering::Relaxed);
        match outcome {
            Err(error) if !was_failing => {
                tracing::warn!("Telemetry is lost until this is over: {error}");
            }
            Ok(()) if was_failing => tracing::info!("Telemetry is taken again"),
            Ok(()) | Err(_) => {}
        }
    }
}

impl Spans {
    /// Where spans are collected for a collector of the configuration; none where it names none, or wants no traces.
    pub(crate) fn wanted(file: &ConfigFile) -> Option<Self> {
        let settings = file.telemetry.as_ref()?;
        (settings.traces_per_thousand > 0).then(|| Self::new(settings.traces_per_thousand))
    }
}

/// What all signals say of this process.
fn resource() -> [Value; 3] {
    [
        attribute("service.name", "gradphoto"),
        attribute("service.version", env!("CARGO_PKG_VERSION")),
        attribute("process.pid", std::process::id()),
    ]
}
