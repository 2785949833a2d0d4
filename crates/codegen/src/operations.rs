//! The operations of the API document as Rust functions, each of which gives a `Call`: plain data, without an HTTP stack.
//!
//! Parameters keep the document's order; a body of JSON is the last one. A body of another kind, as a form with a file,
//! is added by whoever sends the call.

use std::fmt::Write;

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};

/// The file that holds all operations of a document; it needs `rustfmt`.
pub(super) fn source(document: &Value) -> Result<String> {
    let mut source = String::from(
        "//! Every operation of the API document.\n\nuse super::types::*;\nuse crate::{Call, Method, Request};\n",
    );
    for (path, item) in object(document, "paths")? {
        let operations = item.as_object().context("a path is an object")?;
        for (method, operation) in operations.iter().filter(|(name, _)| is_method(name)) {
            function(&mut source, method, path, operation)
                .with_context(|| format!("{method} {path}"))?;
        }
    }
    Ok(source)
}

fn is_method(name: &str) -> bool {
    ["get", "post", "patch", "put", "delete"].contains(&name)
}

fn function(source: &mut String, method: &str, path: &str, operation: &Value) -> Result<()> {
    let name = text(operation, "operationId")?;
    let parameters = operation["parameters"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    let parameters: Vec<_> = parameters
        .iter()
        .filter(|parameter| !is_added_by_caller(parameter))
        .map(Parameter::of)
        .collect::<Result<_>>()?;
    let body = json_model(&operation["requestBody"]);
    let mut arguments: Vec<_> = parameters.iter().map(Parameter::argument).collect();
    arguments.extend(body.as_ref().map(|model| format!("body: &{model}")));

    let template = parameters
        .iter()
        .filter(|parameter| parameter.place == "path")
        .fold(path.to_owned(), |path, parameter| {
            path.replace(&format!("{{{}}}", parameter.name), "{}")
        });
    let values: Vec<_> = parameters
        .iter()
        .filter(|parameter| parameter.place == "path")
        .map(Parameter::variable)
        .collect();
    let verb = format!("{}{}", method[..1].to_uppercase(), &method[1..]);
    let additions: String = parameters.iter().filter_map(Parameter::addition).collect();
    let json = if body.is_some() { ".json(body)" } else { "" };
    let (model, constructor) = answer(operation)?;

    for line in documentation(method, path, operation).lines() {
        writeln!(source, "{}", format!("/// {line}").trim_end())?;
    }
    writeln!(
        source,
        "pub fn {name}({}) -> Call<{model}> {{ Call::{constructor}(Request::new(Method::{verb}, {template:?}, &[{}]){additions}{json}) }}",
        arguments.join(", "),
        values.join(", "),
    )?;
    Ok(())
}

/// Whether a parameter is left to `Call::with_idempotency_key`: most callers of such an operation send none.
fn is_added_by_caller(parameter: &Value) -> bool {
    parameter["name"] == "Idempotency-Key" && parameter["required"] != true
}

fn documentation(method: &str, path: &str, operation: &Value) -> String {
    let told = ["summary", "description"].map(|part| operation[part].as_str().unwrap_or_default());
    let call = format!("`{} {path}`", method.to_uppercase());
    let mut parts: Vec<_> = told.into_iter().filter(|part| !part.is_empty()).collect();
    parts.push(&call);
    parts.join("\n\n")
}

/// What a successful answer becomes, and the constructor of such a call.
fn answer(operation: &Value) -> Result<(String, &'static str)> {
    let (_, answer) = object(operation, "responses")?
        .iter()
        .find(|(status, _)| status.starts_with('2'))
        .context("no successful answer")?;
    let has_content = answer["content"]
        .as_object()
        .is_some_and(|content| !content.is_empty());
    Ok(match json_model(answer) {
        Some(model) => (model, "json"),
        None if has_content => ("Vec<u8>".to_owned(), "bytes"),
        None => ("()".to_owned(), "nothing"),
    })
}

/// The model of what is JSON and has one.
fn json_model(content: &Value) -> Option<String> {
    let reference = content["content"]["application/json"]["schema"]["$ref"].as_str()?;
    reference.rsplit('/').next().map(str::to_owned)
}

/// A parameter of an operation.
struct Parameter {
    name: String,
    place: String,
    is_required: bool,
    /// Its type in Rust.
    kind: &'static str,
}

impl Parameter {
    fn of(parameter: &Value) -> Result<Self> {
        let place = text(parameter, "in")?.to_owned();
        let kind = match parameter["schema"]["type"].as_str() {
            Some("string") => "&str",
            Some("integer") if place == "query" => "i64",
            Some("boolean") if place == "query" => "bool",
            kind => bail!("a parameter in the {place} of type {kind:?}"),
        };
        Ok(Self {
            name: text(parameter, "name")?.to_owned(),
            place,
            is_required: parameter["required"] == true,
            kind,
        })
    }

    /// Its name in Rust.
    fn variable(&self) -> String {
        self.name.to_lowercase().replace('-', "_")
    }

    fn argument(&self) -> String {
        let kind = self.kind;
        if self.is_required {
            format!("{}: {kind}", self.variable())
        } else {
            format!("{}: Option<{kind}>", self.variable())
        }
    }

    /// How it joins the request; what stands in the path is there already.
    fn addition(&self) -> Option<String> {
        let (name, variable) = (&self.name, self.variable());
        let value = if self.is_required {
            format!("Some({variable})")
        } else {
            variable
        };
        match self.place.as_str() {
            place @ ("query" | "header") => Some(format!(".{place}({name:?}, {value})")),
            _ => None,
        }
    }
}

fn object<'a>(value: &'a Value, name: &str) -> Result<&'a Map<String, Value>> {
    value[name]
        .as_object()
        .with_context(|| format!("no {name}"))
}

fn text<'a>(value: &'a Value, name: &str) -> Result<&'a str> {
    value[name].as_str().with_context(|| format!("no {name}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn parameters_and_body_go_where_the_document_says() {
        let operation = json!({
            "operationId": "create_payment",
            "summary": "Begin to pay",
            "parameters": [
                {"name": "order_no", "in": "path", "required": true, "schema": {"type": "string"}},
                {"name": "Idempotency-Key", "in": "header", "required": true, "schema": {"type": "string"}},
                {"name": "Idempotency-Key", "in": "header", "required": false, "schema": {"type": "string"}},
                {"name": "limit", "in": "query", "schema": {"type": "integer"}}],
            "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/NewPayment"}}}},
            "responses": {"400": {}, "201": {"content": {
                "application/json": {"schema": {"$ref": "#/components/schemas/PaymentView"}}}}}
        });
        let document = json!({"paths": {"/orders/{order_no}/payments": {"post": operation}}});
        let source = source(&document).unwrap();
        let (head, code) = source.split_once("/// Begin to pay").unwrap();
        assert!(head.starts_with("//! "), "{head}");
        assert_eq!(
            code,
            "\n///\n/// `POST /orders/{order_no}/payments`\npub fn create_payment(order_no: &str, idempotency_key: &str, \
             limit: Option<i64>, body: &NewPayment) -> Call<PaymentView> { Call::json(Request::new(Method::Post, \
             \"/orders/{}/payments\", &[order_no]).header(\"Idempotency-Key\", Some(idempotency_key))\
             .query(\"limit\", limit).json(body)) }\n"
        );
    }

    #[test]
    fn an_answer_is_a_model_or_nothing_or_bytes() {
        let answered = |content: Value| {
            answer(&json!({"responses": {"200": {"content": content}}}))
                .unwrap()
                .1
        };
        assert_eq!(answered(json!({})), "nothing");
        assert_eq!(
            answered(json!({"image/jpeg": {"schema": {"type": "string"}}})),
            "bytes"
        );
        assert!(answer(&json!({"responses": {"404": {}}})).is_err());
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        let list = json!({"name": "ids", "in": "query", "schema": {"type": "array"}});
        assert!(Parameter::of(&list).is_err());
    }
}
