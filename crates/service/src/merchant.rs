//! The merchant accounts that take money, and which of them a school's payments go to.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use domain::payment::Provider;
use domain::reconciliation::FeeRate;
use providers::alipay::Alipay;
use providers::payment::PaymentChannel;
use providers::wechat_pay::{OpenIds, WechatPay};
use providers::{Outcome, Refusal};

use crate::Context;

/// How often platform certificates are fetched.
const RENEW_EVERY: TimeDelta = TimeDelta::hours(24);
/// When to try again where they could not be.
const RENEW_AGAIN: TimeDelta = TimeDelta::minutes(30);

/// One account at a payment provider.
#[derive(Debug)]
pub struct Merchant {
    /// The random part of its notice address; names the account in our tables.
    pub account: String,
    /// The school whose payments it takes, by its code; none for all schools that have no account of their own.
    pub school_code: Option<String>,
    /// What its provider takes of a payment, where that is known.
    pub fee_rate: Option<FeeRate>,
    /// How it is reached.
    pub client: Client,
}

/// The client of an account.
#[derive(Debug)]
pub enum Client {
    /// At `WeChat` Pay; with what tells who pays inside the app, where that is configured.
    WechatPay(Box<WechatPay>, Option<Box<OpenIds>>),
    /// At Alipay.
    Alipay(Box<Alipay>),
}

impl Merchant {
    /// Whose account it is.
    pub fn provider(&self) -> Provider {
        match self.client {
            Client::WechatPay(..) => Provider::WechatPay,
            Client::Alipay(_) => Provider::Alipay,
        }
    }

    /// What it can do.
    pub fn channel(&self) -> &dyn PaymentChannel {
        match &self.client {
            Client::WechatPay(client, _) => client.as_ref(),
            Client::Alipay(client) => client.as_ref(),
        }
    }

    /// What tells who pays inside `WeChat`, where that is configured.
    pub fn open_ids(&self) -> Option<&OpenIds> {
        match &self.client {
            Client::WechatPay(_, open_ids) => open_ids.as_deref(),
            Client::Alipay(_) => None,
        }
    }
}

/// The accounts that are configured.
#[derive(Debug, Default)]
pub struct Merchants {
    all: Vec<Merchant>,
    /// When certificates are fetched next; none fetches them now.
    renewal: Mutex<Option<DateTime<Utc>>>,
}

impl Merchants {
    /// These accounts.
    pub fn new(accounts: Vec<Merchant>) -> Self {
        Self {
            all: accounts,
            renewal: Mutex::default(),
        }
    }

    /// Every account.
    pub fn all(&self) -> &[Merchant] {
        &self.all
    }

    fn is_renewal_due(&self, now: DateTime<Utc>) -> bool {
        let next = self.renewal.lock().unwrap_or_else(PoisonError::into_inner);
        next.is_none_or(|next| next <= now)
    }

    fn renew_at(&self, next: DateTime<Utc>) {
        *self.renewal.lock().unwrap_or_else(PoisonError::into_inner) = Some(next);
    }

    /// The account that takes a school's payments at a provider: its own, or else the common one.
    pub fn of_school(&self, provider: Provider, school_code: &str) -> Option<&Merchant> {
        let of_provider = || self.all.iter().filter(|one| one.provider() == provider);
        let own = of_provider().find(|one| one.school_code.as_deref() == Some(school_code));
        own.or_else(|| of_provider().find(|one| one.school_code.is_none()))
    }

    /// The account that a notice address or a row names.
    pub fn by_account(&self, provider: Provider, account: &str) -> Option<&Merchant> {
        let mut all = self.all.iter();
        all.find(|one| one.provider() == provider && one.account == account)
    }
}

/// Fetches the platform certificates of `WeChat` Pay for the accounts that have some, once a day: they are replaced in time,
/// and a notice that names an unknown one is refused. The keys lie in memory, so that every server copy does this.
pub async fn renew_certificates(context: &Context) {
    let now = context.now();
    if !context.merchants.is_renewal_due(now) {
        return;
    }
    let mut next = now + RENEW_EVERY;
    for merchant in context.merchants.all() {
        let Client::WechatPay(client, _) = &merchant.client else {
            continue;
        };
        if !client.has_certificates() {
            continue;
        }
        match client.refresh_certificates().await.outcome {
            Outcome::Definite(0) => {}
            Outcome::Definite(added) => tracing::info!(
                payment.merchant_account = merchant.account,
                "{added} new platform certificates are used"
            ),
            Outcome::Refused(Refusal { code: seen, .. }) | Outcome::Unknown(seen) => {
                next = now + RENEW_AGAIN;
                tracing::error!(
                    payment.merchant_account = merchant.account,
                    "Platform certificates could not be fetched: {seen}"
                );
            }
        }
    }
    context.merchants.renew_at(next);
}
