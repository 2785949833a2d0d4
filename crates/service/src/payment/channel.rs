//! A merchant account, and a note of every call to it. No transaction is open here.

use domain::audit::AuditExemption;
use std::future::Future;
use std::net::IpAddr;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::ProviderCallId;
use domain::limit::CALLS_PER_MERCHANT;
use domain::order::OrderNo;
use domain::payment::{Attempt, CallOutcome, Product, Provider, ProviderOperation};
use domain::refund::{self, RefundEvidence};
use providers::payment::{
    BillKind, Closed, Created, Download, PaymentOrder, RefundNumbers, RefundOrder, Submitted,
    Trade, Way,
};
use providers::{Outcome, Reply, Trace};
use store::StoreError;
use store::provider_call::ProviderCall;

use crate::merchant::{self, Merchant};
use crate::{Context, Failure};

/// How long a close call may take while somebody waits.
const CLOSE_BUDGET: Duration = Duration::from_secs(2);
/// Longer than any call takes: the clients give up sooner.
const CALL_BUDGET: Duration = Duration::from_secs(30);
/// Longer than any bill takes.
const BILL_BUDGET: Duration = Duration::from_secs(90);

/// How far our clock may be off: providers refuse what is signed five minutes off, and round their own to a second.
const CLOCK_MARGIN: TimeDelta = TimeDelta::seconds(30);

/// The way to a merchant account.
#[derive(Clone)]
pub(crate) struct Channel<'a> {
    context: &'a Context,
    merchant: Merchant,
    /// The order that the calls are about, for the log; `None` where they are about no order of ours.
    order_no: Option<OrderNo>,
}

/// What a call is about.
#[derive(Debug, Clone, Copy)]
struct Call<'a> {
    operation: ProviderOperation,
    out_trade_no: Option<&'a str>,
    out_refund_no: Option<&'a str>,
    /// The number that the call is kept under.
    kept_as: &'a str,
}

impl<'a> Call<'a> {
    fn of_payment(operation: ProviderOperation, out_trade_no: &'a str) -> Self {
        Self {
            operation,
            out_trade_no: Some(out_trade_no),
            out_refund_no: None,
            kept_as: out_trade_no,
        }
    }

    fn of_refund(operation: ProviderOperation, numbers: RefundNumbers<'a>) -> Self {
        Self {
            operation,
            out_trade_no: Some(numbers.out_trade_no),
            out_refund_no: Some(numbers.out_refund_no),
            kept_as: numbers.out_refund_no,
        }
    }
}

/// How a call ended, in the words of metrics, log and table.
struct End<'a> {
    kind: CallOutcome,
    code: Option<&'a str>,
    /// What the provider said or what was seen instead of an answer.
    seen: Option<&'a str>,
    duration_ms: i64,
}

impl<'a> Channel<'a> {
    /// The way to this account.
    pub(crate) fn to(context: &'a Context, merchant: &Merchant) -> Self {
        Self {
            context,
            merchant: merchant.clone(),
            order_no: None,
        }
    }

    /// The channel of an attempt; `None` where its merchant account is configured no more.
    pub(crate) async fn of(
        context: &'a Context,
        attempt: &Attempt,
    ) -> Result<Option<Self>, Failure> {
        let order_no = order_no_of(context, attempt).await?;
        Self::of_order(context, attempt, &order_no).await
    }

    /// As [`Self::of`], where the number of the attempt's order is known.
    pub(super) async fn of_order(
        context: &'a Context,
        attempt: &Attempt,
        order_no: &OrderNo,
    ) -> Result<Option<Self>, Failure> {
        let merchant = merchant::by_account(context, attempt.merchant()).await?;
        if merchant.is_none()
            && let Some(count) =
                context.errors_to_write("the merchant account of a payment is gone")
        {
            tracing::error!(
                order.no = order_no.as_str(),
                payment.out_trade_no = attempt.out_trade_no,
                payment.merchant_account = attempt.merchant_account,
                log.count = count,
                "The merchant account of a payment is not configured any more"
            );
        }
        Ok(merchant.map(|merchant| Self {
            context,
            merchant,
            order_no: Some(order_no.clone()),
        }))
    }

    /// Asks for a payment; `payer` is who pays, as the product needs it.
    pub(super) async fn create(
        &self,
        attempt: &Attempt,
        payer: Option<&str>,
    ) -> Result<Outcome<Created>, Failure> {
        let params = &attempt.create_params;
        let order = PaymentOrder {
            out_trade_no: &attempt.out_trade_no,
            description: &params.description,
            amount: attempt.amount,
            begun_at: attempt.created_at,
            expires_at: attempt.expires_at,
            notify_url: &params.notify_url,
            way: way(attempt, payer, &params.return_url)?,
        };
        let call = self.merchant.channel().create(&order);
        Ok(self
            .noted(
                Call::of_payment(ProviderOperation::Create, &attempt.out_trade_no),
                CALL_BUDGET,
                call,
            )
            .await)
    }

    /// Asks how an attempt stands.
    pub(crate) async fn query(&self, out_trade_no: &str) -> Outcome<Option<Trade>> {
        let call = self.merchant.channel().query(out_trade_no);
        self.noted(
            Call::of_payment(ProviderOperation::Query, out_trade_no),
            CALL_BUDGET,
            call,
        )
        .await
    }

    /// Asks that an attempt can no longer be paid.
    pub(super) async fn close(&self, out_trade_no: &str) -> Outcome<Closed> {
        let call = self.merchant.channel().close(out_trade_no);
        self.noted(
            Call::of_payment(ProviderOperation::Close, out_trade_no),
            CLOSE_BUDGET,
            call,
        )
        .await
    }

    /// Asks that money goes back; the same refund again is the same.
    pub(crate) async fn refund(
        &self,
        attempt: &Attempt,
        refund: &refund::Refund,
        reason: &str,
    ) -> Outcome<Submitted> {
        let origin = &self.context.settings.public_origin;
        let account = &self.merchant.account;
        let order = RefundOrder {
            numbers: RefundNumbers {
                out_trade_no: &attempt.out_trade_no,
                out_refund_no: &refund.out_refund_no,
            },
            amount: refund.amount,
            total: attempt.paid.unwrap_or(attempt.amount),
            reason,
            notify_url: &match self.merchant.provider() {
                Provider::WechatPay => format!("{origin}/notify/wechat/{account}/refund"),
                Provider::Alipay => format!("{origin}/notify/alipay/{account}"),
            },
        };
        let call = self.merchant.channel().refund(&order);
        let about = Call::of_refund(ProviderOperation::Refund, order.numbers);
        self.noted(about, CALL_BUDGET, call).await
    }

    /// Asks how a refund stands.
    pub(crate) async fn query_refund(
        &self,
        numbers: RefundNumbers<'_>,
    ) -> Outcome<Option<RefundEvidence>> {
        let call = self.merchant.channel().query_refund(numbers);
        let about = Call::of_refund(ProviderOperation::QueryRefund, numbers);
        self.noted(about, CALL_BUDGET, call).await
    }

    /// Fetches a bill of a day in China.
    pub(crate) async fn bill(&self, kind: BillKind, day: NaiveDate) -> Outcome<Download> {
        let operation = match kind {
            BillKind::Trade => ProviderOperation::Bill,
            BillKind::FundFlow => ProviderOperation::FlowBill,
        };
        let call = self.merchant.channel().bill(kind, day);
        let about = Call {
            operation,
            out_trade_no: None,
            out_refund_no: None,
            kept_as: &day.to_string(),
        };
        self.noted(about, BILL_BUDGET, call).await
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
        about: Call<'_>,
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
        let took = (self.context.now() - began_at).max(TimeDelta::zero());
        self.compare_clocks(trace.date);
        let code = trace.code.as_deref();
        let (kind, code, seen) = match &outcome {
            Outcome::Definite(_) => (CallOutcome::Definite, code, None),
            Outcome::Refused(refusal) => (
                CallOutcome::Refused,
                Some(refusal.code.as_str()),
                Some(refusal.message.as_str()),
            ),
            Outcome::Unknown(seen) => (CallOutcome::Unknown, code, Some(seen.as_str())),
        };
        let end = End {
            kind,
            code,
            seen,
            duration_ms: took.num_milliseconds(),
        };
        self.count(about, &end, took);
        self.log(about, &end, &trace);
        let made = ProviderCall {
            id: self.context.new_id(ProviderCallId::new),
            at: began_at,
            merchant_account: self.merchant.account.clone(),
            operation: about.operation,
            out_no: about.kept_as.to_owned(),
            http_status: trace.http_status,
            code: code.map(str::to_owned),
            request_id: trace.request_id,
            duration_ms: i32::try_from(end.duration_ms).unwrap_or(i32::MAX),
            outcome: kind,
        };
        // What the provider said counts even where the note of it is lost.
        if let Err(error) = note(self.context, &made).await {
            self.context
                .report("A provider call was not noted", &error.into());
        }
        outcome
    }

    fn count(&self, about: Call<'_>, end: &End<'_>, took: TimeDelta) {
        let labels = [
            ("provider", self.merchant.provider().as_str()),
            ("operation", about.operation.as_str()),
        ];
        let [provider, operation] = labels;
        let with_outcome = [provider, operation, ("outcome", end.kind.as_str())];
        metrics::counter!("provider_calls_total", &with_outcome).increment(1);
        metrics::histogram!("provider_call_seconds", &labels)
            .record(took.to_std().unwrap_or_default().as_secs_f64());
    }

    /// A line for each call, by which a payment is found; and what a provider refuses or leaves unanswered for many as one
    /// line a minute for those who run the server.
    fn log(&self, about: Call<'_>, end: &End<'_>, trace: &Trace) {
        let (provider, operation) = (self.merchant.provider(), about.operation);
        tracing::info!(
            order.no = self.order_no.as_ref().map(OrderNo::as_str),
            payment.out_trade_no = about.out_trade_no,
            refund.out_refund_no = about.out_refund_no,
            payment.provider = %provider,
            payment.merchant_account = self.merchant.account,
            provider.operation = operation.as_str(),
            provider.outcome = end.kind.as_str(),
            provider.code = end.code,
            provider.said = end.seen,
            provider.http_status = trace.http_status,
            provider.request_id = trace.request_id,
            duration_ms = end.duration_ms,
            "{provider} was called, {operation}: {}", end.kind.as_str()
        );
        let (code, seen) = (end.code.unwrap_or_default(), end.seen.unwrap_or_default());
        match end.kind {
            CallOutcome::Definite => {}
            CallOutcome::Unknown => {
                let group = format!("{provider} does not answer {operation}");
                if let Some(count) = self.context.errors_to_write(&group) {
                    tracing::error!(
                        payment.provider = %provider, provider.operation = operation.as_str(),
                        log.count = count, "{group}: {seen}"
                    );
                }
            }
            CallOutcome::Refused => {
                let group = format!("{provider} refuses {operation}: {code}");
                if let Some(count) = self.context.warnings_to_write(&group) {
                    tracing::warn!(
                        payment.provider = %provider, provider.operation = operation.as_str(),
                        log.count = count, "{group} {seen}"
                    );
                }
            }
        }
    }
}

/// The provider's product with what it alone needs.
fn way<'a>(
    attempt: &Attempt,
    payer: Option<&'a str>,
    return_url: &'a str,
) -> Result<Way<'a>, Failure> {
    let payer = payer.ok_or(Failure::Fault("a payment does not say who pays"));
    Ok(match attempt.product {
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

async fn note(context: &Context, call: &ProviderCall) -> Result<(), StoreError> {
    let tx = context.store.begin().await?;
    store::provider_call::insert(&tx, call).await?;
    store::commit(tx, AuditExemption::ProviderRecord).await
}

/// The number of an attempt's order.
pub(super) async fn order_no_of(context: &Context, attempt: &Attempt) -> Result<OrderNo, Failure> {
    let (school, order) = (attempt.school_id, attempt.order_id);
    let order = store::order::by_id(context.store.reader(), school, order).await?;
    let order = order.ok_or(Failure::Fault("an order disappeared"))?;
    Ok(order.order_no)
}
