//! The personal centre.

mod export;

pub use export::{Export, export};

use chrono::{DateTime, Utc};
use domain::contact::Contact;
use domain::{AccountId, AuditEventId, FieldError, Lang, Phone, ProblemCode, Refusal};
use store::StoreError;
use store::entity::account;

use crate::audit::{self, Deed};
use crate::consent::Consent;
use crate::session::Student;
use crate::vault::{Purpose, Scope};
use crate::{Context, Failure};

/// The longest page of a list.
const LONGEST_PAGE: u64 = 100;

/// An account, as its owner sees it.
#[derive(Debug, Clone)]
pub struct Me {
    /// Its id.
    pub id: AccountId,
    /// Its phone.
    pub phone: Phone,
    /// Its language.
    pub language: Lang,
    /// How else to reach it.
    pub contact: Contact,
    /// The consents that hold.
    pub consents: Vec<Consent>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Changes with every change.
    pub version: i32,
}

/// A change, as typed.
#[derive(Debug, Clone, Copy)]
pub struct Change<'a> {
    /// A language tag.
    pub language: &'a str,
    /// Empty for none.
    pub email: &'a str,
    /// Empty for none.
    pub address: &'a str,
    /// The version that was read.
    pub version: i32,
}

/// Somebody looked at or changed something of the student's.
#[derive(Debug, Clone)]
pub struct Access {
    /// When.
    pub at: DateTime<Utc>,
    /// Who, as a kind.
    pub actor: String,
    /// What.
    pub action: String,
    /// Why.
    pub reason: Option<String>,
}

/// A page of the access log.
#[derive(Debug, Clone)]
pub struct AccessPage {
    /// Newest first.
    pub items: Vec<Access>,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// The student's account.
pub async fn get(context: &Context, student: &Student) -> Result<Me, Failure> {
    let on = context.store.reader();
    let row = store::account::get(on, student.account_id).await?;
    let row = row.ok_or(ProblemCode::SessionRequired)?;
    let consents = store::consent::holding(on, student.account_id).await?;
    Ok(Me {
        id: student.account_id,
        phone: phone_of(context, &row).await?,
        language: Lang::from_tag(&row.language).unwrap_or_default(),
        contact: contact_of(context, &row).await?,
        consents: consents
            .into_iter()
            .map(Consent::read)
            .collect::<Result<_, _>>()?,
        created_at: row.created_at,
        version: row.version,
    })
}

/// The phone of an account.
pub(crate) async fn phone_of(context: &Context, row: &account::Model) -> Result<Phone, Failure> {
    let stored = context
        .open_text("accounts", "phone_sealed", row.id, &row.phone_sealed)
        .await?;
    let phone = Phone::from_e164(&stored);
    Ok(phone.ok_or(StoreError::Corrupt {
        what: "accounts.phone_sealed".into(),
    })?)
}

/// The contact data of an account.
pub(crate) async fn contact_of(
    context: &Context,
    row: &account::Model,
) -> Result<Contact, Failure> {
    let mut contact = Contact::default();
    if let Some(sealed) = &row.email_sealed {
        contact.email = Some(
            context
                .open_text("accounts", "email_sealed", row.id, sealed)
                .await?,
        );
    }
    if let Some(sealed) = &row.address_sealed {
        contact.address = Some(
            context
                .open_text("accounts", "address_sealed", row.id, sealed)
                .await?,
        );
    }
    Ok(contact)
}

/// Changes language and contact data.
///
/// # Errors
/// Wrong fields; `order.version_conflict` where somebody else changed them meanwhile.
pub async fn update(
    context: &Context,
    student: &Student,
    change: Change<'_>,
) -> Result<Me, Failure> {
    let (language, contact) = read_change(change)?;
    let sealer = context.sealer(Scope::Platform, Purpose::Person).await?;
    let tx = context.store.begin().await?;
    let row = store::account::lock(&tx, student.account_id).await?;
    let row = row.ok_or(ProblemCode::SessionRequired)?;
    if row.version != change.version {
        return Err(ProblemCode::OrderVersion.into());
    }
    let seal = |column, text: Option<String>| {
        text.map(|text| sealer.seal("accounts", column, row.id, text.as_bytes()))
            .transpose()
    };
    let changed = account::Model {
        language: language.tag().to_owned(),
        email_sealed: seal("email_sealed", contact.email)?,
        address_sealed: seal("address_sealed", contact.address)?,
        version: row.version + 1,
        ..row
    };
    store::save(&tx, changed).await?;
    let deed = Deed {
        action: "account.changed",
        object_type: "account",
        object_id: student.account_id.0,
        school_id: None,
    };
    audit::by_owner(context, &tx, student, deed).await?;
    store::commit(tx).await?;
    get(context, student).await
}

fn read_change(change: Change<'_>) -> Result<(Lang, Contact), Refusal> {
    let language = Lang::from_tag(change.language);
    let contact = Contact::parse(Some(change.email), Some(change.address));
    match (language, contact) {
        (Some(language), Ok(contact)) => Ok((language, contact)),
        (language, contact) => {
            let mut errors = contact.err().unwrap_or_default();
            if language.is_none() {
                let tags: Vec<_> = Lang::ALL.iter().map(|lang| lang.tag()).collect();
                let error = FieldError::new("/language", ProblemCode::AccountLanguage);
                errors.push(error.with("expected", tags.join(", ")));
            }
            Err(Refusal::fields(errors))
        }
    }
}

/// A page of who looked at the student's data, newest first.
///
/// # Errors
/// Wrong fields.
pub async fn access_log(
    context: &Context,
    student: &Student,
    limit: u64,
    after: Option<&str>,
) -> Result<AccessPage, Failure> {
    if !(1..=LONGEST_PAGE).contains(&limit) {
        let error = FieldError::new("/limit", ProblemCode::RequestPageSize);
        return Err(Refusal::field(error.with("max", LONGEST_PAGE)).into());
    }
    let after = after
        .map(str::parse::<AuditEventId>)
        .transpose()
        .map_err(|_| Refusal::field(FieldError::new("/after", ProblemCode::RequestPageStart)))?;
    let on = context.store.reader();
    // One more than asked for tells whether there is a next page.
    let mut rows = store::audit::about(on, student.account_id, after, limit + 1).await?;
    let has_more = rows.len() as u64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = rows
        .last()
        .filter(|_| has_more)
        .map(|row| AuditEventId(row.id).to_string());
    let items = rows.into_iter().map(|row| Access {
        at: row.at,
        actor: row.actor_kind,
        action: row.action,
        reason: row.reason,
    });
    Ok(AccessPage {
        items: items.collect(),
        next,
    })
}
