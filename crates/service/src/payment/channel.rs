//! A merchant account, and a note of every call to it. No transaction is open here.

use std::future::Future;
use std::net::IpAddr;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::limit::CALLS_PER_MERCHANT;
use domain::payment::{Product, Provider};
use domain::{Fen, ProviderCallId};
use providers::payment::{
    BillKind, Closed, Created, Download, PaymentOrder, Refund, RefundNumbers, RefundOrder,
    Submitted, Trade, Way,
};
use providers::{Outcome, Reply};
use serde::{Deserialize, Serialize};
use store::StoreError;
use store::entity::{payment_attempt, provider_call, refund};

use crate::merchant::Merchant;
use crate::{Context, Failure};

/// How long a close call may take while somebody waits.
const CLOSE_BUDGET: Duration = Duration::from_secs(2);
/// Longer than any call takes: the clients give up sooner.
const CALL_BUDGET: Duration = Duration::from_secs(30);
/// Longer than any bill takes.
const BILL_BUDGET: Duration = Duration::from_secs(90);

/// How far our clock may be off: providers refuse what is signed five minutes off, and round their own to a second.
const CLOCK_MARGIN: TimeDelta = TimeDelta::seconds(30);

/// What a create call says beside number, amount and time; kept, so that a repetition says the same.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct CreateParams {
    /// What the payer reads.
    pub(super) description: String,
    /// Where the notice goes.
    pub(super) notify_url: String,
    /// Where the browser goes after paying or giving up.
    #[serde(default)]
    pub(super) return_url: String,
}

/// The way to a merchant account.
#[derive(Clone, Copy)]
pub(crate) struct Channel<'a> {
    context: &'a Context,
    merchant: &'a Merchant,
}

impl<'a> Channel<'a> {
    /// The way to this account.
    pub(crate) fn to(context: &'a Context, merchant: &'a Merchant) -> Self {
        Self { context, merchant }
    }

    /// The channel of an attempt; `None` where its merchant account is configured no more.
    pub(crate) fn of(
        context: &'a Context,
        attempt: &payment_attempt::Model,
    ) -> Result<Option<Self>, StoreError> {
        let provider = provider_of(attempt)?;
        let merchant = context
            .merchants
            .by_account(provider, &attempt.merchant_account);
        if merchant.is_none() {
            tracing::error!(
                payment.merchant_account = attempt.merchant_account,
                "The merchant account of a payment is not configured any more"
            );
        }
        Ok(merchant.map(|merchant| Self { context, merchant }))
    }

    /// Asks for a payment; `payer` is who pays, as the product needs it.
    pub(super) async fn create(
        &self,
        attempt: &payment_attempt::Model,
        payer: Option<&str>,
    ) -> Result<Outcome<Created>, Failure> {
        let params = serde_json::from_value(attempt.create_params.clone());
        let params: CreateParams = params.map_err(|_| StoreError::Corrupt {
            what: "payment_attempts.create_params".into(),
        })?;
        let order = PaymentOrder {
            out_trade_no: &attempt.out_trade_no,
            description: &params.description,
            amount: Fen(attempt.amount_fen),
            begun_at: attempt.created_at,
            expires_at: attempt.expires_at,
            notify_url: &params.notify_url,
            way: way(attempt, payer, &params.return_url)?,
        };
        let call = self.merchant.channel().create(&order);
        Ok(self
            .noted(("create", &attempt.out_trade_no), CALL_BUDGET, call)
            .await)
    }

    /// Asks how an attempt stands.
    pub(crate) async fn query(&self, out_trade_no: &str) -> Outcome<Option<Trade>> {
        let call = self.merchant.channel().query(out_trade_no);
        self.noted(("query", out_trade_no), CALL_BUDGET, call).await
    }

    /// Asks that an attempt can no longer be paid.
    pub(super) async fn close(&self, out_trade_no: &str) -> Outcome<Closed> {
        let call = self.merchant.channel().close(out_trade_no);
        self.noted(("close", out_trade_no), CLOSE_BUDGET, call)
            .await
    }

    /// Asks that money goes back; the same refund again is the same.
    pub(crate) async fn refund(
        &self,
        attempt: &payment_attempt::Model,
        refund: &refund::Model,
        reason: &str,
    ) -> Outcome<Submitted> {
        let origin = &self.context.settings.public_origin;
        let account = &self.merchant.account;
        let order = RefundOrder {
            numbers: RefundNumbers {
                out_trade_no: &attempt.out_trade_no,
                out_refund_no: &refund.out_refund_no,
            },
            amount: Fen(refund.amount_fen),
            total: Fen(attempt.paid_fen.unwrap_or(attempt.amount_fen)),
            reason,
            notify_url: &match self.merchant.provider() {
                Provider::WechatPay => format!("{origin}/notify/wechat/{account}/refund"),
                Provider::Alipay => format!("{origin}/notify/alipay/{account}"),
            },
        };
        let call = self.merchant.channel().refund(&order);
        self.noted(("refund", &refund.out_refund_no), CALL_BUDGET, call)
            .await
    }

    /// Asks how a refund stands.
    pub(crate) async fn query_refund(&self, numbers: RefundNumbers<'_>) -> Outcome<Option<Refund>> {
        let call = self.merchant.channel().query_refund(numbers);
        self.noted(("query_refund", numbers.out_refund_no), CALL_BUDGET, call)
            .await
    }

    /// Fetches a bill of a day in China.
    pub(crate) async fn bill(&self, kind: BillKind, day: NaiveDate) -> Outcome<Download> {
        let operation = match kind {
            BillKind::Trade => "bill",
            BillKind::FundFlow => "flow_bill",
        };
        let call = self.merchant.channel().bill(kind, day);
        self.noted((operation, &day.to_string()), BILL_BUDGET, call)
            .await
    }

    /// Compares the provider's clock with ours; tells once that ours is wrong, and once that it is right again.
    fn compare_clocks(&self, theirs: Option<DateTime<Utc>>) {
        let Some(theirs) = theirs else { return };
        let provider = self.merchant.provider();
        let ahead = self.context.now() - theirs;
        let seconds = i32::try_from(ahead.num_seconds()).unwrap_or(i32::MAX);
        metrics::gauge!("clock_ahead_seconds", "provider" => provider.as_str())
            .set(f64::from(seconds));
        let is_off = ahead.abs() > CLOCK_MARGIN;
        if !self.context.merchants.is_news_of_clock(provider, is_off) {
            return;
        }
        if is_off {
            tracing::error!(
                payment.provider = %provider, clock.ahead_s = seconds,
                "Our clock and the provider's differ; it refuses calls where they differ by minutes"
            );
        } else {
            tracing::info!(payment.provider = %provider, "Our clock and the provider's agree again");
        }
    }

    /// Takes a call out of what the merchant account may make.
    fn take_call(&self) -> Result<(), TimeDelta> {
        let provider = self.merchant.provider();
        let rate = CALLS_PER_MERCHANT.times(self.context.settings.rate_factor);
        let account = (provider, self.merchant.account.clone());
        let taken = self
            .context
            .merchant_calls
            .take(account, rate, self.context.now());
        if taken.is_err() {
            metrics::counter!("provider_calls_put_off_total", "provider" => provider.as_str())
                .increment(1);
        }
        taken
    }

    /// Makes a call and notes that it was made: no secrets, no bodies. Beyond the merchant account's rate no call is made,
    /// and its outcome is as unknown as that of a call that was not answered: whoever needs it tries again.
    async fn noted<T>(
        &self,
        (operation, out_no): (&'static str, &str),
        budget: Duration,
        call: impl Future<Output = Reply<T>>,
    ) -> Outcome<T> {
        if self.take_call().is_err() {
            return Outcome::Unknown("put off: the merchant account makes too many calls".into());
        }
        let began_at = self.context.now();
        let answered = tokio::time::timeout(budget, call).await;
        let Reply { outcome, trace } =
            answered.unwrap_or_else(|_| Reply::lost("no answer in time"));
        let took = self.context.now() - began_at;
        self.compare_clocks(trace.date);
        let (word, code) = match &outcome {
            Outcome::Definite(_) => ("definite", trace.code),
            Outcome::Refused(refusal) => ("refused", Some(refusal.code.clone())),
            Outcome::Unknown(_) => ("unknown", trace.code),
        };
        metrics::counter!("provider_calls_total", "operation" => operation, "outcome" => word)
            .increment(1);
        let row = provider_call::Model {
            id: self.context.new_id(ProviderCallId::new).0,
            at: began_at,
            merchant_account: self.merchant.account.clone(),
            operation: operation.to_owned(),
            out_no: out_no.to_owned(),
            http_status: trace.http_status.map(i32::from),
            code,
            request_id: trace.request_id,
            duration_ms: i32::try_from(took.max(TimeDelta::zero()).num_milliseconds())
                .unwrap_or(i32::MAX),
            outcome: word.to_owned(),
        };
        // What the provider said counts even where the note of it is lost.
        if let Err(error) = note(self.context, row).await {
            tracing::warn!(error = ?error, "A provider call was not noted: {error}");
        }
        outcome
    }
}

/// The provider's product with what it alone needs.
fn way<'a>(
    attempt: &payment_attempt::Model,
    payer: Option<&'a str>,
    return_url: &'a str,
) -> Result<Way<'a>, Failure> {
    let product = Product::parse(&attempt.product).ok_or_else(|| StoreError::Corrupt {
        what: "payment_attempts.product".into(),
    })?;
    let payer = payer.ok_or(Failure::Fault("a payment does not say who pays"));
    Ok(match product {
        Product::Native => Way::Native,
        Product::H5 => Way::H5 {
            payer_ip: payer?
                .parse::<IpAddr>()
                .map_err(|_| Failure::Fault("a payer's address is none"))?,
            return_url,
        },
        Product::Jsapi => Way::Jsapi { openid: payer? },
        Product::Precreate => Way::Precreate,
        Product::Page => Way::Page { return_url },
        Product::Wap => Way::Wap {
            return_url,
            quit_url: return_url,
        },
    })
}

async fn note(context: &Context, row: provider_call::Model) -> Result<(), StoreError> {
    let tx = context.store.begin().await?;
    store::insert(&tx, row).await?;
    store::commit(tx).await
}

/// The provider of a stored attempt.
pub(crate) fn provider_of(attempt: &payment_attempt::Model) -> Result<Provider, StoreError> {
    Provider::parse(&attempt.provider).ok_or_else(|| StoreError::Corrupt {
        what: "payment_attempts.provider".into(),
    })
}
