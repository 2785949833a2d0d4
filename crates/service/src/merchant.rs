//! The merchant accounts that take money, and which of them a school's payments go to.

use domain::payment::Provider;
use providers::alipay::Alipay;
use providers::payment::PaymentChannel;
use providers::wechat_pay::{OpenIds, WechatPay};

/// One account at a payment provider.
#[derive(Debug)]
pub struct Merchant {
    /// The random part of its notice address; names the account in our tables.
    pub account: String,
    /// The school whose payments it takes, by its code; none for all schools that have no account of their own.
    pub school_code: Option<String>,
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
pub struct Merchants(Vec<Merchant>);

impl Merchants {
    /// These accounts.
    pub fn new(accounts: Vec<Merchant>) -> Self {
        Self(accounts)
    }

    /// Every account.
    pub fn all(&self) -> &[Merchant] {
        &self.0
    }

    /// The account that takes a school's payments at a provider: its own, or else the common one.
    pub fn of_school(&self, provider: Provider, school_code: &str) -> Option<&Merchant> {
        let of_provider = || self.0.iter().filter(|one| one.provider() == provider);
        let own = of_provider().find(|one| one.school_code.as_deref() == Some(school_code));
        own.or_else(|| of_provider().find(|one| one.school_code.is_none()))
    }

    /// The account that a notice address or a row names.
    pub fn by_account(&self, provider: Provider, account: &str) -> Option<&Merchant> {
        let mut all = self.0.iter();
        all.find(|one| one.provider() == provider && one.account == account)
    }
}
