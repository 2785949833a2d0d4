//! Asking for a refund: recorded under the order's lock; the provider hears of it afterwards.

use chrono::{DateTime, Utc};
use domain::access::{Actor, Permission};
use domain::audit::{AuditAction, AuditObject};
use domain::order::{Order, OrderState};
use domain::payment::Attempt;
use domain::refund::{
    Approval, NOTE_LENGTH, REFUND_SPACING, REPETITION_WINDOW, Refund, RefundReason,
    RefundRequester, RefundState, Refundable,
};
use domain::{Fen, ProblemCode, RefundId, Refusal, ResponsiblePerson, day_bounds, day_in_china};
use providers::entropy::out_refund_no;
use store::Tx;

use super::list::{ListedRefund, find_order, view};
use super::{responsible, void};
use crate::audit::{self, Deed};
use crate::{Context, Failure};

/// The longest key of a wish.
const KEY_LENGTH: usize = 255;

/// What a person wants to return.
#[derive(Debug, Clone, Copy)]
pub struct RefundRequest<'a> {
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

impl RefundRequest<'_> {
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
    actor: &Actor,
    ask: RefundRequest<'_>,
) -> Result<Option<ListedRefund>, Failure> {
    let reach = actor.require(Permission::RequestRefunds)?;
    let person = responsible(actor)?;
    let (reason, note) = ask.why()?;
    if !ask.has_good_key() {
        return Err(ProblemCode::RequestKeyMissing.into());
    }
    let found = find_order(context, &reach, ask.order_no).await?;
    let tx = context.store.begin().await?;
    let order = crate::order::lock(&tx, &found).await?;
    if order.due == Fen::ZERO {
        let audited = void::void(context, &tx, order, actor, note).await?;
        store::commit(tx, audited).await?;
        return Ok(None);
    }
    let attempt = attempt_to_refund(&tx, &order, ask.out_trade_no).await?;
    if let Some(first) = asked_before(&tx, &person, ask).await? {
        require_same(&first, &attempt, reason, ask)?;
        return view(context, &first).await.map(Some);
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

    let so_far = returned_by_people(&all);
    let needs_approval = (context.settings.refunds).needs_second_person(amount, so_far);
    // What was never handed in keeps nobody waiting.
    let handed_in =
        own().filter(|refund| refund.submitted_at.is_some() || refund.next_poll_at.is_some());
    let latest = handed_in.map(|refund| refund.created_at).max();
    let by = RefundRequester::Person(person.clone());
    let row = Refund {
        note: note.to_owned(),
        needs_approval,
        next_poll_at: (!needs_approval).then(|| turn(context, latest)),
        request_key: ask.key.map(str::to_owned),
        ..fresh(context, &attempt, amount, reason, by)
    };
    if ask.key.is_none() {
        require_new(own(), &person, &row)?;
    }
    store::refund::insert(&tx, &row).await?;
    let deed = deed(AuditAction::RefundRequested, &row);
    let audited = audit::with_reason(context, &tx, actor, deed, note).await?;
    store::commit(tx, audited).await?;
    log_request(&order, &attempt, &row);
    view(context, &row).await.map(Some)
}

/// The refund that the same person asked for with the same key.
async fn asked_before(
    tx: &Tx,
    person: &ResponsiblePerson,
    ask: RefundRequest<'_>,
) -> Result<Option<Refund>, Failure> {
    match ask.key {
        Some(key) => Ok(store::refund::by_request_key(tx, &person.stored_name(), key).await?),
        None => Ok(None),
    }
}

/// A key names one wish: what is asked for again with it must be the same.
fn require_same(
    first: &Refund,
    attempt: &Attempt,
    reason: RefundReason,
    ask: RefundRequest<'_>,
) -> Result<(), Failure> {
    let is_same = first.attempt_id == attempt.id
        && ask.amount.is_none_or(|amount| amount == first.amount)
        && (reason, ask.note.trim()) == (first.reason, first.note.as_str());
    if is_same {
        Ok(())
    } else {
        Err(ProblemCode::RequestKeyReused.into())
    }
}

/// Whoever does not know whether their request arrived asks again: a second refund is not what they mean.
fn require_new<'a>(
    mut own: impl Iterator<Item = &'a Refund>,
    person: &ResponsiblePerson,
    wanted: &Refund,
) -> Result<(), Failure> {
    let is_repetition = |one: &&Refund| {
        one.amount == wanted.amount
            && one.reason == wanted.reason
            && (one.requested_by.person()).is_some_and(|asked| asked.is_same(person))
            && one.created_at > wanted.created_at - REPETITION_WINDOW
            && one.state.holds_money()
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
fn returned_by_people(refunds: &[Refund]) -> Fen {
    let mut sum = Fen::ZERO;
    for refund in refunds {
        if refund.requested_by.person().is_some() && refund.state.holds_money() {
            sum.0 += refund.amount.0;
        }
    }
    sum
}

async fn attempt_to_refund(
    tx: &Tx,
    order: &Order,
    out_trade_no: Option<&str>,
) -> Result<Attempt, Failure> {
    let attempts = store::payment::of_order(tx, order).await?;
    let is_meant = |attempt: &Attempt| match out_trade_no {
        Some(number) => attempt.out_trade_no == number,
        None => Some(attempt.id) == order.settled_by,
    };
    let found = attempts.into_iter().find(is_meant);
    found.ok_or_else(|| ProblemCode::RefundNothing.into())
}

fn refundable<'a>(
    attempt: &Attempt,
    refunds: impl Iterator<Item = &'a Refund>,
) -> Result<Refundable, Failure> {
    let (mut taken, mut count) = (Fen::ZERO, 0);
    for refund in refunds {
        count += 1;
        if refund.state.holds_money() {
            taken.0 += refund.amount.0;
        }
    }
    Ok(Refundable {
        paid: attempt.received(),
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
    attempt: &Attempt,
    amount: Fen,
    reason: RefundReason,
    requested_by: RefundRequester,
) -> Refund {
    let now = context.now();
    Refund {
        id: context.new_id(RefundId::new),
        school_id: attempt.school_id,
        order_id: attempt.order_id,
        attempt_id: attempt.id,
        out_refund_no: out_refund_no(context.random.as_ref(), now.date_naive()),
        amount,
        reason,
        requested_by,
        state: RefundState::Requested,
        provider_refund_id: None,
        submitted_at: None,
        succeeded_at: None,
        next_poll_at: Some(now),
        last_error: None,
        created_at: now,
        note: String::new(),
        needs_approval: false,
        approval: None,
        polls: 0,
        request_key: None,
    }
}

/// Asks for the return of money that an order does not need, in the transaction that found it; false where today's
/// limit is reached and a person must look. The caller holds the order's lock.
pub(crate) async fn send_back(
    context: &Context,
    tx: &Tx,
    order: &Order,
    attempt: &Attempt,
) -> Result<bool, Failure> {
    let reason = match order.state {
        OrderState::Closed => RefundReason::LatePayment,
        OrderState::Unpaid
        | OrderState::Paid
        | OrderState::PartiallyRefunded
        | OrderState::Refunded => RefundReason::DuplicatePayment,
    };
    let amount = attempt.received();
    let (today, _) = day_bounds(day_in_china(context.now()));
    let (count, sum) = store::refund::automatic_since(tx, today).await?;
    let limits = context.settings.refunds;
    if !limits.lets_through(amount, count, sum) {
        return Ok(false);
    }
    let row = fresh(context, attempt, amount, reason, RefundRequester::System);
    store::refund::insert(tx, &row).await?;
    log_request(order, attempt, &row);
    Ok(true)
}

/// Notes in the log under which number money of which order goes back.
fn log_request(order: &Order, attempt: &Attempt, row: &Refund) {
    tracing::info!(
        order.no = order.order_no.as_str(),
        payment.out_trade_no = attempt.out_trade_no,
        refund.out_refund_no = row.out_refund_no,
        refund.amount_fen = row.amount.0,
        refund.reason = row.reason.as_str(),
        refund.is_automatic = row.requested_by == RefundRequester::System,
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
    actor: &Actor,
    out_refund_no: &str,
) -> Result<ListedRefund, Failure> {
    let (tx, row) = lock_waiting(context, actor, out_refund_no).await?;
    let row = Refund {
        approval: Some(Approval {
            by: responsible(actor)?,
            at: context.now(),
        }),
        next_poll_at: Some(context.now()),
        ..row
    };
    store::refund::save(&tx, &row).await?;
    let deed = deed(AuditAction::RefundApproved, &row);
    let audited = audit::with_reason(context, &tx, actor, deed, &row.note).await?;
    store::commit(tx, audited).await?;
    view(context, &row).await
}

/// Refuses a refund that waits for a second person; its money can be asked for again.
///
/// # Errors
/// As those of [`approve`]; `refund.reason` where nothing is said, or too much.
pub async fn decline(
    context: &Context,
    actor: &Actor,
    out_refund_no: &str,
    why: &str,
) -> Result<ListedRefund, Failure> {
    let why = why.trim();
    if !(1..=NOTE_LENGTH).contains(&why.chars().count()) {
        return Err(ProblemCode::RefundReason.into());
    }
    let (tx, row) = lock_waiting(context, actor, out_refund_no).await?;
    let row = Refund {
        state: RefundState::Rejected,
        last_error: Some("declined by a second person".to_owned()),
        ..row
    };
    store::refund::save(&tx, &row).await?;
    let deed = deed(AuditAction::RefundDeclined, &row);
    let audited = audit::with_reason(context, &tx, actor, deed, why).await?;
    store::commit(tx, audited).await?;
    view(context, &row).await
}

async fn lock_waiting(
    context: &Context,
    actor: &Actor,
    out_refund_no: &str,
) -> Result<(Tx, Refund), Failure> {
    let reach = actor.require(Permission::DecideRefunds)?;
    let person = responsible(actor)?;
    let on = context.store.reader();
    let found = store::refund::by_number(on, out_refund_no).await?;
    let found = found.filter(|refund| reach.includes(refund.school_id));
    let found = found.ok_or(ProblemCode::RefundUnknown)?;
    let school = found.school_id;
    let tx = context.store.begin().await?;
    store::order::lock(&tx, school, found.order_id).await?;
    let row = store::refund::lock(&tx, school, found.id).await?;
    let row = row.ok_or(ProblemCode::RefundUnknown)?;
    if !row.waits_for_approval() {
        return Err(ProblemCode::RefundState.into());
    }
    let asked = row.requested_by.person();
    if asked.is_some_and(|asked| asked.is_same(&person)) {
        return Err(ProblemCode::RefundSecondPerson.into());
    }
    Ok((tx, row))
}

fn deed(action: AuditAction, row: &Refund) -> Deed {
    Deed {
        action,
        object: AuditObject::Refund,
        object_id: row.id.0,
        school_id: Some(row.school_id),
    }
}
