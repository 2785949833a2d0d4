//! One order at a pretend provider: opened, paid, closed, refunded or run out of time.

use serde_json::Value;

use crate::clock::Seconds;
use crate::provider::{Key, Product};
use crate::refund::{Refund, Status};

/// An order as its merchant made it.
#[derive(Debug, Clone)]
pub(crate) struct Trade {
    pub(crate) key: Key,
    pub(crate) product: Product,
    /// The provider's own number; shown from the scan on (Alipay) or from the payment on (`WeChat`).
    pub(crate) transaction_id: String,
    pub(crate) amount_fen: i64,
    pub(crate) description: String,
    /// Comes back in `WeChat`'s answers as it was sent.
    pub(crate) attach: String,
    /// Where notices go; Alipay sends none without it.
    pub(crate) notify_url: Option<String>,
    /// Where the cashier leads to after the payment (Alipay's `return_url`).
    pub(crate) return_url: Option<String>,
    /// Who alone may pay it (JSAPI's `payer.openid`).
    pub(crate) payer: Option<String>,
    /// All that the merchant sent; the same number with other parameters is refused.
    pub(crate) parameters: Value,
    pub(crate) created_at: Seconds,
    /// Ways in that were given out for this order; each works until it expires.
    pub(crate) codes: Vec<Code>,
    /// When the buyer opened it; an Alipay trade exists from here on.
    pub(crate) scanned_at: Option<Seconds>,
    pub(crate) expiry: Expiry,
    pub(crate) phase: Phase,
    pub(crate) refunds: Vec<Refund>,
}

/// A way in for the buyer; the token is the last part of the QR code's content, or the `prepay_id`.
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

/// What was done to the order; time alone closes nothing here, see [`Trade::standing`].
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
    /// Alipay's end of the time for refunds.
    pub(crate) is_finished: bool,
}

/// How the order stands at a moment.
#[derive(Debug)]
pub(crate) enum TradeStanding<'a> {
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
pub(crate) enum PayRefusal {
    #[error("该订单已支付")]
    AlreadyPaid,
    #[error("该订单已关闭")]
    Closed,
    #[error("付款码或链接已过期，请回到订单页重新获取")]
    CodeExpired,
    #[error("订单不存在")]
    Unknown,
}

impl Trade {
    /// How the order stands at `now`.
    pub(crate) fn standing(&self, now: Seconds) -> TradeStanding<'_> {
        match &self.phase {
            Phase::Paid(payment) => TradeStanding::Paid(payment),
            Phase::Closed => TradeStanding::Closed,
            Phase::Open if self.expires_at().is_some_and(|end| end <= now) => TradeStanding::Closed,
            Phase::Open if self.scanned_at.is_none() => TradeStanding::Unscanned,
            Phase::Open => TradeStanding::Waiting,
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

    /// The buyer opens the order. Opening again changes nothing; opening an order before its code
    /// expires keeps it open until the order itself ends.
    pub(crate) fn scan(&mut self, token: Option<&str>, now: Seconds) -> Result<(), PayRefusal> {
        match self.standing(now) {
            TradeStanding::Paid(_) => return Err(PayRefusal::AlreadyPaid),
            TradeStanding::Closed => return Err(PayRefusal::Closed),
            TradeStanding::Waiting => return Ok(()),
            TradeStanding::Unscanned => {}
        }
        let is_live =
            |code: &Code| code.expires_at > now && token.is_none_or(|token| token == code.token);
        if !self.codes.iter().any(is_live) {
            return Err(PayRefusal::CodeExpired);
        }
        self.scanned_at = Some(now);
        Ok(())
    }

    /// The buyer pays what they opened.
    pub(crate) fn pay(&mut self, payment: Payment) -> Result<(), PayRefusal> {
        match self.standing(payment.at) {
            TradeStanding::Paid(_) => Err(PayRefusal::AlreadyPaid),
            TradeStanding::Closed => Err(PayRefusal::Closed),
            TradeStanding::Unscanned => Err(PayRefusal::CodeExpired),
            TradeStanding::Waiting => {
                self.phase = Phase::Paid(payment);
                Ok(())
            }
        }
    }

    /// The buyer pays though the order was closed: money that was on its way.
    pub(crate) fn pay_after_close(&mut self, payment: Payment) -> Result<(), PayRefusal> {
        if matches!(self.phase, Phase::Paid(_)) {
            return Err(PayRefusal::AlreadyPaid);
        }
        self.scanned_at.get_or_insert(payment.at);
        self.phase = Phase::Paid(payment);
        Ok(())
    }

    /// What went back or is on its way back.
    pub(crate) fn claimed_fen(&self) -> i64 {
        let is_claimed = |refund: &&Refund| refund.status != Status::Closed;
        (self.refunds.iter().filter(is_claimed))
            .map(|refund| refund.amount_fen)
            .sum()
    }

    /// What went back for good.
    pub(crate) fn refunded_fen(&self) -> i64 {
        let is_done = |refund: &&Refund| refund.status == Status::Success;
        (self.refunds.iter().filter(is_done))
            .map(|refund| refund.amount_fen)
            .sum()
    }

    /// The refund with the merchant's number.
    pub(crate) fn refund(&self, out_refund_no: &str) -> Option<&Refund> {
        self.refunds
            .iter()
            .find(|refund| refund.number == out_refund_no)
    }

    /// What the QR code shows: the providers' own schemes. Other products have none.
    pub(crate) fn code_content(&self) -> Option<String> {
        let token = &self.codes.last()?.token;
        match self.product {
            Product::Native => Some(format!("weixin://wxpay/bizpayurl?pr={token}")),
            Product::Precreate => Some(format!("https://qr.alipay.com/{token}")),
            Product::H5 | Product::Jsapi | Product::Page | Product::Wap => None,
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::Provider;

    fn trade(expiry: Expiry) -> Trade {
        Trade {
            key: Key {
                provider: Provider::Alipay,
                merchant: "2021".into(),
                number: "G1".into(),
            },
            product: Product::Precreate,
            transaction_id: String::new(),
            amount_fen: 1990,
            description: String::new(),
            attach: String::new(),
            notify_url: None,
            return_url: None,
            payer: None,
            parameters: Value::Null,
            created_at: 0,
            codes: vec![Code {
                token: "t".into(),
                expires_at: 100,
            }],
            scanned_at: None,
            expiry,
            phase: Phase::Open,
            refunds: Vec::new(),
        }
    }

    fn payment(at: Seconds) -> Payment {
        Payment {
            at,
            payer: String::new(),
            coupon_fen: 0,
            is_finished: false,
        }
    }

    #[test]
    fn an_order_is_scanned_in_time_and_paid_in_time() {
        let after_scan = Expiry {
            at: None,
            after_scan_s: Some(50),
        };
        let mut late_scan = trade(after_scan);
        assert_eq!(late_scan.scan(None, 100), Err(PayRefusal::CodeExpired));
        let unscanned = late_scan.pay(payment(1));
        assert_eq!(unscanned, Err(PayRefusal::CodeExpired), "not scanned");

        let mut late_payment = trade(after_scan);
        let other = late_payment.scan(Some("other"), 99);
        assert_eq!(other, Err(PayRefusal::CodeExpired));
        assert_eq!(late_payment.scan(Some("t"), 99), Ok(()));
        assert_eq!(late_payment.pay(payment(149)), Err(PayRefusal::Closed));
        assert_eq!(late_payment.pay_after_close(payment(149)), Ok(()));

        let mut paid = trade(Expiry {
            at: Some(120),
            after_scan_s: Some(50),
        });
        paid.scan(None, 99).unwrap();
        assert_eq!(paid.expires_at(), Some(120), "the earlier end counts");
        assert_eq!(paid.pay(payment(119)), Ok(()));
        assert_eq!(paid.pay(payment(119)), Err(PayRefusal::AlreadyPaid));
        let again = paid.pay_after_close(payment(119));
        assert_eq!(again, Err(PayRefusal::AlreadyPaid));
        let standing = paid.standing(9999);
        assert!(
            matches!(standing, TradeStanding::Paid(_)),
            "time does not unpay"
        );
    }

    #[test]
    fn a_scanned_code_leads_to_its_token() {
        assert_eq!(token_of("weixin://wxpay/bizpayurl?pr=ab1"), Some("ab1"));
        assert_eq!(token_of("https://qr.alipay.com/ab1"), Some("ab1"));
        assert_eq!(token_of("https://qr.alipay.com/../inbox"), None);
        assert_eq!(token_of("https://example.com/ab1"), None);
    }
}
