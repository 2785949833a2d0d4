//! Making the order of an enrolment: once, as a snapshot of what its task charges.

use domain::contact::Contact;
use domain::enrolment::Enrolment;
use domain::order::{OrderNo, OrderState};
use domain::task::{Payer, Task};
use domain::{AccountId, OrderId, OrderLineId, Phone, SchoolId};
use serde_json::json;
use store::entity::{order, order_line};
use store::{StoreError, Tx};

use super::{Settlement, contact, settle, state_of};
use crate::event::{self, Happening};
use crate::vault::{Purpose, Scope, Sealer};
use crate::{Context, Failure};

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
    (task, school_code): (&Task, &str),
) -> Result<OrderNo, Failure> {
    let (school, id) = (enrolment.school_id, enrolment.id);
    if let Some(found) = store::order::lock_open(tx, school, id).await? {
        if state_of(&found)? != OrderState::Unpaid {
            crate::photo::settled(context, tx, enrolment).await?;
        }
        let order_no = found.order_no.parse();
        return Ok(order_no.map_err(|_| StoreError::Corrupt {
            what: "orders.order_no".into(),
        })?);
    }
    let order_no = OrderNo::new(school_code, context.now(), context.random_bytes());
    let row = order_row(context, new, enrolment, task, &order_no)?;
    store::insert(tx, row.clone()).await?;
    insert_lines(context, tx, &row, task).await?;
    let happening = Happening {
        school,
        object_type: "order",
        object_id: row.id,
        kind: "order.created",
    };
    let facts = json!({ "order_no": row.order_no, "amount_fen": row.due_fen });
    event::record(context, tx, happening, facts).await?;
    match task.settings.settling_payer() {
        Payer::Student => {}
        Payer::School => settle(context, tx, row, Settlement::School).await?,
        Payer::Free => settle(context, tx, row, Settlement::Free).await?,
    }
    Ok(order_no)
}

fn order_row(
    context: &Context,
    new: &NewOrder,
    enrolment: &Enrolment,
    task: &Task,
    order_no: &OrderNo,
) -> Result<order::Model, Failure> {
    let id = context.new_id(OrderId::new);
    Ok(order::Model {
        id: id.0,
        order_no: order_no.to_string(),
        school_id: enrolment.school_id.0,
        task_id: enrolment.task_id.0,
        enrolment_id: enrolment.id.0,
        account_id: enrolment.account_id.0,
        list_fen: task.settings.list_fen().0,
        due_fen: task.settings.due_fen().0,
        payer_kind: task.settings.settling_payer().as_str().to_owned(),
        state: OrderState::Unpaid.as_str().to_owned(),
        closed_reason: None,
        settled_by: None,
        refunded_fen: 0,
        needs_review: false,
        contact_sealed: contact::seal(&new.sealer, id, &new.phone, new.contact.clone())?,
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
    order: &order::Model,
    task: &Task,
) -> Result<(), Failure> {
    for (position, line) in (0..).zip(&task.settings.fees) {
        let row = order_line::Model {
            id: context.new_id(OrderLineId::new).0,
            order_id: order.id,
            position,
            code: line.code.as_str().to_owned(),
            amount_fen: line.amount_fen.0,
        };
        store::insert(tx, row).await?;
    }
    Ok(())
}
