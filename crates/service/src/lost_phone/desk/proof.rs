//! What speaks for a report of a lost phone: the account of the lost number, and what it has verified as.

use std::collections::HashMap;

use domain::access::Reach;
use domain::account::Account;
use domain::roster::RosterNumber;
use domain::{AccountId, RosterEntryId, SchoolId, same_person_name};
use store::StoreError;
use store::overview::EnrolmentRow;
use store::roster::batch;

use super::super::operator::OpenedLostPhoneReport;
use crate::{Context, Failure};

/// The most verifications of an account that are compared.
const COMPARED_MAX: u64 = 20;

/// A verification of the account of the lost number, compared with the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LostPhoneProof {
    /// The school.
    pub school_name: String,
    /// The task.
    pub task_name: String,
    /// Whether the student on the roster has the name of the report.
    pub is_name_same: bool,
    /// Whether the student on the roster has the document of the report.
    pub is_number_same: bool,
}

/// The account of the lost number.
pub(super) struct FoundAccount {
    /// Which one.
    pub(super) account_id: AccountId,
    /// Its verifications within reach.
    pub(super) proofs: Vec<LostPhoneProof>,
    /// The school of the newest one that has the document of the report.
    pub(super) school_id: Option<SchoolId>,
}

/// The account with a phone in international form.
pub(super) async fn account_with(
    context: &Context,
    on: &impl store::Connection,
    phone: &str,
) -> Result<Option<Account>, StoreError> {
    let known = context.vault.provider().phone_indexes(phone);
    let known: Vec<_> = known.iter().map(|known| known.index).collect();
    store::account::by_phone(on, &known).await
}

/// The account of the lost number with its verifications within reach; `None` where there is none.
pub(super) async fn find(
    context: &Context,
    on: &impl store::Connection,
    report: &OpenedLostPhoneReport,
    reach: &Reach,
) -> Result<Option<FoundAccount>, Failure> {
    let Some(account) = account_with(context, on, &report.old_phone).await? else {
        return Ok(None);
    };
    let rows = store::overview::enrolments_within(on, account.id, reach, COMPARED_MAX).await?;
    let numbers = numbers(on, &rows).await?;
    let mut found = FoundAccount {
        account_id: account.id,
        proofs: Vec::with_capacity(rows.len()),
        school_id: None,
    };
    for row in rows {
        let proof = compare(context, report, &row, &numbers).await?;
        if proof.is_number_same && found.school_id.is_none() {
            found.school_id = Some(row.enrolment.school_id);
        }
        found.proofs.push(proof);
    }
    Ok(Some(found))
}

/// The documents of the students on the rosters; one query a school, of which an account rarely has two.
async fn numbers(
    on: &impl store::Connection,
    rows: &[EnrolmentRow],
) -> Result<Vec<RosterNumber>, StoreError> {
    let mut entries: HashMap<SchoolId, Vec<RosterEntryId>> = HashMap::new();
    for row in rows {
        let of_school = entries.entry(row.entry.school_id).or_default();
        of_school.push(row.entry.id);
    }
    let mut numbers = Vec::new();
    for (school, ids) in entries {
        numbers.extend(batch::numbers_of_entries(on, school, &ids).await?);
    }
    Ok(numbers)
}

async fn compare(
    context: &Context,
    report: &OpenedLostPhoneReport,
    row: &EnrolmentRow,
    numbers: &[RosterNumber],
) -> Result<LostPhoneProof, Failure> {
    let (id, sealed) = (row.entry.id.0, &row.entry.name_sealed);
    let name = context.open_text("roster_entries", "name_sealed", id, sealed);
    let is_name_same = same_person_name(&name.await?, &report.name);
    let mut is_number_same = false;
    let own = numbers.iter();
    for number in own.filter(|number| number.entry_id == row.entry.id) {
        let (id, sealed) = (number.id.0, &number.number_sealed);
        let text = context.open_text("roster_ids", "number_sealed", id, sealed);
        is_number_same |= text.await? == report.document_number;
    }
    Ok(LostPhoneProof {
        school_name: row.school.name.clone(),
        task_name: row.task.name.clone(),
        is_name_same,
        is_number_same,
    })
}
