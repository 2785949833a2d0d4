//! Answers other than success, and what each code means for each call.

use crate::{
    ProviderRefusal, lenient,
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
    #[serde(default, deserialize_with = "lenient::text_or_empty")]
    msg: String,
    #[serde(default, deserialize_with = "lenient::text_or_empty")]
    sub_code: String,
    #[serde(default, deserialize_with = "lenient::text_or_empty")]
    sub_msg: String,
}

impl Rejection {
    pub(super) fn is_success(&self) -> bool {
        self.code == SUCCESS
    }

    /// The code that says most.
    pub(super) fn code(&self) -> &str {
        if self.sub_code.is_empty() {
            &self.code
        } else {
            &self.sub_code
        }
    }

    pub(super) fn meaning(&self, operation: Operation) -> Meaning {
        use Operation::{Bill, Close, Create, Query, QueryRefund, Refund};
        match (operation, self.code.as_str(), self.sub_code.as_str()) {
            (Create | Close, BUSINESS_FAILURE, "ACQ.TRADE_HAS_SUCCESS") => Meaning::AlreadyPaid,
            (Create, BUSINESS_FAILURE, "ACQ.TRADE_HAS_CLOSE") => Meaning::Closed,
            (Create, BUSINESS_FAILURE, "ACQ.CONTEXT_INCONSISTENT") => Meaning::NumberUsed,
            (Query | Close | QueryRefund, BUSINESS_FAILURE, "ACQ.TRADE_NOT_EXIST")
            | (Bill, _, "isp.bill_not_exist" | "BILL_NOT_EXIST") => Meaning::NotFound,
            (Refund, BUSINESS_FAILURE, "ACQ.SELLER_BALANCE_NOT_ENOUGH") => Meaning::NotEnough,
            (
                Refund,
                BUSINESS_FAILURE,
                "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL"
                | "ACQ.DISCORDANT_REPEAT_REQUEST"
                | "ACQ.TRADE_HAS_FINISHED"
                | "ACQ.TRADE_NOT_ALLOW_REFUND",
            )
            // Missing or bad parameters and permissions: a bug or the configuration.
            | (_, "40001" | "40002" | "40003" | "40006", _) => Meaning::Refused,
            (Create | Query | Close | Refund | QueryRefund | Bill, _, _) => {
                Meaning::Unknown
            }
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

impl From<Rejection> for ProviderRefusal {
    fn from(rejection: Rejection) -> Self {
        Self {
            code: rejection.code().to_owned(),
            message: rejection.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Meaning, Operation, Rejection};
    use Operation::{Bill, Close, Create, Query, QueryRefund, Refund};
    use rstest::rstest;

    fn assert_meaning(operation: Operation, code: &str, sub_code: &str, expected: Meaning) {
        let seen = Rejection {
            code: code.to_owned(),
            sub_code: sub_code.to_owned(),
            msg: String::new(),
            sub_msg: String::new(),
        };
        assert_eq!(seen.meaning(operation), expected, "{seen} on {operation:?}");
    }

    #[rstest]
    #[case(Query, "TRADE_NOT_EXIST", Meaning::NotFound)]
    #[case(Close, "TRADE_NOT_EXIST", Meaning::NotFound)]
    #[case(Create, "TRADE_NOT_EXIST", Meaning::Unknown)]
    #[case(Create, "TRADE_HAS_SUCCESS", Meaning::AlreadyPaid)]
    #[case(Close, "TRADE_HAS_SUCCESS", Meaning::AlreadyPaid)]
    #[case(Create, "TRADE_HAS_CLOSE", Meaning::Closed)]
    #[case(Create, "CONTEXT_INCONSISTENT", Meaning::NumberUsed)]
    #[case(Close, "TRADE_STATUS_ERROR", Meaning::Unknown)]
    #[case(Close, "REASON_TRADE_BEEN_FREEZEN", Meaning::Unknown)]
    #[case(Create, "SYSTEM_ERROR", Meaning::Unknown)]
    #[case(Create, "SOMETHING_NEW", Meaning::Unknown)]
    #[case(Refund, "SELLER_BALANCE_NOT_ENOUGH", Meaning::NotEnough)]
    #[case(Refund, "REFUND_AMT_NOT_EQUAL_TOTAL", Meaning::Refused)]
    #[case(Refund, "TRADE_HAS_FINISHED", Meaning::Refused)]
    #[case(Refund, "DISCORDANT_REPEAT_REQUEST", Meaning::Refused)]
    #[case(Refund, "TRADE_STATUS_ERROR", Meaning::Unknown)]
    #[case(Refund, "TRADE_NOT_EXIST", Meaning::Unknown)]
    #[case(QueryRefund, "TRADE_NOT_EXIST", Meaning::NotFound)]
    fn a_business_failure_means_something_only_on_the_calls_it_is_listed_for(
        #[case] operation: Operation,
        #[case] name: &str,
        #[case] expected: Meaning,
    ) {
        assert_meaning(operation, "40004", &format!("ACQ.{name}"), expected);
    }

    #[rstest]
    #[case(Create, "20000", "isp.unknow-error", Meaning::Unknown)]
    #[case(Create, "40002", "isv.invalid-parameter", Meaning::Refused)]
    #[case(Query, "40006", "isv.insufficient", Meaning::Refused)]
    #[case(Query, "40005", "", Meaning::Unknown)]
    #[case(Bill, "40004", "isp.bill_not_exist", Meaning::NotFound)]
    #[case(Bill, "20000", "BILL_NOT_EXIST", Meaning::NotFound)]
    #[case(Query, "40004", "isp.bill_not_exist", Meaning::Unknown)]
    fn the_gateways_own_codes_mean_the_same_on_every_call(
        #[case] operation: Operation,
        #[case] code: &str,
        #[case] sub_code: &str,
        #[case] expected: Meaning,
    ) {
        assert_meaning(operation, code, sub_code, expected);
    }
}
