//! How many files the server receives at the same time.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::TimeDelta;
use domain::{AccountId, ProblemCode, Refusal};

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
    pub(super) fn take(self: &Arc<Self>, owner: AccountId) -> Result<UploadSlot, Refusal> {
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
