//! Sealing what identifies a person: one data key a school and purpose, wrapped in the database.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, Utc};
use domain::SchoolId;
use providers::Random;
use providers::keys::{KeyId, KeyProvider, Place, SealError, SealingKey, key_id};
use store::entity::data_key;
use store::{Store, StoreError};
use uuid::Uuid;

use crate::Failure;

/// Whose data a key seals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Data of accounts, which belong to no school.
    Platform,
    /// Data of one school.
    School(SchoolId),
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Platform => f.write_str("platform"),
            Self::School(id) => write!(f, "{id}"),
        }
    }
}

/// What a key seals: faces and numbers lie under different keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Phones, names, document numbers, contact data.
    Person,
    /// Photos.
    Photo,
    /// Payers and notices.
    Payment,
}

impl Purpose {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Photo => "photo",
            Self::Payment => "payment",
        }
    }
}

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
}

/// Holds the data keys that were needed so far.
pub struct Vault {
    keys: Arc<dyn KeyProvider>,
    random: Arc<dyn Random>,
    by_id: RwLock<HashMap<KeyId, Arc<SealingKey>>>,
    active: RwLock<HashMap<(Scope, Purpose), Arc<SealingKey>>>,
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
    pub async fn sealer(
        &self,
        store: &Store,
        scope: Scope,
        purpose: Purpose,
        new_id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Sealer, Failure> {
        let known = self
            .active
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&(scope, purpose))
            .cloned();
        let key = match known {
            Some(key) => key,
            None => {
                self.load_or_make(store, scope, purpose, new_id, now)
                    .await?
            }
        };
        Ok(Sealer {
            key,
            random: Arc::clone(&self.random),
        })
    }

    async fn load_or_make(
        &self,
        store: &Store,
        scope: Scope,
        purpose: Purpose,
        new_id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Arc<SealingKey>, Failure> {
        let name = scope.to_string();
        let on = store.reader();
        if store::data_key::active(on, &name, purpose.as_str())
            .await?
            .is_none()
        {
            let fresh = SealingKey::generate(KeyId(*new_id.as_bytes()), self.random.as_ref());
            let wrapped = self
                .keys
                .wrap(&fresh, &row_place(&new_id), self.random.as_ref())?;
            let row = data_key::Model {
                id: new_id,
                scope: name.clone(),
                purpose: purpose.as_str().to_owned(),
                kek_id: key_id(&wrapped)?.to_string(),
                wrapped,
                state: "active".to_owned(),
                created_at: now,
            };
            store::data_key::insert_if_first(store.writer(), row).await?;
        }
        let row = store::data_key::active(on, &name, purpose.as_str()).await?;
        let row = row.ok_or(StoreError::Corrupt {
            what: "data_keys: no active key".into(),
        })?;
        let key = self.unwrap(&row)?;
        let mut active = self.active.write().unwrap_or_else(PoisonError::into_inner);
        active.insert((scope, purpose), Arc::clone(&key));
        Ok(key)
    }

    fn unwrap(&self, row: &data_key::Model) -> Result<Arc<SealingKey>, SealError> {
        let id = KeyId(*row.id.as_bytes());
        let key = Arc::new(self.keys.unwrap(id, &row.wrapped, &row_place(&row.id))?);
        self.by_id
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(id, Arc::clone(&key));
        Ok(key)
    }

    /// Makes sure that a data key opens under a known key-encryption key.
    pub(crate) fn try_unwrap(&self, row: &data_key::Model) -> Result<(), SealError> {
        self.unwrap(row).map(|_| ())
    }

    /// The data key of a row, wrapped under the active key-encryption key.
    pub(crate) fn rewrapped(&self, row: &data_key::Model) -> Result<Vec<u8>, SealError> {
        let key = self.unwrap(row)?;
        self.keys
            .wrap(&key, &row_place(&row.id), self.random.as_ref())
    }

    async fn load(&self, store: &Store, id: KeyId) -> Result<Arc<SealingKey>, Failure> {
        let row = store::data_key::by_id(store.reader(), Uuid::from_bytes(id.0)).await?;
        Ok(self.unwrap(&row.ok_or(SealError::UnknownKey(id))?)?)
    }

    /// Opens what was sealed for a column of a row, under whichever key.
    pub async fn open(
        &self,
        store: &Store,
        place: (&str, &str, Uuid),
        sealed: &[u8],
    ) -> Result<Vec<u8>, Failure> {
        let id = key_id(sealed)?;
        let known = self
            .by_id
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&id)
            .cloned();
        let key = if let Some(key) = known {
            key
        } else {
            self.load(store, id).await?
        };
        let (table, column, row) = place;
        let plain = key.open(
            sealed,
            &Place {
                table,
                column,
                row: row.as_bytes(),
            },
        )?;
        Ok(plain.to_vec())
    }
}
