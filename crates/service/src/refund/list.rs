//! Refunds, as staff list them.

use chrono::{DateTime, Utc};
use domain::access::{Actor, Permission, Reach};
use domain::order::{Order, OrderNo};
use domain::page::{Page, PageRequest};
use domain::payment::Provider;
use domain::refund::{self as rules, Approval, RefundReason, RefundRequester, RefundState};
use domain::{Fen, OrderId, ProblemCode, RefundId, ResponsiblePerson, SchoolId};
use store::overview::{RefundFilter, RefundRow};

use crate::staff::{StaffNames, staff_names};
use crate::{Context, Failure};

/// The most refunds that are listed at once at the command line.
const MOST: u64 = 500;

/// A refund, as staff see it.
#[derive(Debug, Clone)]
pub struct ListedRefund {
    /// Our number of it.
    pub out_refund_no: String,
    /// The order's number.
    pub order_no: OrderNo,
    /// The school of the order.
    pub school_id: SchoolId,
    /// Whose account the money leaves.
    pub provider: Provider,
    /// How much goes back.
    pub amount: Fen,
    /// Why.
    pub reason: RefundReason,
    /// Why, in words.
    pub note: String,
    /// Who asked for it.
    pub requested_by: RefundRequester,
    /// How colleagues call who asked for it; `None` where no person did.
    pub requester_name: Option<String>,
    /// The second person's consent.
    pub approval: Option<Approval>,
    /// How colleagues call the second person.
    pub approver_name: Option<String>,
    /// Whether a second person must agree first.
    pub waits_for_approval: bool,
    /// Where it is.
    pub state: RefundState,
    /// When it was asked for.
    pub requested_at: DateTime<Utc>,
    /// When the provider took it.
    pub submitted_at: Option<DateTime<Utc>>,
    /// When the money was back.
    pub succeeded_at: Option<DateTime<Utc>>,
    /// What went wrong last.
    pub last_error: Option<String>,
}

/// Which refunds are wanted; nothing of it is required.
#[derive(Debug, Clone, Copy, Default)]
pub struct RefundSearch {
    /// Those of this school.
    pub school_id: Option<SchoolId>,
    /// Those in this state.
    pub state: Option<RefundState>,
    /// Only those that wait for a second person.
    pub waits_for_approval: bool,
}

/// A page of the refunds within reach, the newest first.
///
/// # Errors
/// Where the actor asks for no refunds.
pub async fn page(
    context: &Context,
    actor: &Actor,
    search: RefundSearch,
    page: &PageRequest<RefundId>,
) -> Result<Page<ListedRefund>, Failure> {
    let reach = actor.require(Permission::RequestRefunds)?;
    let filter = RefundFilter {
        school: search.school_id,
        order: None,
        state: search.state,
        waits_for_approval: search.waits_for_approval,
    };
    let found = store::overview::refunds(context.store.reader(), &reach, &filter, page).await?;
    Ok(Page {
        items: shown(context, found.items).await?,
        next: found.next,
    })
}

/// The refunds of an order, or else those that wait for a second person, oldest first: for the command line.
///
/// # Errors
/// `order.unknown`.
pub async fn list(context: &Context, order_no: Option<&str>) -> Result<Vec<ListedRefund>, Failure> {
    let everywhere = Reach::AllSchools;
    let order = match order_no {
        Some(order_no) => Some(find_order(context, &everywhere, order_no).await?.id),
        None => None,
    };
    let filter = RefundFilter {
        waits_for_approval: order.is_none(),
        order,
        ..RefundFilter::default()
    };
    let (on, page) = (context.store.reader(), PageRequest::first(MOST));
    let found = store::overview::refunds(on, &everywhere, &filter, &page).await?;
    let mut refunds = shown(context, found.items).await?;
    refunds.reverse();
    Ok(refunds)
}

/// The refunds of an order that the caller may read, oldest first.
pub(crate) async fn of_order(
    context: &Context,
    order: OrderId,
) -> Result<Vec<ListedRefund>, Failure> {
    let filter = RefundFilter {
        order: Some(order),
        ..RefundFilter::default()
    };
    let (on, page) = (context.store.reader(), PageRequest::whole());
    let found = store::overview::refunds(on, &Reach::AllSchools, &filter, &page).await?;
    let mut refunds = shown(context, found.items).await?;
    refunds.reverse();
    Ok(refunds)
}

/// An order of a school within reach.
pub(super) async fn find_order(
    context: &Context,
    reach: &Reach,
    order_no: &str,
) -> Result<Order, Failure> {
    let order_no: OrderNo = order_no.parse().map_err(|_| ProblemCode::OrderUnknown)?;
    let on = context.store.reader();
    let found = store::order::by_number_for_system(on, &order_no).await?;
    let found = found.filter(|order| reach.includes(order.school_id));
    found.ok_or_else(|| ProblemCode::OrderUnknown.into())
}

/// The refund, as staff see it.
pub(super) async fn view(context: &Context, row: &rules::Refund) -> Result<ListedRefund, Failure> {
    let found = store::overview::refund(context.store.reader(), row.id).await?;
    let found = found.ok_or(Failure::Fault("a refund disappeared"))?;
    let shown = shown(context, vec![found]).await?.pop();
    shown.ok_or(Failure::Fault("a refund disappeared"))
}

/// The rows with the names of their people.
async fn shown(context: &Context, rows: Vec<RefundRow>) -> Result<Vec<ListedRefund>, Failure> {
    let people = rows.iter().flat_map(|row| {
        let approver = row.refund.approval.as_ref().map(|approval| &approval.by);
        [row.refund.requested_by.person(), approver]
    });
    let staff = people.flatten().filter_map(ResponsiblePerson::account_id);
    let names = staff_names(context, staff).await?;
    Ok(rows.into_iter().map(|row| one(row, &names)).collect())
}

fn one(row: RefundRow, names: &StaffNames) -> ListedRefund {
    let refund = row.refund;
    let requester = match &refund.requested_by {
        RefundRequester::Person(person) => Some(names.of(person)),
        RefundRequester::System | RefundRequester::Console => None,
    };
    let approval = refund.approval.as_ref();
    ListedRefund {
        requester_name: requester,
        approver_name: approval.map(|approval| names.of(&approval.by)),
        order_no: row.order_no,
        school_id: refund.school_id,
        provider: row.provider,
        amount: refund.amount,
        reason: refund.reason,
        waits_for_approval: refund.waits_for_approval(),
        state: refund.state,
        requested_at: refund.created_at,
        submitted_at: refund.submitted_at,
        succeeded_at: refund.succeeded_at,
        out_refund_no: refund.out_refund_no,
        note: refund.note,
        requested_by: refund.requested_by,
        approval: refund.approval,
        last_error: refund.last_error,
    }
}
