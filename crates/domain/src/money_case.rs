//! What about money a person must look at, and what they can do about it.

use chrono::{DateTime, Utc};

use crate::payment::Provider;
use crate::word::words;
use crate::{Fen, MoneyCaseId, OrderId, SchoolId};

/// The stored name of what resolves a case that settled itself.
pub const SYSTEM: &str = "system";

/// Money that a person must look at.
#[derive(Debug, Clone, PartialEq)]
pub struct MoneyCase {
    /// The key.
    pub id: MoneyCaseId,
    /// What is the matter.
    pub kind: CaseKind,
    /// What it is about; one case a kind and key.
    pub key: String,
    /// Whose merchant account.
    pub provider: Provider,
    /// The configured merchant account.
    pub merchant_account: String,
    /// The order, where one of ours is concerned.
    pub order: Option<CaseOrder>,
    /// The money in question.
    pub amount: Option<Fen>,
    /// Numbers and amounts, nothing about a person.
    pub facts: serde_json::Value,
    /// How often it was met.
    pub seen_count: i32,
    /// When it was first met.
    pub opened_at: DateTime<Utc>,
    /// How it ended; `None` while it is open.
    pub resolution: Option<Resolution>,
}

/// The longest resolution, in characters.
pub const RESOLUTION_LENGTH: usize = 200;

/// The order that a case is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseOrder {
    /// Its school.
    pub school_id: SchoolId,
    /// The order.
    pub order_id: OrderId,
}

/// How a case ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolution {
    /// When.
    pub at: DateTime<Utc>,
    /// Who resolved it: a person's name, or [`SYSTEM`].
    pub by: String,
    /// How, in their words; `None` where it settled itself.
    pub text: Option<String>,
}

words! {
    /// Whether a case still waits for somebody.
    CaseState {
        /// It waits.
        Open = "open", "待处理", "open";
        /// It was resolved, or settled itself.
        Resolved = "resolved", "已结案", "resolved";
    }
}

words! {
    /// What is the matter.
    CaseKind {
        /// Money came for a number that is none of ours.
        UnknownPayment = "unknown_payment", "收到未知订单号的款项", "money for a number that is none of ours";
        /// The amount or currency is not what was asked for.
        WrongAmount = "wrong_amount", "金额或币种不符", "another amount or currency than asked for";
        /// One attempt, two transactions.
        SecondTransaction = "second_transaction", "同一支付号出现两笔交易", "two transactions for one attempt";
        /// One transaction, two attempts.
        TransactionElsewhere = "transaction_elsewhere", "同一交易对应两个支付号", "one transaction for two attempts";
        /// Surplus money that does not go back by itself, since the day's limit is reached.
        SurplusHeld = "surplus_held", "多付款超出自动退款上限", "surplus above the limit of what goes back by itself";
        /// A refund that the provider refused, closed or could not pay out.
        RefundFailed = "refund_failed", "退款未成功", "a refund that did not succeed";
        /// A refund that takes too long.
        RefundOverdue = "refund_overdue", "退款超过 7 天未完成", "a refund that takes more than a week";
        /// A refund made on the provider's own pages, found by a notice or a bill.
        ConsoleRefund = "console_refund", "商户平台直接退款", "a refund made on the provider's own pages";
        /// The provider has no bill for a day on which money moved.
        BillMissing = "bill_missing", "账单缺失", "no bill for a day on which money moved";
        /// The bill contradicts itself or cannot be read.
        BillInvalid = "bill_invalid", "账单无法核对", "a bill that contradicts itself or cannot be read";
        /// Some rows of the bill cannot be read; the others were compared.
        BillRowsUnread = "bill_rows_unread", "账单有无法读取的行", "rows of a bill that cannot be read";
        /// The bill has a payment that we do not.
        ProviderOnlyPayment = "provider_only_payment", "账单有、系统无的收款", "a payment that only the provider has";
        /// We have a payment that the bill does not.
        LocalOnlyPayment = "local_only_payment", "系统有、账单无的收款", "a payment that only we have";
        /// The bill has a refund that we do not.
        ProviderOnlyRefund = "provider_only_refund", "账单有、系统无的退款", "a refund that only the provider has";
        /// We have a refund that the bill does not.
        LocalOnlyRefund = "local_only_refund", "系统有、账单无的退款", "a refund that only we have";
        /// The two differ in the amount.
        AmountDifference = "amount_difference", "金额与账单不一致", "another amount than in the bill";
        /// The two differ in whether a refund was carried out.
        StatusDifference = "status_difference", "退款状态与账单不一致", "another state of a refund than in the bill";
        /// The bill names a row twice.
        DuplicateRow = "duplicate_row", "账单行重复", "a row that the bill has twice";
        /// The movements of the account are not those of our ledger, although bill and books agree.
        FlowDifference = "flow_difference", "资金流水与账本不符", "movements of the account that our ledger does not have";
        /// The provider does not tell the account's movements of a day.
        FlowMissing = "flow_missing", "资金账单缺失", "no list of the account's movements of a day";
        /// A row of another account, or of a kind that we do not know.
        ForeignRow = "foreign_row", "账单中有无法识别的行", "a row of another account or of an unknown kind";
        /// The provider does not let the account take money.
        AccountRefused = "account_refused", "商户账户被支付平台拒绝", "the provider refuses the account itself";
    }
}

impl CaseKind {
    /// Whether meeting it again is new trouble, although somebody resolved it: a refund fails for one reason, is helped,
    /// and fails for another. Of the other kinds the same is only told again.
    pub const fn comes_anew(self) -> bool {
        matches!(self, Self::RefundFailed)
    }

    /// What a person can do about it.
    pub const fn advice(self) -> crate::Text {
        use crate::Text;
        match self {
            Self::UnknownPayment | Self::ProviderOnlyPayment | Self::ForeignRow => Text::new(
                "在商户平台按交易号查询付款人；若不属于本平台，在商户平台退款，然后结案。",
                "Look the transaction up on the provider's pages. If it is not ours, return it there, then resolve the case.",
            ),
            Self::WrongAmount | Self::AmountDifference => Text::new(
                "核对实收金额；在订单页以“金额不符”为由退款，或与学生补差，然后结案。",
                "Compare what came; return it on the page of the order, with the reason “wrong amount”, or settle the rest with the student, then resolve the case.",
            ),
            Self::SecondTransaction | Self::TransactionElsewhere | Self::DuplicateRow => Text::new(
                "把两个交易号交给支付平台客服核实；多收的款项在商户平台退回，然后结案。",
                "Ask the provider about both transaction numbers; return what was charged twice on its pages, then resolve the case.",
            ),
            Self::SurplusHeld => Text::new(
                "确认无误后在订单页退款（当日自动退款已达上限）。",
                "When you are sure, return it on the page of the order: today's limit is reached.",
            ),
            Self::RefundFailed
            | Self::RefundOverdue
            | Self::LocalOnlyRefund
            | Self::StatusDifference => Text::new(
                "在商户平台查看退款单：余额不足请充值，银行退回请按平台指引改退，然后结案。",
                "See the refund on the provider's pages: fill up the balance, or follow its steps where the bank refused, then resolve the case.",
            ),
            Self::ConsoleRefund | Self::ProviderOnlyRefund => Text::new(
                "确认是本单位人员的操作；系统已按支付平台的结果更新订单。",
                "Make sure that it was one of your people; the order follows what the provider says.",
            ),
            Self::BillMissing | Self::BillInvalid | Self::FlowMissing => Text::new(
                "稍后在对账页重新核对当日；仍缺失请联系支付平台。",
                "Compare the day again on the page of reconciliation; if it is still so, ask the provider.",
            ),
            Self::BillRowsUnread => Text::new(
                "其余行已核对。在商户平台下载当日账单，按行号查看未读取的行及其合计金额；若属于本平台，在对账页重新核对当日，然后结案。",
                "The other rows were compared. Look through the day's bill on the provider's pages for the rows named here and the sum that they come to. If they are ours, compare the day again on the page of reconciliation, then resolve the case.",
            ),
            Self::FlowDifference => Text::new(
                "在商户平台下载当日资金账单，查找不属于支付、退款和手续费的变动；跨零点的变动会在次日抵消，然后结案。",
                "Look through the day's movements on the provider's pages for what is no payment, refund or fee; what lies around midnight evens out the next day. Then resolve the case.",
            ),
            Self::AccountRefused => Text::new(
                "按平台返回码检查商户号与应用的绑定、产品权限和账户状态；十分钟内学生会被引导使用另一种支付方式。恢复后结案。",
                "See the provider's code: check that the application is bound to the account, its permissions and its state. For ten minutes students are told to pay in another way. Resolve the case when it works again.",
            ),
            Self::LocalOnlyPayment => Text::new(
                "按交易号在商户平台查询；跨零点的付款会出现在次日账单。",
                "Look the transaction up on the provider's pages; one around midnight is in the next day's bill.",
            ),
        }
    }
}
