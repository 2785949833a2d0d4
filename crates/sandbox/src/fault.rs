//! Faults that a test or a person asks for: for the next call, for one order, or until further notice.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::provider::Provider;

/// No fault may hold an answer back for longer, in milliseconds.
const LONGEST_WAIT_MS: u64 = 30_000;

/// What goes wrong. The names on the wire are in [`FAULTS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    TimeoutBeforeEffect,
    TimeoutAfterEffect,
    CutOff,
    Slow,
    Hold,
    Http500,
    Http502Html,
    GarbledBody,
    Error,
    BadSignature,
    UnknownSerial,
    StaleTimestamp,
    SignWithNextKey,
    SigntestProbe,
    ClockSkew,
    WrongAmount,
    TradeState,
    RefundBothStatuses,
    Gbk,
    NotifyBeforeResponse,
    NotifyDrop,
    NotifyTwice,
    NotifyParallel,
    NotifyLate,
    NotifyReordered,
    NotifyWrongAmount,
    NotifyWrongApp,
    NotifyXmlV2,
    PayAfterClose,
    PayBothChannels,
    RefundAbnormal,
    RefundClosed,
    RefundNotEnough,
    RefundNoticeMissing,
    BillMissing,
    BillCreating,
    BillBadHash,
    BillExtraRow,
    BillDropRow,
    BillWrongAmount,
    BillWrongTotal,
    BillOddNames,
    BillBrokenRow,
    SmsFail,
    SmsReceiptFailed,
    SmsReceiptMissing,
}

/// What may follow the name after a colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Takes {
    Nothing,
    /// Milliseconds; none means no wait.
    MaybeWait,
    Wait,
    /// A whole number, negative ones too.
    Number,
    Code,
    /// A code; this one where none is told.
    MaybeCode(&'static str),
}

/// One line of the table of faults.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) kind: Kind,
    pub(crate) name: &'static str,
    pub(crate) takes: Takes,
    /// For people, in Chinese.
    pub(crate) says: &'static str,
    /// The same in English.
    pub(crate) says_in_english: &'static str,
}

const fn row(
    kind: Kind,
    name: &'static str,
    takes: Takes,
    says: &'static str,
    says_in_english: &'static str,
) -> Row {
    Row {
        kind,
        name,
        takes,
        says,
        says_in_english,
    }
}

/// Every fault, in the order in which the page shows them.
#[rustfmt::skip]
pub(crate) const FAULTS: [Row; 46] = [
    row(Kind::TimeoutBeforeEffect, "timeout_before_effect", Takes::MaybeWait, "未处理即超时（504，可加等待毫秒数）",
        "Times out without being handled (504; may wait some milliseconds)"),
    row(Kind::TimeoutAfterEffect, "timeout_after_effect", Takes::MaybeWait, "已处理但超时（504，可加等待毫秒数）",
        "Is handled but times out (504; may wait some milliseconds)"),
    row(Kind::CutOff, "cut_off", Takes::Nothing, "已处理，应答中途断开",
        "Is handled; the answer is cut off in the middle"),
    row(Kind::Slow, "slow", Takes::Wait, "应答变慢（毫秒）",
        "Answers slowly (milliseconds)"),
    row(Kind::Hold, "hold", Takes::Nothing, "扣住请求，清除故障后放行（最长 30 秒）",
        "Holds the request until the faults are cleared (30 s at most)"),
    row(Kind::Http500, "http_500", Takes::Nothing, "未处理，返回 500",
        "Is not handled; answers 500"),
    row(Kind::Http502Html, "http_502_html", Takes::Nothing, "未处理，返回 502 网页",
        "Is not handled; answers 502 with a web page"),
    row(Kind::GarbledBody, "garbled_body", Takes::Nothing, "已处理，应答签名正确但内容残缺",
        "Is handled; the answer is well signed but garbled"),
    row(Kind::Error, "error", Takes::Code, "未处理，返回指定错误码",
        "Is not handled; answers this error code"),
    row(Kind::BadSignature, "bad_signature", Takes::Nothing, "签名错误",
        "Wrong signature"),
    row(Kind::UnknownSerial, "unknown_serial", Takes::Nothing, "签名公钥序列号未知（微信）",
        "Signed with a key of unknown serial number (WeChat)"),
    row(Kind::StaleTimestamp, "stale_timestamp", Takes::Nothing, "签名时间早 10 分钟（微信）",
        "Signed ten minutes ago (WeChat)"),
    row(Kind::SignWithNextKey, "sign_with_next_key", Takes::Nothing, "用下一把公钥签名（微信）",
        "Signed with the next key (WeChat)"),
    row(Kind::SigntestProbe, "signtest_probe", Takes::Nothing, "先发签名探测（微信）",
        "Probes the signature check first (WeChat)"),
    row(Kind::ClockSkew, "clock_skew", Takes::Number, "服务方时钟偏差（秒）",
        "The provider's clock is off (seconds)"),
    row(Kind::WrongAmount, "wrong_amount", Takes::Nothing, "查询结果金额多 1 分",
        "The query answers 1 fen too much"),
    row(Kind::TradeState, "trade_state", Takes::Code, "未付款订单的查询结果为指定状态（微信，如 PAYERROR）",
        "The query of an unpaid order answers this state (WeChat, such as PAYERROR)"),
    row(Kind::RefundBothStatuses, "refund_both_statuses", Takes::Nothing, "退款应答同时有 status 和 refund_status（微信）",
        "The refund's answer has both status and refund_status (WeChat)"),
    row(Kind::Gbk, "gbk", Takes::Nothing, "应答或通知用 GBK 编码（支付宝）",
        "Answer or notice in GBK (Alipay)"),
    row(Kind::NotifyBeforeResponse, "notify_before_response", Takes::Nothing, "下单应答之前就已支付并通知",
        "Paid and notified before the order is answered"),
    row(Kind::NotifyDrop, "notify_drop", Takes::Nothing, "通知丢失一次",
        "One notice is lost"),
    row(Kind::NotifyTwice, "notify_twice", Takes::Nothing, "通知发两次",
        "The notice is sent twice"),
    row(Kind::NotifyParallel, "notify_parallel", Takes::Number, "通知并发多份",
        "The notice is sent several times at once"),
    row(Kind::NotifyLate, "notify_late", Takes::Number, "通知推迟（秒）",
        "The notice comes late (seconds)"),
    row(Kind::NotifyReordered, "notify_reordered", Takes::Nothing, "通知排到同一订单的下一条之后",
        "The notice comes after the order's next one"),
    row(Kind::NotifyWrongAmount, "notify_wrong_amount", Takes::Nothing, "通知金额多 1 分，签名正确",
        "The notice says 1 fen too much, well signed"),
    row(Kind::NotifyWrongApp, "notify_wrong_app", Takes::Nothing, "通知属于另一应用，签名正确",
        "The notice is another app's, well signed"),
    row(Kind::NotifyXmlV2, "notify_xml_v2", Takes::Nothing, "改发旧版 XML 通知（微信）",
        "The notice comes in the old XML form (WeChat)"),
    row(Kind::PayAfterClose, "pay_after_close", Takes::Nothing, "关单后仍可支付",
        "The order can be paid after it was closed"),
    row(Kind::PayBothChannels, "pay_both_channels", Takes::Nothing, "另一渠道的同额订单也被支付",
        "An order of the same amount is paid in the other channel too"),
    row(Kind::RefundAbnormal, "refund_abnormal", Takes::Nothing, "退款异常",
        "The refund ends abnormally"),
    row(Kind::RefundClosed, "refund_closed", Takes::Nothing, "退款关闭",
        "The refund is closed"),
    row(Kind::RefundNotEnough, "refund_not_enough", Takes::Nothing, "余额不足，不能退款",
        "The balance is too low for a refund"),
    row(Kind::RefundNoticeMissing, "refund_notice_missing", Takes::Nothing, "没有退款通知",
        "No notice of the refund"),
    row(Kind::BillMissing, "bill_missing", Takes::Nothing, "账单不存在",
        "There is no bill"),
    row(Kind::BillCreating, "bill_creating", Takes::Nothing, "账单生成中",
        "The bill is still being made"),
    row(Kind::BillBadHash, "bill_bad_hash", Takes::Nothing, "账单校验值不符",
        "The bill's hash is wrong"),
    row(Kind::BillExtraRow, "bill_extra_row", Takes::Nothing, "账单多一笔未知交易",
        "The bill has one unknown payment more"),
    row(Kind::BillDropRow, "bill_drop_row", Takes::Nothing, "账单少第一笔",
        "The bill lacks its first row"),
    row(Kind::BillWrongAmount, "bill_wrong_amount", Takes::Nothing, "账单第一笔金额多 1 分",
        "The bill's first row has 1 fen too much"),
    row(Kind::BillWrongTotal, "bill_wrong_total", Takes::Nothing, "账单合计与明细不符",
        "The bill's total does not match its rows"),
    row(Kind::BillOddNames, "bill_odd_names", Takes::Nothing, "账单商品名含逗号、换行和引号，表头多一个逗号",
        "The bill's goods have commas, line breaks and quotes in their names, and its header a comma too many"),
    row(Kind::BillBrokenRow, "bill_broken_row", Takes::Nothing, "账单第一笔收款缺一格",
        "The bill's first payment lacks a cell"),
    row(Kind::SmsFail, "sms_fail", Takes::MaybeCode("isv.AMOUNT_NOT_ENOUGH"), "短信未发出，返回错误码",
        "The message is not sent; answers an error code"),
    row(Kind::SmsReceiptFailed, "sms_receipt_failed", Takes::MaybeCode("MOBILE_NOT_ON_SERVICE"), "短信未送达",
        "The message is not delivered"),
    row(Kind::SmsReceiptMissing, "sms_receipt_missing", Takes::Nothing, "没有短信回执",
        "No receipt for the message"),
];

/// A fault as it was asked for: `slow:800`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    kind: Kind,
    argument: String,
}

/// A name that is no fault, or one with a wrong argument.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no fault of this sandbox")]
pub(crate) struct UnknownFault(String);

impl FromStr for Fault {
    type Err = UnknownFault;

    fn from_str(text: &str) -> Result<Self, UnknownFault> {
        let unknown = || UnknownFault(text.to_owned());
        let (name, argument) = match text.split_once(':') {
            Some((name, argument)) => (name, Some(argument)),
            None => (text, None),
        };
        let row = FAULTS
            .iter()
            .find(|row| row.name == name)
            .ok_or_else(unknown)?;
        let wait = |text: &str| {
            let ms: u64 = text.parse().ok()?;
            Some(ms.min(LONGEST_WAIT_MS).to_string())
        };
        let argument = match (row.takes, argument) {
            (Takes::Nothing | Takes::MaybeWait, None) => Some(String::new()),
            (Takes::MaybeWait | Takes::Wait, Some(text)) => wait(text),
            (Takes::Number, Some(text)) => {
                text.parse::<i64>().ok().map(|number| number.to_string())
            }
            (Takes::Code | Takes::MaybeCode(_), Some(code)) if !code.is_empty() => {
                Some(code.to_owned())
            }
            (Takes::MaybeCode(code), None) => Some(code.to_owned()),
            (_, _) => None,
        };
        Ok(Self {
            kind: row.kind,
            argument: argument.ok_or_else(unknown)?,
        })
    }
}

impl Fault {
    fn name(&self) -> &'static str {
        let row = FAULTS.iter().find(|row| row.kind == self.kind);
        row.map_or("", |row| row.name)
    }
}

/// How a signature is spoilt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spoilt {
    OtherBytes,
    UnknownSerial,
    Stale,
    NextKey,
    Probe,
}

/// The faults that spoil a signature.
pub(crate) const SPOILT: [(Kind, Spoilt); 5] = [
    (Kind::BadSignature, Spoilt::OtherBytes),
    (Kind::UnknownSerial, Spoilt::UnknownSerial),
    (Kind::StaleTimestamp, Spoilt::Stale),
    (Kind::SignWithNextKey, Spoilt::NextKey),
    (Kind::SigntestProbe, Spoilt::Probe),
];

/// Where a fault may strike: one call or one notice.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Site<'a> {
    pub(crate) provider: Provider,
    /// `native`, `query`, `refund`, `send`, `notify`, ….
    pub(crate) operation: &'a str,
    /// `mchid` or `app_id`; empty where it isn't known.
    pub(crate) merchant: &'a str,
    /// The order's number or the phone number.
    pub(crate) subject: &'a str,
    /// The refund's number, where it is about one.
    pub(crate) refund: &'a str,
}

/// Which sites a fault is meant for; what is left out matches everything.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Match {
    pub(crate) provider: Option<Provider>,
    pub(crate) operation: Option<String>,
    pub(crate) out_trade_no: Option<String>,
    pub(crate) out_refund_no: Option<String>,
    pub(crate) phone: Option<String>,
    /// `mchid` or `app_id`.
    pub(crate) merchant: Option<String>,
}

impl Match {
    fn covers(&self, site: Site<'_>) -> bool {
        let is = |wanted: &Option<String>, found: &str| {
            wanted.as_deref().is_none_or(|wanted| wanted == found)
        };
        self.provider
            .is_none_or(|provider| provider == site.provider)
            && is(&self.operation, site.operation)
            && is(&self.out_trade_no, site.subject)
            && is(&self.out_refund_no, site.refund)
            && is(&self.phone, site.subject)
            && is(&self.merchant, site.merchant)
    }
}

/// The faults that are still to happen, in the order in which they were asked for.
#[derive(Default)]
pub(crate) struct Faults {
    armed: Vec<Armed>,
    /// How often all were taken away.
    cleared: u64,
}

struct Armed {
    fault: Fault,
    at: Match,
    /// `None` strikes until it is taken away.
    left: Option<u32>,
}

/// An armed fault, to look at.
#[derive(Debug, Serialize)]
pub(crate) struct Shown {
    #[serde(rename = "do")]
    pub(crate) fault: String,
    #[serde(rename = "match")]
    pub(crate) at: Match,
    /// How often it still strikes; none means until it is taken away.
    pub(crate) left: Option<u32>,
}

impl Faults {
    /// None, as after all of those were taken away.
    pub(crate) fn after(those: &Self) -> Self {
        Self {
            armed: Vec::new(),
            cleared: those.cleared + 1,
        }
    }

    /// Lets `fault` happen `left` times where `at` matches, or until it is taken away.
    pub(crate) fn arm(&mut self, fault: Fault, at: Match, left: Option<u32>) {
        self.armed.push(Armed { fault, at, left });
    }

    /// Takes all of them away.
    pub(crate) fn clear(&mut self) {
        *self = Self::after(self);
    }

    /// What is armed.
    pub(crate) fn shown(&self) -> Vec<Shown> {
        (self.armed.iter())
            .map(|armed| Shown {
                fault: match armed.fault.argument.as_str() {
                    "" => armed.fault.name().to_owned(),
                    argument => format!("{}:{argument}", armed.fault.name()),
                },
                at: armed.at.clone(),
                left: armed.left,
            })
            .collect()
    }

    /// The argument of the first armed fault of this kind for this site, used up by one.
    pub(crate) fn take(&mut self, site: Site<'_>, kind: Kind) -> Option<String> {
        let armed = (self.armed.iter_mut()).find(|armed| {
            armed.left != Some(0) && armed.fault.kind == kind && armed.at.covers(site)
        })?;
        armed.left = armed.left.map(|left| left - 1);
        let argument = armed.fault.argument.clone();
        self.armed.retain(|armed| armed.left != Some(0));
        Some(argument)
    }

    /// As [`Faults::take`], where only whether it strikes counts.
    pub(crate) fn strikes(&mut self, site: Site<'_>, kind: Kind) -> bool {
        self.take(site, kind).is_some()
    }

    /// How often all were taken away, as a fault that holds a call until then asks.
    pub(crate) fn cleared(&self) -> u64 {
        self.cleared
    }

    /// The way in which a signature at this site is to be spoilt.
    pub(crate) fn spoilt(&mut self, site: Site<'_>) -> Option<Spoilt> {
        let strike = |(kind, spoilt)| self.strikes(site, kind).then_some(spoilt);
        SPOILT.into_iter().find_map(strike)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const NATIVE: Site<'_> = Site {
        provider: Provider::Wechat,
        operation: "native",
        merchant: "1900000109",
        subject: "G1",
        refund: "",
    };

    fn http_500() -> Fault {
        "http_500".parse().unwrap()
    }

    #[test]
    fn a_fault_strikes_where_it_matches_and_as_often_as_asked() {
        let mut faults = Faults::default();
        let only_g2 = Match {
            out_trade_no: Some("G2".into()),
            ..Match::default()
        };
        faults.arm(http_500(), only_g2, Some(1));
        faults.arm(http_500(), Match::default(), Some(2));
        let mut strike = |site| faults.strikes(site, Kind::Http500);
        assert_eq!([NATIVE; 3].map(&mut strike), [true, true, false]);
        assert!(strike(Site {
            subject: "G2",
            ..NATIVE
        }));
        faults.arm(http_500(), Match::default(), None);
        for _ in 0..3 {
            assert!(
                faults.strikes(NATIVE, Kind::Http500),
                "until further notice"
            );
        }
        assert_eq!(faults.shown()[0].fault, "http_500");
        faults.clear();
        assert!(!faults.strikes(NATIVE, Kind::Http500));
    }

    #[rstest]
    #[case::no_wait("slow")]
    #[case::wait_that_is_no_number("slow:soon")]
    #[case::argument_too_many("notify_drop:3")]
    #[case::no_argument("error")]
    #[case::empty_argument("error:")]
    #[case::unknown("explode")]
    #[case::empty("")]
    fn an_unknown_name_is_no_fault(#[case] unknown: &str) {
        assert!(unknown.parse::<Fault>().is_err(), "{unknown}");
    }

    #[rstest]
    #[case("slow:800", "800")]
    #[case::bounded("slow:99999999", &LONGEST_WAIT_MS.to_string())]
    #[case("timeout_after_effect", "")]
    #[case("clock_skew:-600", "-600")]
    #[case::usual_argument("sms_fail", "isv.AMOUNT_NOT_ENOUGH")]
    fn names_are_read_and_waits_are_bounded(#[case] text: &str, #[case] argument: &str) {
        assert_eq!(text.parse::<Fault>().unwrap().argument, argument);
    }

    #[test]
    fn every_fault_is_in_the_table_once() {
        for (position, row) in FAULTS.iter().enumerate() {
            let first = FAULTS.iter().position(|other| other.name == row.name);
            assert_eq!(first, Some(position), "{}", row.name);
            let first = FAULTS.iter().position(|other| other.kind == row.kind);
            assert_eq!(first, Some(position), "{}", row.name);
        }
    }
}
