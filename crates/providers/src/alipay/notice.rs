//! Notices: a form, parsed once, verified over its bytes as received, and decoded afterwards as its signed `charset` says.

use super::{
    credentials::Credentials,
    encoding,
    sign::notice_content,
    trade::{Facts, TradeError},
};
use crate::payment::Notice;
use percent_encoding::percent_decode;
use std::collections::BTreeMap;

/// The longest notice that is read, in bytes.
const LIMIT: usize = 64 * 1024;

/// Why a notice is turned away; each is answered with `fail`.
#[derive(Debug, thiserror::Error)]
pub enum NoticeError {
    /// Longer than 64 KiB.
    #[error("the notice is too long")]
    TooLong,
    /// A parameter came twice, so that what is signed is not one thing.
    #[error("the parameter {0:?} came twice")]
    Twice(String),
    /// Not signed by Alipay.
    #[error("the notice's signature is not good")]
    Signature,
    /// Signed, but without something that every notice has.
    #[error("the parameter {0:?} is missing")]
    Missing(&'static str),
    /// Signed, but in an encoding that Alipay does not write.
    #[error("the notice is written in an unknown encoding")]
    Charset,
    /// Signed, but for another application or seller.
    #[error("the notice belongs to another account")]
    OtherAccount,
    /// Signed, but not evidence.
    #[error("the notice's trade cannot be used")]
    Trade(#[from] TradeError),
}

impl NoticeError {
    /// The reason in a fixed word, for logs and metrics: what strangers send must not choose what is written there.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::TooLong => "too_long",
            Self::Twice(_) => "twice",
            Self::Signature => "signature",
            Self::Missing(_) => "missing",
            Self::Charset => "charset",
            Self::OtherAccount => "other_account",
            Self::Trade(_) => "trade",
        }
    }
}

/// Verifies and reads a notice. `body` is the POST body alone: our own query parameters are not
/// part of what is signed.
pub fn open(credentials: &Credentials, body: &[u8]) -> Result<Notice, NoticeError> {
    let raw = parse(body)?;
    verify(credentials, &raw)?;
    let charset = raw.get("charset").map(Vec::as_slice);
    let encoding = encoding::named(charset).ok_or(NoticeError::Charset)?;
    let decode = |value: &Vec<u8>| encoding.decode_without_bom_handling(value).0.into_owned();
    let parameters: BTreeMap<String, String> = raw
        .iter()
        .map(|(name, value)| (name.clone(), decode(value)))
        .collect();
    let required = |name| parameters.get(name).ok_or(NoticeError::Missing(name));
    let optional = |name| {
        parameters
            .get(name)
            .map(String::as_str)
            .filter(|text| !text.is_empty())
    };
    let facts = Facts {
        out_trade_no: required("out_trade_no")?,
        trade_status: required("trade_status")?,
        trade_no: optional("trade_no"),
        total_amount: optional("total_amount"),
        currency: optional("trans_currency"),
        paid_at: optional("gmt_payment"),
        payer: optional("buyer_open_id").or_else(|| optional("buyer_id")),
        is_refund: optional("refund_fee").is_some(),
    };
    let trade = facts.trade()?;
    let out_refund_no = optional("out_biz_no").map(str::to_owned);
    Ok(Notice {
        id: required("notify_id")?.clone(),
        kind: facts.trade_status.to_owned(),
        out_trade_no: Some(trade.out_trade_no.clone()),
        statement: trade.into_statement(out_refund_no),
        plaintext: serde_json::json!(parameters).to_string(),
    })
}

/// Requires Alipay's signature, and that the message is for this account.
fn verify(
    credentials: &Credentials,
    parameters: &BTreeMap<String, Vec<u8>>,
) -> Result<(), NoticeError> {
    let required = |name| {
        let found = parameters.get(name).map(Vec::as_slice);
        found.ok_or(NoticeError::Missing(name))
    };
    let signature = std::str::from_utf8(required("sign")?).map_err(|_| NoticeError::Signature)?;
    let content = notice_content(parameters);
    if !credentials.key_ring.verifies(&content, signature, None) {
        return Err(NoticeError::Signature);
    }
    let Credentials {
        app_id, seller_id, ..
    } = credentials;
    let is_ours =
        required("app_id")? == app_id.as_bytes() && required("seller_id")? == seller_id.as_bytes();
    if is_ours {
        Ok(())
    } else {
        Err(NoticeError::OtherAccount)
    }
}

/// The parameters with their values as bytes: which characters those are is only known afterwards.
fn parse(body: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, NoticeError> {
    if body.len() > LIMIT {
        return Err(NoticeError::TooLong);
    }
    // A form may end with a line break. In a value one would be encoded, so that this is no part of the last value.
    let end = body.iter().rposition(|byte| !matches!(byte, b'\r' | b'\n'));
    let body = end.map_or_else(Default::default, |end| &body[..=end]);
    let mut parameters = BTreeMap::new();
    for pair in body.split(|byte| *byte == b'&') {
        let mut parts = pair.splitn(2, |byte| *byte == b'=').map(decoded);
        let (name, value) = (
            parts.next().unwrap_or_default(),
            parts.next().unwrap_or_default(),
        );
        let name = String::from_utf8_lossy(&name).into_owned();
        if pair.is_empty() {
            continue;
        }
        if parameters.insert(name.clone(), value).is_some() {
            return Err(NoticeError::Twice(name));
        }
    }
    Ok(parameters)
}

/// The bytes of a name or value of a form.
fn decoded(encoded: &[u8]) -> Vec<u8> {
    let spaced: Vec<u8> = encoded
        .iter()
        .map(|byte| if *byte == b'+' { b' ' } else { *byte })
        .collect();
    percent_decode(&spaced).collect()
}
