//! Calls to payment providers: what is asked, and what comes of it.

use crate::word::words;

words! {
    /// What a provider is asked.
    ProviderOperation {
        /// To begin a payment.
        Create = "create", "下单", "begin a payment";
        /// How a payment stands.
        Query = "query", "查询支付", "query a payment";
        /// To let a payment be paid no more.
        Close = "close", "关闭支付", "close a payment";
        /// To send money back.
        Refund = "refund", "申请退款", "request a refund";
        /// How a refund stands.
        QueryRefund = "query_refund", "查询退款", "query a refund";
        /// For the bill of a day.
        Bill = "bill", "下载交易账单", "download a bill";
        /// For the movements of an account on a day.
        FlowBill = "flow_bill", "下载资金账单", "download the account's movements";
    }
}

words! {
    /// What came of a call.
    CallOutcome {
        /// An answer that settles what was asked.
        Definite = "definite", "已答复", "answered";
        /// The provider refuses the call.
        Refused = "refused", "被拒绝", "refused";
        /// No answer, or none that says what happened.
        Unknown = "unknown", "结果未知", "outcome unknown";
    }
}
