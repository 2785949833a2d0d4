//! Notices of the payment providers: verify, store, apply, acknowledge.

use std::time::Duration;

use chrono::TimeDelta;
use domain::NoticeId;
use domain::payment::Provider;
use providers::alipay;
use providers::payment::{Notice, TradeState};
use providers::wechat_pay::{self, SignatureError, SignatureHeaders};
use serde_json::{Value, json};
use store::StoreError;
use store::entity::notify_inbox;

use crate::payment::{self, Proof, Source};
use crate::vault::{Purpose, Scope};
use crate::{Context, Failure};

/// How long acting on a notice may take; the provider waits 5 s for its answer.
const APPLY_BUDGET: Duration = Duration::from_secs(2);
/// A notice that was stored but not acted on is taken up after this.
const LEFT_OVER_AFTER: TimeDelta = TimeDelta::seconds(30);
/// How many of those one round takes up.
const BATCH: u64 = 50;

/// The headers that sign a notice of `WeChat` Pay.
#[derive(Debug, Clone)]
pub struct WechatHeaders {
    /// Which key signed.
    pub serial: String,
    /// When, in Unix seconds.
    pub timestamp: String,
    /// A random text.
    pub nonce: String,
    /// The signature.
    pub signature: String,
}

/// What became of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Receipt {
    /// Stored: the provider need not send it again.
    Stored,
    /// Not from the provider, or not for this account.
    Refused,
    /// Not stored: the provider should send it again.
    TryAgain,
}

/// A notice that was verified.
struct Arrival<'a> {
    provider: Provider,
    account: &'a str,
    notice: Notice,
    headers: Value,
    body: &'a [u8],
}

/// Takes a payment notice of `WeChat` Pay.
pub async fn wechat_payment(
    context: &Context,
    account: &str,
    headers: &WechatHeaders,
    body: &[u8],
) -> Receipt {
    let merchant = context.merchants.wechat_pay.as_ref();
    let Some(merchant) = merchant.filter(|merchant| merchant.account == account) else {
        return refuse(Provider::WechatPay, &"the address names no account");
    };
    let signature = SignatureHeaders {
        serial: &headers.serial,
        timestamp: &headers.timestamp,
        nonce: &headers.nonce,
        signature: &headers.signature,
    };
    let notice = match merchant.client.open_notice(&signature, body) {
        Ok(notice) => notice,
        Err(wechat_pay::NoticeError::Signature(SignatureError::UnknownSerial(serial))) => {
            tracing::error!(
                wechat_pay.serial = serial,
                "A notice names a key that is not configured"
            );
            return Receipt::Refused;
        }
        Err(error) => return refuse(Provider::WechatPay, &error),
    };
    let headers = json!({
        "serial": headers.serial,
        "timestamp": headers.timestamp,
        "nonce": headers.nonce,
        "signature": headers.signature,
    });
    let arrival = Arrival {
        provider: Provider::WechatPay,
        account,
        notice,
        headers,
        body,
    };
    receive(context, arrival).await
}

/// Takes a notice of Alipay.
pub async fn alipay(context: &Context, account: &str, body: &[u8]) -> Receipt {
    let merchant = context.merchants.alipay.as_ref();
    let Some(merchant) = merchant.filter(|merchant| merchant.account == account) else {
        return refuse(Provider::Alipay, &"the address names no account");
    };
    let notice: Result<Notice, alipay::NoticeError> = merchant.client.open_notice(body);
    match notice {
        Ok(notice) => {
            let arrival = Arrival {
                provider: Provider::Alipay,
                account,
                notice,
                headers: json!({}),
                body,
            };
            receive(context, arrival).await
        }
        Err(error) => refuse(Provider::Alipay, &error),
    }
}

/// Nothing is stored of what is not verified: anybody could fill the disk with it.
fn refuse(provider: Provider, why: &dyn std::fmt::Display) -> Receipt {
    tracing::warn!(payment.provider = %provider, "A notice was refused: {why}");
    Receipt::Refused
}

async fn receive(context: &Context, arrival: Arrival<'_>) -> Receipt {
    let handled = tokio::time::timeout(APPLY_BUDGET, handle(context, &arrival)).await;
    match handled {
        Ok(Ok(())) => Receipt::Stored,
        Ok(Err(error)) => {
            tracing::error!(error = ?error, "A notice was not acted on: {error}");
            Receipt::TryAgain
        }
        Err(_) => {
            tracing::error!("A notice was not acted on in time");
            Receipt::TryAgain
        }
    }
}

/// Stores first, then acts: whatever happens in between, the notice is not lost.
async fn handle(context: &Context, arrival: &Arrival<'_>) -> Result<(), Failure> {
    let row = store_arrival(context, arrival).await?;
    if row.processed_at.is_some() {
        return Ok(());
    }
    let result = act(context, arrival).await?;
    mark_processed(context, &row, result).await
}

async fn store_arrival(
    context: &Context,
    arrival: &Arrival<'_>,
) -> Result<notify_inbox::Model, Failure> {
    let sealer = context.sealer(Scope::Platform, Purpose::Payment).await?;
    let id = context.new_id(NoticeId::new).0;
    let seal = |column, content: &[u8]| sealer.seal("notify_inbox", column, id, content);
    let notice = &arrival.notice;
    let row = notify_inbox::Model {
        id,
        provider: arrival.provider.as_str().to_owned(),
        merchant_account: arrival.account.to_owned(),
        dedupe_key: notice.id.clone(),
        kind: notice.kind.clone(),
        out_trade_no: notice
            .trade
            .as_ref()
            .map(|trade| trade.out_trade_no.clone()),
        headers: arrival.headers.clone(),
        // Alipay's body is not encrypted and names the payer.
        raw: seal("raw", arrival.body)?,
        plaintext_sealed: Some(seal("plaintext_sealed", notice.plaintext.as_bytes())?),
        received_at: context.now(),
        processed_at: None,
        result: None,
        error: None,
        seen_count: 1,
    };
    let tx = context.store.begin().await?;
    let row = store::notice::receive(&tx, row).await?;
    store::commit(tx).await?;
    Ok(row)
}

/// Acts on a notice and tells what that came to.
async fn act(context: &Context, arrival: &Arrival<'_>) -> Result<&'static str, Failure> {
    let Some(trade) = &arrival.notice.trade else {
        return Ok("noted");
    };
    match &trade.state {
        TradeState::Paid(payment) | TradeState::Refunded(payment) => {
            let proof = Proof {
                provider: arrival.provider,
                account: arrival.account,
                out_trade_no: &trade.out_trade_no,
                payment,
                source: Source::Notice,
            };
            Ok(payment::apply_success(context, &proof).await?.as_str())
        }
        // An attempt that is not paid is ended by its polls.
        TradeState::NotPaid | TradeState::Closed | TradeState::Other(_) => Ok("noted"),
    }
}

async fn mark_processed(
    context: &Context,
    row: &notify_inbox::Model,
    result: &str,
) -> Result<(), Failure> {
    let tx = context.store.begin().await?;
    store::notice::mark_processed(&tx, row, result, context.now()).await?;
    Ok(store::commit(tx).await?)
}

/// Takes up notices that were stored but not acted on: the provider is asked about their attempts.
pub(crate) async fn sweep(context: &Context) -> Result<(), Failure> {
    let before = context.now() - LEFT_OVER_AFTER;
    let on = context.store.connection();
    for row in store::notice::left_over(on, before, BATCH).await? {
        if let Err(error) = finish(context, &row).await {
            tracing::error!(
                notice.id = %row.id, error = ?error,
                "A stored notice could not be acted on: {error}"
            );
        }
    }
    Ok(())
}

async fn finish(context: &Context, row: &notify_inbox::Model) -> Result<(), Failure> {
    match take_up(context, row).await? {
        Some(result) => mark_processed(context, row, result).await,
        None => Ok(()),
    }
}

/// What a stored notice came to; `None` while its provider does not answer.
async fn take_up(
    context: &Context,
    row: &notify_inbox::Model,
) -> Result<Option<&'static str>, Failure> {
    let Some(out_trade_no) = &row.out_trade_no else {
        return Ok(Some("noted"));
    };
    let provider = Provider::parse(&row.provider).ok_or_else(|| StoreError::Corrupt {
        what: "notify_inbox.provider".into(),
    })?;
    let on = context.store.connection();
    let account = &row.merchant_account;
    let found = store::payment::by_number(on, provider, account, out_trade_no).await?;
    if let Some(attempt) = found {
        return payment::confirm(context, &attempt).await;
    }
    tracing::error!(
        payment.out_trade_no = out_trade_no,
        "A notice names a number that is none of ours"
    );
    Ok(Some("unknown_attempt"))
}
