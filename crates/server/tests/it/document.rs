//! The API document, as the tests read it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use reqwest::Method;
use serde_json::Value;

/// An operation of the document.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) id: String,
    pub(crate) method: Method,
    /// With names in braces.
    pub(crate) path: String,
    pub(crate) is_for_sessions: bool,
    /// Whether an integrator may call it, and by which scope.
    pub(crate) scope: NeededScope,
    pub(crate) takes_json: bool,
    /// The statuses that it lists.
    pub(crate) statuses: BTreeSet<u16>,
}

/// What an integrator needs to call an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NeededScope {
    /// It is not for integrators.
    NotForIntegrators,
    /// Any token.
    Any,
    /// A token with this scope.
    One(String),
}

impl NeededScope {
    fn read(scopes: &Value) -> Self {
        match scopes.as_array().map(Vec::as_slice) {
            None => Self::NotForIntegrators,
            Some([]) => Self::Any,
            Some([scope, ..]) => Self::One(scope.as_str().unwrap().to_owned()),
        }
    }
}

impl Operation {
    fn read(path: &str, method: &str, it: &Value) -> Self {
        let statuses = it["responses"].as_object().unwrap().keys();
        Self {
            id: it["operationId"].as_str().unwrap().to_owned(),
            method: method.to_uppercase().parse().unwrap(),
            path: path.to_owned(),
            is_for_sessions: it["security"][0]["session"].is_array(),
            scope: NeededScope::read(&it["security"][1]["integrator"]),
            takes_json: it["requestBody"]["content"]["application/json"]["schema"]["$ref"]
                .is_string(),
            statuses: statuses.map(|status| status.parse().unwrap()).collect(),
        }
    }

    /// Whether this path is an example of the operation's.
    fn is_at(&self, path: &str) -> bool {
        let (own, given) = (self.path.split('/'), path.split('/'));
        own.clone().count() == given.clone().count()
            && own
                .zip(given)
                .all(|(own, given)| own == given || own.starts_with('{'))
    }
}

/// The operations of the document that the routes make.
pub(crate) fn operations() -> &'static [Operation] {
    static OPERATIONS: LazyLock<Vec<Operation>> = LazyLock::new(read);
    &OPERATIONS
}

fn read() -> Vec<Operation> {
    let document = serde_json::to_value(server::document()).unwrap();
    let paths = document["paths"].as_object().unwrap().iter();
    let of_path = |(path, item): (&String, &Value)| {
        let operations = item.as_object().unwrap().iter();
        let operations = operations.filter(|(_, it)| it["operationId"].is_string());
        operations
            .map(|(method, it)| Operation::read(path, method, it))
            .collect::<Vec<_>>()
    };
    paths.flat_map(of_path).collect()
}

/// The operation that answers here; `None` where the web app or nothing does.
pub(crate) fn operation_at(method: &Method, path: &str) -> Option<&'static Operation> {
    let mut operations = operations().iter();
    operations.find(|operation| operation.method == method && operation.is_at(path))
}

/// A place of the document that lacks something, as a JSON pointer, and its schema.
struct Place<'a> {
    pointer: String,
    schema: &'a Value,
}

/// Every property of every schema, and every parameter.
fn places(document: &Value) -> Vec<Place<'_>> {
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let properties = schemas.iter().flat_map(|(name, schema)| {
        let properties = schema["properties"].as_object().into_iter().flatten();
        properties.map(move |(property, schema)| Place {
            pointer: format!("{name}.{property}"),
            schema,
        })
    });
    let operations = document["paths"].as_object().unwrap().values();
    let operations = operations.flat_map(|item| item.as_object().unwrap().values());
    let parameters = operations.flat_map(|operation| {
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        parameters.map(|parameter| Place {
            pointer: format!(
                "{}({})",
                operation["operationId"].as_str().unwrap_or_default(),
                parameter["name"].as_str().unwrap_or_default()
            ),
            schema: if parameter["example"].is_null() {
                &parameter["schema"]
            } else {
                parameter
            },
        })
    });
    properties.chain(parameters).collect()
}

/// The schemas that a schema refers to or is made of, itself first.
fn parts<'a>(document: &'a Value, schema: &'a Value) -> Vec<&'a Value> {
    let mut parts = vec![schema];
    if let Some(reference) = schema["$ref"].as_str() {
        let referred = document.pointer(reference.trim_start_matches('#')).unwrap();
        parts.extend(self::parts(document, referred));
    }
    for choice in ["oneOf", "allOf"]
        .iter()
        .filter_map(|name| schema[*name].as_array())
    {
        let choices = choice.iter();
        parts.extend(choices.flat_map(|choice| self::parts(document, choice)));
    }
    if schema["items"].is_object() {
        parts.extend(self::parts(document, &schema["items"]));
    }
    parts
}

#[test]
fn every_property_and_parameter_has_an_example() {
    let document = serde_json::to_value(server::document()).unwrap();
    let has_example = |place: &Place<'_>| {
        let parts = parts(&document, place.schema);
        parts.iter().any(|part| {
            // The properties of an object have examples of their own; a file has none.
            let is_told = ["example", "examples", "properties"];
            is_told.iter().any(|name| !part[*name].is_null()) || part["format"] == "binary"
        })
    };
    let places = places(&document);
    let missing = places.iter().filter(|place| !has_example(place));
    let missing: Vec<_> = missing.map(|place| &place.pointer).collect();
    assert!(
        missing.is_empty(),
        "give each an example in `crates/server/src`: `#[schema(examples(…))]` or `#[schema(value_type = schema::…)]` on a \
         property, `#[param(example = …)]` or `#[param(value_type = schema::…, inline)]` on a parameter: {missing:#?}"
    );
}

/// What callers send: the parameters, and the schemas of bodies with all that they hold.
fn is_input(document: &Value, place: &Place<'_>) -> bool {
    let Some((schema, _)) = place.pointer.split_once('.') else {
        return true;
    };
    let schema = &document["components"]["schemas"][schema];
    // Bodies, and nothing else, refuse unknown fields.
    schema["additionalProperties"] == false
}

#[test]
fn every_text_that_callers_send_is_bounded() {
    let document = serde_json::to_value(server::document()).unwrap();
    let is_bounded = |place: &Place<'_>| {
        let parts = parts(&document, place.schema);
        let is_text = |part: &&&Value| {
            let kind = &part["type"];
            kind == "string"
                || kind
                    .as_array()
                    .is_some_and(|kinds| kinds.contains(&"string".into()))
        };
        parts.iter().filter(is_text).all(|part| {
            let bounds = ["enum", "pattern", "maxLength", "format"];
            bounds.iter().any(|bound| !part[*bound].is_null())
        })
    };
    let places = places(&document);
    let missing = places
        .iter()
        .filter(|place| is_input(&document, place) && !is_bounded(place));
    let missing: Vec<_> = missing.map(|place| &place.pointer).collect();
    assert!(
        missing.is_empty(),
        "say what each may be: `#[schema(max_length = …)]`, a pattern, or a type of `crates/server/src/schema.rs`: {missing:#?}"
    );
}

/// Answers with a list that has no pages, because it is bounded by nature, and by what.
const BOUNDED_LISTS: &[(&str, &str)] = &[
    (
        "list_agreements",
        "one for each document of domain::agreement",
    ),
    ("create_reviews", "a decision for each photo that was sent"),
    ("list_my_reviews", "ten"),
    (
        "list_phone_recoveries",
        "at most service::lost_phone::RECOVERIES_MAX",
    ),
    (
        "take_photos_to_review",
        "at most domain::review_queue::MOST_LEASED",
    ),
    ("get_jwks", "the signing keys of the installation"),
    (
        "list_merchant_accounts",
        "the accounts that one school has or had",
    ),
    ("list_sessions", "at most domain::session::MAX_SESSIONS"),
    (
        "find_school",
        "the schools of one name, alias or code, each with its published tasks",
    ),
    ("suggest_schools", "at most eight hints"),
    (
        "confirm_totp_device",
        "domain::staff::RECOVERY_CODES, made by this call",
    ),
    (
        "create_recovery_codes",
        "domain::staff::RECOVERY_CODES, made by this call",
    ),
    (
        "list_staff_permissions",
        "one for each permission of domain::access",
    ),
    (
        "find_students",
        "at most service::student_lookup::FOUND_MAX",
    ),
    ("put_roster_entries", "one for each student that was sent"),
    ("reveal_roster_numbers", "the documents of one student"),
    (
        "list_delivery_profiles",
        "one for each of domain::delivery::SHIPPED_PROFILES",
    ),
    ("list_delivery_keys", "the signing keys of the key file"),
];

/// The schema of an operation's successful JSON answer, its references followed.
fn answer<'a>(document: &'a Value, operation: &'a Value) -> Option<&'a Value> {
    let answers = operation["responses"].as_object()?.iter();
    let mut good = answers.filter(|(status, _)| status.starts_with('2'));
    let schema = good.find_map(|(_, it)| it.pointer("/content/application~1json/schema"))?;
    parts(document, schema).last().copied()
}

/// Whether an answer is a list: an array, or an object that holds `items` or nothing but one array.
fn is_list(schema: &Value) -> bool {
    let properties = schema["properties"].as_object();
    schema["type"] == "array"
        || properties.is_some_and(|properties| {
            let is_array = |it: &Value| it["type"] == "array";
            properties.contains_key("items")
                || (properties.len() == 1 && properties.values().all(is_array))
        })
}

#[test]
fn every_list_has_pages_or_a_reason_why_it_needs_none() {
    let document = serde_json::to_value(server::document()).unwrap();
    let paths = document["paths"].as_object().unwrap().values();
    let operations = paths.flat_map(|item| item.as_object().unwrap());
    let mut bounded = Vec::new();
    for (method, operation) in operations.filter(|(_, it)| it["operationId"].is_string()) {
        let id = operation["operationId"].as_str().unwrap();
        let schema = answer(&document, operation).unwrap_or(&Value::Null);
        if !id.starts_with("list_") && !is_list(schema) {
            continue;
        }
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        let parameters: BTreeSet<_> = parameters.filter_map(|it| it["name"].as_str()).collect();
        let has_pages = parameters.is_superset(&["after", "limit"].into())
            && schema["properties"]["items"]["type"] == "array"
            && schema["required"]
                .as_array()
                .is_some_and(|it| it.contains(&"next".into()));
        if has_pages {
            assert_eq!(method, "get", "{id}");
            let limit = operation["parameters"].as_array().unwrap().iter();
            let limit = limit.clone().find(|it| it["name"] == "limit").unwrap();
            assert_eq!(limit["schema"]["maximum"], domain::page::PAGE_MAX, "{id}");
        } else {
            bounded.push(id);
        }
    }
    bounded.sort_unstable();
    let mut known: Vec<_> = BOUNDED_LISTS.iter().map(|(id, _)| *id).collect();
    known.sort_unstable();
    assert_eq!(
        bounded, known,
        "give a list pages (`crates/server/src/page.rs`); one that is bounded by nature gets a row with what bounds it"
    );
}

#[test]
fn an_upload_is_named_by_the_client_in_the_form_of_our_ids() {
    let document = serde_json::to_value(server::document()).unwrap();
    let id = &document["components"]["schemas"]["UploadId"];
    assert_eq!(id["pattern"], "^upl_[0-7][0-9a-hjkmnp-tv-z]{25}$");
    let example = id["examples"][0].as_str().unwrap();
    assert!(example.parse::<domain::UploadId>().is_ok(), "{example}");
}
