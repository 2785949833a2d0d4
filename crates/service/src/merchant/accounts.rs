//! The merchant accounts that are configured, and what this server knows of each.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use domain::MerchantAccountId;
use domain::payment::{MerchantAccount, Provider};
use domain::reconciliation::FeeRate;
use providers::alipay::Alipay;
use providers::payment::PaymentChannel;
use providers::wechat_pay::{OpenIds, WechatPay};

use super::keys::{KeyFault, MerchantKeys};

/// How long nobody is sent to an account that its provider refused.
const OUT_OF_ORDER: TimeDelta = TimeDelta::minutes(10);

/// One account at a payment provider; a copy reaches the same client.
#[derive(Debug, Clone)]
pub struct Merchant {
    /// The random part of its notice address; names the account in our tables.
    pub account: String,
    /// The school whose payments it takes, by its code; none for all schools that have no account of their own.
    pub school_code: Option<String>,
    /// Its number at the provider: the merchant number, or the seller's at Alipay.
    pub merchant_no: String,
    /// What its provider takes of a payment, where that is known.
    pub fee_rate: Option<FeeRate>,
    /// How it is reached.
    pub client: Client,
}

/// The client of an account.
#[derive(Debug, Clone)]
pub enum Client {
    /// At `WeChat` Pay; with what tells who pays inside the app, where that is configured.
    WechatPay(Arc<WechatPay>, Option<Arc<OpenIds>>),
    /// At Alipay.
    Alipay(Arc<Alipay>),
}

/// Makes the client of an account of these keys.
pub type ClientMaker = Box<dyn Fn(&MerchantKeys) -> Result<Client, KeyFault> + Send + Sync>;

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

/// An account that a school was given, with the client of this version of its keys.
#[derive(Debug)]
struct Made {
    version: i32,
    merchant: Merchant,
}

/// The accounts that are configured, and the clients of those that schools were given.
pub struct Merchants {
    configured: Vec<Merchant>,
    maker: ClientMaker,
    /// The clients that this server made. Another server may have replaced keys since, which the version tells.
    made: Mutex<HashMap<MerchantAccountId, Made>>,
    /// When certificates are fetched next; none fetches them now.
    renewal: Mutex<Option<DateTime<Utc>>>,
    /// Accounts that their provider refused, and until when nobody is sent there.
    out_of_order: Mutex<BTreeMap<(Provider, String), DateTime<Utc>>>,
    /// The providers whose clock is not ours.
    clocks_off: Mutex<BTreeSet<Provider>>,
}

impl std::fmt::Debug for Merchants {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Merchants")
            .field("configured", &self.configured)
            .finish_non_exhaustive()
    }
}

impl Merchants {
    /// These accounts, and those of schools, whose clients `maker` makes.
    pub fn new(configured: Vec<Merchant>, maker: ClientMaker) -> Self {
        Self {
            configured,
            maker,
            made: Mutex::default(),
            renewal: Mutex::default(),
            out_of_order: Mutex::default(),
            clocks_off: Mutex::default(),
        }
    }

    /// Every account that is configured; those that schools were given are in the database.
    pub fn configured(&self) -> &[Merchant] {
        &self.configured
    }

    /// Makes the client of these keys.
    pub(super) fn make(&self, keys: &MerchantKeys) -> Result<Client, KeyFault> {
        (self.maker)(keys)
    }

    /// The account that was made of this version of its keys.
    pub(super) fn made(&self, id: MerchantAccountId, version: i32) -> Option<Merchant> {
        let made = lock_ignoring_poison(&self.made);
        let found = made.get(&id).filter(|made| made.version == version);
        found.map(|made| made.merchant.clone())
    }

    /// Keeps the account that was made of this version of its keys.
    pub(super) fn keep(&self, id: MerchantAccountId, version: i32, merchant: Merchant) {
        lock_ignoring_poison(&self.made).insert(id, Made { version, merchant });
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

    /// The configured account that takes a school's payments at a provider: its own, or else the common one.
    pub(super) fn configured_for(
        &self,
        provider: Provider,
        school_code: &str,
    ) -> Option<&Merchant> {
        let of_provider = || {
            self.configured
                .iter()
                .filter(|one| one.provider() == provider)
        };
        let own = of_provider().find(|one| one.school_code.as_deref() == Some(school_code));
        own.or_else(|| of_provider().find(|one| one.school_code.is_none()))
    }

    /// The configured account of this name.
    pub(super) fn configured_as(&self, account: MerchantAccount<'_>) -> Option<&Merchant> {
        self.configured.iter().find(|one| one.key() == account)
    }

    /// Whether an account of this name is known here without asking the database, as all are from the start on but those of the
    /// last minutes: for limits on strangers.
    pub fn knows(&self, account: MerchantAccount<'_>) -> bool {
        let is_made = || {
            let made = lock_ignoring_poison(&self.made);
            made.values().any(|made| made.merchant.key() == account)
        };
        self.configured_as(account).is_some() || is_made()
    }
}

/// Locks a map. Each critical section is one operation of the map, so a panic cannot leave it inconsistent.
fn lock_ignoring_poison<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
