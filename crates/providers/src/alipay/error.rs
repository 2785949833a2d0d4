//! Answers other than success, and what each code means for each call.

use crate::{
    Refusal,
    payment::meaning::{Meaning, Operation},
};
use serde::Deserialize;
use std::fmt;

/// The gateway's code for success.
const SUCCESS: &str = "10000";
/// The gateway's code for a business failure, which `sub_code` explains.
const BUSINESS_FAILURE: &str = "40004";

/// The common part of every inner object.
#[derive(Debug, Deserialize)]
pub(super) struct Rejection {
    code: String,
    #[serde(default)]
    msg: String,
    #[serde(default)]
    sub_code: String,
    #[serde(default)]
    sub_msg: String,
}

impl Rejection {
    pub(super) fn is_success(&self) -> bool {
        self.code == SUCCESS
    }

    pub(super) fn meaning(&self, operation: Operation) -> Meaning {
        use Operation::{Close, Create, Query};
        match (operation, self.code.as_str(), self.sub_code.as_str()) {
            (Create | Close, BUSINESS_FAILURE, "ACQ.TRADE_HAS_SUCCESS") => Meaning::AlreadyPaid,
            (Create, BUSINESS_FAILURE, "ACQ.TRADE_HAS_CLOSE") => Meaning::Closed,
            (Create, BUSINESS_FAILURE, "ACQ.CONTEXT_INCONSISTENT") => Meaning::NumberUsed,
            (Query | Close, BUSINESS_FAILURE, "ACQ.TRADE_NOT_EXIST") => Meaning::NotFound,
            // Missing or bad parameters and permissions: a bug or the configuration.
            (_, "40001" | "40002" | "40003" | "40006", _) => Meaning::Refused,
            (Create | Query | Close, _, _) => Meaning::Unknown,
        }
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            code,
            msg,
            sub_code,
            sub_msg,
        } = self;
        write!(formatter, "{code} {msg}, {sub_code} {sub_msg}")
    }
}

impl From<Rejection> for Refusal {
    fn from(rejection: Rejection) -> Self {
        let Rejection { code, sub_code, .. } = &rejection;
        let code = if sub_code.is_empty() {
            code.clone()
        } else {
            sub_code.clone()
        };
        Self {
            code,
            message: rejection.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Meaning, Operation, Rejection};

    #[test]
    fn a_code_means_something_only_on_the_calls_it_is_listed_for() {
        use Operation::{Close, Create, Query};
        for (operation, code, sub_code, expected) in [
            (Query, "40004", "ACQ.TRADE_NOT_EXIST", Meaning::NotFound),
            (Close, "40004", "ACQ.TRADE_NOT_EXIST", Meaning::NotFound),
            (Create, "40004", "ACQ.TRADE_NOT_EXIST", Meaning::Unknown),
            (
                Create,
                "40004",
                "ACQ.TRADE_HAS_SUCCESS",
                Meaning::AlreadyPaid,
            ),
            (
                Close,
                "40004",
                "ACQ.TRADE_HAS_SUCCESS",
                Meaning::AlreadyPaid,
            ),
            (Create, "40004", "ACQ.TRADE_HAS_CLOSE", Meaning::Closed),
            (
                Create,
                "40004",
                "ACQ.CONTEXT_INCONSISTENT",
                Meaning::NumberUsed,
            ),
            (Close, "40004", "ACQ.TRADE_STATUS_ERROR", Meaning::Unknown),
            (
                Close,
                "40004",
                "ACQ.REASON_TRADE_BEEN_FREEZEN",
                Meaning::Unknown,
            ),
            (Create, "40004", "ACQ.SYSTEM_ERROR", Meaning::Unknown),
            (Create, "40004", "ACQ.SOMETHING_NEW", Meaning::Unknown),
            (Create, "20000", "isp.unknow-error", Meaning::Unknown),
            (Create, "40002", "isv.invalid-parameter", Meaning::Refused),
            (
                Query,
                "40006",
                "isv.insufficient-isv-permissions",
                Meaning::Refused,
            ),
            (Query, "40005", "", Meaning::Unknown),
        ] {
            let (code, sub_code) = (code.to_owned(), sub_code.to_owned());
            let seen = Rejection {
                code,
                sub_code,
                msg: String::new(),
                sub_msg: String::new(),
            };
            assert_eq!(seen.meaning(operation), expected, "{seen} on {operation:?}");
        }
    }
}
