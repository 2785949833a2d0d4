//! Ending an account: proven by a code to its phone, refused while money is on its way, and then everything that names
//! the person goes. What accounting law wants kept stays without it.

use domain::account::{Account, AccountState};
use domain::agreement::Document;
use domain::audit::{AuditAction, AuditExemption, AuditObject};
use domain::enrolment::{Enrolment, EnrolmentState};
use domain::event::{EnrolmentFacts, EventData};
use domain::login::Purpose;
use domain::order::{Order, OrderState};
use domain::retention::ErasureKind;
use domain::session::SessionEndReason;
use domain::staff::StaffRole;
use domain::{AccountId, ChallengeId, Lang, ProblemCode, Refusal, SessionId};
use store::audit::Audited;
use store::{Connection, Tx};

use super::note::{Cause, note, note_deed};
use crate::audit::Deed;
use crate::login::{Caller, Checked, ask_for_captcha, check_code, read_code, send_to, use_code};
use crate::me::phone_of;
use crate::session::Student;
use crate::vault::{Purpose as KeyPurpose, Scope, Sealer};
use crate::{Context, Failure, consent, event, photo};

/// Begins to end the student's account: a code goes to its phone.
///
/// # Errors
/// `erasure.order_unsettled`, `staff.last_operator`; what sending a code can refuse.
pub async fn begin(
    context: &Context,
    student: &Student,
    caller: &Caller,
    captcha_token: Option<&str>,
) -> Result<ChallengeId, Failure> {
    let on = context.store.reader();
    let account = store::account::get(on, student.account_id).await?;
    let account = account.ok_or(ProblemCode::SessionRequired)?;
    for order in store::order::of_account(on, student.account_id).await? {
        require_settled(on, &order).await?;
    }
    require_other_operator(&store::staff::operators(on).await?, student)?;
    let phone = phone_of(context, &account).await?;
    let proof = ask_for_captcha(context, caller, &[&phone], captcha_token).await?;
    send_to(context, caller, &phone, Purpose::AccountErasure, proof).await
}

/// A code that came to a phone, as typed.
#[derive(Debug, Clone, Copy)]
pub struct CodeAnswer<'a> {
    /// Which message it came in.
    pub challenge_id: &'a str,
    /// The code.
    pub code: &'a str,
}

/// Ends the student's account with the code that came to its phone; all sessions end.
///
/// # Errors
/// `erasure.order_unsettled`, `staff.last_operator`; what a code can refuse.
pub async fn confirm(
    context: &Context,
    student: &Student,
    caller: &Caller,
    answer: CodeAnswer<'_>,
) -> Result<(), Failure> {
    let code = read_code(answer.code, "/code")?;
    let sealer = context.sealer(Scope::Platform, KeyPurpose::Person).await?;
    let tx = context.store.begin().await?;
    let purpose = Purpose::AccountErasure;
    let right = match check_code(context, &tx, caller, answer.challenge_id, purpose, &code).await? {
        Checked::Right(right) => right,
        Checked::Refused(refusal) => {
            // The try must stay counted.
            store::commit(tx, AuditExemption::Attempt).await?;
            return Err(refusal.into());
        }
    };
    let account = store::account::lock(&tx, student.account_id).await?;
    let account = account.ok_or(ProblemCode::SessionRequired)?;
    let known = context.vault.provider().phone_indexes(right.phone.e164());
    let known: Vec<_> = known.iter().map(|known| known.index).collect();
    if !account.has_phone(&known) {
        // The code came to a phone that is not the account's any more.
        return Err(ProblemCode::LoginCodeExpired.into());
    }
    use_code(context, &tx, caller, right).await?;
    let orders = lock_orders(&tx, student.account_id).await?;
    for order in &orders {
        require_settled(&tx, order).await?;
    }
    require_other_operator(&store::staff::lock_operators(&tx).await?, student)?;
    let erased = erase(context, &tx, &sealer, account, &orders, Cause::Owner).await?;
    store::commit(tx, erased.audited).await?;
    context.revocations.add(erased.sessions, context.now());
    Ok(())
}

/// Erases an account that came back with a backup; whether it had.
pub(super) async fn erase_again(context: &Context, id: AccountId) -> Result<bool, Failure> {
    let sealer = context.sealer(Scope::Platform, KeyPurpose::Person).await?;
    let tx = context.store.begin().await?;
    let found = store::account::lock_in_any_state(&tx, id).await?;
    let Some(account) = found.filter(Account::is_active) else {
        return Ok(false);
    };
    let orders = lock_orders(&tx, id).await?;
    let erased = erase(context, &tx, &sealer, account, &orders, Cause::Replay).await?;
    store::commit(tx, erased.audited).await?;
    context.revocations.add(erased.sessions, context.now());
    Ok(true)
}

/// The orders of an account, each locked until `tx` ends. None can be added meanwhile: the caller holds the account.
async fn lock_orders(tx: &Tx, owner: AccountId) -> Result<Vec<Order>, Failure> {
    let mut locked = Vec::new();
    for order in store::order::of_account(tx, owner).await? {
        locked.extend(store::order::lock(tx, order.school_id, order.id).await?);
    }
    Ok(locked)
}

/// Makes sure that nothing of an order is open: it is paid, given back or closed, no payment or refund is on its way, and
/// nobody has to look at its money.
async fn require_settled(on: &impl Connection, order: &Order) -> Result<(), Failure> {
    let refunds = store::refund::of_order(on, order).await?;
    let is_settled = order.state != OrderState::Unpaid
        && store::payment::waiting(on, order).await?.is_empty()
        && !refunds.iter().any(|refund| refund.state.is_under_way())
        && store::money_case::open_of_order(on, order.id)
            .await?
            .is_empty();
    if is_settled {
        return Ok(());
    }
    let refusal = Refusal::from(ProblemCode::ErasureUnsettled);
    Err(refusal.with("order_no", &order.order_no).into())
}

/// Makes sure that the platform keeps an operator.
fn require_other_operator(operators: &[StaffRole], student: &Student) -> Result<(), ProblemCode> {
    match operators {
        [only] if only.account_id == student.account_id => Err(ProblemCode::StaffLastOperator),
        _ => Ok(()),
    }
}

/// What came of erasing an account.
struct Erased {
    /// The sessions that ended: to be added to the revocations after the commit.
    sessions: Vec<SessionId>,
    /// The entry in the audit log.
    audited: Audited,
}

/// Erases; the caller holds the account and its orders.
async fn erase(
    context: &Context,
    tx: &Tx,
    sealer: &Sealer,
    account: Account,
    orders: &[Order],
    cause: Cause,
) -> Result<Erased, Failure> {
    let (owner, now) = (account.id, context.now());
    for enrolment in store::erasure::enrolments(tx, owner).await? {
        photo::erase_of(context, tx, &enrolment, cause).await?;
        release(context, tx, enrolment).await?;
    }
    for &document in Document::ALL {
        consent::end(context, tx, owner, document).await?;
    }
    store::erasure::strip_orders(tx, orders).await?;
    store::erasure::delete_own(tx, owner).await?;
    let phone = phone_of(context, &account).await?;
    let known = context.vault.provider().phone_indexes(phone.e164());
    let known: Vec<_> = known.iter().map(|known| known.index).collect();
    store::erasure::forget_phone(tx, &known, now).await?;
    let sessions = store::session::end_all(tx, owner, SessionEndReason::AccountErased, now).await?;
    let stripped = Account {
        // Unique, and the index of no phone; so the phone can begin anew.
        phone_index: Account::index_of_no_phone(owner),
        phone_sealed: sealer
            .seal("accounts", "phone_sealed", owner.0, b"")?
            .into(),
        state: AccountState::Erased,
        language: Lang::default(),
        email_sealed: None,
        address_sealed: None,
        last_login_at: None,
        version: account.version + 1,
        ..account
    };
    store::account::save(tx, &stripped).await?;
    note(context, tx, ErasureKind::Account, owner.0).await?;
    let deed = Deed {
        action: AuditAction::AccountErased,
        object: AuditObject::Account,
        object_id: owner.0,
        school_id: None,
    };
    let audited = note_deed(context, tx, cause, owner, deed).await?;
    Ok(Erased { sessions, audited })
}

/// Erases an account without an order, which the caller holds, and has the sessions that ended: to be added to the revocations
/// after the commit.
pub(crate) async fn erase_unused(
    context: &Context,
    tx: &Tx,
    sealer: &Sealer,
    account: Account,
) -> Result<Vec<SessionId>, Failure> {
    let erased = erase(context, tx, sealer, account, &[], Cause::Unused).await?;
    Ok(erased.sessions)
}

/// Lets the roster entry of a live enrolment go.
async fn release(context: &Context, tx: &Tx, enrolment: Enrolment) -> Result<(), Failure> {
    if enrolment.state != EnrolmentState::Live {
        return Ok(());
    }
    let released = Enrolment {
        state: EnrolmentState::Released {
            at: context.now(),
            is_barred: false,
        },
        ..enrolment
    };
    store::enrolment::save(tx, &released).await?;
    let facts = EnrolmentFacts {
        enrolment_id: released.id,
        task_id: released.task_id,
        roster_entry_id: released.entry_id,
    };
    let data = EventData::EnrolmentReleased(facts);
    event::record(context, tx, released.school_id, data).await?;
    Ok(())
}
