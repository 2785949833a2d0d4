//! Beginning a payment: the attempt is recorded and committed before its provider hears of it.

use domain::audit::AuditExemption;
use domain::limit::{self, ATTEMPTS_PER_ORDER};
use domain::order::{Order, OrderState, attempt_expiry};
use domain::payment::{
    Attempt, AttemptState, CREDENTIAL_REUSE_MARGIN, CreateParams, Credential, Device, Product,
    Provider, next_poll,
};
use domain::task::Task;
use domain::{AttemptId, Fen, ProblemCode, Sealed};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use providers::entropy::out_trade_no;
use providers::payment::{Created, Prepared};
use providers::{Outcome, ProviderRefusal};
use store::payment::Issued;
use store::{StoreError, Tx};

use super::ask::{Asked, Ended, ask, end};
use super::channel::Channel;
use super::open_id::page_of;
use super::request::{PaymentRequest, PendingPayment};
use super::step::{PaymentStep, log_step};
use super::unavailable::provider_unavailable;
use crate::merchant::Merchant;
use crate::order::lock;
use crate::vault::{Purpose, Scope};
use crate::{Context, Failure};

/// How often a beginning is tried again because the attempt in hand turned out to be of no use.
const TRIES: usize = 3;
/// The longest description that both providers take, in characters. Source: docs/sources.md#wechat-pay.
const DESCRIPTION_LENGTH: usize = 127;
/// A credential that ends sooner is of no use to a person.
const CREDENTIAL_LAST_MOMENT: chrono::TimeDelta = chrono::TimeDelta::seconds(30);
/// A call that was begun is over by then; an attempt that is still new is asked about like any other.
const CALL_IS_OVER: chrono::TimeDelta = chrono::TimeDelta::seconds(30);

/// What is to be begun.
pub(super) struct Wanted<'a> {
    /// Who takes the money.
    pub(super) merchant: &'a Merchant,
    /// How.
    pub(super) product: Product,
    /// Who pays, where the product needs to know.
    pub(super) payer: Option<String>,
}

/// The products that a merchant account can be paid by on a device, the best first.
pub(super) fn offered(merchant: &Merchant, device: Device) -> impl Iterator<Item = Product> {
    let knows_payers = merchant.open_ids().is_some();
    let products = merchant.provider().products(device).iter().copied();
    products.filter(move |product| *product != Product::Jsapi || knows_payers)
}

/// The product to pay with: the page's choice where it works on the device, else the best that does.
pub(super) fn product(ask: PaymentRequest<'_>, merchant: &Merchant) -> Result<Product, Failure> {
    let mut offered = offered(merchant, ask.device);
    let found = match ask.product {
        Some(word) => offered.find(|product| product.as_str() == word),
        None => offered.next(),
    };
    found.ok_or_else(|| ProblemCode::PaymentProduct.into())
}

/// Begins a payment of an order, or gives the one again that still works.
pub(super) async fn begin(
    context: &Context,
    order: &Order,
    wanted: &Wanted<'_>,
) -> Result<PendingPayment, Failure> {
    for _ in 0..TRIES {
        let task = task_of(context, order).await?;
        if crate::order::is_outdated(order, &task) {
            Box::pin(crate::order::replace(context, order, &task)).await?;
            return Err(ProblemCode::OrderClosed.into());
        }
        if let Some(attempt) = attempt_to_pay(context, order, &task, wanted).await? {
            if has_fresh_credential(context, &attempt) {
                return payment(context, &attempt);
            }
            if let Some(issued) = issue(context, order, &attempt).await? {
                return payment(context, &issued);
            }
        }
    }
    Err(provider_unavailable())
}

/// The task that an order belongs to, as it is now.
pub(super) async fn task_of(context: &Context, order: &Order) -> Result<Task, Failure> {
    let task = store::task::get(context.store.reader(), order.task_id).await?;
    task.ok_or(Failure::Fault("a task disappeared"))
}

/// A credential can end long before its attempt; the same order asked for again then gives a fresh one.
fn has_fresh_credential(context: &Context, attempt: &Attempt) -> bool {
    let ends = attempt.credential_expires_at.unwrap_or(attempt.expires_at);
    attempt.credential.is_some() && ends > context.now() + CREDENTIAL_LAST_MOMENT
}

/// Whether an attempt can be shown as it is stored.
pub(super) fn is_payable(context: &Context, attempt: &Attempt) -> bool {
    attempt.is_current() && has_fresh_credential(context, attempt)
}

/// The attempt to go on with: the one that waits, or a new one. `None` where another request was faster.
async fn attempt_to_pay(
    context: &Context,
    order: &Order,
    task: &Task,
    wanted: &Wanted<'_>,
) -> Result<Option<Attempt>, Failure> {
    require_unpaid(order)?;
    require_photo(context.store.reader(), order).await?;
    let now = context.now();
    let is_usable = |attempt: &Attempt| {
        attempt.superseded_at.is_none()
            && attempt.product == wanted.product
            && attempt.merchant_account == wanted.merchant.account
            && attempt.expires_at > now + CREDENTIAL_REUSE_MARGIN
    };
    let waiting = store::payment::waiting(context.store.reader(), order).await?;
    if let Some(usable) = waiting.iter().find(|attempt| is_usable(attempt))
        && is_same_payer(context, usable, wanted).await?
    {
        return Ok(Some(usable.clone()));
    }
    require_few_attempts(context, context.store.reader(), order).await?;
    // Made before another one is ended for it: near the task's end there may be none.
    let fresh = new_attempt(context, order, task, wanted).await?;
    for attempt in waiting
        .iter()
        .filter(|attempt| attempt.superseded_at.is_none())
    {
        make_way(context, order, attempt).await?;
    }
    insert(context, order, fresh).await
}

/// A payment inside the app is made for one payer; a cashier compares the address that it was made for.
async fn is_same_payer(
    context: &Context,
    attempt: &Attempt,
    wanted: &Wanted<'_>,
) -> Result<bool, Failure> {
    Ok(payer_of(context, attempt).await? == wanted.payer)
}

/// Who was to pay an attempt, where its product needs to know.
async fn payer_of(context: &Context, attempt: &Attempt) -> Result<Option<String>, Failure> {
    let Some(sealed) = &attempt.payer else {
        return Ok(None);
    };
    let (table, column) = ("payment_attempts", "payer_ref_sealed");
    let payer = context.open_text(table, column, attempt.id.0, sealed.as_bytes());
    Ok(Some(payer.await?))
}

/// Ends an attempt in favour of another one; where its provider does not say, it stays polled.
async fn make_way(context: &Context, order: &Order, attempt: &Attempt) -> Result<(), Failure> {
    match end(context, attempt).await? {
        Ended::Paid => Err(ProblemCode::OrderPaid.into()),
        Ended::Closed | Ended::StillPayable => Ok(()),
        Ended::Unknown => {
            let tx = context.store.begin().await?;
            store::payment::supersede(&tx, attempt, context.now()).await?;
            store::commit(tx, AuditExemption::ProviderRecord).await?;
            log_step(&order.order_no, attempt, PaymentStep::Superseded);
            Ok(())
        }
    }
}

fn require_unpaid(order: &Order) -> Result<(), Failure> {
    match order.state {
        _ if order.due == Fen::ZERO => Err(ProblemCode::OrderNothingDue.into()),
        OrderState::Unpaid => Ok(()),
        OrderState::Closed => Err(ProblemCode::OrderClosed.into()),
        OrderState::Paid | OrderState::PartiallyRefunded | OrderState::Refunded => {
            Err(ProblemCode::OrderPaid.into())
        }
    }
}

/// Nobody pays for a photo that was taken back.
async fn require_photo(on: &impl store::Connection, order: &Order) -> Result<(), Failure> {
    let (school, enrolment) = (order.school_id, order.enrolment_id);
    match store::photo::live(on, school, enrolment).await? {
        Some(_) => Ok(()),
        None => Err(ProblemCode::OrderPhotoMissing.into()),
    }
}

async fn new_attempt(
    context: &Context,
    order: &Order,
    task: &Task,
    wanted: &Wanted<'_>,
) -> Result<Attempt, Failure> {
    let now = context.now();
    let expires_at = attempt_expiry(task.closes_at, now).filter(|_| task.is_open(now));
    let expires_at = expires_at.ok_or_else(|| crate::school::not_open(task, now))?;
    let (origin, account) = (&context.settings.public_origin, &wanted.merchant.account);
    let provider = wanted.merchant.provider();
    let params = CreateParams {
        description: task.name.chars().take(DESCRIPTION_LENGTH).collect(),
        notify_url: match provider {
            Provider::WechatPay => format!("{origin}/notify/wechat/{account}/pay"),
            Provider::Alipay => format!("{origin}/notify/alipay/{account}"),
        },
        return_url: page_of(context, order),
    };
    let id = context.new_id(AttemptId::new);
    let scope = Scope::School(order.school_id);
    let sealer = context.sealer(scope, Purpose::Payment).await?;
    let payer = wanted.payer.as_ref().map(|payer| {
        let (table, column) = ("payment_attempts", "payer_ref_sealed");
        sealer.seal(table, column, id.0, payer.as_bytes())
    });
    Ok(Attempt {
        id,
        school_id: order.school_id,
        order_id: order.id,
        provider,
        product: wanted.product,
        merchant_account: account.clone(),
        out_trade_no: out_trade_no(context.random.as_ref(), now.date_naive()),
        amount: order.due,
        state: AttemptState::New,
        disposition: None,
        provider_txn_id: None,
        payer: payer.transpose()?.map(Sealed::from),
        paid_at: None,
        create_params: params,
        credential: None,
        credential_expires_at: None,
        expires_at,
        superseded_at: None,
        next_poll_at: Some(now + CALL_IS_OVER),
        polls: 0,
        last_polled_at: None,
        last_error: None,
        created_at: now,
        paid: None,
    })
}

/// Records the intent, under the order's lock; `None` where another request recorded one first.
async fn insert(
    context: &Context,
    order: &Order,
    attempt: Attempt,
) -> Result<Option<Attempt>, Failure> {
    let tx = context.store.begin().await?;
    let order = lock(&tx, order).await?;
    require_unpaid(&order)?;
    require_photo(&tx, &order).await?;
    let waiting = store::payment::waiting(&tx, &order).await?;
    if waiting.iter().any(|other| other.superseded_at.is_none()) {
        return Ok(None);
    }
    require_few_attempts(context, &tx, &order).await?;
    store::payment::insert(&tx, &attempt).await?;
    store::commit(tx, AuditExemption::ProviderRecord).await?;
    log_step(&order.order_no, &attempt, PaymentStep::Begun);
    Ok(Some(attempt))
}

/// Every attempt is asked about at its provider until it ends, so that an order must not have any number of them.
async fn require_few_attempts(
    context: &Context,
    on: &impl store::Connection,
    order: &Order,
) -> Result<(), Failure> {
    let attempts = store::payment::of_order(on, order).await?;
    let made: Vec<_> = attempts.iter().map(|attempt| attempt.created_at).collect();
    let windows = limit::times(ATTEMPTS_PER_ORDER, context.settings.rate_factor);
    match limit::wait(&made, &windows, context.now()) {
        Some(wait) => Err(domain::Refusal::until(ProblemCode::PaymentAttempts, wait).into()),
        None => Ok(()),
    }
}

/// Asks the provider for a code and records the outcome; `None` where the attempt turned out to be of no use.
///
/// An attempt whose first call was not answered is asked for again with the same number and content.
async fn issue(
    context: &Context,
    order: &Order,
    attempt: &Attempt,
) -> Result<Option<Attempt>, Failure> {
    let Some(channel) = Channel::of_order(context, attempt, &order.order_no).await? else {
        return Err(ProblemCode::PaymentChannel.into());
    };
    let payer = payer_of(context, attempt).await?;
    match channel.create(attempt, payer.as_deref()).await? {
        Outcome::Definite(Created::Ready(prepared)) => {
            record_credential(context, order, attempt, &prepared).await
        }
        Outcome::Definite(Created::AlreadyPaid) => match ask(context, attempt).await? {
            Asked::Paid => Err(ProblemCode::OrderPaid.into()),
            Asked::Waiting | Asked::Ended | Asked::Unknown => {
                Err(ProblemCode::PaymentUnknown.into())
            }
        },
        Outcome::Definite(Created::Closed | Created::NumberUsed) => {
            match reload(context, order, attempt).await? {
                // Another request got the code for this number.
                Some(other) if is_payable(context, &other) => Ok(Some(other)),
                Some(_) | None => make_way(context, order, attempt).await.map(|()| None),
            }
        }
        Outcome::Refused(refusal) => {
            let step = PaymentStep::Refused(&refusal.code, &refusal.message);
            log_step(&order.order_no, attempt, step);
            // What was given before may be on a screen and may be paid: another attempt takes its place.
            if attempt.credential.is_some() {
                return make_way(context, order, attempt).await.map(|()| None);
            }
            reject(context, attempt, &refusal).await
        }
        Outcome::Unknown(seen) => {
            let tx = context.store.begin().await?;
            store::payment::record_unknown(&tx, attempt, &seen).await?;
            store::commit(tx, AuditExemption::ProviderRecord).await?;
            log_step(&order.order_no, attempt, PaymentStep::Unanswered(&seen));
            Err(provider_unavailable())
        }
    }
}

async fn reject(
    context: &Context,
    attempt: &Attempt,
    refusal: &ProviderRefusal,
) -> Result<Option<Attempt>, Failure> {
    let tx = context.store.begin().await?;
    store::payment::record_rejected(&tx, attempt, &refusal.code).await?;
    store::commit(tx, AuditExemption::ProviderRecord).await?;
    if refusal.is_about_the_account() {
        let account = attempt.merchant();
        Box::pin(crate::merchant::refused(context, account, refusal)).await?;
    }
    Err(ProblemCode::PaymentChannel.into())
}

/// Keeps the way to the cashier. A notice that was faster has moved the attempt on, and it stays there. Where the order
/// was closed or paid meanwhile, or another way to pay was chosen, nobody is shown the code, and the next poll closes it.
async fn record_credential(
    context: &Context,
    order: &Order,
    attempt: &Attempt,
    prepared: &Prepared,
) -> Result<Option<Attempt>, Failure> {
    let [spread] = context.random_bytes();
    let (begun, ends, now) = (attempt.created_at, attempt.expires_at, context.now());
    let issued = Issued {
        credential: prepared.credential.clone(),
        expires_at: prepared.expires_at,
        next_poll_at: next_poll(begun, ends, now, spread),
    };
    let tx = context.store.begin().await?;
    let locked = lock(&tx, order).await?;
    let lasting = context.now() + CREDENTIAL_LAST_MOMENT;
    let is_recorded = store::payment::record_issued(&tx, attempt, issued, lasting).await?;
    let is_wanted = require_wanted(&tx, &locked, attempt).await;
    if is_recorded && is_wanted.is_err() {
        store::payment::supersede(&tx, attempt, now).await?;
        store::payment::poll_at(&tx, attempt, now).await?;
    }
    store::commit(tx, AuditExemption::ProviderRecord).await?;
    if is_recorded {
        log_step(&order.order_no, attempt, PaymentStep::Issued);
        is_wanted?;
    }
    let now = reload(context, order, attempt).await?;
    // Of two tabs that asked at once both show what was recorded first.
    if is_recorded || now.as_ref().is_some_and(|now| is_payable(context, now)) {
        return Ok(now);
    }
    let is_paid = now.is_some_and(|now| now.state == AttemptState::Succeeded);
    if is_paid {
        return Err(ProblemCode::OrderPaid.into());
    }
    Ok(None)
}

/// Whether an attempt is still what its order, whose lock the caller holds, waits for.
async fn require_wanted(tx: &Tx, order: &Order, attempt: &Attempt) -> Result<(), Failure> {
    require_unpaid(order)?;
    let attempt = store::payment::get(tx, attempt.school_id, attempt.id).await?;
    if attempt.is_some_and(|attempt| attempt.superseded_at.is_some()) {
        return Err(ProblemCode::VersionConflict.into());
    }
    Ok(())
}

async fn reload(
    context: &Context,
    order: &Order,
    attempt: &Attempt,
) -> Result<Option<Attempt>, Failure> {
    let all = store::payment::of_order(context.store.reader(), order).await?;
    Ok(all.into_iter().find(|other| other.id == attempt.id))
}

fn payment(context: &Context, attempt: &Attempt) -> Result<PendingPayment, Failure> {
    let credential = attempt.credential.clone();
    let credential =
        credential.ok_or_else(|| StoreError::corrupt("payment_attempts.credential"))?;
    let cashier = context.settings.sandbox_cashier.as_ref();
    let qr_code = match &credential {
        Credential::QrCode(text) => Some(text),
        Credential::Redirect(_) | Credential::Prepay(_) => None,
    };
    Ok(PendingPayment {
        attempt_id: Some(attempt.id),
        provider: attempt.provider,
        product: attempt.product,
        amount: attempt.amount,
        expires_at: attempt.credential_expires_at.unwrap_or(attempt.expires_at),
        sandbox_cashier_url: cashier.zip(qr_code).map(|(page, code)| {
            format!(
                "{page}?code={}",
                utf8_percent_encode(code, NON_ALPHANUMERIC)
            )
        }),
        account: attempt.merchant_account.clone(),
        credential,
    })
}
