//! The shape of `keys/keys.json`.

use serde::Deserialize;

use super::config::{
    AlipayMerchant, CaptureCodeIssuer, Certificates, MerchantConfig, OauthMerchant, OtherMerchant,
    SmsMerchant, TencentMerchant, WechatMerchant,
};

#[derive(Deserialize)]
pub(super) struct KeyFile {
    pub(super) wechat: WechatFile,
    pub(super) alipay: AlipayFile,
    pub(super) capture_code: CaptureCodeKeyFile,
    sms: SmsMerchant,
    tencent: TencentMerchant,
    #[serde(default)]
    pub(super) others: Vec<OtherFile>,
}

#[derive(Deserialize)]
pub(super) struct CaptureCodeKeyFile {
    /// 32 bytes in Base64.
    pub(super) seed: String,
    public_key: String,
}

#[derive(Deserialize)]
pub(super) struct OtherFile {
    pub(super) wechat: WechatFile,
    pub(super) alipay: AlipayFile,
}

#[derive(Deserialize)]
pub(super) struct WechatFile {
    mchid: String,
    appid: String,
    pub(super) app_secret: String,
    merchant_serial: String,
    api_v3_key: String,
    merchant_private_key: String,
    pub(super) merchant_public_key: String,
    pub(super) platform_keys: Vec<PlatformKeyFile>,
    pub(super) platform_certificate: Option<PlatformCertificateFile>,
}

#[derive(Deserialize)]
pub(super) struct PlatformKeyFile {
    pub(super) serial: String,
    pub(super) private_key: String,
    public_key: String,
}

#[derive(Deserialize)]
pub(super) struct PlatformCertificateFile {
    pub(super) serial: String,
    pub(super) private_key: String,
    pub(super) certificate: String,
}

#[derive(Deserialize)]
pub(super) struct AlipayFile {
    app_id: String,
    seller_id: String,
    app_private_key: String,
    pub(super) app_public_key: String,
    pub(super) alipay_private_key: String,
    alipay_public_key: String,
    pub(super) certificates: Option<CertificatesFile>,
}

#[derive(Deserialize)]
pub(super) struct CertificatesFile {
    #[serde(rename = "app_cert")]
    pub(super) app: String,
    #[serde(rename = "alipay_cert")]
    pub(super) alipay: String,
    #[serde(rename = "root_cert")]
    pub(super) root: String,
}

impl WechatFile {
    pub(super) fn merchant(&self) -> WechatMerchant {
        WechatMerchant {
            mchid: self.mchid.clone(),
            appid: self.appid.clone(),
            merchant_serial: self.merchant_serial.clone(),
            merchant_private_key: self.merchant_private_key.clone(),
            api_v3_key: self.api_v3_key.clone(),
            key_ring: (self.platform_keys.iter())
                .map(|key| (key.serial.clone(), key.public_key.clone()))
                .collect(),
        }
    }

    fn oauth(&self) -> OauthMerchant {
        OauthMerchant {
            appid: self.appid.clone(),
            app_secret: self.app_secret.clone(),
        }
    }
}

impl AlipayFile {
    pub(super) fn alipay_public_key(&self) -> &str {
        &self.alipay_public_key
    }

    pub(super) fn merchant(&self) -> AlipayMerchant {
        AlipayMerchant {
            app_id: self.app_id.clone(),
            seller_id: self.seller_id.clone(),
            app_private_key: self.app_private_key.clone(),
            alipay_public_key: self.alipay_public_key.clone(),
        }
    }
}

impl KeyFile {
    pub(super) fn merchant_config(&self) -> MerchantConfig {
        let platform = self.wechat.platform_certificate.as_ref();
        let certificates = self
            .alipay
            .certificates
            .as_ref()
            .map(|alipay| Certificates {
                app_cert: alipay.app.clone(),
                alipay_cert: alipay.alipay.clone(),
                root_cert: alipay.root.clone(),
                wechat_serial: platform.map(|key| key.serial.clone()),
                wechat_certificate: platform.map(|key| key.certificate.clone()),
            });
        MerchantConfig {
            wechat: self.wechat.merchant(),
            alipay: self.alipay.merchant(),
            sms: self.sms.clone(),
            tencent: self.tencent.clone(),
            oauth: self.wechat.oauth(),
            certificates,
            capture_code: CaptureCodeIssuer {
                public_key: self.capture_code.public_key.clone(),
            },
            others: (self.others.iter())
                .map(|other| OtherMerchant {
                    wechat: other.wechat.merchant(),
                    alipay: other.alipay.merchant(),
                    oauth: other.wechat.oauth(),
                })
                .collect(),
        }
    }
}
