//! What the commands about money say of bills and differences.

use domain::Lang;
use domain::money_case::CaseKind;
use domain::reconciliation::Flow;
use service::reconciliation::{BillState, Unread};

/// How far the comparison of a bill has come.
pub(super) fn bill_state(bill: &BillState) -> String {
    match bill {
        BillState::Compared => "已核对".to_owned(),
        BillState::Empty => "当日无账单、无交易".to_owned(),
        BillState::Missing => "账单缺失，系统有交易，稍后重试".to_owned(),
        BillState::Waiting(seen) => format!("账单未就绪，稍后重试：{seen}"),
        BillState::Invalid(seen) => format!("账单无法核对：{seen}"),
    }
}

/// What came of a difference, or what to do about it.
pub(super) fn outcome(kind: CaseKind, is_healed: bool) -> &'static str {
    let is_ours = matches!(kind, CaseKind::LocalOnlyPayment | CaseKind::LocalOnlyRefund);
    if is_healed && is_ours {
        "支付平台查询已确认，账单未列"
    } else if is_healed {
        "已按支付平台结果更正"
    } else {
        kind.advice().get(Lang::Zh)
    }
}

/// Whether the movements of an account agree with our ledger.
pub(super) fn flow_outcome(flow: Flow) -> &'static str {
    if flow.agrees() {
        "一致"
    } else {
        CaseKind::FlowDifference.advice().get(Lang::Zh)
    }
}

/// That the bill of movements is not there yet.
pub(super) fn flow_missing(seen: &str) -> String {
    format!("资金账单未就绪，稍后重试：{seen}")
}

/// Which rows of a bill could not be read, and what they come to.
pub(super) fn unread_rows(unread: &Unread) -> String {
    let Unread {
        rows,
        paid,
        refunded,
        seen,
    } = unread;
    let seen = seen.join("；");
    format!("{rows} 行无法读取，按账单合计收款 {paid}、退款 {refunded}：第 {seen}")
}
