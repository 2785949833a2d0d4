//! The merchant accounts: the common ones, and those that schools bring.

use anyhow::{Context as _, Result};
use domain::reconciliation::FeeRate;
use providers::alipay::{self, Alipay, Trust};
use providers::wechat_pay::{self, OpenIdSettings, OpenIds, WechatPay};
use service::merchant::{Client, Merchant, Merchants};

use super::outbound::Outbound;
use crate::config::{AlipayFile, ConfigFile, OfficialAccountFile, WechatPayFile};

/// Where browsers learn who pays inside the app. Source: docs/sources.md#wechat-openid.
const AUTHORISE_ORIGIN: &str = "https://open.weixin.qq.com";
/// Where their codes are exchanged. Source: docs/sources.md#wechat-openid.
const API_ORIGIN: &str = "https://api.weixin.qq.com";

/// Every account that is configured.
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
                fee_rate: file.fee_basis_points.map(FeeRate),
                client: wechat_pay_client(file, outbound)?,
            });
        }
        if let Some(file) = alipay {
            accounts.push(Merchant {
                account: file.account.clone(),
                school_code: school_code.cloned(),
                fee_rate: file.fee_basis_points.map(FeeRate),
                client: alipay_client(file, outbound)?,
            });
        }
    }
    Ok(Merchants::new(accounts))
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
    let open_ids = open_ids.transpose()?.map(Box::new);
    Ok(Client::WechatPay(Box::new(client), open_ids))
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
    Ok(Client::Alipay(Box::new(client)))
}
