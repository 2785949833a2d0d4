//! What the sandbox knows: keys and clock, and behind one lock everything that changes.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use actix_web::rt::time::sleep;
use serde::Serialize;

use crate::clock::{Clock, Seconds, date_beijing};
use crate::fault::{Fault, Faults, Site};
use crate::keys::Keys;
use crate::notify::{Courier, Notice};
use crate::sign::CryptoError;
use crate::sms::Message;
use crate::trade::{Payment, Provider, Refusal, Trade};

/// How many calls `/_ctl/calls` remembers.
const CALLS_KEPT: usize = 1000;
/// A nonce may not come again within this time: twice the ±300 s in which a request is fresh.
const NONCE_KEPT_S: i64 = 600;

/// Everything that the handlers share.
pub(crate) struct World {
    pub(crate) keys: Keys,
    pub(crate) clock: Clock,
    /// The product's origin, for links back and for CORS; `None` lets every origin fetch a captcha token.
    pub(crate) app_origin: Option<String>,
    pub(crate) courier: Courier,
    pub(crate) state: Mutex<State>,
}

/// What changes.
#[derive(Default)]
pub(crate) struct State {
    pub(crate) trades: BTreeMap<(Provider, String), Trade>,
    pub(crate) notices: Vec<Notice>,
    pub(crate) messages: Vec<Message>,
    pub(crate) captcha_tokens: BTreeMap<String, Seconds>,
    pub(crate) calls: VecDeque<Call>,
    pub(crate) faults: Faults,
    /// Whether one number may get any number of messages.
    pub(crate) is_sms_unlimited: bool,
    nonces: BTreeMap<String, Seconds>,
    last_number: u64,
}

/// One call that came in, or one notice that went out.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Call {
    /// Unix seconds on the test clock.
    pub(crate) at: Seconds,
    pub(crate) provider: Provider,
    /// `native`, `query`, `close`, `precreate`, `send`; `notify` went out, the others came in.
    pub(crate) operation: String,
    /// The order's number or the phone number.
    pub(crate) subject: String,
    /// HTTP status, 0 where there was none.
    pub(crate) status: u16,
    /// The provider's code, or what became of a notice.
    pub(crate) outcome: String,
}

impl World {
    /// The time on the test clock.
    pub(crate) fn now(&self) -> Seconds {
        self.clock.now()
    }

    /// The state. A panic in one handler is no reason to fail all later calls, so poison is ignored.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Uses up an armed fault, if there is one for this site.
    pub(crate) fn strikes(&self, site: Site<'_>, fault: &Fault) -> bool {
        self.state()
            .faults
            .take(site, |armed| armed == fault)
            .is_some()
    }

    /// Waits where a `slow` fault says so, then tells whether the call is to fail without effect.
    pub(crate) async fn fails_before(&self, site: Site<'_>) -> bool {
        let slow = self
            .state()
            .faults
            .take(site, |fault| matches!(fault, Fault::Slow { .. }));
        if let Some(Fault::Slow { ms }) = slow {
            sleep(Duration::from_millis(ms)).await;
        }
        self.strikes(site, &Fault::Http500)
    }

    /// Tells, after the client's patience, whether the call is to go unanswered though it had its effect.
    pub(crate) async fn fails_after(&self, site: Site<'_>) -> bool {
        let is_timeout = |fault: &Fault| matches!(fault, Fault::TimeoutAfterEffect { .. });
        let timeout = self.state().faults.take(site, is_timeout);
        if let Some(Fault::TimeoutAfterEffect { ms }) = timeout {
            sleep(Duration::from_millis(ms)).await;
            return true;
        }
        false
    }

    /// Remembers a call for `/_ctl/calls` and the overview.
    pub(crate) fn record(&self, site: Site<'_>, status: u16, outcome: &str) {
        let Site {
            provider,
            operation,
            subject,
        } = site;
        // The subject may be a phone number and stays out of the log.
        tracing::info!(?provider, operation, status, outcome, "call");
        let at = self.now();
        let mut state = self.state();
        state.calls.push_back(Call {
            at,
            provider,
            operation: operation.to_owned(),
            subject: subject.to_owned(),
            status,
            outcome: outcome.to_owned(),
        });
        if state.calls.len() > CALLS_KEPT {
            state.calls.pop_front();
        }
    }
}

impl State {
    /// An empty state.
    pub(crate) fn new(is_sms_unlimited: bool) -> Self {
        Self {
            is_sms_unlimited,
            ..Self::default()
        }
    }

    /// Forgets everything but the used nonces and numbers, which must stay unique.
    pub(crate) fn reset(&mut self) {
        *self = Self {
            nonces: std::mem::take(&mut self.nonces),
            last_number: self.last_number,
            ..Self::new(self.is_sms_unlimited)
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

    /// The order that a QR code's token belongs to.
    pub(crate) fn trade_by_token(&mut self, token: &str) -> Option<&mut Trade> {
        let has_token = |trade: &&mut Trade| trade.codes.iter().any(|code| code.token == token);
        self.trades.values_mut().find(has_token)
    }

    /// The order with this number, at the first provider that knows it.
    pub(crate) fn trade_by_number(&mut self, out_trade_no: &str) -> Option<&mut Trade> {
        self.trades
            .values_mut()
            .find(|trade| trade.out_trade_no == out_trade_no)
    }

    /// The buyer scans the newest code of an order and pays.
    pub(crate) fn scan_and_pay(
        &mut self,
        key: &(Provider, String),
        buyer: Buyer,
        now: Seconds,
    ) -> Result<(), Refusal> {
        self.trades
            .get_mut(key)
            .ok_or(Refusal::Unknown)?
            .scan(None, now)?;
        self.pay(key, buyer, now)
    }

    /// The buyer pays an order that they scanned; its notice is due at once.
    pub(crate) fn pay(
        &mut self,
        key: &(Provider, String),
        buyer: Buyer,
        now: Seconds,
    ) -> Result<(), Refusal> {
        let number = self.next_number();
        let trade = self.trades.get_mut(key).ok_or(Refusal::Unknown)?;
        trade.pay(Payment {
            at: now,
            payer: buyer
                .payer
                .unwrap_or_else(|| default_payer(trade.provider).to_owned()),
            coupon_fen: buyer.coupon_fen.clamp(0, trade.amount_fen),
        })?;
        if let Some(url) = trade.notify_url.clone() {
            self.notices
                .push(Notice::new(key.clone(), url, number, now));
        }
        Ok(())
    }
}

/// Who pays, and what a coupon of the provider takes over.
#[derive(Debug, Default)]
pub(crate) struct Buyer {
    pub(crate) payer: Option<String>,
    pub(crate) coupon_fen: i64,
}

fn default_payer(provider: Provider) -> &'static str {
    match provider {
        Provider::Wechat => "oSandboxPayer000000000000001",
        Provider::Alipay | Provider::Sms => "2088000000000999",
    }
}

/// What a handler can't answer, for want of randomness or a usable key.
pub(crate) fn out_of_order(error: CryptoError) -> actix_web::HttpResponse {
    tracing::error!(%error, "no answer could be made");
    actix_web::HttpResponse::InternalServerError().finish()
}
