//! Cases about money, as staff list them.

use chrono::{DateTime, Utc};
use domain::access::{Actor, Permission, Reach};
use domain::money_case::{CaseKind, CaseState, MoneyCase, SYSTEM};
use domain::order::OrderNo;
use domain::page::{Page, PageRequest, SortedPlace};
use domain::payment::Provider;
use domain::{Fen, MoneyCaseId, OrderId, ResponsiblePerson, SchoolId};
use serde_json::Value;
use store::overview::{CaseFilter, CaseRow};

use crate::staff::{StaffNames, staff_names};
use crate::{Context, Failure};

/// The most cases that are listed at once at the command line.
const MOST: u64 = 500;
/// Among the facts of a case: whether it was opened by a message that proves nothing, so that anybody may have sent it.
pub(crate) const UNVERIFIED: &str = "unverified";

/// Whether a message opened a case that proves nothing.
pub(super) fn is_unverified(facts: &Value) -> bool {
    facts[UNVERIFIED] == true
}

/// A case, as staff see it.
#[derive(Debug, Clone)]
pub struct Case {
    /// Names it.
    pub id: MoneyCaseId,
    /// What is the matter.
    pub kind: CaseKind,
    /// Whose account: provider and name.
    pub merchant: (Provider, String),
    /// The order's number, where one of ours is concerned.
    pub order_no: Option<OrderNo>,
    /// The school of that order.
    pub school_id: Option<SchoolId>,
    /// The money in question.
    pub amount: Option<Fen>,
    /// The numbers that help to find it at the provider.
    pub facts: Value,
    /// When it was first met.
    pub opened_at: DateTime<Utc>,
    /// How often it was met.
    pub seen_count: i32,
    /// Whether a message opened it that proves nothing: look it up at the provider before acting on it.
    pub is_unverified: bool,
    /// How it ended; `None` while it is open.
    pub resolution: Option<CaseResolution>,
}

/// How a case ended, as staff see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseResolution {
    /// When.
    pub at: DateTime<Utc>,
    /// How colleagues call who resolved it; `None` where it settled itself.
    pub by: Option<String>,
    /// How, in their words.
    pub text: Option<String>,
}

/// Which cases are wanted.
#[derive(Debug, Clone, Copy)]
pub struct CaseSearch {
    /// Open ones, or those that ended.
    pub state: CaseState,
    /// Of this kind.
    pub kind: Option<CaseKind>,
    /// About orders of this school.
    pub school_id: Option<SchoolId>,
}

/// A page of the cases within reach, the oldest first.
///
/// # Errors
/// Where the actor resolves no cases.
pub async fn page(
    context: &Context,
    actor: &Actor,
    search: CaseSearch,
    page: &PageRequest<SortedPlace<DateTime<Utc>, MoneyCaseId>>,
) -> Result<Page<Case>, Failure> {
    let reach = actor.require(Permission::ResolveMoneyCases)?;
    let filter = CaseFilter {
        state: Some(search.state),
        kind: search.kind,
        school: search.school_id,
    };
    let found = store::overview::cases(context.store.reader(), &reach, &filter, page).await?;
    Ok(Page {
        items: shown(context, found.items).await?,
        next: found.next,
    })
}

/// The open cases, oldest first: for the command line.
///
/// # Errors
/// Where the database fails.
pub async fn list(context: &Context) -> Result<Vec<Case>, Failure> {
    let filter = CaseFilter {
        state: Some(CaseState::Open),
        ..CaseFilter::default()
    };
    let (on, page) = (context.store.reader(), PageRequest::first(MOST));
    let found = store::overview::cases(on, &Reach::AllSchools, &filter, &page).await?;
    shown(context, found.items).await
}

/// Every case of an order that the caller may read, oldest first.
pub(crate) async fn of_order(
    context: &Context,
    order_id: OrderId,
    order_no: &OrderNo,
) -> Result<Vec<Case>, Failure> {
    let cases = store::money_case::of_order(context.store.reader(), order_id).await?;
    let row = |case| CaseRow {
        case,
        order_no: Some(order_no.clone()),
    };
    shown(context, cases.into_iter().map(row).collect()).await
}

async fn shown(context: &Context, rows: Vec<CaseRow>) -> Result<Vec<Case>, Failure> {
    let people = rows.iter().filter_map(|row| resolver(&row.case));
    let accounts = people.filter_map(|person| person.account_id());
    let names = staff_names(context, accounts).await?;
    Ok(rows.into_iter().map(|row| one(row, &names)).collect())
}

/// The person who resolved a case.
fn resolver(case: &MoneyCase) -> Option<ResponsiblePerson> {
    let resolution = case.resolution.as_ref()?;
    let is_person = resolution.by != SYSTEM;
    is_person.then(|| ResponsiblePerson::of_columns(resolution.by.clone(), None))
}

fn one(row: CaseRow, names: &StaffNames) -> Case {
    let by = resolver(&row.case).map(|person| names.of(&person));
    let case = row.case;
    Case {
        id: case.id,
        kind: case.kind,
        merchant: (case.provider, case.merchant_account),
        order_no: row.order_no,
        school_id: case.order.map(|order| order.school_id),
        amount: case.amount,
        is_unverified: is_unverified(&case.facts),
        facts: case.facts,
        opened_at: case.opened_at,
        seen_count: case.seen_count,
        resolution: case.resolution.map(|resolution| CaseResolution {
            at: resolution.at,
            by,
            text: resolution.text,
        }),
    }
}
