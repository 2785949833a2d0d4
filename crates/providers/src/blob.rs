//! Where sealed photos and packages lie: a folder, or an S3-compatible store.

use crate::entropy::{Random, crockford, pair};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use object_store::{
    ObjectStore, ObjectStoreExt, PutPayload, aws::AmazonS3Builder, local::LocalFileSystem,
    path::Path,
};
use secrecy::{ExposeSecret, SecretString};
use std::{fmt, str::FromStr, sync::Arc};

/// Length of a key: 130 random bits.
const KEY_LENGTH: usize = 26;

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
    /// The folder cannot be made.
    #[error("the folder cannot be made")]
    Folder(#[source] std::io::Error),
    /// What was written is not what is read back.
    #[error("the object store does not give back what was put")]
    Probe,
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
}

/// Keeps objects by key.
#[derive(Clone)]
pub struct BlobStore(Arc<dyn ObjectStore>);

impl fmt::Debug for BlobStore {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "BlobStore({})", self.0)
    }
}

impl BlobStore {
    /// Objects as files under this folder, which is made where it is missing.
    pub fn folder(root: &std::path::Path) -> Result<Self, BlobError> {
        std::fs::create_dir_all(root).map_err(BlobError::Folder)?;
        // Without fsync a file could be empty after a power cut although its row says it is there.
        Ok(Self(Arc::new(
            LocalFileSystem::new_with_prefix(root)?.with_fsync(true),
        )))
    }

    /// Objects in a bucket.
    pub fn s3(settings: &S3Settings) -> Result<Self, BlobError> {
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&settings.bucket)
            .with_region(&settings.region)
            .with_access_key_id(&settings.access_key_id)
            .with_secret_access_key(settings.secret_access_key.expose_secret());
        if let Some(endpoint) = &settings.endpoint {
            builder = builder
                .with_endpoint(endpoint)
                .with_allow_http(endpoint.starts_with("http://"));
        }
        Ok(Self(Arc::new(builder.build()?)))
    }

    /// Puts an object; when this returns it survives a crash (on Unix and on S3; elsewhere the
    /// folder's entry is not flushed). Putting the same again changes nothing.
    pub async fn put(&self, key: &BlobKey, content: Bytes) -> Result<(), BlobError> {
        self.put_at(&key.path(), content).await
    }

    /// The object, or `None` where there is none.
    pub async fn get(&self, key: &BlobKey) -> Result<Option<Bytes>, BlobError> {
        self.get_at(&key.path()).await
    }

    /// Deletes an object; one that is gone already is as good.
    pub async fn delete(&self, key: &BlobKey) -> Result<(), BlobError> {
        match self.0.delete(&key.path()).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// The folders that objects are spread over: as many as there are pairs of characters.
    pub const FOLDERS: usize = 1024;

    /// The objects of one folder, by its number, with the store's own time of their last change. What is no object of
    /// ours is left out.
    pub async fn list(&self, folder: usize) -> Result<Vec<(BlobKey, DateTime<Utc>)>, BlobError> {
        let prefix = Path::from(pair(folder));
        let found = self.0.list_with_delimiter(Some(&prefix)).await?;
        let named = |object: object_store::ObjectMeta| {
            let key = object.location.filename()?.parse().ok()?;
            Some((key, object.last_modified))
        };
        Ok(found.objects.into_iter().filter_map(named).collect())
    }

    /// Whether objects can be written and read at this moment.
    pub async fn probe(&self) -> Result<(), BlobError> {
        let (path, content) = (Path::from("probe"), Bytes::from_static(b"gradphoto"));
        self.put_at(&path, content.clone()).await?;
        if self.get_at(&path).await? == Some(content) {
            Ok(())
        } else {
            Err(BlobError::Probe)
        }
    }

    async fn put_at(&self, path: &Path, content: Bytes) -> Result<(), BlobError> {
        self.0.put(path, PutPayload::from(content)).await?;
        Ok(())
    }

    async fn get_at(&self, path: &Path) -> Result<Option<Bytes>, BlobError> {
        match self.0.get(path).await {
            Ok(found) => Ok(Some(found.bytes().await?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}
