//! Notices: a form, parsed once and verified as received.

use super::{
    credentials::Credentials,
    sign::notice_content,
    trade::{Facts, TradeError},
};
use crate::payment::{Notice, NoticeContent, TradeState};
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
    /// Signed, but for another application or seller.
    #[error("the notice belongs to another account")]
    OtherAccount,
    /// Signed, but not evidence.
    #[error("the notice's trade cannot be used")]
    Trade(#[from] TradeError),
}

/// Verifies and reads a notice. `body` is the POST body alone: our own query parameters are not
/// part of what is signed.
pub fn open(credentials: &Credentials, body: &[u8]) -> Result<Notice, NoticeError> {
    let parameters = parse(body)?;
    let required = |name| required(&parameters, name);
    verify(credentials, &parameters)?;
    let optional = |name| {
        parameters
            .get(name)
            .map(String::as_str)
            .filter(|text| !text.is_empty())
    };
    let facts = Facts {
        out_trade_no: required("out_trade_no")?,
        trade_no: required("trade_no")?,
        trade_status: required("trade_status")?,
        total_amount: required("total_amount")?,
        paid_at: optional("gmt_payment"),
        payer: optional("buyer_open_id").or_else(|| optional("buyer_id")),
        is_refund: optional("refund_fee").is_some(),
    };
    let trade = facts.trade()?;
    let content = if matches!(trade.state, TradeState::Refunded(_)) {
        NoticeContent::TradeRefunded {
            trade,
            out_refund_no: optional("out_biz_no").map(str::to_owned),
        }
    } else {
        NoticeContent::Trade(trade)
    };
    Ok(Notice {
        id: required("notify_id")?.to_owned(),
        kind: facts.trade_status.to_owned(),
        content,
        plaintext: serde_json::json!(parameters).to_string(),
    })
}

/// Requires Alipay's signature, and that the message is for this account.
fn verify(
    credentials: &Credentials,
    parameters: &BTreeMap<String, String>,
) -> Result<(), NoticeError> {
    let signature = required(parameters, "sign")?;
    let content = notice_content(parameters);
    if !credentials.key_ring.verifies(&content, signature, None) {
        return Err(NoticeError::Signature);
    }
    let Credentials {
        app_id, seller_id, ..
    } = credentials;
    if required(parameters, "app_id")? == app_id && required(parameters, "seller_id")? == seller_id
    {
        Ok(())
    } else {
        Err(NoticeError::OtherAccount)
    }
}

fn required<'a>(
    parameters: &'a BTreeMap<String, String>,
    name: &'static str,
) -> Result<&'a str, NoticeError> {
    parameters
        .get(name)
        .map(String::as_str)
        .ok_or(NoticeError::Missing(name))
}

fn parse(body: &[u8]) -> Result<BTreeMap<String, String>, NoticeError> {
    if body.len() > LIMIT {
        return Err(NoticeError::TooLong);
    }
    let mut parameters = BTreeMap::new();
    for (name, value) in form_urlencoded::parse(body) {
        if parameters
            .insert(name.to_string(), value.into_owned())
            .is_some()
        {
            return Err(NoticeError::Twice(name.into_owned()));
        }
    }
    Ok(parameters)
}
