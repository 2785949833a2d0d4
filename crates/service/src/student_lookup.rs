//! Finding a student by what they tell on the telephone: their phone, or the number of their order.

use domain::access::{Actor, Permission};
use domain::audit::{AuditAction, AuditObject};
use domain::order::OrderNo;
use domain::{AccountId, EnrolmentId, FieldError, Masked, Phone, ProblemCode, Refusal};
use store::overview::EnrolmentRow;

use crate::audit::{self, About, Deed};
use crate::{Context, Failure};

/// The most verifications of one account that are shown.
pub const FOUND_MAX: u64 = 20;

/// What is known of a student.
#[derive(Debug, Clone)]
pub enum LookupKey<'a> {
    /// The phone, as typed.
    Phone(&'a str),
    /// The number of an order.
    OrderNo(&'a str),
}

/// A student who was found.
#[derive(Debug, Clone)]
pub struct FoundStudent {
    /// The verification with its surroundings.
    pub row: EnrolmentRow,
    /// The name on the roster.
    pub name: String,
    /// The document number, masked.
    pub number: Option<String>,
}

/// Whose data are wanted, and of which verification where that is known.
struct Meant {
    account_id: AccountId,
    enrolment_id: Option<EnrolmentId>,
}

/// The students of schools within reach whom an account has verified as, newest first, at most [`FOUND_MAX`]. The student
/// reads in their access log that somebody looked.
///
/// # Errors
/// A wrong phone.
pub async fn find(
    context: &Context,
    actor: &Actor,
    key: LookupKey<'_>,
) -> Result<Vec<FoundStudent>, Failure> {
    let reach = actor.require(Permission::LookUpEnrolments)?;
    let Some(meant) = meant(context, key).await? else {
        return Ok(Vec::new());
    };
    let on = context.store.reader();
    let rows = store::overview::enrolments_within(on, meant.account_id, &reach, FOUND_MAX).await?;
    let is_meant = |row: &EnrolmentRow| meant.enrolment_id.is_none_or(|id| id == row.enrolment.id);
    let mut found = Vec::new();
    for row in rows.into_iter().filter(is_meant) {
        found.push(opened(context, row).await?);
    }
    note(context, actor, &found).await?;
    Ok(found)
}

async fn meant(context: &Context, key: LookupKey<'_>) -> Result<Option<Meant>, Failure> {
    let on = context.store.reader();
    match key {
        LookupKey::Phone(typed) => {
            let countries = &context.settings.countries;
            let phone = Phone::parse(typed, countries.first(), countries)
                .map_err(|_| Refusal::field(FieldError::new("/phone", ProblemCode::LoginPhone)))?;
            let indexes = context.vault.provider().phone_indexes(phone.e164());
            let indexes: Vec<_> = indexes.iter().map(|known| known.index).collect();
            let account = store::account::by_phone(on, &indexes).await?;
            Ok(account.map(|account| Meant {
                account_id: account.id,
                enrolment_id: None,
            }))
        }
        LookupKey::OrderNo(number) => {
            let Ok(number) = number.trim().parse::<OrderNo>() else {
                return Ok(None);
            };
            let Some(order) = store::order::by_number_for_system(on, &number).await? else {
                return Ok(None);
            };
            let (school, id) = (order.school_id, order.enrolment_id);
            let enrolment = store::enrolment::by_id_for_system(on, school, id).await?;
            Ok(enrolment.map(|enrolment| Meant {
                account_id: enrolment.account_id,
                enrolment_id: Some(enrolment.id),
            }))
        }
    }
}

async fn opened(context: &Context, row: EnrolmentRow) -> Result<FoundStudent, Failure> {
    let entry = &row.entry;
    let name = context.open_text(
        "roster_entries",
        "name_sealed",
        entry.id.0,
        &entry.name_sealed,
    );
    let name = name.await?;
    let number = match &row.document {
        Some(document) => {
            let (id, sealed) = (document.id.0, &document.number_sealed);
            let text = context.open_text("roster_ids", "number_sealed", id, sealed);
            Some(Masked::new(text.await?).to_string())
        }
        None => None,
    };
    Ok(FoundStudent { row, name, number })
}

async fn note(context: &Context, actor: &Actor, found: &[FoundStudent]) -> Result<(), Failure> {
    let tx = context.store.begin().await?;
    let mut noted = None;
    for student in found {
        let enrolment = &student.row.enrolment;
        let deed = Deed {
            action: AuditAction::EnrolmentLookedUp,
            object: AuditObject::Enrolment,
            object_id: enrolment.id.0,
            school_id: Some(enrolment.school_id),
        };
        let about = About {
            subject: Some(enrolment.account_id),
            reason: None,
        };
        noted = Some(audit::note(context, &tx, actor, deed, about).await?);
    }
    match noted {
        Some(audited) => store::commit(tx, audited).await?,
        None => store::rollback(tx).await?,
    }
    Ok(())
}
