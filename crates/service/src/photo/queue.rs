//! Who may have a file examined now: that takes a core, and who waits for it holds a file of up to 10 MB in memory.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::TimeDelta;
use domain::{AccountId, ProblemCode, Refusal};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::Failure;

/// How many may wait for each core: the last waits for some seconds.
const PLACES_PER_CORE: usize = 16;
/// Of one account: one that is examined, and one behind it, such as the same sent again.
const PLACES_PER_ACCOUNT: usize = 2;
/// When it is worth another try.
pub(super) const RETRY: TimeDelta = TimeDelta::seconds(5);

/// The queue of a server for examinations.
#[derive(Debug)]
pub struct Queue {
    /// Decoding takes a core and up to nine bytes a pixel, so no more pictures are open at once than there are cores.
    workers: Arc<Semaphore>,
    most: usize,
    owners: Mutex<HashMap<AccountId, Owner>>,
}

/// The places of an account, of which one at a time has its turn.
#[derive(Debug)]
struct Owner {
    places: usize,
    turn: Arc<Semaphore>,
}

/// A place in the queue; free again when it is dropped.
#[derive(Debug)]
pub struct QueuePlace {
    queue: Arc<Queue>,
    owner: AccountId,
}

/// The turn of an account, which keeps its place.
#[derive(Debug)]
pub(super) struct Turn {
    _turn: OwnedSemaphorePermit,
    place: QueuePlace,
}

impl Default for Queue {
    fn default() -> Self {
        let cores = std::thread::available_parallelism();
        let cores = cores.map_or(1, std::num::NonZero::get);
        Self {
            workers: Arc::new(Semaphore::new(cores)),
            most: cores * PLACES_PER_CORE,
            owners: Mutex::default(),
        }
    }
}

impl Queue {
    /// Takes a place for a file of this account.
    ///
    /// # Errors
    /// `photo.being_checked` where the account has its places already; `server.unavailable` where all are taken. Both say
    /// when to come again.
    pub fn place(self: &Arc<Self>, owner: AccountId) -> Result<QueuePlace, Refusal> {
        let mut owners = self.owners();
        self.require_place_among(&owners, owner)?;
        let places = owners.entry(owner).or_insert_with(|| Owner {
            places: 0,
            turn: Arc::new(Semaphore::new(1)),
        });
        places.places += 1;
        Ok(QueuePlace {
            queue: Arc::clone(self),
            owner,
        })
    }

    /// Whether [`Self::place`] would give a place now.
    ///
    /// # Errors
    /// As [`Self::place`].
    pub(super) fn require_place(&self, owner: AccountId) -> Result<(), Refusal> {
        self.require_place_among(&self.owners(), owner)
    }

    fn require_place_among(
        &self,
        owners: &HashMap<AccountId, Owner>,
        owner: AccountId,
    ) -> Result<(), Refusal> {
        let taken: usize = owners.values().map(|owner| owner.places).sum();
        let of_account = owners.get(&owner).map_or(0, |owner| owner.places);
        if of_account >= PLACES_PER_ACCOUNT {
            return Err(Refusal::until(ProblemCode::PhotoChecking, RETRY));
        }
        if taken >= self.most {
            return Err(Refusal::until(ProblemCode::ServerBusy, RETRY));
        }
        Ok(())
    }

    fn owners(&self) -> MutexGuard<'_, HashMap<AccountId, Owner>> {
        self.owners.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl QueuePlace {
    /// Waits until nothing else of the account is examined.
    pub(super) async fn turn(self) -> Result<Turn, Failure> {
        let turn = self
            .queue
            .owners()
            .get(&self.owner)
            .map(|owner| Arc::clone(&owner.turn));
        let turn = turn.ok_or(GONE)?.acquire_owned().await;
        Ok(Turn {
            _turn: turn.map_err(|_| GONE)?,
            place: self,
        })
    }
}

impl Turn {
    /// Waits for a core.
    pub(super) async fn worker(&self) -> Result<OwnedSemaphorePermit, Failure> {
        let worker = Arc::clone(&self.place.queue.workers).acquire_owned().await;
        worker.map_err(|_| GONE)
    }
}

impl Drop for QueuePlace {
    fn drop(&mut self) {
        let mut owners = self.queue.owners();
        if let Some(owner) = owners.get_mut(&self.owner) {
            owner.places -= 1;
            if owner.places == 0 {
                owners.remove(&self.owner);
            }
        }
    }
}

const GONE: Failure = Failure::Fault("the photo workers are gone");

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    fn owner(number: u8) -> AccountId {
        AccountId::new(DateTime::UNIX_EPOCH, [number; 10])
    }

    #[tokio::test]
    async fn an_account_has_one_turn_and_one_place_behind_it() {
        let queue = Arc::new(Queue::default());
        let code = |place: Result<QueuePlace, Refusal>| place.map_err(|refusal| refusal.code).err();
        let first = queue.place(owner(1)).unwrap().turn().await.unwrap();
        let second = tokio::spawn(queue.place(owner(1)).unwrap().turn());
        assert_eq!(
            code(queue.place(owner(1))),
            Some(ProblemCode::PhotoChecking)
        );
        let other = queue.place(owner(2)).unwrap().turn().await.unwrap();
        tokio::task::yield_now().await;
        assert!(!second.is_finished());
        drop(first);
        let second = second.await.unwrap().unwrap();
        assert_eq!(code(queue.place(owner(1))), None);
        drop((second, other));
        assert!(queue.owners().is_empty());
    }

    #[test]
    fn there_are_places_for_so_many() {
        let queue = Arc::new(Queue::default());
        let places = (0..).map_while(|number| queue.place(owner(number / 2)).ok());
        let places: Vec<_> = places.collect();
        assert_eq!(places.len(), queue.most);
        let full = queue.place(owner(u8::MAX)).unwrap_err();
        assert_eq!(
            (full.code, full.retry_after_s),
            (ProblemCode::ServerBusy, Some(5))
        );
        drop(places);
        queue.place(owner(u8::MAX)).unwrap();
    }
}
