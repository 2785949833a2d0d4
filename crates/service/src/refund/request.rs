//! Asking for a refund: recorded under the order's lock; the provider hears of it afterwards.

use chrono::{DateTime, Utc};
use domain::order::OrderState;
use domain::refund::{
    NOTE_LENGTH, REFUND_SPACING, REPETITION_WINDOW, RefundReason, RefundState, Refundable,
};
use domain::{Fen, OrderId, ProblemCode, RefundId, Refusal, SchoolId, day_bounds, day_in_china};
use providers::entropy::out_refund_no;
use store::Tx;
use store::entity::{order, payment_attempt, refund};

use super::{CONSOLE, Operator, Refund, SYSTEM, paid_of, state_of, view, void};
use crate::audit::{self, Deed};
use crate::{Context, Failure};

/// The longest key of a wish.
const KEY_LENGTH: usize = 255;

/// What an operator wants to return.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// The order.
    pub order_no: &'a str,
    /// Our number of the attempt; none means the one that settled the order.
    pub out_trade_no: Option<&'a str>,
    /// How much; none means all that is left.
    pub amount: Option<Fen>,
    /// Why: a word of `domain::refund::RefundReason`.
    pub reason: &'a str,
    /// Why, in words; at most 80 characters.
    pub note: &'a str,
    /// What names the wish: asked again with the same key it is the same refund. 1 to 255 visible ASCII characters.
    pub key: Option<&'a str>,
}

impl Ask<'_> {
    /// The reason and the note, where both are good.
    fn why(&self) -> Result<(RefundReason, &str), ProblemCode> {
        let reason = RefundReason::parse(self.reason).filter(|reason| !reason.is_automatic());
        let note = self.note.trim();
        let is_good = (1..=NOTE_LENGTH).contains(&note.chars().count());
        let reason = reason.filter(|_| is_good);
        Ok((reason.ok_or(ProblemCode::RefundReason)?, note))
    }

    fn has_good_key(&self) -> bool {
        self.key.is_none_or(|key| {
            (1..=KEY_LENGTH).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic())
        })
    }
}

/// Asks for a refund. Above the configured amount it waits for a second person, else it is handed in at once by the
/// background work. An order that the school pays is given back without a provider: gives `None` then. What was asked
/// for before with the same key is given again.
///
/// # Errors
/// `order.unknown`; `refund.reason`; `refund.nothing_paid`; `refund.amount`; `refund.over`; `refund.too_many`;
/// `refund.repeated` where the same was asked for without a key just before; the `request.idempotency_key_*` codes.
pub async fn request(
    context: &Context,
    operator: &Operator,
    ask: Ask<'_>,
) -> Result<Option<Refund>, Failure> {
    let (reason, note) = ask.why()?;
    if !ask.has_good_key() {
        return Err(ProblemCode::RequestKeyMissing.into());
    }
    let found = super::find_order(context, ask.order_no).await?;
    let tx = context.store.begin().await?;
    let order = crate::order::lock(&tx, &found).await?;
    if order.due_fen == 0 {
        void::void(context, &tx, order, operator, note).await?;
        store::commit(tx).await?;
        return Ok(None);
    }
    let attempt = attempt_to_refund(&tx, &order, ask.out_trade_no).await?;
    if let Some(first) = asked_before(&tx, operator, ask).await? {
        require_same(&first, &attempt, ask)?;
        return view(context, first).await.map(Some);
    }
    let all = store::refund::of_order(&tx, &order).await?;
    let own = || all.iter().filter(|refund| refund.attempt_id == attempt.id);
    let payment = refundable(&attempt, own())?;
    let amount = ask.amount.unwrap_or(payment.left());
    if payment.left() == Fen::ZERO {
        return Err(ProblemCode::RefundNothing.into());
    }
    let checked = payment.check(amount, context.now());
    checked.map_err(|code| Refusal::from(code).with("left", payment.left()))?;

    let so_far = returned_by_people(&all)?;
    let needs_approval = (context.settings.refunds).needs_second_person(amount, so_far);
    // What was never handed in keeps nobody waiting.
    let handed_in =
        own().filter(|refund| refund.submitted_at.is_some() || refund.next_poll_at.is_some());
    let latest = handed_in.map(|refund| refund.created_at).max();
    let row = refund::Model {
        note: note.to_owned(),
        needs_approval,
        next_poll_at: (!needs_approval).then(|| turn(context, latest)),
        request_key: ask.key.map(str::to_owned),
        requested_as: operator.system_user().map(str::to_owned),
        ..fresh(context, &attempt, (amount, reason, operator.name()))
    };
    if ask.key.is_none() {
        require_new(own(), operator, &row)?;
    }
    store::insert(&tx, row.clone()).await?;
    let deed = deed("refund.requested", &row);
    audit::by_operator(context, &tx, operator, deed, note).await?;
    store::commit(tx).await?;
    log_request(&order, &attempt, &row);
    view(context, row).await.map(Some)
}

/// The refund that the same person asked for with the same key.
async fn asked_before(
    tx: &Tx,
    operator: &Operator,
    ask: Ask<'_>,
) -> Result<Option<refund::Model>, Failure> {
    match ask.key {
        Some(key) => Ok(store::refund::by_request_key(tx, operator.name(), key).await?),
        None => Ok(None),
    }
}

/// A key names one wish: what is asked for again with it must be the same.
fn require_same(
    first: &refund::Model,
    attempt: &payment_attempt::Model,
    ask: Ask<'_>,
) -> Result<(), Failure> {
    let is_same = first.attempt_id == attempt.id
        && ask.amount.is_none_or(|amount| amount.0 == first.amount_fen)
        && (ask.reason, ask.note.trim()) == (&first.reason_code, &first.note);
    if is_same {
        Ok(())
    } else {
        Err(ProblemCode::RequestKeyReused.into())
    }
}

/// Whoever does not know whether their request arrived asks again: a second refund is not what they mean.
fn require_new<'a>(
    mut own: impl Iterator<Item = &'a refund::Model>,
    operator: &Operator,
    wanted: &refund::Model,
) -> Result<(), Failure> {
    let is_repetition = |one: &&refund::Model| {
        one.amount_fen == wanted.amount_fen
            && one.reason_code == wanted.reason_code
            && operator.is_called(&one.requested_by)
            && one.created_at > wanted.created_at - REPETITION_WINDOW
            && state_of(one).is_ok_and(RefundState::holds_money)
    };
    match own.find(is_repetition) {
        Some(first) => {
            let refusal = Refusal::from(ProblemCode::RefundRepeated);
            Err(refusal.with("number", &first.out_refund_no).into())
        }
        None => Ok(()),
    }
}

/// What people returned or asked to return of an order.
fn returned_by_people(refunds: &[refund::Model]) -> Result<Fen, Failure> {
    let mut sum = Fen::ZERO;
    for refund in refunds {
        let is_by_person = ![SYSTEM, CONSOLE].contains(&refund.requested_by.as_str());
        if is_by_person && state_of(refund)?.holds_money() {
            sum.0 += refund.amount_fen;
        }
    }
    Ok(sum)
}

async fn attempt_to_refund(
    tx: &Tx,
    order: &order::Model,
    out_trade_no: Option<&str>,
) -> Result<payment_attempt::Model, Failure> {
    let attempts = store::payment::of_order(tx, order).await?;
    let is_meant = |attempt: &payment_attempt::Model| match out_trade_no {
        Some(number) => attempt.out_trade_no == number,
        None => Some(attempt.id) == order.settled_by,
    };
    let found = attempts.into_iter().find(is_meant);
    found.ok_or_else(|| ProblemCode::RefundNothing.into())
}

fn refundable<'a>(
    attempt: &payment_attempt::Model,
    refunds: impl Iterator<Item = &'a refund::Model>,
) -> Result<Refundable, Failure> {
    let (mut taken, mut count) = (Fen::ZERO, 0);
    for refund in refunds {
        count += 1;
        if state_of(refund)?.holds_money() {
            taken.0 += refund.amount_fen;
        }
    }
    Ok(Refundable {
        paid: paid_of(attempt)?,
        paid_at: attempt.paid_at.ok_or(ProblemCode::RefundNothing)?,
        taken,
        count,
    })
}

/// When a refund may be handed in: providers want a distance between two of one payment.
fn turn(context: &Context, latest: Option<DateTime<Utc>>) -> DateTime<Utc> {
    let now = context.now();
    latest.map_or(now, |latest| now.max(latest + REFUND_SPACING))
}

fn fresh(
    context: &Context,
    attempt: &payment_attempt::Model,
    (amount, reason, by): (Fen, RefundReason, &str),
) -> refund::Model {
    let now = context.now();
    refund::Model {
        id: context.new_id(RefundId::new).0,
        school_id: attempt.school_id,
        order_id: attempt.order_id,
        attempt_id: attempt.id,
        out_refund_no: out_refund_no(context.random.as_ref(), now.date_naive()),
        amount_fen: amount.0,
        reason_code: reason.as_str().to_owned(),
        requested_by: by.to_owned(),
        state: RefundState::Requested.as_str().to_owned(),
        provider_refund_id: None,
        submitted_at: None,
        succeeded_at: None,
        next_poll_at: Some(now),
        last_error: None,
        created_at: now,
        note: String::new(),
        needs_approval: false,
        approved_by: None,
        approved_at: None,
        polls: 0,
        request_key: None,
        requested_as: None,
        approved_as: None,
    }
}

/// Asks for the return of money that an order does not need, in the transaction that found it; false where today's
/// limit is reached and a person must look. The caller holds the order's lock.
pub(crate) async fn send_back(
    context: &Context,
    tx: &Tx,
    order: &order::Model,
    attempt: &payment_attempt::Model,
) -> Result<bool, Failure> {
    let reason = match crate::order::state_of(order)? {
        OrderState::Closed => RefundReason::LatePayment,
        OrderState::Unpaid
        | OrderState::Paid
        | OrderState::PartiallyRefunded
        | OrderState::Refunded => RefundReason::DuplicatePayment,
    };
    let amount = paid_of(attempt)?;
    let (today, _) = day_bounds(day_in_china(context.now()));
    let (count, sum) = store::refund::automatic_since(tx, today).await?;
    let limits = context.settings.refunds;
    if !limits.lets_through(amount, count, sum) {
        return Ok(false);
    }
    let row = fresh(context, attempt, (amount, reason, SYSTEM));
    store::insert(tx, row.clone()).await?;
    log_request(order, attempt, &row);
    Ok(true)
}

/// Notes in the log under which number money of which order goes back.
fn log_request(order: &order::Model, attempt: &payment_attempt::Model, row: &refund::Model) {
    tracing::info!(
        order.no = order.order_no,
        payment.out_trade_no = attempt.out_trade_no,
        refund.out_refund_no = row.out_refund_no,
        refund.amount_fen = row.amount_fen,
        refund.reason = row.reason_code,
        refund.is_automatic = row.requested_by == SYSTEM,
        refund.needs_approval = row.needs_approval,
        "A refund of order {} was recorded",
        order.order_no
    );
}

/// Lets a refund go that waited for a second person.
///
/// # Errors
/// `refund.unknown`; `refund.state` where it waits for nobody; `refund.second_person` where it is the person who asked.
pub async fn approve(
    context: &Context,
    operator: &Operator,
    out_refund_no: &str,
) -> Result<Refund, Failure> {
    let (tx, row) = lock_waiting(context, operator, out_refund_no).await?;
    let row = refund::Model {
        approved_by: Some(operator.name().to_owned()),
        approved_as: operator.system_user().map(str::to_owned),
        approved_at: Some(context.now()),
        next_poll_at: Some(context.now()),
        ..row
    };
    store::save(&tx, row.clone()).await?;
    let deed = deed("refund.approved", &row);
    audit::by_operator(context, &tx, operator, deed, &row.note).await?;
    store::commit(tx).await?;
    view(context, row).await
}

/// Refuses a refund that waits for a second person; its money can be asked for again.
///
/// # Errors
/// As those of [`approve`].
pub async fn decline(
    context: &Context,
    operator: &Operator,
    out_refund_no: &str,
    why: &str,
) -> Result<Refund, Failure> {
    let (tx, row) = lock_waiting(context, operator, out_refund_no).await?;
    let row = refund::Model {
        state: RefundState::Rejected.as_str().to_owned(),
        last_error: Some(format!("declined by {operator}")),
        ..row
    };
    store::save(&tx, row.clone()).await?;
    let deed = deed("refund.declined", &row);
    audit::by_operator(context, &tx, operator, deed, why).await?;
    store::commit(tx).await?;
    view(context, row).await
}

async fn lock_waiting(
    context: &Context,
    operator: &Operator,
    out_refund_no: &str,
) -> Result<(Tx, refund::Model), Failure> {
    let on = context.store.reader();
    let found = store::refund::by_number(on, out_refund_no).await?;
    let found = found.ok_or(ProblemCode::RefundUnknown)?;
    let school = SchoolId(found.school_id);
    let tx = context.store.begin().await?;
    store::order::lock(&tx, school, OrderId(found.order_id)).await?;
    let row = store::refund::lock(&tx, school, RefundId(found.id)).await?;
    let row = row.ok_or(ProblemCode::RefundUnknown)?;
    if !super::waits_for_approval(&row)? {
        return Err(ProblemCode::RefundState.into());
    }
    if operator.is_called(&row.requested_by) {
        return Err(ProblemCode::RefundSecondPerson.into());
    }
    Ok((tx, row))
}

fn deed<'a>(action: &'a str, row: &refund::Model) -> Deed<'a> {
    Deed {
        action,
        object_type: "refund",
        object_id: row.id,
        school_id: Some(SchoolId(row.school_id)),
    }
}
