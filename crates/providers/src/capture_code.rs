//! Reading image-capture codes.
//!
//! CHSI's codes are encrypted and their format is not public, so the reader here is a double of it: it verifies codes of a
//! format of our own, which the sandbox makes. docs/decisions/0067.

use async_trait::async_trait;
use aws_lc_rs::signature::{ED25519, UnparsedPublicKey};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use domain::capture_code::{CAPTURE_CODE_MAX, CaptureCode};

/// What stands before a code of our own format, with its version.
const PREFIX: &str = "GPCC1";
/// What the signature covers, before the content: a signature of anything else by the same key counts for nothing here.
const DOMAIN: &str = "gradphoto capture code 1\n";
/// An Ed25519 public key, in bytes.
const KEY_BYTES: usize = 32;

/// Why a text gives no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CaptureCodeFault {
    /// It has another form than a code.
    #[error("the text is no capture code")]
    Malformed,
    /// It has the form of a code and is not its issuer's.
    #[error("the capture code is not signed by its issuer")]
    Forged,
}

/// A public key of another form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the public key is not an Ed25519 key of 32 bytes in Base64")]
pub struct CaptureKeyError;

/// Reads capture codes. A reader of CHSI's own codes may have to call another service, so it may take its time.
#[async_trait]
pub trait CaptureCodeReader: Send + Sync {
    /// What a code says, once it is certain that its issuer says it. Whether the code has expired is the caller's to see.
    ///
    /// # Errors
    /// [`CaptureCodeFault`].
    async fn read(&self, text: &str) -> Result<CaptureCode, CaptureCodeFault>;
}

/// Codes of our own format: `GPCC1.` content `.` signature, both in Base64 for addresses without padding. The content is
/// JSON, the signature Ed25519.
#[derive(Debug, Clone, Copy)]
pub struct SignedCodes {
    key: [u8; KEY_BYTES],
}

impl SignedCodes {
    /// Codes that are signed with the other half of this public key, which is Base64 of its 32 bytes.
    ///
    /// # Errors
    /// [`CaptureKeyError`].
    pub fn new(public_key: &str) -> Result<Self, CaptureKeyError> {
        let bytes = BASE64.decode(public_key.trim().as_bytes());
        let key = bytes.ok().and_then(|bytes| bytes.try_into().ok());
        key.map(|key| Self { key }).ok_or(CaptureKeyError)
    }
}

#[async_trait]
impl CaptureCodeReader for SignedCodes {
    async fn read(&self, text: &str) -> Result<CaptureCode, CaptureCodeFault> {
        if text.len() > CAPTURE_CODE_MAX {
            return Err(CaptureCodeFault::Malformed);
        }
        // What was copied from a message may be broken into lines.
        let text: String = text.split_whitespace().collect();
        let parts: Vec<&str> = text.split('.').collect();
        let [PREFIX, content, signature] = parts[..] else {
            return Err(CaptureCodeFault::Malformed);
        };
        let decoded = |part: &str| BASE64URL_NOPAD.decode(part.as_bytes());
        let content = decoded(content).map_err(|_| CaptureCodeFault::Malformed)?;
        // A signature that lost its end may be no Base64 any more.
        let signature = decoded(signature).map_err(|_| CaptureCodeFault::Forged)?;
        let signed = [DOMAIN.as_bytes(), &content].concat();
        UnparsedPublicKey::new(&ED25519, self.key)
            .verify(&signed, &signature)
            .map_err(|_| CaptureCodeFault::Forged)?;
        serde_json::from_slice(&content).map_err(|_| CaptureCodeFault::Malformed)
    }
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
    use rstest::rstest;

    use super::*;

    fn signer() -> Ed25519KeyPair {
        Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap()
    }

    fn reader() -> SignedCodes {
        SignedCodes::new(&BASE64.encode(signer().public_key().as_ref())).unwrap()
    }

    /// A code with this content, signed together with what stands before it.
    fn signed(before: &str, content: &str) -> String {
        let signature = signer().sign(format!("{before}{content}").as_bytes());
        format!(
            "{PREFIX}.{}.{}",
            BASE64URL_NOPAD.encode(content.as_bytes()),
            BASE64URL_NOPAD.encode(signature.as_ref())
        )
    }

    fn code() -> CaptureCode {
        CaptureCode {
            school: "99901".to_owned(),
            student_no: String::new(),
            name: "赵一帆".to_owned(),
            level: "ba".to_owned(),
            id_type: "cn_id".to_owned(),
            id_number: "11010519491231002X".to_owned(),
            year: 2026,
            expires: 1,
            nonce: "n".to_owned(),
        }
    }

    fn content() -> String {
        serde_json::to_string(&code()).unwrap()
    }

    fn good() -> String {
        signed(DOMAIN, &content())
    }

    #[rstest]
    #[case::as_issued(good())]
    #[case::broken_into_lines(format!(" {}\r\n{}\n", &good()[..20], &good()[20..]))]
    #[tokio::test]
    async fn what_the_issuer_signed_is_read(#[case] text: String) {
        assert_eq!(reader().read(&text).await, Ok(code()), "{text}");
    }

    /// A good code with another name in it.
    fn renamed() -> String {
        let other = content().replace("赵一帆", "钱多多");
        let other = BASE64URL_NOPAD.encode(other.as_bytes());
        let good = good();
        let signature = good.rsplit('.').next().unwrap();
        format!("{PREFIX}.{other}.{signature}")
    }

    #[rstest]
    #[case::signed_without_the_domain(signed("", &content()))]
    #[case::changed(renamed())]
    #[case::cut_off(good()[..good().len() - 4].to_owned())]
    #[tokio::test]
    async fn what_the_issuer_did_not_sign_is_forged(#[case] text: String) {
        let found = reader().read(&text).await;
        assert_eq!(found, Err(CaptureCodeFault::Forged), "{text}");
    }

    #[rstest]
    #[case::another_field(signed(DOMAIN, &content().replace('}', r#","more":1}"#)))]
    #[case::a_list(signed(DOMAIN, "[]"))]
    #[case::another_version(good().replace(PREFIX, "GPCC2"))]
    #[case::a_part_too_many(format!("{}.", good()))]
    #[case::an_address("https://www.chsi.com.cn/".to_owned())]
    #[case::empty(String::new())]
    #[case::too_long("G".repeat(CAPTURE_CODE_MAX + 1))]
    #[tokio::test]
    async fn what_is_no_code_of_ours_is_malformed(#[case] text: String) {
        let found = reader().read(&text).await;
        assert_eq!(found, Err(CaptureCodeFault::Malformed), "{text}");
    }

    #[rstest]
    #[case::empty("")]
    #[case::too_short("AAAA")]
    #[case::no_base64("no Base64")]
    #[case::too_long(&BASE64.encode(&[1; 33]))]
    fn a_key_of_another_form_is_refused(#[case] key: &str) {
        assert_eq!(SignedCodes::new(key).err(), Some(CaptureKeyError), "{key}");
    }
}
