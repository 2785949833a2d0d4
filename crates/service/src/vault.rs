//! Sealing what identifies a person, and finding it by keyed indexes. Each task has data keys and an index secret of its
//! own, so that destroying them makes its roster and photos unreadable. All of them are stored wrapped.

mod task_index;

use domain::audit::AuditExemption;
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, TimeDelta, Utc};
pub use domain::{DataKeyPurpose as Purpose, DataKeyScope as Scope};
use domain::{DataKeyState, ProblemCode, TaskId};
use providers::Random;
use providers::keys::{IndexKey, KeyId, KeyProvider, Place, SealError, SealingKey, key_id};
use providers::keys::{StreamLayout, StreamOpener, StreamSealer};
use store::data_key::DataKey;
use store::{Store, StoreError};
use uuid::Uuid;

use crate::Failure;
pub use task_index::TaskIndex;

/// How long a task's key is used without asking the database whether it is still there. A key that one process destroyed
/// stays usable in the memory of the others for at most this long.
const TASK_KEY_LIFETIME: TimeDelta = TimeDelta::seconds(60);
/// A task's key that is older than this is loaded again before a transaction begins, so that it does not reach its
/// lifetime inside the transaction, where loading it would take a second connection.
const TASK_KEY_RENEWAL: TimeDelta = TimeDelta::seconds(30);

/// Seals with one key; made before a transaction begins, used inside it.
#[derive(Clone)]
pub struct Sealer {
    key: Arc<SealingKey>,
    random: Arc<dyn Random>,
}

impl Sealer {
    /// Seals for a column of a row.
    pub fn seal(
        &self,
        table: &str,
        column: &str,
        row: Uuid,
        plain: &[u8],
    ) -> Result<Vec<u8>, SealError> {
        let place = Place {
            table,
            column,
            row: row.as_bytes(),
        };
        self.key.seal(plain, &place, self.random.as_ref())
    }

    /// What seals a large object for a place, as it comes.
    ///
    /// # Errors
    /// [`SealError::Broken`] where the cipher fails.
    pub(crate) fn stream(&self, place: &Place<'_>) -> Result<StreamSealer, SealError> {
        self.key.stream_sealer(place, self.random.as_ref())
    }
}

/// Which key is wanted; where it is made at its first use, under which id and when.
#[derive(Debug, Clone, Copy)]
pub struct KeyRequest {
    /// Whose data it seals.
    pub scope: Scope,
    /// What it is used for.
    pub purpose: Purpose,
    /// The id of a new key.
    pub new_id: domain::DataKeyId,
    /// The present moment.
    pub now: DateTime<Utc>,
}

/// An object that is to be opened chunk by chunk.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Opening<'a> {
    /// How it begins.
    pub(crate) header: &'a [u8],
    /// Where its chunks lie.
    pub(crate) layout: StreamLayout,
    /// For what it was sealed.
    pub(crate) place: &'a Place<'a>,
}

/// A key in memory.
#[derive(Clone)]
struct Cached {
    key: Arc<SealingKey>,
    scope: Scope,
    /// When it was found in the database.
    seen_at: DateTime<Utc>,
}

impl Cached {
    /// Whether it can be used without asking the database again: only keys of tasks are ever destroyed.
    fn is_younger(&self, lifetime: TimeDelta, now: DateTime<Utc>) -> bool {
        match self.scope {
            Scope::Platform | Scope::School(_) => true,
            Scope::Task(_) => now - self.seen_at < lifetime,
        }
    }
}

/// Holds the data keys that were needed so far.
pub struct Vault {
    keys: Arc<dyn KeyProvider>,
    random: Arc<dyn Random>,
    by_id: RwLock<HashMap<KeyId, Cached>>,
    active: RwLock<HashMap<(Scope, Purpose), KeyId>>,
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vault").finish_non_exhaustive()
    }
}

fn row_place(row: &Uuid) -> Place<'_> {
    Place {
        table: "data_keys",
        column: "wrapped",
        row: row.as_bytes(),
    }
}

impl Vault {
    /// A vault over these key-encryption keys.
    pub fn new(keys: Arc<dyn KeyProvider>, random: Arc<dyn Random>) -> Self {
        Self {
            keys,
            random,
            by_id: RwLock::default(),
            active: RwLock::default(),
        }
    }

    /// The keys outside the database.
    pub fn provider(&self) -> &dyn KeyProvider {
        self.keys.as_ref()
    }

    /// What seals for a scope and purpose; its key is made at the first use.
    ///
    /// Call it before a transaction begins: it may write.
    ///
    /// # Errors
    /// `school.not_open` for a task that was purged: it gets no keys any more.
    pub async fn sealer(&self, store: &Store, request: KeyRequest) -> Result<Sealer, Failure> {
        Ok(Sealer {
            key: self.active_key(store, request).await?,
            random: Arc::clone(&self.random),
        })
    }

    /// What finds the numbers of a task; its secret is made at the first use. The scope and the purpose of the request
    /// are those of the task's index, whatever it says.
    ///
    /// Call it before a transaction begins: it may write.
    ///
    /// # Errors
    /// As [`Self::sealer`].
    pub async fn task_index(
        &self,
        store: &Store,
        task: TaskId,
        request: KeyRequest,
    ) -> Result<TaskIndex, Failure> {
        let request = KeyRequest {
            scope: Scope::Task(task),
            purpose: Purpose::Index,
            ..request
        };
        let secret = self.active_key(store, request).await?;
        let own = IndexKey::of_secret(&secret);
        Ok(TaskIndex::new(task, own, Arc::clone(&self.keys)))
    }

    async fn active_key(
        &self,
        store: &Store,
        request: KeyRequest,
    ) -> Result<Arc<SealingKey>, Failure> {
        let known = self
            .active
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&(request.scope, request.purpose))
            .copied();
        match known.and_then(|id| self.cached(id, TASK_KEY_RENEWAL, request.now)) {
            Some(key) => Ok(key),
            None => self.load_or_make(store, request).await,
        }
    }

    /// A key that is in memory, unless it must be looked up again.
    fn cached(
        &self,
        id: KeyId,
        lifetime: TimeDelta,
        now: DateTime<Utc>,
    ) -> Option<Arc<SealingKey>> {
        let by_id = self.by_id.read().unwrap_or_else(PoisonError::into_inner);
        let found = by_id.get(&id)?;
        found
            .is_younger(lifetime, now)
            .then(|| Arc::clone(&found.key))
    }

    async fn load_or_make(
        &self,
        store: &Store,
        request: KeyRequest,
    ) -> Result<Arc<SealingKey>, Failure> {
        let KeyRequest { scope, purpose, .. } = request;
        let on = store.reader();
        let mut found = store::data_key::active(on, scope, purpose).await?;
        if found.is_none() {
            Box::pin(self.make(store, request)).await?;
            found = store::data_key::active(on, scope, purpose).await?;
        }
        let row = found.ok_or(StoreError::Corrupt {
            what: "data_keys: no active key".into(),
        })?;
        let key = self.unwrap(&row, request.now)?;
        let mut active = self.active.write().unwrap_or_else(PoisonError::into_inner);
        active.insert((scope, purpose), key.id());
        Ok(key)
    }

    /// Makes a key, unless another copy of the server does at the same time. The keys of a task are made and destroyed
    /// under the lock of its row, so that none can appear after they were destroyed.
    async fn make(&self, store: &Store, request: KeyRequest) -> Result<(), Failure> {
        let id = request.new_id;
        let fresh = SealingKey::generate(id.into(), self.random.as_ref());
        let wrapped = self
            .keys
            .wrap(&fresh, &row_place(&id.0), self.random.as_ref())?;
        let key = DataKey {
            id,
            scope: request.scope,
            purpose: request.purpose,
            wrapped_by: key_id(&wrapped)?,
            wrapped: wrapped.into(),
            state: DataKeyState::Active,
            created_at: request.now,
        };
        let tx = store.begin().await?;
        if let Scope::Task(task) = request.scope
            && !store::task::lock_unless_purged(&tx, task).await?
        {
            store::rollback(tx).await?;
            return Err(ProblemCode::SchoolNotOpen.into());
        }
        store::data_key::insert_if_first(&tx, key).await?;
        Ok(store::commit(tx, AuditExemption::Housekeeping).await?)
    }

    fn unwrap(&self, row: &DataKey, now: DateTime<Utc>) -> Result<Arc<SealingKey>, SealError> {
        let key = Arc::new(self.opened(row)?);
        let cached = Cached {
            key: Arc::clone(&key),
            scope: row.scope,
            seen_at: now,
        };
        self.by_id
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(key.id(), cached);
        Ok(key)
    }

    fn opened(&self, row: &DataKey) -> Result<SealingKey, SealError> {
        let place = row_place(&row.id.0);
        self.keys
            .unwrap(row.id.into(), row.wrapped.as_bytes(), &place)
    }

    /// Makes sure that a data key opens under a known key-encryption key.
    pub(crate) fn try_unwrap(&self, row: &DataKey) -> Result<(), SealError> {
        self.opened(row).map(drop)
    }

    /// The data key of a row, wrapped under the active key-encryption key.
    pub(crate) fn rewrapped(&self, row: &DataKey) -> Result<Vec<u8>, SealError> {
        let key = self.opened(row)?;
        self.keys
            .wrap(&key, &row_place(&row.id.0), self.random.as_ref())
    }

    /// The data key of a row, wrapped under another key than this installation's, for the way to another one.
    pub(crate) fn carried(&self, row: &DataKey, under: &SealingKey) -> Result<Vec<u8>, SealError> {
        let key = self.opened(row)?;
        under.wrap(&key, &row_place(&row.id.0), self.random.as_ref())
    }

    /// A data key that [`Self::carried`] wrapped, under the active key-encryption key of this installation.
    pub(crate) fn taken_over(
        &self,
        id: Uuid,
        carried: &[u8],
        under: &SealingKey,
    ) -> Result<Vec<u8>, SealError> {
        let place = row_place(&id);
        let key = under.unwrap(KeyId(*id.as_bytes()), carried, &place)?;
        self.keys.wrap(&key, &place, self.random.as_ref())
    }

    /// Removes the keys of a scope from memory, after they were destroyed in the database.
    pub(crate) fn forget(&self, scope: Scope) {
        self.by_id
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(|_, cached| cached.scope != scope);
    }

    /// The key that a sealed value needs.
    ///
    /// # Errors
    /// [`SealError::UnknownKey`] where it was destroyed.
    async fn key_of(
        &self,
        store: &Store,
        id: KeyId,
        now: DateTime<Utc>,
    ) -> Result<Arc<SealingKey>, Failure> {
        if let Some(key) = self.cached(id, TASK_KEY_LIFETIME, now) {
            return Ok(key);
        }
        let row = store::data_key::by_id(store.reader(), id.into()).await?;
        Ok(self.unwrap(&row.ok_or(SealError::UnknownKey(id))?, now)?)
    }

    /// Whose data a key seals.
    ///
    /// # Errors
    /// [`SealError::UnknownKey`] where it was destroyed.
    pub(crate) async fn scope_of(
        &self,
        store: &Store,
        id: KeyId,
        now: DateTime<Utc>,
    ) -> Result<Scope, Failure> {
        self.key_of(store, id, now).await?;
        let by_id = self.by_id.read().unwrap_or_else(PoisonError::into_inner);
        let cached = by_id.get(&id).ok_or(SealError::UnknownKey(id))?;
        Ok(cached.scope)
    }

    /// What opens an object that was sealed in chunks for a place. `header` is how it begins.
    ///
    /// # Errors
    /// [`SealError::UnknownKey`] where the key was destroyed; [`SealError::Form`] where it is not sealed in chunks.
    pub(crate) async fn stream_opener(
        &self,
        store: &Store,
        opening: Opening<'_>,
        now: DateTime<Utc>,
    ) -> Result<StreamOpener, Failure> {
        let Opening {
            header,
            layout,
            place,
        } = opening;
        let key = self.key_of(store, key_id(header)?, now).await?;
        Ok(key.stream_opener(header, layout, place)?)
    }

    /// Opens what was sealed for a place, under whichever key.
    ///
    /// # Errors
    /// [`SealError::UnknownKey`] where the key was destroyed; [`SealError::Broken`] where it does not open there.
    pub async fn open(
        &self,
        store: &Store,
        place: &Place<'_>,
        sealed: &[u8],
        now: DateTime<Utc>,
    ) -> Result<Vec<u8>, Failure> {
        let key = self.key_of(store, key_id(sealed)?, now).await?;
        let mut plain = key.open_any(sealed, place)?;
        Ok(std::mem::take(&mut *plain))
    }
}
