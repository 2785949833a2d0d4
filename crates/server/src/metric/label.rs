//! The labels of metrics and the values that each may have.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use domain::money_case::CaseKind;
use domain::payment::Provider;
use domain::refund::RefundState;
use domain::retention::Record;
use serde_json::Value;

/// A label.
#[derive(Debug, Clone, Copy)]
pub struct Label {
    /// Its name.
    pub name: &'static str,
    values: Values,
}

#[derive(Debug, Clone, Copy)]
enum Values {
    /// These.
    Words(&'static [&'static str]),
    /// The payment providers.
    Providers,
    /// The kinds of money cases.
    CaseKinds,
    /// The states of refunds.
    RefundStates,
    /// What is deleted when it is too old.
    Records,
    /// The paths of the API document and [`OTHER_ROUTES`].
    Routes,
    /// The statuses of HTTP.
    Statuses,
}

/// Routes that answer and are no operations; `unmatched` stands for pages, files and unknown paths.
const OTHER_ROUTES: [&str; 5] = [
    "unmatched",
    "/api/docs",
    "/api/docs/problems",
    "/api/docs/{_:.*}",
    "/api/openapi.json",
];

impl Label {
    /// A label with these values.
    pub(super) const fn words(name: &'static str, words: &'static [&'static str]) -> Self {
        let values = Values::Words(words);
        Self { name, values }
    }

    /// The methods that are counted apart.
    pub(super) const METHOD: Self = Self::words(
        "method",
        &[
            "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "other",
        ],
    );
    /// The routes.
    pub(super) const ROUTE: Self = Self {
        name: "route",
        values: Values::Routes,
    };
    /// The statuses.
    pub(super) const STATUS: Self = Self {
        name: "status",
        values: Values::Statuses,
    };
    /// The payment providers.
    pub(super) const PROVIDER: Self = Self {
        name: "provider",
        values: Values::Providers,
    };
    /// The kinds of money cases.
    pub(super) const CASE_KIND: Self = Self {
        name: "kind",
        values: Values::CaseKinds,
    };
    /// The states of refunds.
    pub(super) const REFUND_STATE: Self = Self {
        name: "state",
        values: Values::RefundStates,
    };

    /// What is deleted when it is too old.
    pub(super) const RECORD: Self = Self {
        name: "record",
        values: Values::Records,
    };

    /// Every value that it may have.
    pub fn values(&self) -> Vec<String> {
        let owned = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        match self.values {
            Values::Words(words) => owned(words),
            Values::Providers => Provider::ALL.iter().map(Provider::to_string).collect(),
            Values::CaseKinds => CaseKind::ALL.iter().map(CaseKind::to_string).collect(),
            Values::RefundStates => RefundState::ALL
                .iter()
                .map(RefundState::to_string)
                .collect(),
            Values::Records => Record::ALL.iter().map(Record::to_string).collect(),
            Values::Routes => {
                let routes = answers().iter().filter_map(|answer| answer.get("route"));
                let routes: BTreeSet<_> = routes.cloned().collect();
                let others: Vec<String> = owned(&OTHER_ROUTES);
                routes.into_iter().chain(others).collect()
            }
            Values::Statuses => (100..600).map(|status| status.to_string()).collect(),
        }
    }

    /// The label in docs/operations.md.
    pub(super) fn described(&self) -> String {
        let name = self.name;
        match self.values {
            Values::Routes => format!("`{name}`: a path of the API document, or `unmatched`"),
            Values::Statuses => format!("`{name}`: of HTTP"),
            Values::Words(_)
            | Values::Providers
            | Values::CaseKinds
            | Values::RefundStates
            | Values::Records => {
                format!("`{name}`: {}", self.values().join(", "))
            }
        }
    }
}

/// Method, route and status of each answer that the API document lists.
pub(super) fn answers() -> &'static [BTreeMap<&'static str, String>] {
    static ANSWERS: LazyLock<Vec<BTreeMap<&'static str, String>>> = LazyLock::new(documented);
    &ANSWERS
}

fn documented() -> Vec<BTreeMap<&'static str, String>> {
    let document = serde_json::to_value(crate::app::document()).unwrap_or_default();
    let mut answers = Vec::new();
    for (route, item) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            let responses = operation["responses"].as_object().into_iter();
            for status in responses.flat_map(serde_json::Map::<String, Value>::keys) {
                answers.push(BTreeMap::from([
                    ("method", method.to_uppercase()),
                    ("route", route.clone()),
                    ("status", status.clone()),
                ]));
            }
        }
    }
    answers
}
