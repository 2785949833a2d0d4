//! Orders: what is due, and the contact data that go with it.

mod close;
mod contact;
mod ensure;
mod price;
mod settle;
mod shown;
mod view;

pub use close::close;
pub(crate) use close::{close_for_operator, require_none_open, sweep};
pub(crate) use ensure::{NewOrder, ensure, prepare};
pub(crate) use price::{is_outdated, replace};
pub(crate) use settle::{Settlement, settle};
pub use shown::{OrderDetails, OrderRefund};
pub(crate) use view::{news, status};

use domain::audit::{AuditAction, AuditObject};
use domain::contact::Contact;
use domain::enrolment::Enrolment;
use domain::order::{Order, OrderNo, OrderState};
use domain::page::{Page, PageRequest};
use domain::{OrderId, ProblemCode, Refusal};

use crate::audit::{self, Deed};
use crate::session::Student;
use crate::vault::{Purpose, Scope};
use crate::{Context, Failure};

/// New contact data, as typed.
#[derive(Debug, Clone, Copy)]
pub struct ContactChange<'a> {
    /// Empty for none.
    pub email: &'a str,
    /// Empty for none.
    pub address: &'a str,
    /// The version that was read.
    pub version: i32,
}

/// The student's orders, newest first.
pub async fn list(
    context: &Context,
    student: &Student,
    page: &PageRequest<OrderId>,
) -> Result<Page<OrderDetails>, Failure> {
    let on = context.store.reader();
    let rows = store::order::page_of_account(on, student.account_id, page).await?;
    let mut items = Vec::with_capacity(rows.items.len());
    for row in rows.items {
        items.push(view::view(context, row).await?);
    }
    Ok(Page {
        items,
        next: rows.next,
    })
}

/// One of the student's orders.
///
/// # Errors
/// `order.unknown`, also where it is somebody else's.
pub async fn get(
    context: &Context,
    student: &Student,
    order_no: &str,
) -> Result<OrderDetails, Failure> {
    view::view(context, find(context, student, order_no).await?).await
}

/// The order of an enrolment that counts, or else its latest.
pub(crate) async fn of_enrolment(
    context: &Context,
    enrolment: &Enrolment,
) -> Result<Option<OrderDetails>, Failure> {
    let (school, id) = (enrolment.school_id, enrolment.id);
    match store::order::current(context.store.reader(), school, id).await? {
        Some(row) => Ok(Some(view::view(context, row).await?)),
        None => Ok(None),
    }
}

/// Changes the contact data of an unpaid order.
///
/// # Errors
/// `order.unknown`; `order.already_paid`; `order.closed`; `order.version_conflict`; wrong fields.
pub async fn update_contact(
    context: &Context,
    student: &Student,
    order_no: &str,
    change: ContactChange<'_>,
) -> Result<OrderDetails, Failure> {
    let contact =
        Contact::parse(Some(change.email), Some(change.address)).map_err(Refusal::fields)?;
    let found = find(context, student, order_no).await?;
    let phone = contact::open(context, &found).await?.0;
    let scope = Scope::School(found.school_id);
    let sealer = context.sealer(scope, Purpose::Person).await?;

    let tx = context.store.begin().await?;
    let mut row = lock(&tx, &found).await?;
    match row.state {
        OrderState::Unpaid => {}
        OrderState::Closed => return Err(ProblemCode::OrderClosed.into()),
        OrderState::Paid | OrderState::PartiallyRefunded | OrderState::Refunded => {
            return Err(ProblemCode::OrderPaid.into());
        }
    }
    if row.version != change.version {
        return Err(ProblemCode::OrderVersion.into());
    }
    row.contact = contact::seal(&sealer, row.id, &phone, contact)?;
    row.version += 1;
    store::order::save(&tx, &row).await?;
    let audited = audit::by_owner(
        context,
        &tx,
        student,
        deed(AuditAction::OrderContactChanged, &row),
    )
    .await?;
    store::commit(tx, audited).await?;
    view::view(context, row).await
}

/// One of the student's orders, as it is stored.
pub(crate) async fn find(
    context: &Context,
    student: &Student,
    order_no: &str,
) -> Result<Order, Failure> {
    let order_no: OrderNo = order_no.parse().map_err(|_| ProblemCode::OrderUnknown)?;
    let on = context.store.reader();
    let found = store::order::get(on, student.account_id, &order_no).await?;
    found.ok_or_else(|| ProblemCode::OrderUnknown.into())
}

/// An order that was found before, as it is now, locked until `tx` ends.
pub(crate) async fn lock(tx: &store::Tx, found: &Order) -> Result<Order, Failure> {
    let locked = store::order::lock(tx, found.school_id, found.id).await?;
    locked.ok_or(Failure::Fault("an order disappeared"))
}

fn deed(action: AuditAction, row: &Order) -> Deed {
    Deed {
        action,
        object: AuditObject::Order,
        object_id: row.id.0,
        school_id: Some(row.school_id),
    }
}
