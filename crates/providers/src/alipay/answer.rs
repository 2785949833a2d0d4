//! An answer of the gateway: one object whose exact bytes are signed.

use super::{credentials::KeyRing, encoding, error::Rejection};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// An answer, taken apart without touching the bytes that are signed.
#[derive(Debug, PartialEq, Eq)]
pub struct Envelope<'a> {
    /// The inner object, byte for byte.
    pub content: &'a [u8],
    /// Its signature.
    pub signature: String,
    /// The certificate that it was signed with, where certificates are in use.
    pub certificate: Option<String>,
}

/// Why an answer is not believed.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// No JSON object.
    #[error("the answer is no JSON object")]
    Form(#[from] serde_json::Error),
    /// Neither the expected object nor an error.
    #[error("the answer has no {0}")]
    Missing(&'static str),
    /// The gateway's own error, which comes unsigned: it proves nothing.
    #[error("the gateway says: {0}")]
    Unsigned(String),
    /// The bytes were not signed with Alipay's key.
    #[error("the signature does not fit")]
    Mismatch,
}

impl<'a> Envelope<'a> {
    /// Takes apart the answer to `method`, such as `alipay.trade.query`; UTF-8 or GBK.
    pub fn read(body: &'a [u8], method: &str) -> Result<Self, AnswerError> {
        let outline = match std::str::from_utf8(body) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => Cow::Owned(encoding::outline(body)),
        };
        let parts: BTreeMap<&str, &RawValue> = serde_json::from_str(&outline)?;
        let name = format!("{}_response", method.replace('.', "_"));
        // A part lies in the body where it lies in the outline.
        let part = |name: &str| {
            let part = parts.get(name)?.get();
            let start = part.as_ptr().addr().checked_sub(outline.as_ptr().addr())?;
            body.get(start..start + part.len())
        };
        if let Some(error) = part("error_response") {
            let rejection: Rejection = serde_json::from_str(&encoding::text(error))?;
            return Err(AnswerError::Unsigned(rejection.to_string()));
        }
        let certificate = part("alipay_cert_sn").map(serde_json::from_slice);
        let signature = part("sign").ok_or(AnswerError::Missing("signature"));
        Ok(Self {
            content: part(&name).ok_or(AnswerError::Missing("content"))?,
            signature: serde_json::from_slice(signature?)?,
            certificate: certificate.transpose()?,
        })
    }

    /// The text of the inner object, once the signature of its bytes is found good.
    pub fn verified(self, keys: &KeyRing) -> Result<Cow<'a, str>, AnswerError> {
        if keys.verifies(self.content, &self.signature, self.certificate.as_deref()) {
            Ok(encoding::text(self.content))
        } else {
            Err(AnswerError::Mismatch)
        }
    }
}
