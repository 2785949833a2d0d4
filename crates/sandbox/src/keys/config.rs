//! The merchant's side of all keys, in the shapes in which the product is configured.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Everything that gradphoto must be configured with to use the sandbox; addresses apart.
#[derive(Debug, Clone, Serialize)]
pub struct MerchantConfig {
    /// The `WeChat` Pay merchant account.
    pub wechat: WechatMerchant,
    /// The Alipay application.
    pub alipay: AlipayMerchant,
    /// The Aliyun SMS access key and texts.
    pub sms: SmsMerchant,
    /// The Tencent SMS key and texts.
    pub tencent: TencentMerchant,
    /// The secret of the `WeChat` application, for openids.
    pub oauth: OauthMerchant,
    /// Certificates, where the keys have some.
    pub certificates: Option<Certificates>,
    /// Who signs image-capture codes.
    pub capture_code: CaptureCodeIssuer,
    /// Accounts of schools that bring their own.
    pub others: Vec<OtherMerchant>,
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
    /// The template that invites staff; takes the address to log in at.
    pub template_staff_invited: String,
    /// The template that tells of an accepted photo, without variables.
    pub template_photo_approved: String,
    /// The template that tells of a photo that was not accepted, without variables.
    pub template_photo_rejected: String,
    /// The template that tells of an answered question, without variables.
    pub template_ticket_answered: String,
    /// The template that reminds, without variables.
    pub template_reminder: String,
    /// The template that tells of a failing webhook endpoint, without variables.
    pub template_webhook_failing: String,
    /// The template that tells the old number of a change after a report of a lost phone, without variables.
    pub template_phone_recovery: String,
}

/// The merchant's side of Tencent SMS.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TencentMerchant {
    /// The public half of the key.
    pub secret_id: String,
    /// The secret half of the key.
    pub secret_key: String,
    /// The SMS application.
    pub sdk_app_id: String,
    /// The registered signature, shown as 【…】.
    pub sign_name: String,
    /// The template of the login code; takes the code and, if wanted, its minutes.
    pub template_code: String,
    /// The template that tells of a changed phone, without variables.
    pub template_phone_changed: String,
    /// The template that invites staff; takes the address to log in at.
    pub template_staff_invited: String,
    /// The template that tells of an accepted photo, without variables.
    pub template_photo_approved: String,
    /// The template that tells of a photo that was not accepted, without variables.
    pub template_photo_rejected: String,
    /// The template that tells of an answered question, without variables.
    pub template_ticket_answered: String,
    /// The template that reminds, without variables.
    pub template_reminder: String,
    /// The template that tells of a failing webhook endpoint, without variables.
    pub template_webhook_failing: String,
    /// The template that tells the old number of a change after a report of a lost phone, without variables.
    pub template_phone_recovery: String,
}

/// A `WeChat` application's secret.
#[derive(Debug, Clone, Serialize)]
pub struct OauthMerchant {
    /// The application.
    pub appid: String,
    /// Its secret.
    pub app_secret: String,
}

/// What certificate mode needs beside the keys, all PEM.
#[derive(Debug, Clone, Serialize)]
pub struct Certificates {
    /// The certificate of the Alipay application's key.
    pub app_cert: String,
    /// The certificate of Alipay's key.
    pub alipay_cert: String,
    /// Alipay's roots; the first is an SM2 one, which doesn't count.
    pub root_cert: String,
    /// The serial of `WeChat`'s platform certificate, where there is one.
    pub wechat_serial: Option<String>,
    /// `WeChat`'s platform certificate, where there is one.
    pub wechat_certificate: Option<String>,
}

/// Whoever signs image-capture codes, as the product knows it.
#[derive(Debug, Clone, Serialize)]
pub struct CaptureCodeIssuer {
    /// An Ed25519 key, its 32 bytes in Base64.
    pub public_key: String,
}

/// A school's own accounts.
#[derive(Debug, Clone, Serialize)]
pub struct OtherMerchant {
    /// At `WeChat` Pay.
    pub wechat: WechatMerchant,
    /// At Alipay.
    pub alipay: AlipayMerchant,
    /// Its `WeChat` application.
    pub oauth: OauthMerchant,
}
