//! Money on its way back: `WeChat` ends a refund some time after it was asked for, Alipay at once.

use serde::Serialize;
use serde_json::Value;

use crate::clock::Seconds;

/// How a refund stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Status {
    /// On its way.
    Processing,
    /// The buyer has it.
    Success,
    /// The buyer's bank refused it; the merchant must act.
    Abnormal,
    /// It didn't happen and needs a new number.
    Closed,
}

impl Status {
    /// As `WeChat` spells it.
    pub(crate) fn wechat(self) -> &'static str {
        match self {
            Self::Processing => "PROCESSING",
            Self::Success => "SUCCESS",
            Self::Abnormal => "ABNORMAL",
            Self::Closed => "CLOSED",
        }
    }
}

/// One refund of one order.
#[derive(Debug, Clone)]
pub(crate) struct Refund {
    /// The merchant's number: `out_refund_no`, Alipay's `out_request_no`.
    pub(crate) number: String,
    /// The provider's number.
    pub(crate) id: String,
    pub(crate) amount_fen: i64,
    pub(crate) reason: String,
    pub(crate) notify_url: Option<String>,
    /// All that the merchant sent; the same number with other parameters is refused.
    pub(crate) parameters: Value,
    pub(crate) made_at: Seconds,
    pub(crate) status: Status,
    /// When and how it ends by itself.
    pub(crate) ends: Option<(Seconds, Status)>,
    pub(crate) succeeded_at: Option<Seconds>,
    /// Made by a person in the provider's console.
    pub(crate) is_from_console: bool,
}

impl Refund {
    /// Comes to `status` at `at`.
    pub(crate) fn end(&mut self, status: Status, at: Seconds) {
        self.status = status;
        self.ends = None;
        self.succeeded_at = (status == Status::Success).then_some(at);
    }

    /// Ends by itself if its time has come; tells whether it did.
    pub(crate) fn catch_up(&mut self, now: Seconds) -> bool {
        match self.ends {
            Some((at, status)) if at <= now => {
                self.end(status, at);
                true
            }
            Some(_) | None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refund_ends_when_its_time_comes() {
        let mut refund = Refund {
            number: "R1".into(),
            id: "5".into(),
            amount_fen: 1,
            reason: String::new(),
            notify_url: None,
            parameters: Value::Null,
            made_at: 0,
            status: Status::Processing,
            ends: Some((60, Status::Success)),
            succeeded_at: None,
            is_from_console: false,
        };
        assert!(!refund.catch_up(59));
        assert!(refund.catch_up(600));
        assert_eq!(
            (refund.status, refund.succeeded_at),
            (Status::Success, Some(60))
        );
        assert!(!refund.catch_up(700), "it ends once");
    }
}
