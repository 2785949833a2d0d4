//! Both sides' keys: the provider's halves sign and verify here, the merchant's halves configure the product.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::sign::{CryptoError, Signer, Verifier};

/// A key file that can't be used.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// The file can't be read.
    #[error("the key file {path} cannot be read")]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file isn't JSON of the shape of `keys/keys.json`.
    #[error("the key file is not of the expected shape")]
    Shape(#[from] serde_json::Error),
    /// A key has the wrong form or length.
    #[error("a key in the key file has the wrong form")]
    Key(#[from] CryptoError),
    /// `platform_keys` is empty.
    #[error("the key file names no WeChat platform key")]
    NoPlatformKey,
}

#[derive(Deserialize)]
struct KeyFile {
    wechat: WechatFile,
    alipay: AlipayFile,
    sms: SmsMerchant,
}

#[derive(Deserialize)]
struct WechatFile {
    mchid: String,
    appid: String,
    merchant_serial: String,
    api_v3_key: String,
    merchant_private_key: String,
    merchant_public_key: String,
    platform_keys: Vec<PlatformKeyFile>,
}

#[derive(Deserialize)]
struct PlatformKeyFile {
    serial: String,
    private_key: String,
    public_key: String,
}

#[derive(Deserialize)]
struct AlipayFile {
    app_id: String,
    seller_id: String,
    app_private_key: String,
    app_public_key: String,
    alipay_private_key: String,
    alipay_public_key: String,
}

/// Everything that gradphoto must be configured with to use the sandbox; addresses apart.
#[derive(Debug, Clone, Serialize)]
pub struct MerchantConfig {
    /// The `WeChat` Pay merchant account.
    pub wechat: WechatMerchant,
    /// The Alipay application.
    pub alipay: AlipayMerchant,
    /// The Aliyun SMS access key and texts.
    pub sms: SmsMerchant,
}

/// The merchant's side of `WeChat` Pay `APIv3`, public-key mode.
#[derive(Debug, Clone, Serialize)]
pub struct WechatMerchant {
    /// Merchant number.
    pub mchid: String,
    /// Application bound to the merchant number.
    pub appid: String,
    /// Serial of the merchant API certificate, 40 hex digits.
    pub merchant_serial: String,
    /// PKCS#8 in PEM form.
    pub merchant_private_key: String,
    /// 32 ASCII bytes.
    pub api_v3_key: String,
    /// Serial to SPKI public key in PEM form; the first signs, the second is for rotation.
    pub key_ring: BTreeMap<String, String>,
}

/// The merchant's side of Alipay, V2 gateway, key mode.
#[derive(Debug, Clone, Serialize)]
pub struct AlipayMerchant {
    /// Application number.
    pub app_id: String,
    /// The seller's user number, `2088…`.
    pub seller_id: String,
    /// PKCS#8 in PEM form.
    pub app_private_key: String,
    /// Alipay's own public key, SPKI in PEM form.
    pub alipay_public_key: String,
}

/// The merchant's side of Aliyun SMS.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SmsMerchant {
    /// Access key id.
    pub access_key_id: String,
    /// Access key secret.
    pub access_key_secret: String,
    /// The registered signature, shown as 【…】.
    pub sign_name: String,
    /// The template of the login code; takes `code`.
    pub template_code: String,
    /// The template that tells of a changed phone, without variables.
    pub template_phone_changed: String,
}

/// What the pretend providers sign and verify with.
pub(crate) struct Keys {
    pub(crate) merchant: MerchantConfig,
    pub(crate) wechat_serial: String,
    pub(crate) wechat_signer: Signer,
    pub(crate) wechat_merchant: Verifier,
    pub(crate) alipay_signer: Signer,
    pub(crate) alipay_app: Verifier,
}

impl Keys {
    /// The keys of `file`, or the built-in test keys.
    pub(crate) fn load(file: Option<&Path>) -> Result<Self, KeysError> {
        match file {
            None => Self::parse(include_str!("../keys/keys.json")),
            Some(path) => {
                Self::parse(
                    &std::fs::read_to_string(path).map_err(|source| KeysError::Read {
                        path: path.to_owned(),
                        source,
                    })?,
                )
            }
        }
    }

    fn parse(json: &str) -> Result<Self, KeysError> {
        let KeyFile {
            wechat,
            alipay,
            sms,
        } = serde_json::from_str(json)?;
        let platform = wechat
            .platform_keys
            .first()
            .ok_or(KeysError::NoPlatformKey)?;
        Ok(Self {
            wechat_serial: platform.serial.clone(),
            wechat_signer: Signer::from_pem(&platform.private_key)?,
            wechat_merchant: Verifier::from_pem(&wechat.merchant_public_key)?,
            alipay_signer: Signer::from_pem(&alipay.alipay_private_key)?,
            alipay_app: Verifier::from_pem(&alipay.app_public_key)?,
            merchant: MerchantConfig {
                wechat: WechatMerchant {
                    mchid: wechat.mchid,
                    appid: wechat.appid,
                    merchant_serial: wechat.merchant_serial,
                    merchant_private_key: wechat.merchant_private_key,
                    api_v3_key: wechat.api_v3_key,
                    key_ring: (wechat.platform_keys.into_iter())
                        .map(|key| (key.serial, key.public_key))
                        .collect(),
                },
                alipay: AlipayMerchant {
                    app_id: alipay.app_id,
                    seller_id: alipay.seller_id,
                    app_private_key: alipay.app_private_key,
                    alipay_public_key: alipay.alipay_public_key,
                },
                sms,
            },
        })
    }
}
