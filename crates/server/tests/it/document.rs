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
    pub(crate) takes_json: bool,
    /// The statuses that it lists.
    pub(crate) statuses: BTreeSet<u16>,
}

impl Operation {
    fn read(path: &str, method: &str, it: &Value) -> Self {
        let statuses = it["responses"].as_object().unwrap().keys();
        Self {
            id: it["operationId"].as_str().unwrap().to_owned(),
            method: method.to_uppercase().parse().unwrap(),
            path: path.to_owned(),
            is_for_sessions: it["security"][0]["session"].is_array(),
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
