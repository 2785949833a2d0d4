//! Who may send a file now. It is decided before the file is read: a slow upload costs a slot and nothing else.

use domain::ProblemCode;
use domain::agreement::Document;

use super::submit::require_chance;
use super::upload_slots::UploadSlot;
use crate::session::Student;
use crate::{Context, Failure, enrolment as enrolments};

/// Decides whether the student may send a photo for this enrolment, before the file is read. [`super::submit`] decides
/// again, when nothing can change any more.
///
/// # Errors
/// `enrolment.unknown`; `consent.face_photo_required`; `task.closed`; `photo.being_checked`; `server.unavailable`.
pub async fn begin_upload(
    context: &Context,
    student: &Student,
    enrolment_id: &str,
) -> Result<UploadSlot, Failure> {
    let (on, owner) = (context.store.reader(), student.account_id);
    let enrolment = enrolments::own(context, student, enrolment_id).await?;
    let seen = enrolments::task_of(context, &enrolment).await?;
    let seen = seen.ok_or(ProblemCode::EnrolmentUnknown)?;
    let document = Document::FacePhoto;
    if !store::consent::holds(on, owner, document, document.current().version).await? {
        return Err(ProblemCode::ConsentRequired.into());
    }
    // With an earlier photo this may be its repetition after a lost answer, which only the id in the form tells.
    let (school, id) = (enrolment.school_id, enrolment.id);
    if store::photo::count(on, school, id).await? == 0 {
        require_chance(context, &seen.task, None, 0)?;
    }
    context.photo_queue.require_place(owner)?;
    Ok(context.uploads.take(owner)?)
}
