//! Who may send a file now. It is decided before the file is read: a slow upload costs a slot and nothing else.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::TimeDelta;
use domain::agreement::Document;
use domain::{AccountId, ProblemCode, Refusal};

use super::submit::require_chance;
use crate::session::Student;
use crate::{Context, Failure, enrolment as enrolments};

/// How many files one account may send at the same time: one, and the same again after a lost connection.
const SLOTS_PER_ACCOUNT: usize = 2;
/// When another try is worthwhile.
const RETRY: TimeDelta = TimeDelta::seconds(5);

/// The uploads that a server receives at the same time.
#[derive(Debug)]
pub struct UploadSlots {
    most: usize,
    used: Mutex<HashMap<AccountId, usize>>,
}

/// Permission to send one file; given back when it is dropped.
#[derive(Debug)]
pub struct UploadSlot {
    slots: Arc<UploadSlots>,
    owner: AccountId,
}

impl UploadSlots {
    /// At most so many in total.
    pub fn new(most: usize) -> Self {
        Self {
            most,
            used: Mutex::default(),
        }
    }

    /// Takes a slot.
    ///
    /// # Errors
    /// `photo.being_checked` where the account has its slots already; `server.unavailable` where all are taken. Both say
    /// when to try again.
    fn take(self: &Arc<Self>, owner: AccountId) -> Result<UploadSlot, Refusal> {
        let mut used = self.used();
        let of_owner = used.get(&owner).copied().unwrap_or_default();
        if of_owner >= SLOTS_PER_ACCOUNT {
            return Err(Refusal::until(ProblemCode::PhotoChecking, RETRY));
        }
        if used.values().sum::<usize>() >= self.most {
            return Err(Refusal::until(ProblemCode::ServerBusy, RETRY));
        }
        used.insert(owner, of_owner + 1);
        Ok(UploadSlot {
            slots: Arc::clone(self),
            owner,
        })
    }

    /// How many uploads are being received.
    pub fn in_use(&self) -> usize {
        self.used().values().sum()
    }

    fn used(&self) -> MutexGuard<'_, HashMap<AccountId, usize>> {
        // Each critical section changes one entry, so a panic cannot leave the map inconsistent.
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for UploadSlot {
    fn drop(&mut self) {
        let mut used = self.slots.used();
        match used.get_mut(&self.owner) {
            Some(count) if *count > 1 => *count -= 1,
            Some(_) | None => {
                used.remove(&self.owner);
            }
        }
    }
}

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

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    #[test]
    fn an_account_has_two_slots_and_the_server_so_many() {
        let slots = Arc::new(UploadSlots::new(3));
        let owner = |number| AccountId::new(DateTime::UNIX_EPOCH, [number; 10]);
        let take = |number| slots.take(owner(number)).map_err(|refusal| refusal.code);
        let of_one = [take(1), take(1)];
        assert_eq!(take(1).err(), Some(ProblemCode::PhotoChecking));
        let of_two = take(2);
        assert_eq!(take(2).err(), Some(ProblemCode::ServerBusy));
        drop(of_one);
        assert!(take(2).is_ok());
        drop(of_two);
        assert!(slots.used().is_empty());
    }
}
