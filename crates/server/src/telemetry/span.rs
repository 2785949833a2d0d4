//! The spans of `tracing`, collected until they are sent. They carry what the log carries, and so nothing personal.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use data_encoding::HEXLOWER;
use providers::{Random as _, SystemRandom};
use serde_json::{Value, json};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::LookupSpan;

use super::attribute::{Scalar, attribute, nanos};

/// So many ended spans wait for the next sending; the others are counted and dropped.
const MOST_WAITING: usize = 4096;
/// So many lines of the log go with a span.
const MOST_EVENTS: usize = 32;
/// The span of somebody's request, and the one of our own work. Source: docs/sources.md#otlp.
const SERVER: u8 = 2;
const INTERNAL: u8 = 1;
/// The status of a span that failed.
const FAILED: u8 = 2;
/// Names of the log, and those that OpenTelemetry gives the same.
const SAME: [(&str, &str); 3] = [
    ("http.method", "http.request.method"),
    ("http.route", "http.route"),
    ("http.status", "http.response.status_code"),
];

/// The spans that ended. Clones share them.
#[derive(Debug, Clone)]
pub(crate) struct Spans(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    per_thousand: u16,
    waiting: Mutex<Waiting>,
}

#[derive(Debug, Default)]
struct Waiting {
    ended: Vec<Value>,
    dropped: u64,
}

impl Spans {
    /// Collects so many of a thousand traces.
    pub(crate) fn new(per_thousand: u16) -> Self {
        let waiting = Mutex::default();
        Self(Arc::new(Shared {
            per_thousand,
            waiting,
        }))
    }

    /// What the log's subscriber is to be extended with.
    pub(crate) fn layer(&self) -> SpanLayer {
        SpanLayer(self.clone())
    }

    /// Those that ended since the last call.
    pub(super) fn take(&self) -> Vec<Value> {
        let Waiting { ended, dropped } = std::mem::take(&mut *self.waiting());
        if dropped > 0 {
            tracing::warn!(
                dropped,
                "{dropped} spans were dropped: lower traces_per_thousand"
            );
        }
        ended
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        // Each critical section is one push or one take.
        self.0
            .waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn is_chosen(&self) -> bool {
        let mut bytes = [0; 4];
        SystemRandom.fill(&mut bytes);
        u32::from_be_bytes(bytes) % 1000 < self.0.per_thousand.into()
    }

    fn end(&self, span: Value) {
        let mut waiting = self.waiting();
        if waiting.ended.len() < MOST_WAITING {
            waiting.ended.push(span);
        } else {
            waiting.dropped += 1;
        }
    }
}

/// A span that is open.
struct Open {
    trace: [u8; 16],
    id: [u8; 8],
    parent: Option<[u8; 8]>,
    name: String,
    started: SystemTime,
    attributes: Vec<Value>,
    events: Vec<Value>,
    is_request: bool,
    has_failed: bool,
}

impl Open {
    fn ended(self) -> Value {
        let mut span = json!({
            "traceId": HEXLOWER.encode(&self.trace), "spanId": HEXLOWER.encode(&self.id),
            "name": self.name, "kind": if self.is_request { SERVER } else { INTERNAL },
            "startTimeUnixNano": nanos(self.started), "endTimeUnixNano": nanos(SystemTime::now()),
            "attributes": self.attributes, "events": self.events,
            "status": if self.has_failed { json!({ "code": FAILED }) } else { json!({}) },
        });
        if let Some(parent) = self.parent {
            span["parentSpanId"] = HEXLOWER.encode(&parent).into();
        }
        span
    }

    /// Takes over a line of the log; the one about an answer names the span as well.
    fn note(&mut self, level: Level, line: &Fields) {
        self.has_failed |= level == Level::ERROR;
        if let (Some(method), Some(route)) = (line.text("http.method"), line.text("http.route")) {
            self.name = format!("{method} {route}");
            self.is_request = true;
            self.has_failed |= line.text("http.status").is_some_and(|s| s.starts_with('5'));
            for (ours, theirs) in SAME {
                let value = line.values.iter().find(|(name, _)| *name == ours);
                self.attributes
                    .extend(value.map(|(_, value)| json!({ "key": theirs, "value": value })));
            }
        } else if self.events.len() < MOST_EVENTS {
            let mut attributes = line.attributes();
            attributes.push(attribute("level", level.as_str()));
            self.events.push(json!({
                "timeUnixNano": nanos(SystemTime::now()), "name": line.message, "attributes": attributes,
            }));
        }
    }
}

/// Collects the spans of the log.
pub(crate) struct SpanLayer(Spans);

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for SpanLayer {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let Some(span) = context.span(id) else {
            return;
        };
        let mut own = [0; 8];
        SystemRandom.fill(&mut own);
        let (trace, parent) = match span.parent() {
            Some(above) => match above.extensions().get::<Open>() {
                Some(open) => (open.trace, Some(open.id)),
                // Its trace was not chosen.
                None => return,
            },
            None if self.0.is_chosen() => {
                let mut trace = [0; 16];
                SystemRandom.fill(&mut trace);
                (trace, None)
            }
            None => return,
        };
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        span.extensions_mut().insert(Open {
            trace,
            id: own,
            parent,
            name: attributes.metadata().name().to_owned(),
            started: SystemTime::now(),
            attributes: fields.attributes(),
            events: Vec::new(),
            is_request: false,
            has_failed: false,
        });
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        let Some(span) = context.span(id) else {
            return;
        };
        if let Some(open) = span.extensions_mut().get_mut::<Open>() {
            let mut fields = Fields::default();
            values.record(&mut fields);
            open.attributes.extend(fields.attributes());
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let Some(span) = context.event_span(event) else {
            return;
        };
        if let Some(open) = span.extensions_mut().get_mut::<Open>() {
            let mut line = Fields::default();
            event.record(&mut line);
            open.note(*event.metadata().level(), &line);
        }
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let Some(span) = context.span(&id) else {
            return;
        };
        let open = span.extensions_mut().remove::<Open>();
        if let Some(open) = open {
            self.0.end(open.ended());
        }
    }
}

/// The fields of a span or of a line of the log.
#[derive(Default)]
struct Fields {
    message: String,
    /// Names, and values as OTLP has them.
    values: Vec<(&'static str, Value)>,
}

impl Fields {
    fn push(&mut self, field: &Field, value: impl Into<Scalar>) {
        let value = attribute(field.name(), value)["value"].take();
        self.values.push((field.name(), value));
    }

    fn attributes(&self) -> Vec<Value> {
        let values = self.values.iter();
        let attributes = values.map(|(name, value)| json!({ "key": name, "value": value }));
        attributes.collect()
    }

    /// A field's text, or the digits of a number.
    fn text(&self, name: &str) -> Option<&str> {
        let (_, value) = self.values.iter().find(|(known, _)| *known == name)?;
        value["stringValue"]
            .as_str()
            .or_else(|| value["intValue"].as_str())
    }
}

impl Visit for Fields {
    fn record_f64(&mut self, field: &Field, value: f64) {
        self.push(field, Scalar::Number(value));
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.push(field, Scalar::Whole(value));
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.push(
            field,
            Scalar::Whole(i64::try_from(value).unwrap_or(i64::MAX)),
        );
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.push(field, Scalar::Claim(value));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.push(field, value);
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            self.message = format!("{value:?}");
        } else {
            self.push(field, format!("{value:?}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use tracing_subscriber::Registry;
    use tracing_subscriber::layer::SubscriberExt as _;

    use super::*;

    fn collected(per_thousand: u16) -> Vec<Value> {
        let spans = Spans::new(per_thousand);
        tracing::subscriber::with_default(Registry::default().with(spans.layer()), || {
            let request = tracing::info_span!("request", request.id = "req_1");
            let _entered = request.enter();
            tracing::info_span!("payment", payment.out_trade_no = "7")
                .in_scope(|| tracing::warn!(amount_fen = 20, "It was refused"));
            let (route, status) = ("/api/v1/me", 503_u16);
            tracing::info!(http.method = "GET", http.route = %route, http.status = status, "GET answered");
        });
        spans.take()
    }

    #[test]
    fn spans_of_a_request_are_one_trace() {
        let [payment, request] = collected(1000).try_into().unwrap();
        assert_eq!(request["name"], "GET /api/v1/me");
        assert_eq!(
            (&request["kind"], &request["status"]["code"]),
            (&json!(2), &json!(2))
        );
        assert_eq!(payment["traceId"], request["traceId"]);
        assert_eq!(payment["parentSpanId"], request["spanId"]);
        assert_eq!(payment["events"][0]["name"], "It was refused");
        let keys = request["attributes"].as_array().unwrap().iter();
        let keys: Vec<_> = keys.map(|one| one["key"].as_str().unwrap()).collect();
        let names = [
            "request.id",
            "http.request.method",
            "http.route",
            "http.response.status_code",
        ];
        assert_eq!(keys, names);
    }

    #[test]
    fn a_trace_that_is_not_chosen_has_no_spans() {
        assert_eq!(collected(0), Vec::<Value>::new());
    }
}
