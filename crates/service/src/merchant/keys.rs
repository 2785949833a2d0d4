//! The keys of an account that a school was given: read once, sealed at rest, shown never.

use domain::payment::Provider;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::json;

/// The keys of an account.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MerchantKeys {
    /// At `WeChat` Pay.
    WechatPay(WechatPayKeys),
    /// At Alipay.
    Alipay(AlipayKeys),
}

/// The keys of an account at `WeChat` Pay.
#[derive(Debug, Clone, Deserialize)]
pub struct WechatPayKeys {
    /// The merchant number.
    pub mchid: String,
    /// The application bound to it.
    pub appid: String,
    /// The serial of the merchant's API certificate.
    pub merchant_serial: String,
    /// The private key of that certificate, PEM.
    pub merchant_private_key: SecretString,
    /// The key of notices.
    pub api_v3_key: SecretString,
    /// The name of `WeChat` Pay's public key.
    pub public_key_id: String,
    /// `WeChat` Pay's public key, PEM.
    pub public_key: String,
    /// The application's secret, for paying inside the app.
    pub app_secret: Option<SecretString>,
}

/// The keys of an application at Alipay.
#[derive(Debug, Clone, Deserialize)]
pub struct AlipayKeys {
    /// The application's number.
    pub app_id: String,
    /// The seller's number.
    pub seller_id: String,
    /// The application's private key, PEM.
    pub app_private_key: SecretString,
    /// Alipay's public key, PEM.
    pub alipay_public_key: String,
}

/// The field of the keys that cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} cannot be used")]
pub struct KeyFault(pub &'static str);

impl MerchantKeys {
    /// At which provider.
    pub fn provider(&self) -> Provider {
        match self {
            Self::WechatPay(_) => Provider::WechatPay,
            Self::Alipay(_) => Provider::Alipay,
        }
    }

    /// The number by which bills name the account.
    pub fn merchant_no(&self) -> &str {
        match self {
            Self::WechatPay(keys) => &keys.mchid,
            Self::Alipay(keys) => &keys.seller_id,
        }
    }

    /// The application.
    pub fn application(&self) -> &str {
        match self {
            Self::WechatPay(keys) => &keys.appid,
            Self::Alipay(keys) => &keys.app_id,
        }
    }

    /// The keys as they are sealed; [`Self::read`] reads it.
    pub(super) fn to_seal(&self) -> SecretString {
        let form = match self {
            Self::WechatPay(keys) => json!({ "wechat_pay": {
                "mchid": keys.mchid,
                "appid": keys.appid,
                "merchant_serial": keys.merchant_serial,
                "merchant_private_key": keys.merchant_private_key.expose_secret(),
                "api_v3_key": keys.api_v3_key.expose_secret(),
                "public_key_id": keys.public_key_id,
                "public_key": keys.public_key,
                "app_secret": keys.app_secret.as_ref().map(ExposeSecret::expose_secret),
            } }),
            Self::Alipay(keys) => json!({ "alipay": {
                "app_id": keys.app_id,
                "seller_id": keys.seller_id,
                "app_private_key": keys.app_private_key.expose_secret(),
                "alipay_public_key": keys.alipay_public_key,
            } }),
        };
        form.to_string().into()
    }

    /// Reads what was sealed; `None` where it is not that.
    pub(super) fn read(opened: &[u8]) -> Option<Self> {
        serde_json::from_slice(opened).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_they_were_sealed() {
        let keys = MerchantKeys::WechatPay(WechatPayKeys {
            mchid: "1900000002".to_owned(),
            appid: "wx1".to_owned(),
            merchant_serial: "AB".to_owned(),
            merchant_private_key: "private".into(),
            api_v3_key: "v3".into(),
            public_key_id: "PUB_KEY_ID_1".to_owned(),
            public_key: "public".to_owned(),
            app_secret: None,
        });
        let sealed = keys.to_seal();
        let read = MerchantKeys::read(sealed.expose_secret().as_bytes()).unwrap();
        assert_eq!(read.to_seal().expose_secret(), sealed.expose_secret());
        assert_eq!(
            [read.merchant_no(), read.application()],
            ["1900000002", "wx1"]
        );
        assert!(!format!("{read:?}").contains("private\""));
        assert!(MerchantKeys::read(b"{}").is_none());
    }
}
