//! What acting on a provider's notice came to, as the inbox keeps it.

use crate::refund::RefundState;
use crate::word::words;

words! {
    /// What acting on a notice came to.
    NoticeResult {
        /// It called for nothing.
        Noted = "noted", "已记录", "noted";
        /// It was known.
        Known = "known", "已知", "known";
        /// Its payment settled an order.
        Applied = "applied", "已入账", "applied";
        /// Its payment was not needed.
        Surplus = "surplus", "多付", "surplus";
        /// It does not fit what we have: a person looks.
        Conflict = "conflict", "待核对", "to be checked";
        /// No attempt has its number: a person looks.
        UnknownAttempt = "unknown_attempt", "未知支付号", "unknown payment";
        /// No refund has its number: a person looks.
        UnknownRefund = "unknown_refund", "未知退款号", "unknown refund";
        /// Its refund is requested.
        RefundRequested = "requested", "待退款", "refund requested";
        /// Its refund is on its way.
        RefundSubmitted = "submitted", "退款中", "refund on its way";
        /// Its refund is done.
        RefundSucceeded = "succeeded", "已退款", "refund succeeded";
        /// Its refund is held up at the payer's bank.
        RefundAbnormal = "abnormal", "退款异常", "refund held up";
        /// Its refund ended without money moving.
        RefundClosed = "closed", "退款未完成", "refund not carried out";
        /// Its refund was not taken.
        RefundRejected = "rejected", "退款未受理", "refund refused";
    }
}

impl From<RefundState> for NoticeResult {
    fn from(state: RefundState) -> Self {
        match state {
            RefundState::Requested => Self::RefundRequested,
            RefundState::Submitted => Self::RefundSubmitted,
            RefundState::Succeeded => Self::RefundSucceeded,
            RefundState::Abnormal => Self::RefundAbnormal,
            RefundState::Closed => Self::RefundClosed,
            RefundState::Rejected => Self::RefundRejected,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refund_keeps_its_word() {
        for &state in RefundState::ALL {
            assert_eq!(NoticeResult::from(state).as_str(), state.as_str());
        }
    }
}
