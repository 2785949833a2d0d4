//! The merchant accounts: the common ones, and those that schools bring.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use domain::reconciliation::FeeRate;
use providers::alipay::{self, Alipay, Trust};
use providers::wechat_pay::{self, OpenIdSettings, OpenIds, WechatPay};
use service::merchant::{
    AlipayKeys, Client, ClientMaker, KeyFault, Merchant, MerchantKeys, Merchants, WechatPayKeys,
};

use super::outbound::Outbound;
use crate::config::{AlipayFile, ConfigFile, OfficialAccountFile, WechatPayFile};

/// Where browsers learn who pays inside the app. Source: docs/sources.md#wechat-openid.
const AUTHORISE_ORIGIN: &str = "https://open.weixin.qq.com";
/// Where their codes are exchanged. Source: docs/sources.md#wechat-openid.
const API_ORIGIN: &str = "https://api.weixin.qq.com";

/// Every account that is configured, and the way to make the clients of those that schools are given. These reach the
/// providers where the common accounts do.
pub(super) fn merchants(file: &ConfigFile, outbound: &Outbound) -> Result<Merchants> {
    let common = [(None, &file.wechat_pay, &file.alipay)].into_iter();
    let own = file.school_merchants.iter();
    let own = own.map(|one| (Some(&one.school_code), &one.wechat_pay, &one.alipay));
    let mut accounts = Vec::new();
    for (school_code, wechat_pay, alipay) in common.chain(own) {
        if let Some(file) = wechat_pay {
            accounts.push(Merchant {
                account: file.account.clone(),
                school_code: school_code.cloned(),
                merchant_no: file.mchid.clone(),
                fee_rate: file.fee_basis_points.map(FeeRate),
                client: wechat_pay_client(file, outbound)?,
            });
        }
        if let Some(file) = alipay {
            accounts.push(Merchant {
                account: file.account.clone(),
                school_code: school_code.cloned(),
                merchant_no: file.seller_id.clone(),
                fee_rate: file.fee_basis_points.map(FeeRate),
                client: alipay_client(file, outbound)?,
            });
        }
    }
    Ok(Merchants::new(accounts, client_maker(file, outbound)))
}

/// Where the common accounts reach their providers, if that is not the real address.
struct ProviderOrigins {
    wechat_pay: Option<String>,
    alipay: Option<String>,
    authorise: Option<String>,
    api: Option<String>,
}

impl ProviderOrigins {
    fn of(file: &ConfigFile) -> Self {
        let wechat_pay = file.wechat_pay.as_ref();
        let official = wechat_pay.and_then(|file| file.official_account.as_ref());
        Self {
            wechat_pay: wechat_pay.and_then(|file| file.endpoint.clone()),
            alipay: file.alipay.as_ref().and_then(|file| file.endpoint.clone()),
            authorise: official.and_then(|file| file.authorise_origin.clone()),
            api: official.and_then(|file| file.api_origin.clone()),
        }
    }
}

fn client_maker(file: &ConfigFile, outbound: &Outbound) -> ClientMaker {
    let (origins, outbound) = (ProviderOrigins::of(file), outbound.clone());
    Box::new(move |keys| match keys {
        MerchantKeys::WechatPay(keys) => given_wechat_pay(keys, &origins, &outbound),
        MerchantKeys::Alipay(keys) => given_alipay(keys, &origins, &outbound),
    })
}

fn given_wechat_pay(
    keys: &WechatPayKeys,
    origins: &ProviderOrigins,
    outbound: &Outbound,
) -> Result<Client, KeyFault> {
    use wechat_pay::CredentialsError as Error;
    let credentials = wechat_pay::Credentials::parse(&wechat_pay::AccountSettings {
        mchid: keys.mchid.clone(),
        appid: keys.appid.clone(),
        merchant_serial: keys.merchant_serial.clone(),
        merchant_private_key: keys.merchant_private_key.clone(),
        api_v3_key: keys.api_v3_key.clone(),
        public_keys: vec![(keys.public_key_id.clone(), keys.public_key.clone())],
    });
    let credentials = credentials.map_err(|error| {
        KeyFault(match error {
            Error::MerchantNumber => "/mchid",
            Error::MerchantSerial => "/merchant_serial",
            Error::PrivateKey(_) => "/merchant_private_key",
            Error::ApiV3Key(_) => "/api_v3_key",
            Error::KeyRing(_) => "/public_key",
        })
    })?;
    let hosts: Vec<&str> = match &origins.wechat_pay {
        Some(endpoint) => vec![endpoint.as_str()],
        None => wechat_pay::HOSTS.to_vec(),
    };
    // Not the account's fault: the addresses were tried when the server started.
    let client = WechatPay::new(credentials, &hosts, outbound.entropy.clone());
    let client = client.map_err(|_| KeyFault("/mchid"))?;
    let official = keys.app_secret.as_ref().map(|secret| OfficialAccountFile {
        app_secret: secret.clone(),
        authorise_origin: origins.authorise.clone(),
        api_origin: origins.api.clone(),
    });
    let open_ids = official.map(|official| open_ids(&keys.appid, &official, outbound));
    let open_ids = open_ids.transpose().map_err(|_| KeyFault("/app_secret"))?;
    let client = client.with_http(outbound.http.clone());
    Ok(Client::WechatPay(Arc::new(client), open_ids.map(Arc::new)))
}

fn given_alipay(
    keys: &AlipayKeys,
    origins: &ProviderOrigins,
    outbound: &Outbound,
) -> Result<Client, KeyFault> {
    use alipay::CredentialsError as Error;
    let credentials = alipay::Credentials::parse(&alipay::AccountSettings {
        app_id: keys.app_id.clone(),
        seller_id: keys.seller_id.clone(),
        app_private_key: keys.app_private_key.clone(),
        trust: Trust::Keys(vec![keys.alipay_public_key.clone()]),
    });
    let credentials = credentials.map_err(|error| {
        KeyFault(match error {
            Error::PrivateKey(_) => "/app_private_key",
            Error::PublicKey(_)
            | Error::NoPublicKey
            | Error::Certificate(_)
            | Error::OtherCertificate
            | Error::OwnPublicKey => "/alipay_public_key",
        })
    })?;
    let gateway = origins.alipay.as_deref().unwrap_or(alipay::GATEWAY);
    let client = Alipay::new(credentials, gateway, outbound.entropy.clone());
    let client = client.map_err(|_| KeyFault("/app_id"))?;
    Ok(Client::Alipay(Arc::new(
        client.with_http(outbound.http.clone()),
    )))
}

fn wechat_pay_client(file: &WechatPayFile, outbound: &Outbound) -> Result<Client> {
    let credentials = wechat_pay::Credentials::parse(&wechat_pay::AccountSettings {
        mchid: file.mchid.clone(),
        appid: file.appid.clone(),
        merchant_serial: file.merchant_serial.clone(),
        merchant_private_key: file.merchant_private_key.clone(),
        api_v3_key: file.api_v3_key.clone(),
        public_keys: file.key_ring.clone().into_iter().collect(),
    });
    let credentials =
        credentials.with_context(|| format!("[wechat_pay] {} cannot be used", file.account))?;
    let hosts: Vec<&str> = match &file.endpoint {
        Some(endpoint) => vec![endpoint.as_str()],
        None => wechat_pay::HOSTS.to_vec(),
    };
    let client = WechatPay::new(credentials, &hosts, outbound.entropy.clone())?;
    let client = client.with_http(outbound.http.clone());
    let official = file.official_account.as_ref();
    let open_ids = official.map(|official| open_ids(&file.appid, official, outbound));
    let open_ids = open_ids.transpose()?.map(Arc::new);
    Ok(Client::WechatPay(Arc::new(client), open_ids))
}

fn open_ids(appid: &str, file: &OfficialAccountFile, outbound: &Outbound) -> Result<OpenIds> {
    let or = |origin: &Option<String>, default: &str| {
        origin.clone().unwrap_or_else(|| default.to_owned())
    };
    let settings = OpenIdSettings {
        appid: appid.to_owned(),
        app_secret: file.app_secret.clone(),
        authorise_origin: or(&file.authorise_origin, AUTHORISE_ORIGIN),
        api_origin: or(&file.api_origin, API_ORIGIN),
    };
    let open_ids = OpenIds::new(settings, outbound.entropy.clone())?;
    Ok(open_ids.with_http(outbound.http.clone()))
}

fn alipay_client(file: &AlipayFile, outbound: &Outbound) -> Result<Client> {
    let trust = match &file.certificates {
        Some(files) => Trust::Certificates {
            application: files.application.clone(),
            alipay: files.alipay.clone(),
            root: files.root.clone(),
        },
        None => Trust::Keys(vec![file.alipay_public_key.clone()]),
    };
    let credentials = alipay::Credentials::parse(&alipay::AccountSettings {
        app_id: file.app_id.clone(),
        seller_id: file.seller_id.clone(),
        app_private_key: file.app_private_key.clone(),
        trust,
    });
    let credentials =
        credentials.with_context(|| format!("[alipay] {} cannot be used", file.account))?;
    let gateway = file.endpoint.as_deref().unwrap_or(alipay::GATEWAY);
    let client = Alipay::new(credentials, gateway, outbound.entropy.clone())?;
    let client = client.with_http(outbound.http.clone());
    Ok(Client::Alipay(Arc::new(client)))
}
