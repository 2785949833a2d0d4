//! An answer of the gateway: one object whose exact bytes are signed.

use super::{credentials::KeyRing, error::Rejection};
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// An answer, taken apart without touching the bytes that are signed.
#[derive(Debug, PartialEq, Eq)]
pub struct Envelope<'a> {
    /// The inner object, byte for byte.
    pub content: &'a str,
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
    /// Takes apart the answer to `method`, such as `alipay.trade.query`.
    pub fn read(text: &'a str, method: &str) -> Result<Self, AnswerError> {
        let parts: BTreeMap<&str, &RawValue> = serde_json::from_str(text)?;
        let name = format!("{}_response", method.replace('.', "_"));
        if let Some(error) = parts.get("error_response") {
            let rejection: Rejection = serde_json::from_str(error.get())?;
            return Err(AnswerError::Unsigned(rejection.to_string()));
        }
        let part = |name: &str| parts.get(name).map(|part| part.get());
        let certificate = part("alipay_cert_sn").map(serde_json::from_str);
        let signature = part("sign").ok_or(AnswerError::Missing("signature"));
        Ok(Self {
            content: part(&name).ok_or(AnswerError::Missing("content"))?,
            signature: serde_json::from_str(signature?)?,
            certificate: certificate.transpose()?,
        })
    }

    /// The inner object, once its signature is found good.
    pub fn verified(self, keys: &KeyRing) -> Result<&'a str, AnswerError> {
        if keys.verifies(self.content, &self.signature, self.certificate.as_deref()) {
            Ok(self.content)
        } else {
            Err(AnswerError::Mismatch)
        }
    }
}
