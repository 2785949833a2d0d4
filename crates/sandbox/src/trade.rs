//! One order at a pretend provider: scanned, paid, closed or run out of time.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::clock::Seconds;

/// Which of the pretend providers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Provider {
    /// `WeChat` Pay.
    Wechat,
    /// Alipay.
    Alipay,
    /// Aliyun SMS.
    Sms,
}

/// An order as its merchant made it.
#[derive(Debug, Clone)]
pub(crate) struct Trade {
    pub(crate) provider: Provider,
    pub(crate) out_trade_no: String,
    /// The provider's own number; shown from the scan on (Alipay) or from the payment on (`WeChat`).
    pub(crate) transaction_id: String,
    pub(crate) amount_fen: i64,
    pub(crate) description: String,
    /// Comes back in `WeChat`'s answers as it was sent.
    pub(crate) attach: String,
    /// Where the notice goes; Alipay sends none without it.
    pub(crate) notify_url: Option<String>,
    /// All that the merchant sent; the same number with other parameters is refused.
    pub(crate) parameters: Value,
    pub(crate) created_at: Seconds,
    /// QR codes given out for this order; each can be scanned until it expires.
    pub(crate) codes: Vec<Code>,
    /// When the buyer opened it; an Alipay trade exists from here on.
    pub(crate) scanned_at: Option<Seconds>,
    pub(crate) expiry: Expiry,
    pub(crate) phase: Phase,
}

/// A QR code that a buyer can scan; the token is the last part of its content.
#[derive(Debug, Clone)]
pub(crate) struct Code {
    pub(crate) token: String,
    pub(crate) expires_at: Seconds,
}

/// How long the order itself lives.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Expiry {
    /// An absolute end (`time_expire`).
    pub(crate) at: Option<Seconds>,
    /// A span from the scan on (Alipay's `timeout_express`).
    pub(crate) after_scan_s: Option<i64>,
}

/// What was done to the order; time alone changes nothing here, see [`Trade::standing`].
#[derive(Debug, Clone)]
pub(crate) enum Phase {
    Open,
    Closed,
    Paid(Payment),
}

/// The buyer's payment.
#[derive(Debug, Clone)]
pub(crate) struct Payment {
    pub(crate) at: Seconds,
    pub(crate) payer: String,
    /// What a coupon of the provider took over; the merchant still gets the whole amount.
    pub(crate) coupon_fen: i64,
}

/// How the order stands at a moment.
#[derive(Debug)]
pub(crate) enum Standing<'a> {
    /// The buyer hasn't opened it yet.
    Unscanned,
    /// Opened, not paid.
    Waiting,
    /// Closed by the merchant or by time.
    Closed,
    Paid(&'a Payment),
}

/// Why the cashier takes no money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    #[error("该订单已支付")]
    AlreadyPaid,
    #[error("该订单已关闭")]
    Closed,
    #[error("二维码已过期，请刷新后重新扫码")]
    CodeExpired,
    #[error("订单不存在")]
    Unknown,
}

impl Trade {
    /// How the order stands at `now`.
    pub(crate) fn standing(&self, now: Seconds) -> Standing<'_> {
        match &self.phase {
            Phase::Paid(payment) => Standing::Paid(payment),
            Phase::Closed => Standing::Closed,
            Phase::Open if self.expires_at().is_some_and(|end| end <= now) => Standing::Closed,
            Phase::Open if self.scanned_at.is_none() => Standing::Unscanned,
            Phase::Open => Standing::Waiting,
        }
    }

    /// When the order ends unpaid, as far as that is known yet.
    pub(crate) fn expires_at(&self) -> Option<Seconds> {
        let after_scan = self
            .scanned_at
            .zip(self.expiry.after_scan_s)
            .map(|(at, span)| at + span);
        self.expiry.at.into_iter().chain(after_scan).min()
    }

    /// The buyer scans a QR code. Scanning again changes nothing; opening an order before its code
    /// expires keeps it open until the order itself ends.
    pub(crate) fn scan(&mut self, token: Option<&str>, now: Seconds) -> Result<(), Refusal> {
        match self.standing(now) {
            Standing::Paid(_) => return Err(Refusal::AlreadyPaid),
            Standing::Closed => return Err(Refusal::Closed),
            Standing::Waiting => return Ok(()),
            Standing::Unscanned => {}
        }
        let is_live =
            |code: &Code| code.expires_at > now && token.is_none_or(|token| token == code.token);
        if !self.codes.iter().any(is_live) {
            return Err(Refusal::CodeExpired);
        }
        self.scanned_at = Some(now);
        Ok(())
    }

    /// The buyer pays what they scanned.
    pub(crate) fn pay(&mut self, payment: Payment) -> Result<(), Refusal> {
        match self.standing(payment.at) {
            Standing::Paid(_) => Err(Refusal::AlreadyPaid),
            Standing::Closed => Err(Refusal::Closed),
            Standing::Unscanned => Err(Refusal::CodeExpired),
            Standing::Waiting => {
                self.phase = Phase::Paid(payment);
                Ok(())
            }
        }
    }

    /// What the QR code shows: the providers' own schemes.
    pub(crate) fn code_content(&self) -> Option<String> {
        let token = &self.codes.last()?.token;
        Some(match self.provider {
            Provider::Wechat => format!("weixin://wxpay/bizpayurl?pr={token}"),
            Provider::Alipay => format!("https://qr.alipay.com/{token}"),
            Provider::Sms => return None,
        })
    }
}

/// The cashier's token in what a QR code showed; `None` for a foreign code.
pub(crate) fn token_of(code: &str) -> Option<&str> {
    let token = code
        .strip_prefix("weixin://wxpay/bizpayurl?pr=")
        .or_else(|| code.strip_prefix("https://qr.alipay.com/"))?;
    token
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric())
        .then_some(token)
}

/// Fen as yuan with two decimals, as Alipay and people write it.
pub(crate) fn yuan(fen: i64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

/// Yuan to fen: digits, and at most two decimals.
pub(crate) fn fen(yuan: &str) -> Option<i64> {
    let (whole, cents) = yuan.split_once('.').unwrap_or((yuan, "00"));
    let is_digits = |text: &str, longest| {
        (1..=longest).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !is_digits(whole, 9) || !is_digits(cents, 2) {
        return None;
    }
    let tens_or_units: i64 = if cents.len() == 1 { 10 } else { 1 };
    Some(whole.parse::<i64>().ok()? * 100 + cents.parse::<i64>().ok()? * tens_or_units)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trade(expiry: Expiry) -> Trade {
        Trade {
            provider: Provider::Alipay,
            out_trade_no: "G1".into(),
            transaction_id: String::new(),
            amount_fen: 1990,
            description: String::new(),
            attach: String::new(),
            notify_url: None,
            parameters: Value::Null,
            created_at: 0,
            codes: vec![Code {
                token: "t".into(),
                expires_at: 100,
            }],
            scanned_at: None,
            expiry,
            phase: Phase::Open,
        }
    }

    fn payment(at: Seconds) -> Payment {
        Payment {
            at,
            payer: String::new(),
            coupon_fen: 0,
        }
    }

    #[test]
    fn an_order_is_scanned_in_time_and_paid_in_time() {
        let mut late_scan = trade(Expiry {
            at: None,
            after_scan_s: Some(50),
        });
        assert_eq!(late_scan.scan(None, 100), Err(Refusal::CodeExpired));
        assert_eq!(
            late_scan.pay(payment(1)),
            Err(Refusal::CodeExpired),
            "not scanned"
        );

        let mut late_payment = trade(Expiry {
            at: None,
            after_scan_s: Some(50),
        });
        assert_eq!(
            late_payment.scan(Some("other"), 99),
            Err(Refusal::CodeExpired)
        );
        assert_eq!(late_payment.scan(Some("t"), 99), Ok(()));
        assert_eq!(late_payment.pay(payment(149)), Err(Refusal::Closed));

        let mut paid = trade(Expiry {
            at: Some(120),
            after_scan_s: Some(50),
        });
        paid.scan(None, 99).unwrap();
        assert_eq!(paid.expires_at(), Some(120), "the earlier end counts");
        assert_eq!(paid.pay(payment(119)), Ok(()));
        assert_eq!(paid.pay(payment(119)), Err(Refusal::AlreadyPaid));
        assert!(
            matches!(paid.standing(9999), Standing::Paid(_)),
            "time does not unpay"
        );
    }

    #[test]
    fn yuan_and_fen() {
        for (text, expected) in [("19.90", 1990), ("0.01", 1), ("3", 300), ("0.3", 30)] {
            assert_eq!(fen(text), Some(expected), "{text}");
        }
        for wrong in [
            "",
            "1e2",
            "0.001",
            "1,0",
            " 1",
            "-1",
            "1.",
            ".5",
            "1234567890",
        ] {
            assert_eq!(fen(wrong), None, "{wrong}");
        }
        assert_eq!(yuan(1905), "19.05");
    }

    #[test]
    fn a_scanned_code_leads_to_its_token() {
        assert_eq!(token_of("weixin://wxpay/bizpayurl?pr=ab1"), Some("ab1"));
        assert_eq!(token_of("https://qr.alipay.com/ab1"), Some("ab1"));
        assert_eq!(token_of("https://qr.alipay.com/../inbox"), None);
        assert_eq!(token_of("https://example.com/ab1"), None);
    }
}
