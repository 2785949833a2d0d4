//! An answer of the gateway: one object whose exact bytes are signed.

use super::error::Rejection;
use crate::rsa::VerifyingKey;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// An answer, taken apart without touching the bytes that are signed.
#[derive(Debug, PartialEq, Eq)]
pub struct Envelope<'a> {
    /// The inner object, byte for byte.
    pub content: &'a str,
    /// Its signature.
    pub signature: String,
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
        let content = parts
            .get(name.as_str())
            .ok_or(AnswerError::Missing("content"))?
            .get();
        let signature = parts
            .get("sign")
            .ok_or(AnswerError::Missing("signature"))?
            .get();
        Ok(Self {
            content,
            signature: serde_json::from_str(signature)?,
        })
    }

    /// The inner object, once its signature is found good.
    pub fn verified(self, key: &VerifyingKey) -> Result<&'a str, AnswerError> {
        if key.verifies(self.content.as_bytes(), &self.signature) {
            Ok(self.content)
        } else {
            Err(AnswerError::Mismatch)
        }
    }
}
