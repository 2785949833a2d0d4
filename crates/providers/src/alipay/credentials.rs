//! A merchant account, read and checked once at start-up.

use crate::rsa::{RsaError, SigningKey, VerifyingKey};
use secrecy::SecretString;

/// A merchant account as configured.
#[derive(Debug, Clone)]
pub struct AccountSettings {
    /// Number of the application.
    pub app_id: String,
    /// Number of the seller, `2088…`.
    pub seller_id: String,
    /// The application's private key: PKCS#8 or PKCS#1, PEM or bare base64.
    pub app_private_key: SecretString,
    /// **Alipay's** public key. The application's own public key is the most common mistake here.
    pub alipay_public_key: String,
}

/// What is wrong with a configured account.
#[derive(Debug, thiserror::Error)]
pub enum CredentialsError {
    /// The application's private key.
    #[error("the application's private key cannot be used")]
    PrivateKey(#[source] RsaError),
    /// Alipay's public key.
    #[error("Alipay's public key cannot be used")]
    PublicKey(#[source] RsaError),
    /// The configured public key verifies our own signatures.
    #[error("the public key is the application's own, not Alipay's")]
    OwnPublicKey,
}

/// A merchant account, ready for use.
#[derive(Debug)]
pub struct Credentials {
    pub(super) app_id: String,
    pub(super) seller_id: String,
    pub(super) signing_key: SigningKey,
    pub(super) alipay_key: VerifyingKey,
}

impl Credentials {
    /// Reads the keys and refuses the application's own public key in place of Alipay's.
    pub fn parse(settings: &AccountSettings) -> Result<Self, CredentialsError> {
        let signing_key =
            SigningKey::parse(&settings.app_private_key).map_err(CredentialsError::PrivateKey)?;
        let alipay_key = VerifyingKey::parse(&settings.alipay_public_key)
            .map_err(CredentialsError::PublicKey)?;
        let probe = signing_key
            .sign(b"probe")
            .map_err(CredentialsError::PrivateKey)?;
        if alipay_key.verifies(b"probe", &probe) {
            return Err(CredentialsError::OwnPublicKey);
        }
        Ok(Self {
            app_id: settings.app_id.clone(),
            seller_id: settings.seller_id.clone(),
            signing_key,
            alipay_key,
        })
    }
}
