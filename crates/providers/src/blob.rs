//! Where sealed photos and packages lie: a folder, or an S3-compatible store.

mod stream;

pub use stream::{BlobStart, BlobWriter};

use crate::{
    Entropy, SystemRandom,
    breaker::{Breaker, BreakerSettings},
    entropy::{Random, crockford, pair},
};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use object_store::{
    BackoffConfig, ClientOptions, ObjectStore, ObjectStoreExt, PutPayload, RetryConfig,
    aws::AmazonS3Builder, local::LocalFileSystem, path::Path,
};
use secrecy::{ExposeSecret, SecretString};
use std::{fmt, str::FromStr, sync::Arc, time::Duration};
use tokio::time::{Instant, timeout, timeout_at};

/// Length of a key: 130 random bits.
const KEY_LENGTH: usize = 26;
/// The largest object that is put or read at once, in bytes: a photo of 10 MB and what sealing adds, or a part of a larger
/// object.
const LARGEST: u64 = 16 << 20;
/// A call is repeated so often where the store answered with a fault of its own, within the call's time.
const RETRIES: usize = 2;

/// The name of an object: random, so that it says nothing about whose it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BlobKey(String);

/// The text is no key of ours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this is no object key")]
pub struct BlobKeyError;

impl BlobKey {
    /// A new key; chosen and recorded before the object is put, so that a put can be repeated.
    pub fn random(random: &dyn Random) -> Self {
        Self(crockford::<KEY_LENGTH>(random))
    }

    /// The key as it is stored in the database.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Where the object lies in a folder store, from its root: spread over folders, since no file system likes a million
    /// files in one.
    pub fn folder_path(&self) -> String {
        format!("{}/{}", &self.0[..2], self.0)
    }

    fn path(&self) -> Path {
        Path::from(self.folder_path())
    }
}

impl FromStr for BlobKey {
    type Err = BlobKeyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fits = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
        if text.len() == KEY_LENGTH && text.bytes().all(fits) {
            Ok(Self(text.to_owned()))
        } else {
            Err(BlobKeyError)
        }
    }
}

/// The store failed; nothing is known about the object.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// What the store said.
    #[error("the object store failed")]
    Store(#[from] object_store::Error),
    /// The folder cannot be made, or a file of it not deleted.
    #[error("the folder cannot be changed")]
    Folder(#[source] std::io::Error),
    /// The store keeps silent.
    #[error("the object store did not answer within {0:?}")]
    Silent(Duration),
    /// The store was not asked, since it failed several times a moment ago.
    #[error("the object store is not asked: it failed a moment ago")]
    Open,
    /// What was written is not what is read back.
    #[error("the object store does not give back what was put")]
    Probe,
}

/// How long the object store may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlobTimeouts {
    /// To connect.
    pub connect: Duration,
    /// Until an answer begins, not counting what is sent.
    pub first_byte: Duration,
    /// The least rate of what is sent and read, in bytes a second.
    pub min_bytes_per_s: u64,
}

impl Default for BlobTimeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(2),
            first_byte: Duration::from_secs(5),
            min_bytes_per_s: 256 * 1024,
        }
    }
}

impl BlobTimeouts {
    /// The time for a call that sends or reads so many bytes.
    pub fn for_bytes(&self, bytes: u64) -> Duration {
        let millis = bytes.saturating_mul(1_000) / self.min_bytes_per_s.max(1);
        self.first_byte
            .saturating_add(Duration::from_millis(millis))
    }
}

/// An S3-compatible store.
#[derive(Debug, Clone)]
pub struct S3Settings {
    /// Name of the bucket.
    pub bucket: String,
    /// Region, `us-east-1` where the store has none.
    pub region: String,
    /// Address of a store other than Amazon's; `http://` is taken as meant.
    pub endpoint: Option<String>,
    /// The public half of the access key.
    pub access_key_id: String,
    /// The secret half of the access key.
    pub secret_access_key: SecretString,
    /// How long it may take.
    pub timeouts: BlobTimeouts,
    /// When it is not asked any more.
    pub breaker: BreakerSettings,
}

/// Keeps objects by key. Every call ends within the time of its size.
#[derive(Clone)]
pub struct BlobStore {
    objects: Arc<dyn ObjectStore>,
    timeouts: BlobTimeouts,
    /// Of a store elsewhere: one for reading and one for writing, so that a store that is full still gives photos.
    breakers: Option<Arc<Breakers>>,
    /// Where this process tries whether objects can be written, apart from other copies.
    probe: Path,
    /// The folder in which objects are files.
    root: Option<Arc<std::path::Path>>,
}

struct Breakers {
    reading: Breaker,
    writing: Breaker,
}

/// The operations that are counted.
pub const OPERATIONS: [&str; 4] = ["put", "get", "delete", "list"];

/// What a call does.
#[derive(Clone, Copy)]
enum Direction {
    Read,
    Write,
}

/// An operation of [`OPERATIONS`].
#[derive(Clone, Copy)]
enum Operation {
    Put,
    Get,
    Delete,
    List,
}

impl Operation {
    fn word(self) -> &'static str {
        match self {
            Self::Put => "put",
            Self::Get => "get",
            Self::Delete => "delete",
            Self::List => "list",
        }
    }

    fn direction(self) -> Direction {
        match self {
            Self::Get | Self::List => Direction::Read,
            Self::Put | Self::Delete => Direction::Write,
        }
    }
}

impl fmt::Debug for BlobStore {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "BlobStore({})", self.objects)
    }
}

impl BlobStore {
    fn new(objects: Arc<dyn ObjectStore>, timeouts: BlobTimeouts) -> Self {
        Self {
            objects,
            timeouts,
            breakers: None,
            probe: Path::from(format!("probe-{}", crockford::<KEY_LENGTH>(&SystemRandom))),
            root: None,
        }
    }

    /// Objects as files under this folder, which is made where it is missing.
    pub fn folder(root: &std::path::Path) -> Result<Self, BlobError> {
        std::fs::create_dir_all(root).map_err(BlobError::Folder)?;
        // Without fsync a file could be empty after a power cut although its row says it is there.
        let folder = LocalFileSystem::new_with_prefix(root)?.with_fsync(true);
        Ok(Self {
            root: Some(root.into()),
            ..Self::new(Arc::new(folder), BlobTimeouts::default())
        })
    }

    /// Objects in a bucket.
    pub fn s3(settings: &S3Settings, clock: &Entropy) -> Result<Self, BlobError> {
        let times = settings.timeouts;
        let mut client = ClientOptions::new()
            .with_connect_timeout(times.connect)
            .with_timeout(times.for_bytes(LARGEST));
        let retry = RetryConfig {
            backoff: BackoffConfig {
                init_backoff: Duration::from_millis(50),
                max_backoff: Duration::from_millis(500),
                base: 2.0,
            },
            max_retries: RETRIES,
            retry_timeout: times.first_byte,
        };
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&settings.bucket)
            .with_region(&settings.region)
            .with_access_key_id(&settings.access_key_id)
            .with_secret_access_key(settings.secret_access_key.expose_secret())
            // Not every store has the operation that deletes several at once.
            .with_disable_bulk_delete(true)
            .with_retry(retry);
        if let Some(endpoint) = &settings.endpoint {
            client = client.with_allow_http(endpoint.starts_with("http://"));
            builder = builder.with_endpoint(endpoint);
        }
        let store = builder.with_client_options(client).build()?;
        let breaker = |name| Breaker::new(name, settings.breaker, clock.clone());
        let breakers = Breakers {
            reading: breaker("Reading from the object store"),
            writing: breaker("Writing to the object store"),
        };
        Ok(Self {
            breakers: Some(Arc::new(breakers)),
            ..Self::new(Arc::new(store), times)
        })
    }

    /// Puts an object; when this returns it survives a crash (on Unix and on S3; elsewhere the
    /// folder's entry is not flushed). Putting the same again changes nothing.
    pub async fn put(&self, key: &BlobKey, content: Bytes) -> Result<(), BlobError> {
        self.guarded(Operation::Put, self.put_at(&key.path(), content))
            .await
    }

    /// The object, or `None` where there is none.
    pub async fn get(&self, key: &BlobKey) -> Result<Option<Bytes>, BlobError> {
        self.guarded(Operation::Get, self.get_at(&key.path())).await
    }

    /// Deletes an object, and in a folder also what a process that died had written of it; one that is gone already is as good.
    pub async fn delete(&self, key: &BlobKey) -> Result<(), BlobError> {
        let both = async {
            self.delete_at(&key.path()).await?;
            self.delete_unfinished(key).await
        };
        self.guarded(Operation::Delete, both).await
    }

    /// The file in which an object is written that has not got its name yet: `object_store` gives it this one, where no other
    /// attempt at the same object is left.
    async fn delete_unfinished(&self, key: &BlobKey) -> Result<(), BlobError> {
        let Some(root) = &self.root else {
            return Ok(());
        };
        let unfinished = root.join(format!("{}#1", key.folder_path()));
        match tokio::fs::remove_file(unfinished).await {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(BlobError::Folder(error))
            }
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// The folders that objects are spread over: as many as there are pairs of characters.
    pub const FOLDERS: usize = 1024;

    /// The objects of one folder, by its number, with the store's own time of their last change. What is no object of
    /// ours is left out.
    pub async fn list(&self, folder: usize) -> Result<Vec<(BlobKey, DateTime<Utc>)>, BlobError> {
        let prefix = Path::from(pair(folder));
        // A long list comes in pages, in as much time as a large object has.
        let limit = self.timeouts.for_bytes(LARGEST);
        let list = within(limit, self.objects.list_with_delimiter(Some(&prefix)));
        let found = self.guarded(Operation::List, list).await?;
        let named = |object: object_store::ObjectMeta| {
            let key = object.location.filename()?.parse().ok()?;
            Some((key, object.last_modified))
        };
        Ok(found.objects.into_iter().filter_map(named).collect())
    }

    /// Whether an object can be written, read and deleted at this moment; asks also while the breakers are open, and
    /// closes them.
    ///
    /// # Errors
    /// What fails, or [`BlobError::Silent`] where all three take longer than `limit`.
    pub async fn probe(&self, limit: Duration) -> Result<(), BlobError> {
        let end = Instant::now() + limit;
        let content = Bytes::from_static(b"gradphoto");
        let late = |_| BlobError::Silent(limit);
        let put = self.objects.put(&self.probe, content.clone().into());
        let put = timeout_at(end, put).await.map_err(late);
        let put = put.and_then(|done| Ok(done.map(drop)?));
        self.note(Direction::Write, &put);
        put?;
        let got = timeout_at(end, self.get_at(&self.probe)).await;
        let got = got.map_err(late).flatten();
        self.note(Direction::Read, &got);
        if got? != Some(content) {
            return Err(BlobError::Probe);
        }
        let deleted = timeout_at(end, self.delete_at(&self.probe)).await;
        deleted.map_err(late)?
    }

    /// Makes a call, unless the store failed a moment ago, and counts it.
    async fn guarded<T>(
        &self,
        operation: Operation,
        call: impl Future<Output = Result<T, BlobError>>,
    ) -> Result<T, BlobError> {
        let (word, direction) = (operation.word(), operation.direction());
        let count = |outcome: &'static str| {
            metrics::counter!("object_store_calls_total", "operation" => word, "outcome" => outcome)
                .increment(1);
        };
        if !self.breaker(direction).is_none_or(Breaker::admits) {
            count("open");
            return Err(BlobError::Open);
        }
        let began = Instant::now();
        let outcome = call.await;
        metrics::histogram!("object_store_call_seconds", "operation" => word)
            .record(began.elapsed().as_secs_f64());
        count(if outcome.is_ok() { "done" } else { "failed" });
        self.note(direction, &outcome);
        outcome
    }

    fn note<T>(&self, direction: Direction, outcome: &Result<T, BlobError>) {
        if let Some(breaker) = self.breaker(direction) {
            breaker.note(outcome.is_ok());
        }
    }

    fn breaker(&self, direction: Direction) -> Option<&Breaker> {
        let breakers = self.breakers.as_ref()?;
        Some(match direction {
            Direction::Read => &breakers.reading,
            Direction::Write => &breakers.writing,
        })
    }

    async fn put_at(&self, path: &Path, content: Bytes) -> Result<(), BlobError> {
        let limit = self.timeouts.for_bytes(content.len() as u64);
        let put = self.objects.put(path, PutPayload::from(content));
        within(limit, put).await?;
        Ok(())
    }

    async fn get_at(&self, path: &Path) -> Result<Option<Bytes>, BlobError> {
        let found = match within(self.timeouts.first_byte, self.objects.get(path)).await {
            Ok(found) => found,
            Err(BlobError::Store(object_store::Error::NotFound { .. })) => return Ok(None),
            Err(error) => return Err(error),
        };
        let limit = self.timeouts.for_bytes(found.meta.size);
        Ok(Some(within(limit, found.bytes()).await?))
    }

    async fn delete_at(&self, path: &Path) -> Result<(), BlobError> {
        match within(self.timeouts.first_byte, self.objects.delete(path)).await {
            Ok(()) | Err(BlobError::Store(object_store::Error::NotFound { .. })) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

/// Waits for an answer of the store, but not for ever.
async fn within<T>(
    limit: Duration,
    call: impl Future<Output = Result<T, object_store::Error>>,
) -> Result<T, BlobError> {
    match timeout(limit, call).await {
        Ok(answer) => Ok(answer?),
        Err(_) => Err(BlobError::Silent(limit)),
    }
}
