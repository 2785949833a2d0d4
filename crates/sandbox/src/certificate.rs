//! As much of X.509 as serial numbers and keys need: a reader of DER, written for this crate.

use data_encoding::HEXLOWER;
use md5::{Digest as _, Md5};

use crate::sign::{CryptoError, der};

/// Tags of ASN.1.
const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const INTEGER: u8 = 0x02;
const OBJECT_IDENTIFIER: u8 = 0x06;
const VERSION: u8 = 0xa0;
/// 1.2.840.113549.1.1: signatures with RSA.
const RSA: [u8; 8] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01];
/// Parts of a name that have a short form: the last byte of 2.5.4.x.
const NAMES: [(u8, &str); 6] = [
    (3, "CN"),
    (6, "C"),
    (7, "L"),
    (8, "ST"),
    (10, "O"),
    (11, "OU"),
];

/// One certificate.
#[derive(Debug)]
pub(crate) struct Certificate {
    serial: Vec<u8>,
    /// From the most general part to the name itself, as in the certificate.
    issuer: Vec<(String, String)>,
    is_rsa_signed: bool,
    /// SPKI, DER.
    pub(crate) public_key: Vec<u8>,
}

impl Certificate {
    /// Reads the first certificate of a PEM text.
    pub(crate) fn from_pem(pem: &str) -> Result<Self, CryptoError> {
        parse(&der(pem)?).ok_or(CryptoError)
    }

    /// The serial in upper-case hex, as `WeChat` names it.
    #[cfg(test)]
    pub(crate) fn serial_hex(&self) -> String {
        let hex = data_encoding::HEXUPPER.encode(&self.serial);
        hex.trim_start_matches('0').to_owned()
    }

    /// Alipay's serial: MD5 over the issuer, the name first, and the decimal serial.
    pub(crate) fn alipay_serial(&self) -> String {
        let parts: Vec<String> = (self.issuer.iter().rev())
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let text = format!("{}{}", parts.join(","), decimal(&self.serial));
        HEXLOWER.encode(Md5::digest(text.as_bytes()).as_slice())
    }
}

/// Alipay's serial of a file of roots: those signed with RSA, joined by `_`.
pub(crate) fn root_serial(pem: &str) -> Result<String, CryptoError> {
    const END: &str = "-----END CERTIFICATE-----";
    let mut serials = Vec::new();
    for block in pem.split(END).filter(|block| block.contains("BEGIN")) {
        let begin = block.find("-----BEGIN").unwrap_or_default();
        let certificate = Certificate::from_pem(&block[begin..])?;
        if certificate.is_rsa_signed {
            serials.push(certificate.alipay_serial());
        }
    }
    Ok(serials.join("_"))
}

fn parse(bytes: &[u8]) -> Option<Certificate> {
    let (certificate, _) = expect(bytes, SEQUENCE)?;
    let (mut body, _) = expect(certificate, SEQUENCE)?;
    if let Some((_, rest)) = expect(body, VERSION) {
        body = rest;
    }
    let (serial, rest) = expect(body, INTEGER)?;
    let (algorithm, rest) = expect(rest, SEQUENCE)?;
    let (algorithm, _) = expect(algorithm, OBJECT_IDENTIFIER)?;
    let (issuer, rest) = expect(rest, SEQUENCE)?;
    let (_validity, rest) = expect(rest, SEQUENCE)?;
    let (_subject, rest) = expect(rest, SEQUENCE)?;
    let (_, after_key) = expect(rest, SEQUENCE)?;
    Some(Certificate {
        serial: serial.to_vec(),
        issuer: name(issuer)?,
        is_rsa_signed: algorithm.starts_with(&RSA),
        public_key: rest[..rest.len() - after_key.len()].to_vec(),
    })
}

fn name(mut sets: &[u8]) -> Option<Vec<(String, String)>> {
    let mut parts = Vec::new();
    while !sets.is_empty() {
        let (set, rest) = expect(sets, SET)?;
        let (pair, _) = expect(set, SEQUENCE)?;
        let (identifier, value) = expect(pair, OBJECT_IDENTIFIER)?;
        let (_, text, _) = element(value)?;
        let short = match identifier {
            [0x55, 0x04, part] => NAMES.iter().find(|(number, _)| number == part),
            _ => None,
        };
        let label = short.map_or_else(
            || HEXLOWER.encode(identifier),
            |(_, name)| (*name).to_owned(),
        );
        parts.push((label, String::from_utf8(text.to_vec()).ok()?));
        sets = rest;
    }
    Some(parts)
}

/// The content of an element with this tag, and what follows it.
fn expect(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (found, content, rest) = element(bytes)?;
    (found == tag).then_some((content, rest))
}

/// Tag, content and what follows the first element.
fn element(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, rest) = bytes.split_first()?;
    let (&first, rest) = rest.split_first()?;
    let (length, rest) = if first < 0x80 {
        (usize::from(first), rest)
    } else {
        let (digits, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
        let add = |sum: usize, digit: &u8| sum.checked_mul(256)?.checked_add(usize::from(*digit));
        (digits.iter().try_fold(0, add)?, rest)
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((tag, content, rest))
}

/// A big-endian number in decimal.
fn decimal(bytes: &[u8]) -> String {
    // Least significant digit first.
    let mut digits = vec![0_u32];
    for byte in bytes {
        let mut carry = u32::from(*byte);
        for digit in &mut digits {
            let sum = *digit * 256 + carry;
            *digit = sum % 10;
            carry = sum / 10;
        }
        while carry > 0 {
            digits.push(carry % 10);
            carry /= 10;
        }
    }
    (digits.iter().rev())
        .filter_map(|digit| char::from_digit(*digit, 10))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vectors::{count, published, text};
    use rstest::rstest;

    #[test]
    fn big_numbers_are_written_in_decimal() {
        assert_eq!(decimal(&[0]), "0");
        assert_eq!(decimal(&[0, 0xff]), "255");
        assert_eq!(
            decimal(&[1, 0, 0, 0, 0, 0, 0, 0, 0]),
            "18446744073709551616"
        );
    }

    #[test]
    fn published_serials_come_out_alike() {
        let vectors = published("alipay.json", "cert_sn");
        for vector in &vectors {
            let pem = text(vector, "pem");
            let serial = if vector["root"] == true {
                root_serial(pem).unwrap()
            } else {
                Certificate::from_pem(pem).unwrap().alipay_serial()
            };
            assert_eq!(serial, text(vector, "sn"), "{}", vector["id"]);
        }
        count("published cert_sn", vectors.len());
    }

    #[rstest]
    #[case::empty("")]
    #[case::another_content("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----")]
    #[case::no_pem("MIIB")]
    fn what_is_no_certificate_is_refused(#[case] wrong: &str) {
        assert!(Certificate::from_pem(wrong).is_err(), "{wrong}");
    }
}
