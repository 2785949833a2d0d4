//! The table of all metrics.

use providers::{blob, sms};
use service::{backlog, message};

use super::definition::{Kind, Metric, Start};
use super::label::Label;

/// How long requests take: most end within 50 ms, photos within 2 s, bodies may take minutes.
const REQUEST_SECONDS: Kind = Kind::Histogram(&[
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0,
]);
/// How long calls outside take: providers answer within 1 s and are given up after 5 to 30 s, bills after 90 s.
const CALL_SECONDS: Kind =
    Kind::Histogram(&[0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 90.0]);
/// How long a transaction waits for its turn; after 5 s it is given up.
const WAIT_SECONDS: Kind =
    Kind::Histogram(&[0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0]);

const OUTCOME: Label = Label::words("outcome", &["definite", "refused", "unknown"]);
const LIMIT: Label = Label::words("limit", &["total", "address"]);
const OPERATION: Label = Label::words(
    "operation",
    &[
        "create",
        "query",
        "close",
        "refund",
        "query_refund",
        "bill",
        "flow_bill",
    ],
);
const LANE: Label = Label::words("lane", &backlog::LANES);
const SERVICE: Label = Label::words("service", &sms::SERVICES);
const OBJECT_OPERATION: Label = Label::words("operation", &blob::OPERATIONS);
const POOL: Label = Label::words("pool", &["reader", "writer", "all"]);

const fn counter(name: &'static str, labels: &'static [Label], help: &'static str) -> Metric {
    Metric {
        name,
        kind: Kind::Counter,
        labels,
        start: Start::All,
        help,
    }
}

const fn gauge(name: &'static str, labels: &'static [Label], help: &'static str) -> Metric {
    Metric {
        name,
        kind: Kind::Gauge,
        labels,
        start: Start::WhenKnown,
        help,
    }
}

const fn histogram(
    name: &'static str,
    kind: Kind,
    labels: &'static [Label],
    help: &'static str,
) -> Metric {
    Metric {
        name,
        kind,
        labels,
        start: Start::All,
        help,
    }
}

/// All metrics, in the order of docs/operations.md.
#[rustfmt::skip]
pub const METRICS: &[Metric] = &[
    Metric { start: Start::Answers, ..counter("http_requests_total", &[Label::METHOD, Label::ROUTE, Label::STATUS], "requests that were answered") },
    Metric { start: Start::Answers, ..histogram("http_request_seconds", REQUEST_SECONDS, &[Label::METHOD, Label::ROUTE], "time from the head of a request to its answer, the body included") },
    counter("http_connections_refused_total", &[LIMIT], "connections that were closed at once because of `max_connections` or `max_per_address`"),
    counter("http_requests_refused_total", &[Label::words("limit", &["total", "address", "rate_address", "rate_account"])], "requests that were refused: behind a proxy because of `max_connections` or `max_per_address`, or because an address or an account came too often"),
    counter("http_requests_given_up_total", &[], "requests that found no answer within `answer_ms`"),
    counter("http_connections_timed_out_total", &[Label::words("while", &["reading", "writing"])], "connections that were slower than `[http]` permits"),
    counter("http_methods_refused_total", &[], "requests with a method that nobody has"),
    counter("provider_calls_total", &[Label::PROVIDER, OPERATION, OUTCOME], "calls to payment providers; `unknown` is no answer or one that cannot be believed"),
    histogram("provider_call_seconds", CALL_SECONDS, &[Label::PROVIDER, OPERATION], "how long they took"),
    counter("provider_calls_put_off_total", &[Label::PROVIDER], "calls that a merchant account would have made too fast; they are made later"),
    counter("payments_applied_total", &[Label::words("meaning", &["applied", "known", "surplus", "conflict", "unknown_attempt"]), Label::words("source", &["notice", "query"])], "evidence of payments; `known` came before, `surplus` is money that an order does not need, `conflict` and `unknown_attempt` open cases"),
    counter("refunds_moved_total", &[Label::REFUND_STATE], "refunds that reached a state"),
    counter("money_cases_total", &[Label::CASE_KIND], "cases that a person must look at, each time they were met"),
    counter("notices_refused_total", &[Label::PROVIDER, Label::words("why", &["account", "too_long", "header", "stale", "unknown_serial", "signature", "probe", "form", "sealed", "transaction", "refund", "twice", "missing", "charset", "other_account", "trade"])], "notices that were not believed"),
    counter("notices_put_off_total", &[Label::words("sender", &["wechat", "alipay"])], "notices beyond `notices_a_second`; their provider sends them again"),
    counter("reconciliation_differences_total", &[], "differences between bills and our books that asking the provider did not heal"),
    gauge("clock_ahead_seconds", &[Label::PROVIDER], "how far our clock is ahead of the provider's; only after a call"),
    counter("sms_messages_total", &[Label::words("content", &message::CONTENTS), Label::words("outcome", &message::OUTCOMES)], "messages by what came of them over all services"),
    counter("sms_calls_total", &[SERVICE, OUTCOME], "calls to each SMS service"),
    histogram("sms_call_seconds", CALL_SECONDS, &[SERVICE], "how long they took"),
    counter("sms_refused_total", &[Label::words("reason", &["budget"])], "messages that were not sent because `messages_a_day` is used up"),
    gauge("sms_messages_a_day", &[], "the setting `messages_a_day`"),
    gauge("sms_messages_left", &[], "messages that may still be sent today; read every 15 s"),
    counter("sms_receipts_total", &[Label::words("state", &["delivered", "failed"])], "receipts for messages that a service took"),
    gauge("lost_phone_oldest_seconds", &[], "how long the oldest report of a lost phone has waited for an approval; 0 where none waits; read every 15 s"),
    gauge("jobs_due", &[LANE], "background work that is due"),
    gauge("jobs_oldest_seconds", &[LANE], "how long the oldest of it has been due; read every 15 s"),
    gauge("jobs_dead", &[LANE], "work that is not finished and that nothing will take up again"),
    counter("background_rounds_total", &[Label::words("outcome", &["done", "failed"])], "rounds of the background work, one a second and lane"),
    counter("webhook_tries_total", &[Label::words("outcome", &["taken", "failed"])], "tries to send an event to an endpoint; failing receivers are their owners' matter"),
    counter("retention_deleted_total", &[Label::RECORD], "rows and files that were deleted because they were too old"),
    counter("orphan_files_deleted_total", &[], "stored files that no row named"),
    counter("object_store_calls_total", &[OBJECT_OPERATION, Label::words("outcome", &["done", "failed", "open"])], "calls to the object store or the photo folder; `open` was not made because the store had failed just before"),
    histogram("object_store_call_seconds", CALL_SECONDS, &[OBJECT_OPERATION], "how long they took"),
    gauge("database_connections", &[POOL, Label::words("state", &["idle", "used"])], "open connections; SQLite has `reader` and `writer`, PostgreSQL `all`"),
    gauge("database_connections_max", &[POOL], "how many there may be"),
    counter("database_statements_total", &[], "statements that the database was given, `BEGIN` and `COMMIT` not counted; the tests hold how many a page takes"),
    counter("database_failovers_total", &[], "how often a server went over to another host of `--database` that was promoted"),
    histogram("database_transaction_wait_seconds", WAIT_SECONDS, &[], "how long a writing transaction waited to begin"),
    gauge("data_disk_free_bytes", &[], "what the server can still write on the disk of the data folder"),
    gauge("data_disk_size_bytes", &[], "the size of that disk"),
    gauge("process_resident_memory_bytes", &[], "memory of the process"),
    gauge("process_open_fds", &[], "open files, connections included"),
    gauge("process_max_fds", &[], "how many files may be open"),
    counter("process_cpu_seconds_total", &[], "processor time, in whole seconds"),
    gauge("process_start_time_seconds", &[], "when the process started, in seconds since 1970"),
];
