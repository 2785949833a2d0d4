//! Taking a photo: checked and stored before the transaction, entered in it.

use std::sync::Arc;

use domain::agreement::Document;
use domain::audit::{AuditAction, AuditExemption};
use domain::enrolment::Enrolment;
use domain::event::EventData;
use domain::limit::{self, CHECKS_PER_ACCOUNT};
use domain::photo_note::gives_reason;
use domain::photo_state::{PhotoEvent, PhotoState};
use domain::submitted_photo::SubmittedPhoto;
use domain::task::{PHOTO_NOTE_MAX, PhotoSource, Task};
use domain::{
    FieldError, PhotoCheckId, PhotoId, ProblemCode, Refusal, SchoolId, StoredText, UploadId,
};
use photo::DifferenceHash;
use providers::keys::sha256;
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::Tx;
use store::photo::PhotoCheck;

use super::check::Accepted;
use super::files::{Keys, Variant};
use super::transition::{deed, move_to, record};
use super::{Submission, check, files, leftover};
use crate::audit;
use crate::order::{self, NewOrder};
use crate::school::{self, SchoolTask};
use crate::session::Student;
use crate::vault::{Purpose, Scope};
use crate::{Context, Failure, enrolment as enrolments};

/// An upload, as far as it can be read without looking at its file.
pub(super) struct Upload {
    pub(super) id: UploadId,
    pub(super) sha256: [u8; 32],
    pub(super) frame: photo::Crop,
    pub(super) source: PhotoSource,
    pub(super) note: Option<String>,
}

/// What may be done with an upload.
enum Admission {
    /// It is a photo already: the client sends it again because an answer was lost.
    Known(SubmittedPhoto),
    /// It may become the photo with this number, in place of an earlier one.
    Welcome {
        number: i32,
        earlier: Option<SubmittedPhoto>,
    },
}

/// Takes a photo: checks and frames it, keeps original and result, and makes the order with the first.
///
/// # Errors
/// What is wrong with file or frame, and what fails the check where no note says why that is wrong;
/// `photo.being_checked`; `photo.too_many_checks`; `photo.camera_required`; `consent.face_photo_required`; `task.closed`;
/// `photo.limit_reached`; `photo.state` where the photo that counts is already accepted; `photo.upload_reused`;
/// `enrolment.unknown`.
pub async fn submit(
    context: &Context,
    student: &Student,
    submission: Submission<'_>,
) -> Result<SubmittedPhoto, Failure> {
    let upload = read(&submission)?;
    let enrolment = enrolments::own(context, student, submission.enrolment_id).await?;
    let seen = enrolments::task_of(context, &enrolment).await?;
    let seen = seen.ok_or(ProblemCode::EnrolmentUnknown)?;
    let place = context.photo_queue.place(student.account_id)?;
    let turn = Arc::new(place.turn().await?);
    // Asked before the work and again after it, when nothing can change any more.
    let tx = context.store.begin().await?;
    let admission = admit(context, &tx, student, &enrolment, &seen.task, &upload).await?;
    if let Admission::Known(photo) = admission {
        return Ok(photo);
    }
    if seen.task.settings.camera_only && upload.source != PhotoSource::Camera {
        return Err(ProblemCode::PhotoCamera.into());
    }
    let counted = count(context, &tx, student, seen.school.id).await?;
    store::commit(tx, AuditExemption::Attempt).await?;
    let wanted = check::Wanted {
        frame: upload.frame,
        rules: seen.task.settings.photo.clone(),
        is_contested: upload.note.as_deref().is_some_and(gives_reason),
        quarters: 0,
    };
    let (engine, image) = (context.engine.clone(), check::read(submission.image));
    let accepted = check::check(&turn, engine, image, wanted).await?;
    let hash = accepted.hash;
    let new_order = order::prepare(context, seen.school.id, student.account_id).await?;
    let stored = put_away(context, &enrolment, &upload, accepted).await;
    if stored.is_err() {
        uncount(context, student, counted).await;
    }
    let (photo, keys) = stored?;
    let entry = NewPhoto {
        enrolment: &enrolment,
        seen: &seen,
        upload: &upload,
        photo: &photo,
        hash,
        counted,
        order: &new_order,
    };
    let entered = Box::pin(enter(context, student, entry)).await;
    match entered {
        Ok(entered) if entered.id == photo.id => Ok(entered),
        Ok(known) => {
            files::discard(context, &keys).await;
            Ok(known)
        }
        Err(refused @ Failure::Refused(_)) => {
            files::discard(context, &keys).await;
            Err(refused)
        }
        // The row may have lasted although we were not told, so its files stay; without a row nothing leads to them.
        Err(failure) => Err(failure),
    }
}

fn read(submission: &Submission<'_>) -> Result<Upload, Refusal> {
    let unreadable = |pointer, code| Refusal::field(FieldError::new(pointer, code));
    let id = submission
        .upload_id
        .parse()
        .map_err(|_| unreadable("/upload_id", ProblemCode::PhotoUploadId))?;
    let source = submission.source.unwrap_or(PhotoSource::File.as_str());
    let source = PhotoSource::parse(source).ok_or_else(|| {
        let words: Vec<_> = PhotoSource::ALL.iter().map(|word| word.as_str()).collect();
        let error = FieldError::new("/source", ProblemCode::PhotoSourceUnknown);
        Refusal::field(error.with("expected", words.join(", ")))
    })?;
    // PostgreSQL refuses NUL in a text; a form writes the end of a line as two characters.
    let note = submission
        .note
        .map(|note| note.trim().replace('\0', "").replace("\r\n", "\n"));
    let note = note.filter(|note| !note.is_empty());
    if note
        .as_ref()
        .is_some_and(|note| note.chars().count() > PHOTO_NOTE_MAX)
    {
        return Err(unreadable("/note", ProblemCode::PhotoNote));
    }
    Ok(Upload {
        id,
        sha256: submission.image.sha256(),
        frame: submission.frame,
        source,
        note,
    })
}

/// Decides about an upload; holds the enrolment until `tx` ends.
async fn admit(
    context: &Context,
    tx: &Tx,
    student: &Student,
    enrolment: &Enrolment,
    task: &Task,
    upload: &Upload,
) -> Result<Admission, Failure> {
    let (school, id) = (enrolment.school_id, enrolment.id);
    // Under the account's lock a consent cannot be withdrawn meanwhile.
    let account = store::account::lock(tx, student.account_id).await?;
    account.ok_or(ProblemCode::SessionRequired)?;
    let locked = store::enrolment::lock(tx, student.account_id, id).await?;
    locked.ok_or(ProblemCode::EnrolmentUnknown)?;
    let (document, owner) = (Document::FacePhoto, student.account_id);
    if !store::consent::holds(tx, owner, document, document.current().version).await? {
        return Err(ProblemCode::ConsentRequired.into());
    }
    if let Some(photo) = store::photo::by_upload(tx, school, id, upload.id).await? {
        return if photo.original_sha256 == upload.sha256 {
            Ok(Admission::Known(photo))
        } else {
            Err(ProblemCode::UploadReused.into())
        };
    }
    let submitted = store::photo::count(tx, school, id).await?;
    // A payment holds the order and then the photo; in the other order the two could wait for each other.
    store::order::lock_open(tx, school, id).await?;
    let earlier = store::photo::lock_live(tx, school, id).await?;
    let latest = match &earlier {
        Some(photo) => Some(photo.clone()),
        None => store::photo::current(tx, school, id).await?,
    };
    require_chance(context, task, latest.as_ref(), submitted)?;
    let number = i32::try_from(submitted).map_or(i32::MAX, |count| count + 1);
    Ok(Admission::Welcome { number, earlier })
}

/// Whether the task takes another photo of this student now.
pub(super) fn require_chance(
    context: &Context,
    task: &Task,
    latest: Option<&SubmittedPhoto>,
    submitted: u64,
) -> Result<(), Failure> {
    let standing = latest.map(|photo| (photo.state, photo.state_at));
    if !task.takes_photo(standing, context.now()) {
        return Err(school::not_open(task, context.now()).into());
    }
    if let Some((state, _)) = standing
        && state.is_live()
    {
        state
            .after(PhotoEvent::Replaced)
            .map_err(|_| ProblemCode::PhotoState)?;
    }
    if photos_left(task, submitted) == 0 {
        return Err(Refusal::from(ProblemCode::PhotoLimit)
            .with("max", task.settings.max_photos)
            .with("contact", &task.settings.contact)
            .into());
    }
    Ok(())
}

/// Counts an examination before it begins, so that one which nobody waits for counts as well; that of a photo which is
/// entered is forgotten with it.
async fn count(
    context: &Context,
    tx: &Tx,
    student: &Student,
    school: SchoolId,
) -> Result<PhotoCheckId, Failure> {
    let (owner, now) = (student.account_id, context.now());
    let since = now - limit::reach(CHECKS_PER_ACCOUNT);
    let times = store::photo::checks_since(tx, owner, since).await?;
    if let Some(wait) = limit::wait(&times, CHECKS_PER_ACCOUNT, now) {
        let refusal = Refusal::until(ProblemCode::PhotoChecks, wait);
        return Err(refusal.with("max", times.len()).into());
    }
    store::photo::forget_checks(tx, owner, since).await?;
    let id = context.new_id(PhotoCheckId::new);
    let examined = PhotoCheck {
        id,
        school_id: school,
        account_id: owner,
        created_at: now,
    };
    store::photo::count_check(tx, examined).await?;
    Ok(id)
}

/// Takes back that an examination was counted: its photo passed and could not be stored, which is our fault. An hour without the
/// object store would otherwise cost students who go on trying another hour.
async fn uncount(context: &Context, student: &Student, counted: PhotoCheckId) {
    let uncounted = async {
        let tx = context.store.begin().await?;
        store::photo::forget_check(&tx, student.account_id, counted).await?;
        store::commit(tx, AuditExemption::Attempt).await
    };
    if let Err(error) = uncounted.await {
        context.report("An examination stays counted", &error.into());
    }
}

/// Seals and stores the files under the key of the task; gives the photo that will name them.
pub(super) async fn put_away(
    context: &Context,
    enrolment: &Enrolment,
    upload: &Upload,
    accepted: Accepted,
) -> Result<(SubmittedPhoto, Keys), Failure> {
    let scope = Scope::Task(enrolment.task_id);
    let sealer = context.sealer(scope, Purpose::Photo).await?;
    let (id, keys) = (context.new_id(PhotoId::new), Keys::random(context));
    leftover::expect(context, enrolment.school_id, id, &keys).await?;
    let original = &accepted.original;
    for (variant, key, plain) in [
        (Variant::Original, &keys.original, original.as_ref()),
        (Variant::Framed, &keys.framed, accepted.framed.as_slice()),
        (Variant::Thumb, &keys.thumb, accepted.thumb.as_slice()),
    ] {
        files::put(context, &sealer, id, variant, key, plain).await?;
    }
    let person = context.sealer(scope, Purpose::Person).await?;
    let note = upload.note.as_ref();
    let note = note.map(|note| person.seal("photos", "note_sealed", id.0, note.as_bytes()));
    let photo = SubmittedPhoto {
        id,
        school_id: enrolment.school_id,
        task_id: enrolment.task_id,
        enrolment_id: enrolment.id,
        upload_id: upload.id,
        number: 1,
        state: PhotoState::Checked,
        original_key: Some(keys.original.as_str().to_owned()),
        original_sha256: upload.sha256.to_vec(),
        original_bytes: length(original),
        framed_key: Some(keys.framed.as_str().to_owned()),
        framed_sha256: sha256(&accepted.framed).to_vec(),
        framed_bytes: length(&accepted.framed),
        thumb_key: Some(keys.thumb.as_str().to_owned()),
        crop: upload.frame,
        measurements: stored(&accepted.measurements)?,
        verdict: stored(&accepted.verdict)?,
        rules_version: i32::from(photo::Rules::VERSION),
        source: upload.source,
        note: note
            .transpose()?
            .map(|note| StoredText::Sealed(note.into())),
        review: None,
        review_note: None,
        created_at: context.now(),
        state_at: context.now(),
        version: 1,
        original_erased_at: None,
        files_erased_at: None,
        adjusted_at: None,
    };
    Ok((photo, keys))
}

/// A photo that is to be entered; its files are put away.
struct NewPhoto<'a> {
    enrolment: &'a Enrolment,
    /// The task and school, as they were when the upload began.
    seen: &'a SchoolTask,
    upload: &'a Upload,
    photo: &'a SubmittedPhoto,
    /// The difference hash of its result.
    hash: DifferenceHash,
    /// What the examination was counted as.
    counted: PhotoCheckId,
    /// What an order would be made of.
    order: &'a NewOrder,
}

/// Enters the photo, in place of the one that counted, and makes sure that there is an order.
async fn enter(
    context: &Context,
    student: &Student,
    entry: NewPhoto<'_>,
) -> Result<SubmittedPhoto, Failure> {
    let NewPhoto {
        enrolment,
        seen,
        upload,
        photo,
        hash,
        counted,
        order: new_order,
    } = entry;
    let tx = context.store.begin().await?;
    let admission = admit(context, &tx, student, enrolment, &seen.task, upload).await?;
    store::photo::forget_check(&tx, student.account_id, counted).await?;
    let (number, earlier) = match admission {
        Admission::Known(known) => return Ok(known),
        Admission::Welcome { number, earlier } => (number, earlier),
    };
    if let Some(earlier) = earlier {
        move_to(
            context,
            &tx,
            earlier,
            PhotoEvent::Replaced,
            EventData::PhotoReplaced,
        )
        .await?;
    }
    let photo = SubmittedPhoto {
        number,
        ..photo.clone()
    };
    store::photo::insert(&tx, &photo).await?;
    store::picture_band::keep(&tx, photo.school_id, photo.id, hash).await?;
    record(context, &tx, &photo, EventData::PhotoSubmitted).await?;
    let audited = audit::by_owner(
        context,
        &tx,
        student,
        deed(&photo, AuditAction::PhotoSubmitted),
    )
    .await?;
    let (task, code) = (&seen.task, &seen.school.code);
    order::ensure(context, &tx, new_order, enrolment, task, code).await?;
    // Where nothing is due, the photo has moved on to review.
    let entered = store::photo::live(&tx, enrolment.school_id, enrolment.id).await?;
    store::commit(tx, audited).await?;
    entered.ok_or(Failure::Fault("a photo was entered and is not there"))
}

/// How many photos can still be submitted where so many were.
pub(crate) fn photos_left(task: &Task, submitted: u64) -> i32 {
    let submitted = i32::try_from(submitted).unwrap_or(i32::MAX);
    task.settings.max_photos.saturating_sub(submitted).max(0)
}

pub(super) fn length(file: &[u8]) -> i64 {
    i64::try_from(file.len()).unwrap_or(i64::MAX)
}

/// A result of the photo engine in the form in which it is stored.
pub(super) fn stored<T: DeserializeOwned>(value: &impl Serialize) -> Result<T, Failure> {
    let value = serde_json::to_value(value).and_then(serde_json::from_value);
    value.map_err(|_| Failure::Fault("a result of the photo engine cannot be stored"))
}
