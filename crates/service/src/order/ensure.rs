//! Making the order of an enrolment: once, as a snapshot of what its task charges.

use domain::contact::Contact;
use domain::enrolment::Enrolment;
use domain::event::{EventData, OrderCreated};
use domain::order::{Order, OrderLine, OrderNo, OrderState};
use domain::task::{Payer, Task};
use domain::{AccountId, Fen, OrderId, OrderLineId, Phone, SchoolId};
use store::Tx;

use super::{Settlement, contact, settle};
use crate::vault::{Purpose, Scope, Sealer};
use crate::{Context, Failure, event};

/// What a new order needs and no transaction may wait for.
pub(crate) struct NewOrder {
    sealer: Sealer,
    phone: Phone,
    contact: Contact,
}

/// Gets ready to make an order. Call it before a transaction begins: it may write.
pub(crate) async fn prepare(
    context: &Context,
    school: SchoolId,
    owner: AccountId,
) -> Result<NewOrder, Failure> {
    let account = store::account::get(context.store.reader(), owner).await?;
    let account = account.ok_or(Failure::Fault("an account disappeared"))?;
    Ok(NewOrder {
        sealer: context
            .sealer(Scope::School(school), Purpose::Person)
            .await?,
        phone: crate::me::phone_of(context, &account).await?,
        contact: crate::me::contact_of(context, &account).await?,
    })
}

/// The order of an enrolment that counts, made where there is none; due until the task closes.
///
/// Call it after the photo was stored: where nothing is to be paid (any more), the photo goes on to review in the same
/// transaction. The caller holds the enrolment's lock, so that two photos at once make one order.
pub(crate) async fn ensure(
    context: &Context,
    tx: &Tx,
    new: &NewOrder,
    enrolment: &Enrolment,
    task: &Task,
    school_code: &str,
) -> Result<OrderNo, Failure> {
    let (school, id) = (enrolment.school_id, enrolment.id);
    if let Some(found) = store::order::lock_open(tx, school, id).await? {
        if found.state != OrderState::Unpaid {
            crate::photo::settled(context, tx, enrolment).await?;
        }
        return Ok(found.order_no);
    }
    let order_no = OrderNo::new(school_code, context.now(), context.random_bytes());
    let order = new_order(context, new, enrolment, task, &order_no)?;
    store::order::insert(tx, &order).await?;
    insert_lines(context, tx, order.id, task).await?;
    let created = OrderCreated {
        order_id: order.id,
        order_no: order.order_no.clone(),
        amount_fen: order.due,
    };
    event::record(context, tx, school, EventData::OrderCreated(created)).await?;
    match task.settings.settling_payer() {
        Payer::Student => {}
        Payer::School => settle(context, tx, order, Settlement::School).await?,
        Payer::Free => settle(context, tx, order, Settlement::Free).await?,
    }
    Ok(order_no)
}

fn new_order(
    context: &Context,
    new: &NewOrder,
    enrolment: &Enrolment,
    task: &Task,
    order_no: &OrderNo,
) -> Result<Order, Failure> {
    let id = context.new_id(OrderId::new);
    Ok(Order {
        id,
        order_no: order_no.clone(),
        school_id: enrolment.school_id,
        task_id: enrolment.task_id,
        enrolment_id: enrolment.id,
        account_id: enrolment.account_id,
        list: task.settings.list_fen(),
        due: task.settings.due_fen(),
        payer: task.settings.settling_payer(),
        state: OrderState::Unpaid,
        closed_reason: None,
        settled_by: None,
        refunded: Fen::ZERO,
        needs_review: false,
        contact: contact::seal(&new.sealer, id, &new.phone, new.contact.clone())?,
        due_until: task.closes_at,
        paid_at: None,
        closed_at: None,
        version: 1,
        created_at: context.now(),
    })
}

async fn insert_lines(
    context: &Context,
    tx: &Tx,
    order_id: OrderId,
    task: &Task,
) -> Result<(), Failure> {
    for (position, fee) in (0..).zip(&task.settings.fees) {
        let line = OrderLine {
            id: context.new_id(OrderLineId::new),
            order_id,
            position,
            code: fee.code,
            amount: fee.amount_fen,
        };
        store::order::insert_line(tx, &line).await?;
    }
    Ok(())
}
