//! Which of the platform's calls a request is, and which numbers it is about.

use actix_web::web::Query;
use serde_json::Value;

use crate::provider::Product;

/// What the platform can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operation {
    Create(Product),
    Query,
    QueryById,
    Close,
    Refund,
    RefundQuery,
    AbnormalRefund,
    TradeBill,
    FundFlowBill,
    BillDownload,
    Certificates,
    Unknown,
}

impl Operation {
    /// As faults and calls name it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Create(product) => product.operation(),
            Self::Query => "query",
            Self::QueryById => "query_by_id",
            Self::Close => "close",
            Self::Refund => "refund",
            Self::RefundQuery => "refund_query",
            Self::AbnormalRefund => "abnormal_refund",
            Self::TradeBill => "trade_bill",
            Self::FundFlowBill => "fund_flow_bill",
            Self::BillDownload => "bill_download",
            Self::Certificates => "certificates",
            Self::Unknown => "unknown",
        }
    }
}

/// A request, as far as its address and numbers tell.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Call {
    pub(super) operation: Operation,
    /// `out_trade_no`, or the platform's number where the address holds that.
    pub(super) number: String,
    /// `out_refund_no`, or the platform's number where the address holds that.
    pub(super) refund: String,
}

impl Call {
    /// Reads a request; its body may be anything.
    pub(super) fn of(method: &str, path: &str, body: &[u8]) -> Self {
        let parts: Vec<String> = path.split('/').skip(1).map(decoded).collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let (operation, number, refund) = match (method, parts.as_slice()) {
            ("POST", ["v3", "pay", "transactions", product]) => (create(product), "", ""),
            ("GET", ["v3", "pay", "transactions", "out-trade-no", number]) => {
                (Operation::Query, *number, "")
            }
            ("GET", ["v3", "pay", "transactions", "id", number]) => {
                (Operation::QueryById, *number, "")
            }
            ("POST", ["v3", "pay", "transactions", "out-trade-no", number, "close"]) => {
                (Operation::Close, *number, "")
            }
            ("POST", ["v3", "refund", "domestic", "refunds"]) => (Operation::Refund, "", ""),
            ("GET", ["v3", "refund", "domestic", "refunds", number]) => {
                (Operation::RefundQuery, "", *number)
            }
            (
                "POST",
                [
                    "v3",
                    "refund",
                    "domestic",
                    "refunds",
                    id,
                    "apply-abnormal-refund",
                ],
            ) => (Operation::AbnormalRefund, "", *id),
            ("GET", ["v3", "bill", "tradebill"]) => (Operation::TradeBill, "", ""),
            ("GET", ["v3", "bill", "fundflowbill"]) => (Operation::FundFlowBill, "", ""),
            ("GET", ["v3", "billdownload", "file"]) => (Operation::BillDownload, "", ""),
            ("GET", ["v3", "certificates"]) => (Operation::Certificates, "", ""),
            _ => (Operation::Unknown, "", ""),
        };
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        let or_in_body = |found: &str, name: &str| match found {
            "" => body[name].as_str().unwrap_or_default().to_owned(),
            found => found.to_owned(),
        };
        Self {
            operation,
            number: or_in_body(number, "out_trade_no"),
            refund: or_in_body(refund, "out_refund_no"),
        }
    }
}

fn create(product: &str) -> Operation {
    match product {
        "native" => Operation::Create(Product::Native),
        "h5" => Operation::Create(Product::H5),
        "jsapi" => Operation::Create(Product::Jsapi),
        _ => Operation::Unknown,
    }
}

/// A path segment without its percent-encoding.
fn decoded(segment: &str) -> String {
    let pair = format!("s={}", segment.replace('+', "%2B"));
    let parsed = Query::<Vec<(String, String)>>::from_query(&pair);
    let value = parsed.ok().and_then(|pairs| pairs.into_inner().pop());
    value.map_or_else(|| segment.to_owned(), |(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::another_method("GET", "/v3/pay/transactions/native")]
    #[case::another_path("POST", "/")]
    #[case::neither("PUT", "x")]
    fn any_other_call_is_unknown(#[case] method: &str, #[case] path: &str) {
        assert_eq!(Call::of(method, path, b"").operation, Operation::Unknown);
    }

    #[test]
    fn a_call_is_known_by_method_and_path() {
        let query = Call::of("GET", "/v3/pay/transactions/out-trade-no/A%7CB%2A1", b"");
        assert_eq!(
            (query.operation, query.number.as_str()),
            (Operation::Query, "A|B*1")
        );
        let body = br#"{"out_trade_no":"G1","out_refund_no":"R1"}"#;
        let refund = Call::of("POST", "/v3/refund/domestic/refunds", body);
        assert_eq!(
            refund,
            Call {
                operation: Operation::Refund,
                number: "G1".into(),
                refund: "R1".into(),
            }
        );
    }
}
