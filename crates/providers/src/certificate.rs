//! X.509 certificates, of which we use the key, the serial and the issuer's name. Whether one is to
//! be believed is the caller's affair: it was configured, or it came sealed.

use data_encoding::{HEXLOWER, HEXUPPER};
use md5::{Digest, Md5};
use x509_parser::{certificate::X509Certificate, pem::Pem, x509::X509Name};

/// Signature algorithms of RSA: the arc 1.2.840.113549.1.1 of PKCS #1.
const PKCS_1: &str = "1.2.840.113549.1.1.";

/// The text holds no certificate that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no certificate in PEM")]
pub struct CertificateError;

/// What is used of a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Certificate {
    /// Its serial as `WeChat Pay` writes it: hexadecimal, upper case.
    pub(crate) serial: String,
    /// Its public key, SPKI in DER.
    pub(crate) public_key: Vec<u8>,
    /// Whether its issuer signed with RSA.
    is_rsa_signed: bool,
    /// Alipay's name for it: the MD5 of issuer and decimal serial. Nothing rests on its strength.
    pub(crate) alipay_sn: String,
}

impl Certificate {
    /// Reads the first certificate of a PEM text.
    pub(crate) fn parse(pem: &str) -> Result<Self, CertificateError> {
        let all = Self::parse_all(pem)?;
        all.into_iter().next().ok_or(CertificateError)
    }

    fn parse_all(pem: &str) -> Result<Vec<Self>, CertificateError> {
        let read = Pem::iter_from_buffer(pem.as_bytes()).map(|block| {
            let block = block.map_err(|_| CertificateError)?;
            let certificate = block.parse_x509().map_err(|_| CertificateError)?;
            Ok(Self::of(&certificate))
        });
        read.collect()
    }

    fn of(certificate: &X509Certificate<'_>) -> Self {
        let serial = certificate.raw_serial();
        // A leading zero byte only says that the number is not negative.
        let serial = serial.strip_prefix(&[0]).unwrap_or(serial);
        let named = format!("{}{}", reversed(certificate.issuer()), certificate.serial);
        Self {
            serial: HEXUPPER.encode(serial),
            public_key: certificate.public_key().raw.to_vec(),
            is_rsa_signed: certificate
                .signature_algorithm
                .algorithm
                .to_id_string()
                .starts_with(PKCS_1),
            alipay_sn: HEXLOWER.encode(&Md5::digest(named)),
        }
    }
}

/// Alipay's name for a certificate.
pub fn certificate_sn(pem: &str) -> Result<String, CertificateError> {
    Certificate::parse(pem).map(|certificate| certificate.alipay_sn)
}

/// Alipay's name for a file of root certificates: those signed with RSA, joined in their order.
/// The file begins with one of another algorithm, which does not count.
pub fn root_certificate_sn(pem: &str) -> Result<String, CertificateError> {
    let names: Vec<_> = Certificate::parse_all(pem)?
        .into_iter()
        .filter(|certificate| certificate.is_rsa_signed)
        .map(|certificate| certificate.alipay_sn)
        .collect();
    if names.is_empty() {
        return Err(CertificateError);
    }
    Ok(names.join("_"))
}

/// A name as Alipay writes it, the last part first: `CN=…,OU=…,O=…,C=…`.
fn reversed(name: &X509Name<'_>) -> String {
    let mut parts: Vec<_> = name
        .iter_attributes()
        .map(|part| {
            let kind = part.attr_type().to_id_string();
            let kind = match kind.as_str() {
                "2.5.4.3" => "CN",
                "2.5.4.6" => "C",
                "2.5.4.7" => "L",
                "2.5.4.8" => "ST",
                "2.5.4.10" => "O",
                "2.5.4.11" => "OU",
                other => other,
            };
            format!("{kind}={}", part.as_str().unwrap_or_default())
        })
        .collect();
    parts.reverse();
    parts.join(",")
}
