//! Both sides' keys: the provider's halves sign and verify here, the merchant's halves configure the product.

mod config;
mod file;

use std::path::{Path, PathBuf};

pub use config::{
    AlipayMerchant, CaptureCodeIssuer, Certificates, MerchantConfig, OauthMerchant, OtherMerchant,
    SmsMerchant, TencentMerchant, WechatMerchant,
};

use crate::certificate::{Certificate, root_serial};
use crate::sign::{CodeSigner, CryptoError, Signer, Verifier, der};
use file::{AlipayFile, KeyFile, WechatFile};

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

/// One of the platform's keys.
pub(crate) struct PlatformKey {
    /// `PUB_KEY_ID_…`, or 40 hex digits for a certificate.
    pub(crate) serial: String,
    pub(crate) signer: Signer,
    /// PEM, where the merchant is to fetch the key as a certificate.
    pub(crate) certificate: Option<String>,
}

/// A merchant at `WeChat` Pay, as the platform knows it.
pub(crate) struct WechatAccount {
    pub(crate) config: WechatMerchant,
    pub(crate) app_secret: String,
    /// The merchant's key.
    pub(crate) merchant: Verifier,
    /// The first one signs; never empty.
    pub(crate) platform: Vec<PlatformKey>,
}

/// An application at Alipay, as the gateway knows it.
pub(crate) struct AlipayAccount {
    pub(crate) config: AlipayMerchant,
    pub(crate) signer: Signer,
    pub(crate) app: Verifier,
    /// Where the application has certificates.
    pub(crate) serials: Option<CertificateSerials>,
}

/// The serials that certificate mode sends around.
pub(crate) struct CertificateSerials {
    pub(crate) app: String,
    pub(crate) alipay: String,
    pub(crate) root: String,
}

/// What the pretend providers sign and verify with.
pub(crate) struct Keys {
    pub(crate) merchant: MerchantConfig,
    pub(crate) wechat: Vec<WechatAccount>,
    pub(crate) alipay: Vec<AlipayAccount>,
    /// Signs image-capture codes.
    pub(crate) capture_code: CodeSigner,
}

impl Keys {
    /// The keys of `file`, or the built-in test keys.
    pub(crate) fn load(file: Option<&Path>) -> Result<Self, KeysError> {
        let Some(path) = file else {
            return Self::parse(include_str!("../keys/keys.json"));
        };
        let json = std::fs::read_to_string(path).map_err(|source| KeysError::Read {
            path: path.to_owned(),
            source,
        })?;
        Self::parse(&json)
    }

    fn parse(json: &str) -> Result<Self, KeysError> {
        let file: KeyFile = serde_json::from_str(json)?;
        let merchant = file.merchant_config();
        let mut wechat = vec![wechat_account(file.wechat)?];
        let mut alipay = vec![alipay_account(&file.alipay)?];
        for other in file.others {
            wechat.push(wechat_account(other.wechat)?);
            alipay.push(alipay_account(&other.alipay)?);
        }
        Ok(Self {
            merchant,
            wechat,
            alipay,
            capture_code: CodeSigner::from_seed(&file.capture_code.seed)?,
        })
    }

    /// The account with this merchant number.
    pub(crate) fn wechat(&self, mchid: &str) -> Option<&WechatAccount> {
        self.wechat
            .iter()
            .find(|account| account.config.mchid == mchid)
    }

    /// The account that this application belongs to.
    pub(crate) fn wechat_app(&self, appid: &str) -> Option<&WechatAccount> {
        self.wechat
            .iter()
            .find(|account| account.config.appid == appid)
    }

    /// The application with this number.
    pub(crate) fn alipay(&self, app_id: &str) -> Option<&AlipayAccount> {
        self.alipay
            .iter()
            .find(|account| account.config.app_id == app_id)
    }
}

fn wechat_account(file: WechatFile) -> Result<WechatAccount, KeysError> {
    let config = file.merchant();
    let mut platform = Vec::new();
    for key in &file.platform_keys {
        platform.push(PlatformKey {
            serial: key.serial.clone(),
            signer: Signer::from_pem(&key.private_key)?,
            certificate: None,
        });
    }
    if platform.is_empty() {
        return Err(KeysError::NoPlatformKey);
    }
    if let Some(key) = file.platform_certificate {
        platform.push(PlatformKey {
            serial: key.serial,
            signer: Signer::from_pem(&key.private_key)?,
            certificate: Some(key.certificate),
        });
    }
    Ok(WechatAccount {
        config,
        app_secret: file.app_secret,
        merchant: Verifier::from_pem(&file.merchant_public_key)?,
        platform,
    })
}

fn alipay_account(file: &AlipayFile) -> Result<AlipayAccount, KeysError> {
    let serials = match &file.certificates {
        None => None,
        Some(certificates) => {
            let app = certificate_of(&certificates.app, &file.app_public_key)?;
            let alipay = certificate_of(&certificates.alipay, file.alipay_public_key())?;
            Some(CertificateSerials {
                app: app.alipay_serial(),
                alipay: alipay.alipay_serial(),
                root: root_serial(&certificates.root)?,
            })
        }
    };
    Ok(AlipayAccount {
        config: file.merchant(),
        signer: Signer::from_pem(&file.alipay_private_key)?,
        app: Verifier::from_pem(&file.app_public_key)?,
        serials,
    })
}

/// A certificate, if it is one of this key.
fn certificate_of(certificate: &str, public_key: &str) -> Result<Certificate, CryptoError> {
    let certificate = Certificate::from_pem(certificate)?;
    if certificate.public_key == der(public_key)? {
        Ok(certificate)
    } else {
        Err(CryptoError)
    }
}
