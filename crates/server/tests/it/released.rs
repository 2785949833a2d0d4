//! What was released stays: the API document is held against `openapi/released.json`, the one that integrators build upon.
//!
//! Operations, fields and words may be added. Nothing that callers send may be refused any more, and nothing that they read may
//! be missing or of another type. docs/api-changelog.md says how a change is released.

use std::collections::BTreeSet;

use serde_json::{Value, json};

/// Which way a value goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Callers send it: it must not be narrowed.
    Sent,
    /// Callers read it: it must not be widened, except that enumerations grow.
    Read,
}

/// Two documents, and what of the new one breaks who was written for the old one.
struct Comparison<'a> {
    old: &'a Value,
    new: &'a Value,
    broken: Vec<String>,
    /// The schemas that were compared, so that one that holds itself is compared once.
    seen: BTreeSet<String>,
}

/// A place of both documents.
#[derive(Clone, Copy)]
struct Pair<'p, 'a> {
    place: &'p str,
    old: &'a Value,
    new: &'a Value,
    way: Way,
}

fn words(value: &Value) -> BTreeSet<&str> {
    match value {
        Value::String(word) => [word.as_str()].into(),
        Value::Array(words) => words.iter().filter_map(Value::as_str).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => BTreeSet::new(),
    }
}

fn resolve<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    let pointer = schema["$ref"]
        .as_str()
        .map(|name| name.trim_start_matches('#'));
    pointer.map_or(schema, |pointer| document.pointer(pointer).unwrap())
}

impl<'a> Comparison<'a> {
    fn of(old: &'a Value, new: &'a Value) -> Vec<String> {
        let mut comparison = Self {
            old,
            new,
            broken: Vec::new(),
            seen: BTreeSet::new(),
        };
        for (path, item) in old["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let now = &new["paths"][path][method];
                comparison.operation(&format!("{method} {path}"), operation, now);
            }
        }
        comparison.broken
    }

    fn expect(&mut self, holds: bool, place: &str, what: &str) {
        if !holds {
            self.broken.push(format!("{place}: {what}"));
        }
    }

    fn operation(&mut self, place: &str, old: &'a Value, new: &'a Value) {
        self.expect(
            new["operationId"] == old["operationId"],
            place,
            "gone or renamed",
        );
        self.parameters(place, old, new);
        let (was, is) = (&old["requestBody"], &new["requestBody"]);
        let is_demanded = is["required"] == true && was["required"] != true;
        self.expect(!is_demanded, place, "a body is demanded");
        self.contents(place, was, is, Way::Sent);
        for (status, answer) in old["responses"].as_object().unwrap() {
            if status.starts_with('2') {
                let now = &new["responses"][status];
                let place = format!("{place} {status}");
                self.expect(now.is_object(), &place, "is not answered any more");
                self.contents(&place, answer, now, Way::Read);
            }
        }
    }

    fn parameters(&mut self, place: &str, old: &'a Value, new: &'a Value) {
        let list = |it: &'a Value| it["parameters"].as_array().into_iter().flatten();
        let same =
            |one: &Value, other: &Value| one["name"] == other["name"] && one["in"] == other["in"];
        for was in list(old) {
            let place = format!("{place} ?{}", was["name"]);
            let Some(is) = list(new).find(|is| same(is, was)) else {
                self.expect(false, &place, "is not taken any more");
                continue;
            };
            let is_demanded = is["required"] == true && was["required"] != true;
            self.expect(!is_demanded, &place, "is demanded");
            self.schema(Pair {
                place: &place,
                old: &was["schema"],
                new: &is["schema"],
                way: Way::Sent,
            });
        }
        for is in list(new).filter(|is| is["required"] == true) {
            let is_known = list(old).any(|was| same(was, is));
            self.expect(is_known, place, &format!("demands {}", is["name"]));
        }
    }

    fn contents(&mut self, place: &str, old: &'a Value, new: &'a Value, way: Way) {
        for (media_type, was) in old["content"].as_object().into_iter().flatten() {
            let is = &new["content"][media_type];
            self.expect(is.is_object(), place, &format!("no {media_type} any more"));
            self.schema(Pair {
                place,
                old: &was["schema"],
                new: &is["schema"],
                way,
            });
        }
    }

    fn schema(&mut self, pair: Pair<'_, 'a>) {
        let key = format!("{:?} {} {}", pair.way, pair.old["$ref"], pair.new["$ref"]);
        if pair.old["$ref"].is_string() && !self.seen.insert(key) {
            return;
        }
        let (old, new) = (resolve(self.old, pair.old), resolve(self.new, pair.new));
        let pair = Pair { old, new, ..pair };
        let (place, way) = (pair.place, pair.way);
        let (was, is) = (words(&old["type"]), words(&new["type"]));
        let fits = if way == Way::Sent {
            was.is_subset(&is)
        } else {
            is.is_subset(&was)
        };
        self.expect(
            fits && was.is_empty() == is.is_empty(),
            place,
            "is of another type",
        );
        if way == Way::Sent {
            self.bounds(pair);
        }
        self.properties(pair);
        for choice in ["oneOf", "allOf"] {
            let list = |it: &'a Value| it[choice].as_array().into_iter().flatten();
            let is_kept = list(old).count() <= list(new).count() || way == Way::Read;
            self.expect(is_kept, place, "has fewer forms");
            for (old, new) in list(old).zip(list(new)) {
                self.schema(Pair { old, new, ..pair });
            }
        }
        if old["items"].is_object() {
            self.schema(Pair {
                old: &old["items"],
                new: &new["items"],
                ..pair
            });
        }
    }

    /// What callers send must still be taken.
    fn bounds(&mut self, pair: Pair<'_, '_>) {
        let Pair {
            place, old, new, ..
        } = pair;
        let is_narrower =
            new["enum"].is_array() && !words(&old["enum"]).is_subset(&words(&new["enum"]));
        let is_first = new["enum"].is_array() && !old["enum"].is_array();
        self.expect(!is_narrower && !is_first, place, "takes fewer words");
        self.expect(
            old["pattern"] == new["pattern"] || new["pattern"].is_null(),
            place,
            "has another pattern",
        );
        for (bound, sign) in [
            ("maxLength", 1),
            ("maximum", 1),
            ("maxItems", 1),
            ("minLength", -1),
            ("minimum", -1),
            ("minItems", -1),
        ] {
            let of = |it: &Value| it[bound].as_i64().map_or(i64::MAX, |value| value * sign);
            self.expect(of(new) >= of(old), place, &format!("{bound} is narrower"));
        }
    }

    fn properties(&mut self, pair: Pair<'_, 'a>) {
        let Pair {
            place,
            old,
            new,
            way,
        } = pair;
        for (name, was) in old["properties"].as_object().into_iter().flatten() {
            let place = format!("{place}.{name}");
            let is = &new["properties"][name];
            self.expect(is.is_object(), &place, "is gone");
            if is.is_object() {
                self.schema(Pair {
                    place: &place,
                    old: was,
                    new: is,
                    way,
                });
            }
        }
        let (was, is) = (words(&old["required"]), words(&new["required"]));
        let fits = if way == Way::Sent {
            is.is_subset(&was)
        } else {
            was.is_subset(&is)
        };
        self.expect(fits, place, "other fields are required");
    }
}

fn released() -> Value {
    serde_json::from_str(include_str!("../../../../openapi/released.json")).unwrap()
}

#[test]
fn nothing_that_was_released_is_removed_or_narrowed() {
    let document = serde_json::to_value(server::document()).unwrap();
    let broken = Comparison::of(&released(), &document);
    assert!(
        broken.is_empty(),
        "integrators would break; see docs/api-changelog.md: {broken:#?}"
    );
}

/// A document with one operation.
fn sample() -> Value {
    json!({
        "paths": { "/things": { "post": {
            "operationId": "create_thing",
            "parameters": [{ "name": "kind", "in": "query", "schema": { "type": "string", "maxLength": 9 } }],
            "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/s/New" } } } },
            "responses": { "201": { "content": { "application/json": { "schema": { "$ref": "#/s/Thing" } } } } },
        } } },
        "s": {
            "New": { "type": "object", "required": ["name"], "properties": {
                "name": { "type": "string", "maxLength": 5 }, "colour": { "type": "string", "enum": ["red", "blue"] } } },
            "Thing": { "type": "object", "required": ["id"], "properties": {
                "id": { "type": "string" }, "parts": { "type": "array", "items": { "$ref": "#/s/Thing" } } } },
        },
    })
}

/// A place of the sample, what stands there afterwards, and whether that breaks a caller.
fn changes() -> Vec<(&'static str, Value, bool)> {
    vec![
        ("", json!({ "paths": {}, "s": {} }), true),
        (
            "/paths/~1things/post/operationId",
            json!("make_thing"),
            true,
        ),
        ("/paths/~1things/post/parameters", json!([]), true),
        (
            "/paths/~1things/post/parameters/0/required",
            json!(true),
            true,
        ),
        (
            "/paths/~1things/post/parameters/0/schema/maxLength",
            json!(8),
            true,
        ),
        (
            "/paths/~1things/post/requestBody/required",
            json!(true),
            true,
        ),
        ("/paths/~1things/post/responses", json!({ "200": {} }), true),
        ("/s/New/required", json!(["name", "colour"]), true),
        ("/s/New/properties/colour/enum", json!(["red"]), true),
        ("/s/New/properties/name/maxLength", json!(4), true),
        ("/s/New/properties/name/pattern", json!("^a"), true),
        ("/s/New/properties/name/type", json!("integer"), true),
        (
            "/s/Thing/properties/id/type",
            json!(["string", "null"]),
            true,
        ),
        ("/s/Thing/required", json!([]), true),
        (
            "/s/Thing/properties",
            json!({ "id": { "type": "string" } }),
            true,
        ),
        (
            "/s/New/properties/colour/enum",
            json!(["red", "blue", "green"]),
            false,
        ),
        ("/s/New/properties/name/maxLength", json!(6), false),
        ("/s/New/required", json!([]), false),
        (
            "/s/New/properties/name/type",
            json!(["string", "null"]),
            false,
        ),
        ("/s/Thing/required", json!(["id", "parts"]), false),
    ]
}

#[test]
fn what_breaks_a_caller_is_found_and_what_is_added_is_not() {
    let old = sample();
    assert!(Comparison::of(&old, &old).is_empty());
    for (pointer, value, is_broken) in changes() {
        let mut new = old.clone();
        match pointer.rsplit_once('/') {
            Some((parent, name)) => new.pointer_mut(parent).unwrap()[name] = value,
            None => new = value,
        }
        let broken = Comparison::of(&old, &new);
        assert_eq!(!broken.is_empty(), is_broken, "{pointer}: {broken:?}");
    }
    let mut more = old.clone();
    more["paths"]["/others"] = more["paths"]["/things"].clone();
    more["s"]["New"]["properties"]["size"] = json!({ "type": "integer" });
    more["s"]["Thing"]["properties"]["size"] = json!({ "type": "integer" });
    assert!(Comparison::of(&old, &more).is_empty());
}
