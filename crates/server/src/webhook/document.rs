//! The messages that receivers get, as the section `webhooks` of the API document.

use chrono::DateTime;
use domain::Lang;
use domain::event::{EventKind, example};
use serde_json::{Value, json};
use utoipa::PartialSchema;
use utoipa::openapi::path::{HttpMethod, OperationBuilder, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{ContentBuilder, OpenApi, PathItem, Paths, Required, ResponseBuilder};

use crate::schema;

/// What the headers of Standard Webhooks say, with an example each.
const HEADERS: [(&str, &str, &str); 3] = [
    (
        "webhook-id",
        "The event. It stays the same over all tries: a receiver that has seen it does nothing again.",
        "evt_01k9b3m0v8f7wq2d5e6h4t1xyz",
    ),
    (
        "webhook-timestamp",
        "When this try was made, in seconds since 1970. Refuse one that is more than five minutes from now.",
        "1780000000",
    ),
    (
        "webhook-signature",
        "`v1,` and base64 of HMAC-SHA-256 over `webhook-id.webhook-timestamp.body`; one for each secret, separated by blanks.",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    ),
];

/// Adds a message for each type of event.
pub(super) fn describe(document: &mut OpenApi) {
    let mut webhooks = Paths::new();
    for &kind in EventKind::ALL {
        webhooks.paths.insert(kind.to_string(), message(kind));
    }
    document.webhooks = Some(webhooks);
}

fn message(kind: EventKind) -> PathItem {
    let content = ContentBuilder::new()
        .schema(Some(body(kind)))
        .example(Some(example_of(kind)))
        .build();
    let body = RequestBodyBuilder::new()
        .content("application/json", content)
        .required(Some(Required::True))
        .build();
    let taken = ResponseBuilder::new()
        .description("It was taken. Answer within 15 seconds and work later; anything else is tried again, for three days.");
    let gone = ResponseBuilder::new()
        .description("The receiver is gone: the endpoint is disabled and sent nothing more.");
    let mut operation = OperationBuilder::new()
        .operation_id(Some(format!("receive_{}", kind.as_str().replace('.', "_"))))
        .tag("events")
        .summary(Some(kind.label().get(Lang::En)))
        .request_body(Some(body))
        .response("2XX", taken)
        .response("410", gone);
    for (name, text, example) in HEADERS {
        let schema = ObjectBuilder::new()
            .schema_type(SchemaType::Type(Type::String))
            .examples([example]);
        let header = ParameterBuilder::new()
            .name(name)
            .parameter_in(ParameterIn::Header)
            .required(Required::True)
            .description(Some(text))
            .schema(Some(schema));
        operation = operation.parameter(header);
    }
    PathItem::new(HttpMethod::Post, operation)
}

fn body(kind: EventKind) -> ObjectBuilder {
    let text = || ObjectBuilder::new().schema_type(SchemaType::Type(Type::String));
    ObjectBuilder::new()
        .schema_type(SchemaType::Type(Type::Object))
        .property("type", text().enum_values(Some([kind.as_str()])))
        .property("timestamp", text().examples(["2026-04-20T08:00:00.000Z"]))
        .property("data", schema::EventData::schema())
        .required("type")
        .required("timestamp")
        .required("data")
}

fn example_of(kind: EventKind) -> Value {
    let now = DateTime::from_timestamp(1_776_672_000, 0).unwrap_or_default();
    let mut data = serde_json::to_value(example(kind, now)).unwrap_or_default();
    data["school_id"] = json!("sch_01k9b3m0v8f7wq2d5e6h4t1xyz");
    data["sequence"] = json!(1);
    json!({ "type": kind, "timestamp": "2026-04-20T08:00:00.000Z", "data": data })
}
