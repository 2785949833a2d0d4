//! Reports of a lost phone: written by people who cannot log in, dealt with by operators, and approved by two
//! members of staff, after which the account of the lost number gets the new one.
//!
//! The answer says nothing about what is known: whoever writes gets a reference, whether or not there is an account, a
//! student or a school as written.

mod desk;
mod operator;
mod recovery;

use domain::audit::{AuditAction, AuditObject};
use domain::limit::{self, REPORTS_PER_ADDRESS, REPORTS_PER_BROWSER, REPORTS_PER_PHONE, Window};
use domain::lost_phone::{LostPhoneReference, LostPhoneState};
use domain::{
    FieldError, IdNumber, KeyedHash, LostPhoneReportId, Phone, ProblemCode, Refusal, Sealed,
};
use providers::keys::SealError;
use store::Tx;
use store::login::CountedBy;
use store::lost_phone::{LostPhoneOrigin, LostPhoneReport, SealedLostPhoneReport};

use crate::audit::{self, Deed};
use crate::enrolment::read_number;
use crate::idempotency::{Claim, KeyOwner, KeyedOutcome, KeyedRequest};
use crate::login::{Caller, phone_field};
use crate::ticket::read_note;
use crate::vault::{Purpose, Scope, Sealer};
use crate::{Context, Failure, captcha};

pub use desk::{
    ListedLostPhoneReport, LostPhoneDossier, LostPhoneProof, NamedLostPhoneApproval, approve,
    close_as_staff, dossier, page,
};
pub use operator::{
    OpenedLostPhoneReport, WaitingLostPhoneReport, close, list, record_waiting, show,
};
pub(crate) use recovery::take_effect;
pub use recovery::{PhoneRecovery, RECOVERIES_MAX, list_own, refuse};

/// The table, as sealed values name it.
const TABLE: &str = "lost_phone_reports";

/// What somebody writes, as typed.
#[derive(Debug, Clone, Copy)]
pub struct NewLostPhoneReport<'a> {
    /// Their name.
    pub name: &'a str,
    /// Their school.
    pub school: &'a str,
    /// The kind of document.
    pub document_type: &'a str,
    /// Its number.
    pub document_number: &'a str,
    /// The phone that was lost.
    pub old_phone: &'a str,
    /// The phone at which they can be called back.
    pub new_phone: &'a str,
    /// What else they say; empty for nothing.
    pub note: &'a str,
    /// A solved captcha.
    pub captcha_token: Option<&'a str>,
}

/// A report that can be stored.
struct Readable {
    name: String,
    school: String,
    number: IdNumber,
    old_phone: Phone,
    new_phone: Phone,
    note: Option<String>,
}

/// Stores a report for an operator and gives its reference. Sent again with the same key from the same phone number, also
/// with another captcha or from another browser, it is the same report.
///
/// # Errors
/// Wrong fields; `login.captcha_required`; `request.too_many` beyond what a phone, a browser or a network may write;
/// `request.idempotency_key_reused`.
pub async fn report(
    context: &Context,
    caller: &Caller,
    request: &KeyedRequest,
    new: NewLostPhoneReport<'_>,
) -> Result<KeyedOutcome<LostPhoneReference>, Failure> {
    let readable = read(context, &new)?;
    let request = request.with_content(readable.content());
    let index = context
        .vault
        .provider()
        .phone_index(readable.new_phone.e164());
    let claim = Claim::new(context, &request, KeyOwner::Phone(&index));
    let stored = async {
        captcha::require(context, new.captcha_token, ProblemCode::LoginCaptcha).await?;
        store_report(context, caller, &claim, &readable).await
    };
    claim.once(stored).await
}

async fn store_report(
    context: &Context,
    caller: &Caller,
    claim: &Claim<'_>,
    readable: &Readable,
) -> Result<LostPhoneReference, Failure> {
    let sealer = context.sealer(Scope::Platform, Purpose::Person).await?;
    let tx = claim.begin().await?;
    require_room(context, &tx, caller, &readable.new_phone).await?;
    let origin = origin(context, caller, &readable.new_phone);
    let report = sealed(context, &sealer, readable)?;
    let (id, reference) = (report.id, report.reference.clone());
    store::lost_phone::insert(&tx, report, origin).await?;
    let deed = Deed {
        action: AuditAction::LostPhoneReported,
        object: AuditObject::LostPhoneReport,
        object_id: id.0,
        school_id: None,
    };
    let audited = audit::by_visitor(context, &tx, None, deed).await?;
    tx.commit(audited, &reference).await?;
    Ok(reference)
}

impl Readable {
    /// What tells this report from another one.
    fn content(&self) -> String {
        let number = self.number.canonical();
        [
            self.name.as_str(),
            &self.school,
            self.number.document_type().as_str(),
            number.expose(),
            self.old_phone.e164(),
            self.new_phone.e164(),
            self.note.as_deref().unwrap_or_default(),
        ]
        .join("\0")
    }
}

fn read(context: &Context, new: &NewLostPhoneReport<'_>) -> Result<Readable, Refusal> {
    let name = written(new.name, "/name", ProblemCode::NameMissing);
    let school = written(new.school, "/school", ProblemCode::LostPhoneSchool);
    let number = read_number(new.document_type, new.document_number, context.now());
    let old_phone = phone_field(context, new.old_phone, "/old_phone");
    let new_phone = phone_field(context, new.new_phone, "/new_phone").and_then(|phone| {
        let is_same = old_phone.as_ref().is_ok_and(|old| *old == phone);
        let same = || FieldError::new("/new_phone", ProblemCode::PhoneChangeSame);
        if is_same { Err(same()) } else { Ok(phone) }
    });
    let note = read_note(new.note);
    match (name, school, number, old_phone, new_phone, note) {
        (Ok(name), Ok(school), Ok(number), Ok(old_phone), Ok(new_phone), Ok(note)) => {
            Ok(Readable {
                name,
                school,
                number,
                old_phone,
                new_phone,
                note,
            })
        }
        (name, school, number, old_phone, new_phone, note) => {
            let errors = [
                name.err(),
                school.err(),
                number.err(),
                old_phone.err(),
                new_phone.err(),
                note.err(),
            ];
            Err(Refusal::fields(errors.into_iter().flatten().collect()))
        }
    }
}

/// A text that must not be empty.
fn written(typed: &str, pointer: &'static str, missing: ProblemCode) -> Result<String, FieldError> {
    // PostgreSQL refuses NUL in a text.
    let text = typed.replace('\0', "").trim().to_owned();
    if text.is_empty() {
        Err(FieldError::new(pointer, missing))
    } else {
        Ok(text)
    }
}

/// Makes sure that one more report fits under the limits. Reports from one network wait for each other, so that of two at
/// once one counts the other.
async fn require_room(
    context: &Context,
    tx: &Tx,
    caller: &Caller,
    new_phone: &Phone,
) -> Result<(), Failure> {
    let index = context.vault.provider().phone_index(new_phone.e164());
    let browser = caller.browser_hash();
    let networks = caller.networks(context);
    store::lock::take(tx, &index).await?;
    // The widest first everywhere, so that two reports cannot wait for each other.
    for network in networks.iter().rev() {
        store::lock::take(tx, network.hash()).await?;
    }
    require_fewer(context, tx, CountedBy::Phone(&index), REPORTS_PER_PHONE).await?;
    let by_browser = CountedBy::Browser(&browser);
    require_fewer(context, tx, by_browser, REPORTS_PER_BROWSER).await?;
    for network in &networks {
        let windows = network.windows(REPORTS_PER_ADDRESS);
        require_fewer(context, tx, network.counted_by(), &windows).await?;
    }
    Ok(())
}

async fn require_fewer(
    context: &Context,
    tx: &Tx,
    by: CountedBy<'_>,
    windows: &[Window],
) -> Result<(), Failure> {
    let now = context.now();
    let times = store::lost_phone::times_since(tx, by, now - limit::reach(windows)).await?;
    match limit::wait(&times, windows, now) {
        Some(wait) => Err(Refusal::until(ProblemCode::RequestTooMany, wait).into()),
        None => Ok(()),
    }
}

fn origin(context: &Context, caller: &Caller, new_phone: &Phone) -> LostPhoneOrigin {
    let networks = caller.networks(context);
    let hash_of = |number: usize| networks.get(number).map(|it| KeyedHash::from(*it.hash()));
    let new_phone = context.vault.provider().phone_index(new_phone.e164());
    LostPhoneOrigin {
        new_phone: new_phone.into(),
        browser: caller.browser_hash().into(),
        address: hash_of(0).unwrap_or_else(|| KeyedHash::from(Vec::new())),
        network56: hash_of(1),
        network48: hash_of(2),
    }
}

fn sealed(
    context: &Context,
    sealer: &Sealer,
    readable: &Readable,
) -> Result<LostPhoneReport, SealError> {
    let id = context.new_id(LostPhoneReportId::new);
    let seal = |column: &str, text: &str| {
        let bytes = sealer.seal(TABLE, column, id.0, text.as_bytes());
        bytes.map(Sealed::from)
    };
    let note = readable.note.as_deref();
    Ok(LostPhoneReport {
        id,
        reference: LostPhoneReference::new(context.random_bytes()),
        document_type: readable.number.document_type(),
        sealed: SealedLostPhoneReport {
            name: seal("name_sealed", &readable.name)?,
            school: seal("school_sealed", &readable.school)?,
            number: seal("number_sealed", readable.number.canonical().expose())?,
            old_phone: seal("old_phone_sealed", readable.old_phone.e164())?,
            new_phone: seal("new_phone_sealed", readable.new_phone.e164())?,
            note: note.map(|note| seal("note_sealed", note)).transpose()?,
        },
        about: None,
        approvals: Vec::new(),
        state: LostPhoneState::Open,
        created_at: context.now(),
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::text("赵一帆", "赵一帆")]
    #[case::blanks_around("  赵 一帆\n", "赵 一帆")]
    #[case::nul("赵\0一帆", "赵一帆")]
    #[case::nul_before_a_blank("\0 赵一帆", "赵一帆")]
    fn a_text_is_kept_without_blanks_around_it(#[case] typed: &str, #[case] expected: &str) {
        let text = written(typed, "/name", ProblemCode::RequestFieldMissing);
        assert_eq!(text, Ok(expected.to_owned()));
    }

    #[rstest]
    #[case::empty("")]
    #[case::blanks(" \t ")]
    #[case::nul("\0")]
    fn a_text_without_a_letter_is_missing(#[case] typed: &str) {
        let error = FieldError::new("/name", ProblemCode::RequestFieldMissing);
        let text = written(typed, "/name", ProblemCode::RequestFieldMissing);
        assert_eq!(text, Err(error));
    }
}
