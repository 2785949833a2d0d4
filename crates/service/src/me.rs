//! The personal centre.

use chrono::{DateTime, Utc};
use domain::account::Account;
use domain::agreement::Consent;
use domain::audit::{AuditAction, AuditObject, AuditRecord};
use domain::contact::Contact;
use domain::page::{Page, PageRequest};
use domain::{AccountId, AuditEventId, FieldError, Lang, Phone, ProblemCode, Refusal, Sealed};
use store::StoreError;

use crate::audit::{self, Deed};
use crate::session::Student;
use crate::vault::{Purpose, Scope};
use crate::{Context, Failure};

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
    /// Whether it gets another number soon, since somebody reported its phone as lost.
    pub has_phone_recovery: bool,
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

/// The student's account.
pub async fn get(context: &Context, student: &Student) -> Result<Me, Failure> {
    let on = context.store.reader();
    let found = store::overview::account(on, student.account_id).await?;
    let found = found.ok_or(ProblemCode::SessionRequired)?;
    let account = found.account;
    Ok(Me {
        id: student.account_id,
        phone: phone_of(context, &account).await?,
        language: account.language,
        contact: contact_of(context, &account).await?,
        consents: found.consents,
        has_phone_recovery: found.is_recovery_approved,
        created_at: account.created_at,
        version: account.version,
    })
}

/// The phone of an account.
pub(crate) async fn phone_of(context: &Context, account: &Account) -> Result<Phone, Failure> {
    let (id, sealed) = (account.id.0, &account.phone_sealed);
    let stored = context
        .open_text("accounts", "phone_sealed", id, sealed)
        .await?;
    let phone = Phone::from_e164(&stored);
    Ok(phone.ok_or(StoreError::Corrupt {
        what: "accounts.phone_sealed".into(),
    })?)
}

/// The contact data of an account.
pub(crate) async fn contact_of(context: &Context, account: &Account) -> Result<Contact, Failure> {
    let open = async |column, sealed: &Option<Sealed>| match sealed {
        Some(sealed) => {
            let text = context.open_text("accounts", column, account.id.0, sealed);
            text.await.map(Some)
        }
        None => Ok(None),
    };
    Ok(Contact {
        email: open("email_sealed", &account.email_sealed).await?,
        address: open("address_sealed", &account.address_sealed).await?,
    })
}

/// Changes language and contact data.
///
/// # Errors
/// Wrong fields; `request.version_conflict` where somebody else changed them meanwhile.
pub async fn update(
    context: &Context,
    student: &Student,
    change: Change<'_>,
) -> Result<(), Failure> {
    let (language, contact) = read_change(change)?;
    let sealer = context.sealer(Scope::Platform, Purpose::Person).await?;
    let tx = context.store.begin().await?;
    let account = store::account::lock(&tx, student.account_id).await?;
    let account = account.ok_or(ProblemCode::SessionRequired)?;
    if account.version != change.version {
        return Err(ProblemCode::VersionConflict.into());
    }
    let seal = |column, text: Option<String>| {
        text.map(|text| sealer.seal("accounts", column, account.id.0, text.as_bytes()))
            .transpose()
    };
    let changed = Account {
        language,
        email_sealed: seal("email_sealed", contact.email)?.map(Into::into),
        address_sealed: seal("address_sealed", contact.address)?.map(Into::into),
        version: account.version + 1,
        ..account
    };
    store::account::save(&tx, &changed).await?;
    let deed = Deed {
        action: AuditAction::AccountChanged,
        object: AuditObject::Account,
        object_id: student.account_id.0,
        school_id: None,
    };
    let audited = audit::by_owner(context, &tx, student, deed).await?;
    Ok(store::commit(tx, audited).await?)
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
pub async fn access_log(
    context: &Context,
    student: &Student,
    page: &PageRequest<AuditEventId>,
) -> Result<Page<Access>, Failure> {
    let on = context.store.reader();
    let entries = store::audit::about(on, student.account_id, page).await?;
    let access = |entry: AuditRecord| Access {
        at: entry.at,
        actor: entry.actor,
        action: entry.action,
        reason: entry.reason,
    };
    Ok(entries.with_items(|entries| entries.into_iter().map(access).collect()))
}
