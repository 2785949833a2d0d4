//! Orders: what is due, and the contact data that go with it.

mod close;
mod contact;
mod ensure;
mod price;
mod settle;
mod view;

pub use close::close;
pub(crate) use close::{close_for_operator, require_none_open, sweep};
pub(crate) use contact::{open as open_contact, seal as seal_contact};
pub(crate) use ensure::{NewOrder, ensure, prepare};
pub(crate) use price::{is_outdated, replace};
pub(crate) use settle::{Settlement, settle};
pub(crate) use view::{news, status};

use domain::audit::{AuditAction, AuditObject};
use domain::contact::Contact;
use domain::order::{Order, OrderNo, OrderState};
use domain::{ProblemCode, Refusal};

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

/// Changes the contact data of an unpaid order.
///
/// # Errors
/// `order.unknown`; `order.already_paid`; `order.closed`; `request.version_conflict`; wrong fields.
pub async fn update_contact(
    context: &Context,
    student: &Student,
    order_no: &str,
    change: ContactChange<'_>,
) -> Result<Order, Failure> {
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
        return Err(ProblemCode::VersionConflict.into());
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
    Ok(row)
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
