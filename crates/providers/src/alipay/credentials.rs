//! A merchant account, read and checked once at start-up.

use crate::{
    CertificateError,
    certificate::{Certificate, root_certificate_sn},
    rsa::{RsaError, SigningKey, VerifyingKey},
};
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
    /// How Alipay is recognised.
    pub trust: Trust,
}

/// How Alipay is recognised, and the application to Alipay.
#[derive(Debug, Clone)]
pub enum Trust {
    /// **Alipay's** public keys: one, or two while it changes. The application's own public key is
    /// the most common mistake here.
    Keys(Vec<String>),
    /// Certificates, as PEM.
    Certificates {
        /// The application's.
        application: String,
        /// Alipay's: one, or two while it changes.
        alipay: Vec<String>,
        /// The file of root certificates.
        root: String,
    },
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
    /// Without a key no answer can be believed.
    #[error("no public key of Alipay is configured")]
    NoPublicKey,
    /// A certificate.
    #[error("a certificate cannot be used")]
    Certificate(#[from] CertificateError),
    /// The application's certificate is not that of its private key.
    #[error("the application's certificate does not belong to its private key")]
    OtherCertificate,
    /// The configured public key verifies our own signatures.
    #[error("the public key is the application's own, not Alipay's")]
    OwnPublicKey,
}

/// Alipay's public keys; those of certificates by their names.
#[derive(Debug)]
pub struct KeyRing(Vec<(Option<String>, VerifyingKey)>);

impl KeyRing {
    /// Reads public keys (SPKI or PKCS#1), as PEM or as bare base64.
    pub fn parse(keys: &[String]) -> Result<Self, RsaError> {
        let read = keys
            .iter()
            .map(|key| VerifyingKey::parse(key).map(|key| (None, key)));
        read.collect::<Result<_, _>>().map(Self)
    }

    fn of_certificates(certificates: &[String]) -> Result<Self, CredentialsError> {
        let read = certificates.iter().map(|pem| {
            let Certificate {
                public_key,
                alipay_sn,
                ..
            } = Certificate::parse(pem)?;
            let key = VerifyingKey::from_der(&public_key).map_err(CredentialsError::PublicKey)?;
            Ok((Some(alipay_sn), key))
        });
        read.collect::<Result<_, _>>().map(Self)
    }

    /// Whether this is Alipay's signature over these bytes. A certificate that is named alone
    /// counts; where none is named, any key may fit.
    pub fn verifies(&self, content: &[u8], signature: &str, named: Option<&str>) -> bool {
        let mut candidates = self
            .0
            .iter()
            .filter(|(name, _)| named.is_none() || name.as_deref() == named);
        candidates.any(|(_, key)| key.verifies(content, signature))
    }
}

/// The names of certificates that requests carry.
#[derive(Debug)]
pub(super) struct Names {
    pub(super) app_cert_sn: String,
    pub(super) alipay_root_cert_sn: String,
}

/// A merchant account, ready for use.
#[derive(Debug)]
pub struct Credentials {
    pub(super) app_id: String,
    pub(super) seller_id: String,
    pub(super) signing_key: SigningKey,
    pub(super) key_ring: KeyRing,
    pub(super) names: Option<Names>,
}

impl Credentials {
    /// Reads the keys and refuses the application's own public key in place of Alipay's.
    pub fn parse(settings: &AccountSettings) -> Result<Self, CredentialsError> {
        let signing_key =
            SigningKey::parse(&settings.app_private_key).map_err(CredentialsError::PrivateKey)?;
        let probe = signing_key
            .sign(b"probe")
            .map_err(CredentialsError::PrivateKey)?;
        let (key_ring, names) = match &settings.trust {
            Trust::Keys(keys) => {
                let ring = KeyRing::parse(keys).map_err(CredentialsError::PublicKey)?;
                (ring, None)
            }
            Trust::Certificates {
                application,
                alipay,
                root,
            } => {
                let ring = KeyRing::of_certificates(alipay)?;
                (ring, Some(names(application, root, &probe)?))
            }
        };
        if key_ring.0.is_empty() {
            return Err(CredentialsError::NoPublicKey);
        }
        if key_ring.verifies(b"probe", &probe, None) {
            return Err(CredentialsError::OwnPublicKey);
        }
        Ok(Self {
            app_id: settings.app_id.clone(),
            seller_id: settings.seller_id.clone(),
            signing_key,
            key_ring,
            names,
        })
    }
}

/// The names that requests carry, where the application's certificate fits its signature.
fn names(application: &str, root: &str, probe: &str) -> Result<Names, CredentialsError> {
    let application = Certificate::parse(application)?;
    let key =
        VerifyingKey::from_der(&application.public_key).map_err(CredentialsError::PublicKey)?;
    if !key.verifies(b"probe", probe) {
        return Err(CredentialsError::OtherCertificate);
    }
    Ok(Names {
        app_cert_sn: application.alipay_sn,
        alipay_root_cert_sn: root_certificate_sn(root)?,
    })
}
