//! Error answers, and what each code means for each call.

use crate::{
    ProviderRefusal, lenient,
    payment::meaning::{Meaning, Operation},
};
use serde::Deserialize;

/// An error answer. It is not signed: it chooses a branch and proves nothing.
#[derive(Debug, thiserror::Error)]
#[error("WeChat Pay answered {status} {code}: {message}")]
pub(super) struct ApiError {
    status: u16,
    code: String,
    message: String,
}

#[derive(Deserialize)]
struct Body {
    #[serde(default, deserialize_with = "lenient::text_or_empty")]
    code: String,
    #[serde(default, deserialize_with = "lenient::text_or_empty")]
    message: String,
}

impl ApiError {
    pub(super) fn read(status: u16, body: &[u8]) -> Self {
        let Body { code, message } = serde_json::from_slice(body).unwrap_or_else(|_| Body {
            code: String::new(),
            message: "no JSON".to_owned(),
        });
        Self {
            status,
            code,
            message,
        }
    }

    pub(super) fn code(&self) -> &str {
        &self.code
    }

    pub(super) fn meaning(&self, operation: Operation) -> Meaning {
        use Operation::{Bill, Close, Create, Query, QueryRefund, Refund};
        // Documents and platform disagree about underscores.
        let code = self.code.replace('_', "").to_ascii_uppercase();
        match (operation, code.as_str()) {
            (Create | Close, "ORDERPAID") => Meaning::AlreadyPaid,
            (Create, "ORDERCLOSED") => Meaning::Closed,
            (Create, "OUTTRADENOUSED") => Meaning::NumberUsed,
            (Query | Close, "ORDERNOTEXIST")
            | (QueryRefund, "RESOURCENOTEXISTS")
            | (Bill, "NOSTATEMENTEXIST") => Meaning::NotFound,
            (Refund, "NOTENOUGH") => Meaning::NotEnough,
            (Bill, "STATEMENTCREATING") => Meaning::NotYet,
            (_, "PARAMERROR" | "INVALIDREQUEST")
            | (Create, "APPIDMCHIDNOTMATCH" | "MCHNOTEXISTS" | "NOAUTH" | "ACCOUNTERROR")
            | (Create | Refund, "RULELIMIT" | "TRADEERROR") => Meaning::Refused,
            (Create | Query | Close | Refund | QueryRefund | Bill, _) => Meaning::Unknown,
        }
    }
}

impl From<ApiError> for ProviderRefusal {
    fn from(error: ApiError) -> Self {
        Self {
            code: error.code,
            message: error.message,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Operation::{Bill, Close, Create, Query, QueryRefund, Refund};
    use super::{ApiError, Meaning, Operation};
    use rstest::rstest;

    #[rstest]
    #[case(Create, "ORDER_PAID", Meaning::AlreadyPaid)]
    #[case(Close, "ORDERPAID", Meaning::AlreadyPaid)]
    #[case(Query, "ORDERPAID", Meaning::Unknown)]
    #[case(Create, "ORDER_CLOSED", Meaning::Closed)]
    #[case(Close, "ORDER_CLOSED", Meaning::Unknown)]
    #[case(Create, "OUT_TRADE_NO_USED", Meaning::NumberUsed)]
    #[case(Query, "ORDERNOTEXIST", Meaning::NotFound)]
    #[case(Query, "order_not_exist", Meaning::NotFound)]
    #[case(Close, "ORDER_NOT_EXIST", Meaning::NotFound)]
    #[case(Create, "ORDER_NOT_EXIST", Meaning::Unknown)]
    #[case(Create, "PARAM_ERROR", Meaning::Refused)]
    #[case(Close, "INVALID_REQUEST", Meaning::Refused)]
    #[case(Create, "NOAUTH", Meaning::Refused)]
    #[case(Create, "SIGN_ERROR", Meaning::Unknown)]
    #[case(Create, "SYSTEM_ERROR", Meaning::Unknown)]
    #[case(Query, "FREQUENCY_LIMITED", Meaning::Unknown)]
    #[case(Create, "SOMETHING_NEW", Meaning::Unknown)]
    #[case(Refund, "NOT_ENOUGH", Meaning::NotEnough)]
    #[case(Create, "NOT_ENOUGH", Meaning::Unknown)]
    #[case(Refund, "RULE_LIMIT", Meaning::Refused)]
    #[case(Refund, "FREQUENCY_LIMITED", Meaning::Unknown)]
    #[case(Refund, "RESOURCE_NOT_EXISTS", Meaning::Unknown)]
    #[case(QueryRefund, "RESOURCE_NOT_EXISTS", Meaning::NotFound)]
    #[case(QueryRefund, "RULE_LIMIT", Meaning::Unknown)]
    #[case(Bill, "NO_STATEMENT_EXIST", Meaning::NotFound)]
    #[case(Bill, "STATEMENT_CREATING", Meaning::NotYet)]
    fn codes_are_read_with_and_without_underscores_and_only_where_they_are_listed(
        #[case] operation: Operation,
        #[case] code: &str,
        #[case] expected: Meaning,
    ) {
        let body = format!(r#"{{"code":"{code}","message":"…"}}"#);
        let error = ApiError::read(400, body.as_bytes());
        assert_eq!(
            error.meaning(operation),
            expected,
            "{code} on {operation:?}"
        );
    }

    #[test]
    fn a_page_instead_of_an_answer_says_nothing() {
        let page = ApiError::read(502, b"<html>Bad Gateway</html>");
        assert_eq!(page.meaning(Create), Meaning::Unknown);
    }
}
