//! Notices: verify the raw bytes first, read them afterwards.

use super::{
    credentials::Credentials,
    refund::{RefundError, RefundFacts},
    resource::ResourceError,
    transaction::{TransactionError, TransactionFacts},
    verify::{SignatureError, SignatureHeaders},
};
use crate::payment::Notice;
use chrono::{DateTime, Utc};
use domain::payment::NoticeStatement;
use serde::Deserialize;
use std::borrow::Cow;

/// The longest notice that is read, in bytes.
const LIMIT: usize = 64 * 1024;
/// The answer to a notice of the second API: it is not sent again.
/// Source: docs/sources.md#wechat-notices
pub const V2_ACK: &str = "<xml><return_code><![CDATA[SUCCESS]]></return_code></xml>";

/// Whether this is a notice of the second API, as a refund made in the merchant console sends it to
/// the address of the third. Without that API's key it proves nothing: acknowledge it with
/// [`V2_ACK`], keep nothing, and leave the refund to the day's bill.
pub fn is_v2_xml(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"<xml")
}

/// Why a notice is turned away; each is answered with FAIL.
#[derive(Debug, thiserror::Error)]
pub enum NoticeError {
    /// Longer than 64 KiB.
    #[error("the notice is too long")]
    TooLong,
    /// Not signed by the platform, or not now.
    #[error("the notice's signature is not good")]
    Signature(#[from] SignatureError),
    /// Signed, but not of the documented form.
    #[error("the notice cannot be read")]
    Form(#[from] serde_json::Error),
    /// Signed, but sealed for somebody else.
    #[error("the notice cannot be opened")]
    Resource(#[from] ResourceError),
    /// Sealed in a way we do not know.
    #[error("the notice is sealed with {0:?}")]
    Algorithm(String),
    /// Of the right form, but its content is not evidence for this account.
    #[error("the notice's transaction cannot be used")]
    Transaction(#[from] TransactionError),
    /// Of the right form, but the refund is not this account's.
    #[error("the notice's refund cannot be used")]
    Refund(#[from] RefundError),
}

impl NoticeError {
    /// The reason in a fixed word, for logs and metrics: what strangers send must not choose what is written there.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::TooLong => "too_long",
            Self::Signature(SignatureError::Header(_)) => "header",
            Self::Signature(SignatureError::Stale) => "stale",
            Self::Signature(SignatureError::UnknownSerial(_)) => "unknown_serial",
            Self::Signature(SignatureError::Mismatch) => "signature",
            Self::Signature(SignatureError::Probe) => "probe",
            Self::Form(_) => "form",
            Self::Resource(_) | Self::Algorithm(_) => "sealed",
            Self::Transaction(_) => "transaction",
            Self::Refund(_) => "refund",
        }
    }
}

#[derive(Deserialize)]
struct Envelope<'a> {
    id: String,
    event_type: String,
    #[serde(borrow)]
    resource: Resource<'a>,
}

#[derive(Deserialize)]
struct Resource<'a> {
    #[serde(borrow)]
    algorithm: Cow<'a, str>,
    #[serde(borrow)]
    ciphertext: Cow<'a, str>,
    #[serde(borrow)]
    nonce: Cow<'a, str>,
    #[serde(borrow, default)]
    associated_data: Option<Cow<'a, str>>,
}

/// What the plaintext of a kind that we do not know names too.
#[derive(Deserialize)]
struct Owner {
    mchid: String,
}

/// Verifies and opens a notice received at `now`. A kind that we do not know is only kept.
pub fn open(
    credentials: &Credentials,
    headers: &SignatureHeaders<'_>,
    body: &[u8],
    now: DateTime<Utc>,
) -> Result<Notice, NoticeError> {
    if body.len() > LIMIT {
        return Err(NoticeError::TooLong);
    }
    credentials.key_ring.verify(headers, body, now)?;
    let Envelope {
        id,
        event_type,
        resource,
    } = serde_json::from_slice(body)?;
    if resource.algorithm != "AEAD_AES_256_GCM" {
        return Err(NoticeError::Algorithm(resource.algorithm.into_owned()));
    }
    let plaintext = credentials.api_v3_key.open(
        &resource.nonce,
        &resource.associated_data.unwrap_or_default(),
        &resource.ciphertext,
    )?;
    let (out_trade_no, statement) = if event_type == "TRANSACTION.SUCCESS" {
        let transaction: TransactionFacts = serde_json::from_slice(&plaintext)?;
        let trade = transaction.into_trade(credentials)?;
        (Some(trade.out_trade_no.clone()), trade.into_statement(None))
    } else if event_type.starts_with("REFUND.") {
        let refund: RefundFacts = serde_json::from_slice(&plaintext)?;
        let refund = refund.of_notice(credentials)?;
        (
            Some(refund.out_trade_no.clone()),
            NoticeStatement::Refund(refund),
        )
    } else {
        let owner: Owner = serde_json::from_slice(&plaintext)?;
        if owner.mchid != credentials.mchid {
            return Err(TransactionError::OtherAccount.into());
        }
        (None, NoticeStatement::Nothing)
    };
    // It has just been read as JSON, which is UTF-8.
    let plaintext = String::from_utf8_lossy(&plaintext).into_owned();
    Ok(Notice {
        id,
        kind: event_type,
        out_trade_no,
        statement,
        plaintext,
    })
}
