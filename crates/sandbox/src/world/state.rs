//! Everything that changes, and what the buyer and time do to it.

use std::collections::BTreeMap;

use super::log::Calls;
use crate::clock::{Seconds, date_beijing};
use crate::fault::{Faults, Kind, Site};
use crate::message::Message;
use crate::notice::{Matter, Notice};
use crate::openid::OpenidCodes;
use crate::provider::{Key, Product, Provider};
use crate::refund::Refund;
use crate::settings::Settings;
use crate::trade::{PayRefusal, Payment, Phase, Trade, TradeStanding};

/// A nonce may not come again within this time: twice the ±300 s in which a request is fresh.
const NONCE_KEPT_S: i64 = 600;
/// Alipay takes refunds for 90 days; then a trade is finished.
const ALIPAY_REFUND_WINDOW_S: i64 = 90 * 86_400;
/// `WeChat` ends a refund after so long where nothing else is set.
const REFUND_TAKES_S: i64 = 60;

/// What changes.
pub(crate) struct State {
    pub(crate) trades: BTreeMap<Key, Trade>,
    pub(crate) notices: Vec<Notice>,
    pub(crate) messages: Vec<Message>,
    pub(crate) calls: Calls,
    pub(crate) faults: Faults,
    pub(crate) oauth: OpenidCodes,
    /// Bills by the token of their address.
    pub(crate) bills: BTreeMap<String, BillFile>,
    pub(crate) settings: Settings,
    nonces: BTreeMap<String, Seconds>,
    last_number: u64,
}

/// A bill that waits for its download.
#[derive(Debug, Clone)]
pub(crate) struct BillFile {
    pub(crate) bytes: Vec<u8>,
    pub(crate) expires_at: Seconds,
}

/// Who pays, and what a coupon of the provider takes over.
#[derive(Debug, Clone, Default)]
pub(crate) struct Buyer {
    pub(crate) payer: Option<String>,
    pub(crate) coupon_fen: i64,
    /// Whether money comes though the order was closed.
    pub(crate) is_late: bool,
}

impl State {
    /// An empty state.
    pub(crate) fn new(is_sms_unlimited: bool) -> Self {
        Self::with(Settings {
            is_sms_unlimited,
            wechat_key: None,
            refund_takes_s: REFUND_TAKES_S,
            aliyun_receipts: None,
            tencent_receipts: None,
        })
    }

    fn with(settings: Settings) -> Self {
        Self {
            trades: BTreeMap::new(),
            notices: Vec::new(),
            messages: Vec::new(),
            calls: Calls::default(),
            faults: Faults::default(),
            oauth: OpenidCodes::default(),
            bills: BTreeMap::new(),
            settings,
            nonces: BTreeMap::new(),
            last_number: 0,
        }
    }

    /// Forgets everything but settings, and the used nonces and numbers, which must stay unique.
    pub(crate) fn reset(&mut self) {
        *self = Self {
            nonces: std::mem::take(&mut self.nonces),
            last_number: self.last_number,
            faults: Faults::after(&self.faults),
            ..Self::with(self.settings.clone())
        };
    }

    /// A number that no other call gets, for the provider's own ids.
    pub(crate) fn next_number(&mut self) -> u64 {
        self.last_number += 1;
        self.last_number
    }

    /// The provider's number for a new order: 28 digits, the day inside, as each provider makes them.
    pub(crate) fn next_transaction_id(&mut self, provider: Provider, now: Seconds) -> String {
        let (date, number) = (date_beijing(now), self.next_number());
        match provider {
            Provider::Wechat => format!("4200002600{date}{number:010}"),
            Provider::Alipay | Provider::Sms => format!("{date}220014{number:014}"),
        }
    }

    /// Whether this nonce is new; it then counts as used.
    pub(crate) fn use_nonce(&mut self, nonce: String, now: Seconds) -> bool {
        self.nonces
            .retain(|_, used_at| *used_at > now - NONCE_KEPT_S);
        self.nonces.insert(nonce, now).is_none()
    }

    /// The order that a way in belongs to.
    pub(crate) fn trade_by_token(&mut self, token: &str) -> Option<&mut Trade> {
        let has_token = |trade: &&mut Trade| trade.codes.iter().any(|code| code.token == token);
        self.trades.values_mut().find(has_token)
    }

    /// The order with this number, at the first provider that knows it.
    pub(crate) fn trade_by_number(&mut self, out_trade_no: &str) -> Option<&mut Trade> {
        let has_number = |trade: &&mut Trade| trade.key.number == out_trade_no;
        self.trades.values_mut().find(has_number)
    }

    /// The key of the order with this number.
    pub(crate) fn key_by_number(&mut self, out_trade_no: &str) -> Result<Key, PayRefusal> {
        let trade = self.trade_by_number(out_trade_no);
        Ok(trade.ok_or(PayRefusal::Unknown)?.key.clone())
    }

    /// The buyer opens the newest code of an order and pays.
    pub(crate) fn scan_and_pay(
        &mut self,
        key: &Key,
        buyer: Buyer,
        now: Seconds,
    ) -> Result<(), PayRefusal> {
        let trade = self.trades.get_mut(key).ok_or(PayRefusal::Unknown)?;
        // What cannot be opened cannot be paid either, unless money comes late.
        let _ = trade.scan(None, now);
        self.pay(key, buyer, now)
    }

    /// The buyer pays an order that they opened; its notice is due at once.
    pub(crate) fn pay(&mut self, key: &Key, buyer: Buyer, now: Seconds) -> Result<(), PayRefusal> {
        let trade = self.trades.get_mut(key).ok_or(PayRefusal::Unknown)?;
        let payer = buyer.payer.or_else(|| trade.payer.clone());
        let payment = Payment {
            at: now,
            payer: payer.unwrap_or_else(|| default_payer(key.provider).to_owned()),
            coupon_fen: buyer.coupon_fen.clamp(0, trade.amount_fen),
            is_finished: false,
        };
        let mut paid = trade.pay(payment.clone());
        if let Err(PayRefusal::Closed | PayRefusal::CodeExpired) = paid {
            let site = site_of(key, "pay", "");
            if buyer.is_late || self.faults.strikes(site, Kind::PayAfterClose) {
                paid = trade.pay_after_close(payment);
            }
        }
        paid?;
        self.tell(Matter::Payment(key.clone()), now);
        if (self.faults).strikes(site_of(key, "pay", ""), Kind::PayBothChannels) {
            self.pay_other_channel(key, now);
        }
        Ok(())
    }

    /// Pays the newest open order of the other provider with the same amount.
    fn pay_other_channel(&mut self, key: &Key, now: Seconds) {
        let amount_fen = self.trades.get(key).map(|trade| trade.amount_fen);
        let other = (self.trades.values())
            .filter(|trade| {
                trade.key.provider != key.provider
                    && Some(trade.amount_fen) == amount_fen
                    && !matches!(trade.phase, Phase::Paid(_))
            })
            .max_by_key(|trade| (trade.created_at, &trade.transaction_id))
            .map(|trade| trade.key.clone());
        let late = Buyer {
            is_late: true,
            ..Buyer::default()
        };
        let paid = other.map(|other| self.pay(&other, late, now));
        if paid.is_none_or(|paid| paid.is_err()) {
            tracing::warn!("there is no order of the other provider to pay");
        }
    }

    /// Puts a notice on its way, where the merchant wants one and no fault takes it away.
    pub(crate) fn tell(&mut self, matter: Matter, at: Seconds) {
        let url = match &matter {
            Matter::Refund(key, number) => self.refund(key, number).and_then(|refund| {
                let url = refund.notify_url.clone();
                url.or_else(|| match key.provider {
                    // Alipay tells of a refund where it told of the payment.
                    Provider::Alipay => self.trades.get(key)?.notify_url.clone(),
                    Provider::Wechat | Provider::Sms => None,
                })
            }),
            Matter::Payment(key)
            | Matter::Closed(key)
            | Matter::Finished(key)
            | Matter::ConsoleRefund(key, _) => {
                (self.trades.get(key)).and_then(|trade| trade.notify_url.clone())
            }
            Matter::Receipt(number) => (self.messages.iter())
                .find(|message| message.number == *number)
                .and_then(|message| message.receipts_to(&self.settings)),
        };
        if let Matter::Refund(key, number) | Matter::ConsoleRefund(key, number) = &matter {
            let site = site_of(key, "notify_refund", number);
            if self.faults.strikes(site, Kind::RefundNoticeMissing) {
                return;
            }
        }
        if let Some(url) = url {
            let number = self.next_number();
            self.notices.push(Notice::new(matter, url, number, at));
        }
    }

    /// A refund of an order.
    pub(crate) fn refund(&self, key: &Key, out_refund_no: &str) -> Option<&Refund> {
        self.trades.get(key)?.refund(out_refund_no)
    }

    /// Does what time has brought since the last look: refunds end, trades close and finish.
    pub(crate) fn catch_up(&mut self, now: Seconds) {
        let mut matters = Vec::new();
        for trade in self.trades.values_mut() {
            for refund in &mut trade.refunds {
                let ends_at = refund.ends.map_or(now, |(at, _)| at);
                if refund.catch_up(now) {
                    matters.push((
                        Matter::Refund(trade.key.clone(), refund.number.clone()),
                        ends_at,
                    ));
                }
            }
            let ended_at = trade.expires_at().unwrap_or(now);
            let is_open = matches!(trade.phase, Phase::Open);
            if is_open && trade.scanned_at.is_some() && ended_at <= now {
                trade.phase = Phase::Closed;
                if trade.product == Product::Wap {
                    matters.push((Matter::Closed(trade.key.clone()), ended_at));
                }
            }
            let is_whole = trade.claimed_fen() < trade.amount_fen;
            if let Phase::Paid(payment) = &mut trade.phase
                && trade.key.provider == Provider::Alipay
                && is_whole
                && !payment.is_finished
                && payment.at + ALIPAY_REFUND_WINDOW_S <= now
            {
                payment.is_finished = true;
                let at = payment.at + ALIPAY_REFUND_WINDOW_S;
                matters.push((Matter::Finished(trade.key.clone()), at));
            }
        }
        for (matter, at) in matters {
            self.tell(matter, at);
        }
    }

    /// How an order stands, for the pages.
    pub(crate) fn standing_of(trade: &Trade, now: Seconds) -> &'static str {
        match trade.standing(now) {
            TradeStanding::Unscanned => "unscanned",
            TradeStanding::Waiting => "waiting",
            TradeStanding::Closed => "closed",
            TradeStanding::Paid(_) => "paid",
        }
    }
}

/// The site of something that happens to an order.
pub(crate) fn site_of<'a>(key: &'a Key, operation: &'a str, refund: &'a str) -> Site<'a> {
    Site {
        provider: key.provider,
        operation,
        merchant: &key.merchant,
        subject: &key.number,
        refund,
    }
}

fn default_payer(provider: Provider) -> &'static str {
    match provider {
        Provider::Wechat => "oSandboxPayer000000000000001",
        Provider::Alipay | Provider::Sms => "2088000000000999",
    }
}
