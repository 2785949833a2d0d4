//! A merchant account, read and checked once at start-up.

use super::{
    resource::{ApiV3Key, ResourceError},
    verify::{KeyRing, KeyRingError},
};
use crate::rsa::{RsaError, SigningKey};
use secrecy::SecretString;

/// A merchant account as configured.
#[derive(Debug, Clone)]
pub struct AccountSettings {
    /// Merchant number, digits.
    pub mchid: String,
    /// `wx…`, bound to the merchant number.
    pub appid: String,
    /// Serial of the merchant API certificate: 40 hexadecimal digits, not the decimal form.
    pub merchant_serial: String,
    /// The private key of that certificate, PEM.
    pub merchant_private_key: SecretString,
    /// Exactly 32 bytes.
    pub api_v3_key: SecretString,
    /// Serial and PEM public key of each key that the platform signs with. The first
    /// `PUB_KEY_ID_…` is the one that requests ask to be answered with.
    pub public_keys: Vec<(String, String)>,
}

/// What is wrong with a configured account.
#[derive(Debug, thiserror::Error)]
pub enum CredentialsError {
    /// Not digits.
    #[error("the merchant number is not made of digits")]
    MerchantNumber,
    /// Not 40 hexadecimal digits.
    #[error("the merchant certificate's serial is not 40 hexadecimal digits")]
    MerchantSerial,
    /// The merchant's private key.
    #[error("the merchant's private key cannot be used")]
    PrivateKey(#[source] RsaError),
    /// The key for notices.
    #[error("the APIv3 key cannot be used")]
    ApiV3Key(#[source] ResourceError),
    /// The platform's public keys.
    #[error("WeChat Pay's public keys cannot be used")]
    KeyRing(#[from] KeyRingError),
}

/// A merchant account, ready for use.
#[derive(Debug)]
pub struct Credentials {
    pub(super) mchid: String,
    pub(super) appid: String,
    pub(super) merchant_serial: String,
    pub(super) signing_key: SigningKey,
    pub(super) api_v3_key: ApiV3Key,
    pub(super) key_ring: KeyRing,
}

impl Credentials {
    /// Reads the keys and checks what can be checked without asking the platform.
    pub fn parse(settings: &AccountSettings) -> Result<Self, CredentialsError> {
        let AccountSettings {
            mchid,
            appid,
            merchant_serial,
            ..
        } = settings;
        if mchid.is_empty() || !mchid.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(CredentialsError::MerchantNumber);
        }
        if merchant_serial.len() != 40
            || !merchant_serial.bytes().all(|byte| byte.is_ascii_hexdigit())
        {
            return Err(CredentialsError::MerchantSerial);
        }
        Ok(Self {
            mchid: mchid.clone(),
            appid: appid.clone(),
            merchant_serial: merchant_serial.clone(),
            signing_key: SigningKey::parse(&settings.merchant_private_key)
                .map_err(CredentialsError::PrivateKey)?,
            api_v3_key: ApiV3Key::parse(&settings.api_v3_key)
                .map_err(CredentialsError::ApiV3Key)?,
            key_ring: KeyRing::parse(&settings.public_keys)?,
        })
    }
}
