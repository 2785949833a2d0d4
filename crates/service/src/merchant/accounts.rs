//! The merchant accounts that are configured, and what this server knows of each.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use domain::payment::{MerchantAccount, Provider};
use domain::reconciliation::FeeRate;
use providers::alipay::Alipay;
use providers::payment::PaymentChannel;
use providers::wechat_pay::{OpenIds, WechatPay};

/// How long nobody is sent to an account that its provider refused.
const OUT_OF_ORDER: TimeDelta = TimeDelta::minutes(10);

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
    /// Which account it is.
    pub fn key(&self) -> MerchantAccount<'_> {
        MerchantAccount {
            provider: self.provider(),
            name: &self.account,
        }
    }

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
    /// Accounts that their provider refused, and until when nobody is sent there.
    out_of_order: Mutex<BTreeMap<(Provider, String), DateTime<Utc>>>,
    /// The providers whose clock is not ours.
    clocks_off: Mutex<BTreeSet<Provider>>,
}

impl Merchants {
    /// These accounts.
    pub fn new(accounts: Vec<Merchant>) -> Self {
        Self {
            all: accounts,
            renewal: Mutex::default(),
            out_of_order: Mutex::default(),
            clocks_off: Mutex::default(),
        }
    }

    /// Every account.
    pub fn all(&self) -> &[Merchant] {
        &self.all
    }

    pub(super) fn is_renewal_due(&self, now: DateTime<Utc>) -> bool {
        lock_ignoring_poison(&self.renewal).is_none_or(|next| next <= now)
    }

    pub(super) fn renew_at(&self, next: DateTime<Utc>) {
        *lock_ignoring_poison(&self.renewal) = Some(next);
    }

    /// Whether an account can be paid to, as far as is known here.
    pub(crate) fn is_in_order(&self, merchant: &Merchant, now: DateTime<Utc>) -> bool {
        let key = (merchant.provider(), merchant.account.clone());
        let until = lock_ignoring_poison(&self.out_of_order).get(&key).copied();
        until.is_none_or(|until| until <= now)
    }

    /// Keeps that an account was refused.
    pub(super) fn put_out_of_order(&self, provider: Provider, account: &str, now: DateTime<Utc>) {
        let key = (provider, account.to_owned());
        lock_ignoring_poison(&self.out_of_order).insert(key, now + OUT_OF_ORDER);
    }

    /// Keeps whether a provider's clock and ours differ; tells whether that is news.
    pub(crate) fn is_news_of_clock(&self, provider: Provider, is_off: bool) -> bool {
        let mut off = lock_ignoring_poison(&self.clocks_off);
        if is_off {
            off.insert(provider)
        } else {
            off.remove(&provider)
        }
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

/// Locks a map. Each critical section is one operation of the map, so a panic cannot leave it inconsistent.
fn lock_ignoring_poison<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
