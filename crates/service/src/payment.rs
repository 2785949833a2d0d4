//! Payment attempts: begin, ask, apply.

mod apply;
mod ask;
mod channel;
mod create;
mod open_id;
mod poll;
mod request;
mod step;
mod unavailable;

pub(crate) use apply::{Proof, Source, apply_success};
pub(crate) use ask::{Asked, Ended, ask, end};
pub(crate) use channel::Channel;
pub use open_id::wechat_authorisation;
pub(crate) use poll::sweep;
pub use request::{PaymentRequest, PendingPayment, WechatReturn};
pub(crate) use unavailable::provider_unavailable;

use chrono::{DateTime, TimeDelta, Utc};
use domain::limit::ATTEMPTS_TO_CONFIRM;
use domain::order::{Order, OrderNo, OrderStatus};
use domain::payment::{Device, Disposition, MerchantAccount, News, Provider};
use domain::{AttemptId, FieldError, ProblemCode, Refusal};
use futures_util::future::join_all;
use providers::payment::{Credential, InApp};

use store::overview::OrderMoney;

use crate::idempotency::{Claim, KeyOwner};
use crate::order;
use crate::session::Student;
use crate::{Context, Failure, merchant};

/// How far back a student's word reaches: attempts older than this were asked about to their end.
const CONFIRM_REACH: TimeDelta = TimeDelta::days(2);

/// What the browser is given.
#[derive(Debug, Clone)]
pub enum Shown {
    /// The content of a QR code to draw.
    Qr(String),
    /// The address to go to.
    Redirect(String),
    /// What `WeChat`'s own payment window wants, signed now.
    Jsapi(InApp),
}

/// What came of beginning a payment.
#[derive(Debug, Clone)]
pub struct Begun {
    /// The payment.
    pub payment: PendingPayment,
    /// What the browser is given.
    pub shown: Shown,
    /// Whether the same request was answered before.
    pub is_replayed: bool,
}

/// Who can take the money for an order, as seen from a device.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ways {
    /// Those that can be paid there.
    pub here: Vec<Provider>,
    /// Those that can be paid from another browser only.
    pub elsewhere: Vec<Provider>,
}

/// Whether an order is paid.
#[derive(Debug, Clone)]
pub struct Status {
    /// What the order looks like from outside.
    pub status: OrderStatus,
    /// The attempt that can be paid now; a code of any other is no longer to be shown.
    pub open_attempt: Option<AttemptId>,
    /// When a provider was last asked.
    pub asked_at: Option<DateTime<Utc>>,
    /// Whether money came that the order does not need.
    pub has_surplus: bool,
    /// Whether a person looks at the payment.
    pub needs_review: bool,
    /// What the student must know about the money.
    pub news: Vec<News>,
}

/// Tells who can take the money for an order, and whether from this device.
///
/// # Errors
/// `order.unknown`, also where it is somebody else's.
pub async fn ways(
    context: &Context,
    student: &Student,
    order_no: &str,
    device: Device,
) -> Result<Ways, Failure> {
    let order = order::find(context, student, order_no).await?;
    let mut ways = Ways::default();
    for &provider in Provider::ALL {
        let Some(merchant) = open_id::merchant_of(context, &order, provider).await? else {
            continue;
        };
        if create::offered(&merchant, device).next().is_some() {
            ways.here.push(provider);
        } else {
            ways.elsewhere.push(provider);
        }
    }
    Ok(ways)
}

/// Begins a payment, or gives the one again that still works.
///
/// # Errors
/// `order.unknown`; `order.already_paid`; `order.closed`, also where its price changed and another order took its place;
/// `request.version_conflict` where that happens now; `order.nothing_due`; `task.closed`; `payment.channel_unavailable`;
/// `payment.product_unavailable`; `payment.wechat_login_required`; `payment.provider_unavailable`;
/// `payment.outcome_unknown`; `payment.too_many_attempts`; the `request.idempotency_key_*` codes.
pub async fn create(
    context: &Context,
    student: &Student,
    ask: PaymentRequest<'_>,
) -> Result<Begun, Failure> {
    let provider = Provider::parse(ask.provider).ok_or_else(|| {
        let words: Vec<_> = Provider::ALL.iter().map(|word| word.as_str()).collect();
        let error = FieldError::new("/provider", ProblemCode::PaymentChannelUnknown);
        Refusal::field(error.with("expected", words.join(", ")))
    })?;
    let order = order::find(context, student, ask.order_no).await?;
    let merchant = open_id::merchant(context, &order, provider).await?;
    let product = create::product(ask, &merchant)?;
    // What WeChat sent the browser back with is another text each time.
    let meant = format!("{provider}\n{product}");
    let owner = KeyOwner::Account(student.account_id);
    let claim = Claim::new(context, &ask.request.with_content(meant), owner);
    let work = Box::pin(async {
        let payer = open_id::payer(context, student, &order, product, &merchant, ask).await?;
        let wanted = create::Wanted {
            merchant: &merchant,
            product,
            payer,
        };
        Box::pin(create::begin(context, &order, &wanted)).await
    });
    let begun = claim.once_across_calls(work).await?;
    Ok(Begun {
        shown: shown(context, &begun.value).await?,
        payment: begun.value,
        is_replayed: begun.is_replayed,
    })
}

/// What the browser is given; what is signed for the app is signed anew each time.
async fn shown(context: &Context, payment: &PendingPayment) -> Result<Shown, Failure> {
    Ok(match &payment.credential {
        Credential::QrCode(text) => Shown::Qr(text.clone()),
        Credential::Redirect(address) => Shown::Redirect(address.clone()),
        Credential::Prepay(prepay_id) => {
            let account = MerchantAccount {
                provider: payment.provider,
                name: &payment.account,
            };
            let merchant = merchant::by_account(context, account).await?;
            let signed = merchant.and_then(|merchant| merchant.channel().in_app(prepay_id));
            Shown::Jsapi(signed.ok_or(ProblemCode::PaymentChannel)?)
        }
    })
}

/// Asks the providers about the latest attempts of an order that may have been paid, because the student says that they paid;
/// then tells whether it is.
///
/// # Errors
/// `order.unknown`, also where it is somebody else's.
pub async fn confirm(
    context: &Context,
    student: &Student,
    order_no: &str,
) -> Result<Status, Failure> {
    let found = order::find(context, student, order_no).await?;
    let attempts = store::payment::of_order(context.store.reader(), &found).await?;
    let reaches_back = context.now() - CONFIRM_REACH;
    let mut may_be_paid: Vec<_> = attempts
        .iter()
        .filter(|attempt| attempt.paid_at.is_none() && attempt.created_at > reaches_back)
        .collect();
    may_be_paid.sort_unstable_by_key(|attempt| std::cmp::Reverse(attempt.created_at));
    // Older ones are asked about in the background.
    let latest = may_be_paid.into_iter().take(ATTEMPTS_TO_CONFIRM);
    let asking = latest.map(|attempt| ask::ask_if_due(context, attempt));
    for asked in join_all(asking).await {
        asked?;
    }
    now(context, student, order_no).await
}

/// Tells whether an order is paid, asking the provider too where that is due.
///
/// # Errors
/// `order.unknown`, also where it is somebody else's.
pub async fn status(
    context: &Context,
    student: &Student,
    order_no: &str,
) -> Result<Status, Failure> {
    let found = with_money(context, student, order_no).await?;
    let waiting = found.1.attempts.iter();
    let waiting = waiting.filter(|attempt| attempt.state.is_waiting());
    let asking = waiting.map(|attempt| ask::ask_if_due(context, attempt));
    let mut was_asked = false;
    for asked in join_all(asking).await {
        was_asked |= asked?.is_some();
    }
    if was_asked {
        return now(context, student, order_no).await;
    }
    let (order, money) = found;
    Ok(told(context, &order, money))
}

async fn now(context: &Context, student: &Student, order_no: &str) -> Result<Status, Failure> {
    let (order, money) = with_money(context, student, order_no).await?;
    Ok(told(context, &order, money))
}

async fn with_money(
    context: &Context,
    student: &Student,
    order_no: &str,
) -> Result<(Order, OrderMoney), Failure> {
    let order_no: OrderNo = order_no.parse().map_err(|_| ProblemCode::OrderUnknown)?;
    let on = context.store.reader();
    let found = store::overview::money_of_number(on, student.account_id, &order_no).await?;
    found.ok_or_else(|| ProblemCode::OrderUnknown.into())
}

fn told(context: &Context, row: &Order, money: OrderMoney) -> Status {
    let (attempts, refunds) = (money.attempts, money.refunds);
    Status {
        status: order::status(context, row.state, &attempts),
        open_attempt: attempts
            .iter()
            .find(|attempt| create::is_payable(context, attempt))
            .map(|attempt| attempt.id),
        asked_at: attempts
            .iter()
            .filter_map(|attempt| attempt.last_polled_at)
            .max(),
        has_surplus: attempts
            .iter()
            .any(|attempt| attempt.disposition == Some(Disposition::Surplus)),
        needs_review: row.needs_review,
        news: order::news(context, row, &attempts, &refunds),
    }
}
