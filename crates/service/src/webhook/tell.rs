//! Telling people by text message that an endpoint keeps failing.

use domain::event::{EventKind, EventObject};
use domain::role::Role;
use domain::staff::StaffRole;
use domain::webhook::WebhookEndpoint;
use domain::{AccountId, SchoolId, day_bounds, day_in_china};
use store::Tx;

use crate::student_message::{self, News};
use crate::{Context, Failure};

/// The events that people are told of.
const TOLD: [EventKind; 2] = [EventKind::EndpointFailing, EventKind::EndpointDisabled];

/// Keeps a message to those who are responsible for an endpoint, whose lock the caller holds: for a school's endpoint its
/// officers, or the operators where it has none; for one of the bureau the operators.
///
/// They are told once on a day in China, whatever becomes of the endpoint on it: call this before the event is recorded.
/// Nobody is told of endpoints of test schools, which send no messages.
pub(super) async fn tell_people(
    context: &Context,
    tx: &Tx,
    endpoint: &WebhookEndpoint,
) -> Result<(), Failure> {
    let (today, _) = day_bounds(day_in_china(context.now()));
    let object = EventObject::WebhookEndpoint(endpoint.id);
    if store::event::happened_since(tx, object, &TOLD, today).await? {
        return Ok(());
    }
    let people = match endpoint.school_id {
        Some(school) if is_test(tx, school).await? => return Ok(()),
        Some(school) => officers(tx, school).await?,
        None => Vec::new(),
    };
    let people = if people.is_empty() {
        accounts(store::staff::operators(tx).await?)
    } else {
        people
    };
    if people.is_empty() {
        return Ok(());
    }
    student_message::enqueue_all(context, tx, &people, News::WebhookFailing).await
}

async fn is_test(tx: &Tx, school: SchoolId) -> Result<bool, Failure> {
    let found = store::school::of_ids(tx, &[school]).await?;
    Ok(found.iter().any(|school| school.is_test))
}

/// The officers of a school who manage its webhooks: those of a part of it do not.
async fn officers(tx: &Tx, school: SchoolId) -> Result<Vec<AccountId>, Failure> {
    let officers = store::staff::holders(tx, Role::Officer, school).await?;
    let officers = officers.into_iter();
    Ok(accounts(
        officers.filter(|role| role.limits.is_whole_school()),
    ))
}

/// Whose roles these are, each account once.
fn accounts(roles: impl IntoIterator<Item = StaffRole>) -> Vec<AccountId> {
    let mut accounts: Vec<_> = roles.into_iter().map(|role| role.account_id).collect();
    accounts.sort_unstable();
    accounts.dedup();
    accounts
}
