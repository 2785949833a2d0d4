//! Notices of the payment providers: verify, store, apply, acknowledge.

mod statement;

use domain::audit::AuditExemption;
use std::time::Duration;

use chrono::TimeDelta;
use domain::money_case::CaseKind;
use domain::payment::{MerchantAccount, NoticeResult, NoticeStatement, Provider};
use domain::{NoticeId, Sealed};
use providers::payment::Notice;
use providers::wechat_pay::{self, NoticeError, SignatureError, SignatureHeaders};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::StoreError;
use store::notice::StoredNotice;

use statement::act;

use crate::merchant::{self, Client};
use crate::money_case::{self, Matter};
use crate::payment::Source;
use crate::vault::{Purpose, Scope};
use crate::{Context, Failure};

/// How long acting on a notice may take; the provider waits 5 s for its answer.
const APPLY_BUDGET: Duration = Duration::from_secs(2);
/// A notice that was stored but not acted on is taken up after this.
const LEFT_OVER_AFTER: TimeDelta = TimeDelta::seconds(30);
/// One that could not be acted on then is taken up again after this; so is one whose taker died.
const TRY_AGAIN_AFTER: TimeDelta = TimeDelta::minutes(1);
/// How many of those one round takes up.
const BATCH: u64 = 50;

/// What acknowledges a notice in the old form.
pub const OLD_FORM_ANSWER: &str = wechat_pay::V2_ACK;

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
    /// `WeChat` Pay's old form, which is acknowledged and not believed.
    OldForm,
}

/// What the inbox keeps of a notice, sealed.
#[derive(Serialize, Deserialize)]
struct Kept {
    /// What it stated.
    said: NoticeStatement,
    /// The content as it came.
    plaintext: String,
}

/// A notice that was verified.
struct Arrival<'a> {
    provider: Provider,
    account: &'a str,
    notice: Notice,
    headers: Value,
    body: &'a [u8],
}

/// Takes a notice of `WeChat` Pay, about a payment or a refund.
pub async fn wechat(
    context: &Context,
    account: &str,
    headers: &WechatHeaders,
    body: &[u8],
) -> Receipt {
    let provider = Provider::WechatPay;
    let client = match client(context, provider, account).await {
        Ok(Some(Client::WechatPay(client, _))) => client,
        Ok(Some(_) | None) => return refuse(context, provider, "account", ""),
        Err(error) => return try_again(context, &error),
    };
    if wechat_pay::is_v2_xml(body) {
        return console_refund(context, account).await;
    }
    let signature = SignatureHeaders {
        serial: &headers.serial,
        timestamp: &headers.timestamp,
        nonce: &headers.nonce,
        signature: &headers.signature,
    };
    let notice = match client.open_notice(&signature, body) {
        Ok(notice) => notice,
        // The platform tries whether we verify at all.
        Err(NoticeError::Signature(SignatureError::Probe)) => return Receipt::Refused,
        Err(error) => {
            let mut seen = "";
            if let NoticeError::Signature(SignatureError::UnknownSerial(serial)) = &error {
                seen = serial;
            }
            return refuse(context, provider, error.reason(), seen);
        }
    };
    let headers = json!({
        "serial": headers.serial,
        "timestamp": headers.timestamp,
        "nonce": headers.nonce,
        "signature": headers.signature,
    });
    let arrival = Arrival {
        provider,
        account,
        notice,
        headers,
        body,
    };
    receive(context, arrival).await
}

/// The client of the account that an address names.
async fn client(
    context: &Context,
    provider: Provider,
    name: &str,
) -> Result<Option<Client>, Failure> {
    let account = MerchantAccount { provider, name };
    let found = merchant::by_account(context, account).await?;
    Ok(found.map(|merchant| merchant.client))
}

/// A refund that was made on the provider's own pages is told in the old form, which cannot be verified: nothing of it
/// is believed, and a person is given one hint a day. The bill tells the rest.
async fn console_refund(context: &Context, account: &str) -> Receipt {
    let day = domain::day_in_china(context.now());
    let matter = Matter {
        kind: CaseKind::ConsoleRefund,
        key: format!("{}:{account}:{day}", Provider::WechatPay),
        merchant: MerchantAccount {
            provider: Provider::WechatPay,
            name: account,
        },
        order: None,
        amount: None,
        facts: json!({ "day": day, money_case::UNVERIFIED: true }),
    };
    let on = context.store.reader();
    let key = matter.key.clone();
    match store::money_case::is_known(on, matter.kind, &key).await {
        Ok(true) => Receipt::OldForm,
        Ok(false) => match hint(context, matter).await {
            Ok(()) => Receipt::OldForm,
            Err(error) => try_again(context, &error),
        },
        Err(error) => try_again(context, &error.into()),
    }
}

async fn hint(context: &Context, matter: Matter<'_>) -> Result<(), Failure> {
    let tx = context.store.begin().await?;
    money_case::open(context, &tx, matter).await?;
    Ok(store::commit(tx, AuditExemption::ProviderRecord).await?)
}

/// Takes a notice of Alipay.
pub async fn alipay(context: &Context, account: &str, body: &[u8]) -> Receipt {
    let provider = Provider::Alipay;
    let client = match client(context, provider, account).await {
        Ok(Some(Client::Alipay(client))) => client,
        Ok(Some(_) | None) => return refuse(context, provider, "account", ""),
        Err(error) => return try_again(context, &error),
    };
    match client.open_notice(body) {
        Ok(notice) => {
            let arrival = Arrival {
                provider,
                account,
                notice,
                headers: json!({}),
                body,
            };
            receive(context, arrival).await
        }
        Err(error) => refuse(context, provider, error.reason(), ""),
    }
}

/// How much of a text that a stranger may have sent is logged, in characters; the serial of a key has at most 46.
const MOST_SEEN: usize = 48;

/// Nothing is stored of what is not verified, and a line a minute for each provider and reason is written: anybody could
/// fill the disk with more. `why` is a fixed word; what was `seen`, if anything, is cut and loses what is no plain letter.
fn refuse(context: &Context, provider: Provider, why: &'static str, seen: &str) -> Receipt {
    metrics::counter!("notices_refused_total", "provider" => provider.as_str(), "why" => why)
        .increment(1);
    let group = format!("A notice was refused: {provider}, {why}");
    if let Some(count) = context.warnings_to_write(&group) {
        let seen = seen.chars().filter(char::is_ascii_graphic).take(MOST_SEEN);
        let seen: String = seen.collect();
        tracing::warn!(
            payment.provider = %provider, notice.refused = why, notice.seen = seen,
            log.count = count, "{group}"
        );
    }
    Receipt::Refused
}

fn try_again(context: &Context, error: &Failure) -> Receipt {
    context.report("A notice was not acted on", error);
    Receipt::TryAgain
}

async fn receive(context: &Context, arrival: Arrival<'_>) -> Receipt {
    tracing::info!(
        payment.provider = %arrival.provider,
        payment.merchant_account = arrival.account,
        payment.out_trade_no = arrival.notice.out_trade_no,
        notice.kind = arrival.notice.kind,
        "A notice of {} came", arrival.provider
    );
    let handled = tokio::time::timeout(APPLY_BUDGET, handle(context, &arrival)).await;
    match handled {
        Ok(Ok(())) => Receipt::Stored,
        Ok(Err(error)) => try_again(context, &error),
        Err(_) => try_again(context, &Failure::Fault("it took too long")),
    }
}

/// Stores and acts. A payment is stored and acted on in one transaction, so that its provider waits for one commit; what
/// has to ask a provider is stored first. Whatever happens in between, the notice is not lost: it is either stored, or not
/// acknowledged and sent again.
async fn handle(context: &Context, arrival: &Arrival<'_>) -> Result<(), Failure> {
    let statement = &arrival.notice.statement;
    let row = row_of(context, arrival).await?;
    if !statement.is_payment_alone() {
        let row = keep(context, &row).await?;
        return match row.processed_at {
            Some(_) => Ok(()),
            None => finish(context, &row, statement).await,
        };
    }
    let account = MerchantAccount {
        provider: arrival.provider,
        name: arrival.account,
    };
    let acted = act(context, account, statement, Source::Notice(&row)).await;
    if acted.is_err() {
        // It is taken up later, also where its provider gives up.
        keep(context, &row).await?;
    }
    acted.map(|_| ())
}

/// A notice as it is stored; one that calls for nothing is done with.
async fn row_of(context: &Context, arrival: &Arrival<'_>) -> Result<StoredNotice, Failure> {
    let sealer = context.sealer(Scope::Platform, Purpose::Payment).await?;
    let (id, now) = (context.new_id(NoticeId::new), context.now());
    let seal = |column, content: &[u8]| {
        let bytes = sealer.seal("notify_inbox", column, id.0, content);
        bytes.map(Sealed::from)
    };
    let notice = &arrival.notice;
    let kept = json!(Kept {
        said: notice.statement.clone(),
        plaintext: notice.plaintext.clone(),
    });
    let is_done = notice.statement == NoticeStatement::Nothing;
    Ok(StoredNotice {
        id,
        provider: arrival.provider,
        merchant_account: arrival.account.to_owned(),
        dedupe_key: notice.id.clone(),
        kind: notice.kind.clone(),
        out_trade_no: notice.out_trade_no.clone(),
        headers: arrival.headers.clone(),
        // Alipay's body is not encrypted and names the payer.
        raw: seal("raw", arrival.body)?,
        content: Some(seal("plaintext_sealed", kept.to_string().as_bytes())?),
        received_at: now,
        processed_at: is_done.then_some(now),
        result: is_done.then_some(NoticeResult::Noted),
        error: None,
        seen_count: 1,
        next_try_at: (!is_done).then(|| now + LEFT_OVER_AFTER),
    })
}

async fn keep(context: &Context, row: &StoredNotice) -> Result<StoredNotice, Failure> {
    Ok(store::notice::receive(context.store.writer(), row).await?)
}

/// Acts on a notice that is stored and notes what that came to.
async fn finish(
    context: &Context,
    row: &StoredNotice,
    statement: &NoticeStatement,
) -> Result<(), Failure> {
    let account = MerchantAccount {
        provider: row.provider,
        name: &row.merchant_account,
    };
    let result = act(context, account, statement, Source::StoredNotice).await?;
    let tx = context.store.begin().await?;
    store::notice::mark_processed(&tx, row, result, context.now()).await?;
    Ok(store::commit(tx, AuditExemption::ProviderRecord).await?)
}

/// Takes up notices that were stored but not acted on, from what they said: the provider need not be asked.
pub(crate) async fn sweep(context: &Context) -> Result<(), Failure> {
    let on = context.store.reader();
    for row in store::notice::left_over(on, context.now(), BATCH).await? {
        if let Err(error) = take_up(context, &row).await {
            let span = tracing::info_span!(
                "notice", notice.id = %row.id.0, payment.out_trade_no = row.out_trade_no
            );
            let (what, number) = (
                "A stored notice could not be acted on",
                row.id.0.to_string(),
            );
            span.in_scope(|| context.report_about(what, &number, &error));
            let tx = context.store.begin().await?;
            store::notice::note_error(&tx, &row, &error.to_string()).await?;
            store::commit(tx, AuditExemption::ProviderRecord).await?;
        }
    }
    Ok(())
}

async fn take_up(context: &Context, row: &StoredNotice) -> Result<(), Failure> {
    let tx = context.store.begin().await?;
    let until = context.now() + TRY_AGAIN_AFTER;
    let is_ours = store::notice::claim(&tx, row, until).await?;
    store::commit(tx, AuditExemption::ProviderRecord).await?;
    if !is_ours {
        return Ok(());
    }
    let unreadable = || StoreError::Corrupt {
        what: "notify_inbox.plaintext_sealed".into(),
    };
    let sealed = row.content.as_ref().ok_or_else(unreadable)?;
    let sealed = sealed.as_bytes();
    let text = context.open_text("notify_inbox", "plaintext_sealed", row.id.0, sealed);
    let kept: Kept = serde_json::from_str(&text.await?).map_err(|_| unreadable())?;
    finish(context, row, &kept.said).await
}
