//! Whether the server is able to work: it can write to its database and its object store, and its keys open what is stored.

use std::future::Future;
use std::time::Duration;

use serde::Serialize;
use service::Context;
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};

use crate::config::HttpFile;

/// Which parts work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Parts {
    /// The database takes a write.
    pub(crate) database: bool,
    /// The object store takes an object, gives it back and deletes it.
    pub(crate) storage: bool,
    /// The key file opens what the database has.
    pub(crate) keys: bool,
}

impl Parts {
    /// Whether all of them work.
    pub(crate) fn all_work(self) -> bool {
        self.database && self.storage && self.keys
    }
}

/// The body of `/readyz`.
#[derive(Debug, Serialize)]
pub(crate) struct Readiness {
    #[serde(flatten)]
    pub(crate) parts: Parts,
    /// Whether the server was told to stop: it still answers, but nothing new should be sent to it.
    pub(crate) stopping: bool,
}

/// The last readiness. Everybody who asks while it is found out waits for the same answer.
#[derive(Debug)]
pub(crate) struct ReadinessCache {
    keep: Duration,
    last: Mutex<Option<(Instant, Parts)>>,
}

impl ReadinessCache {
    /// Keeps an answer for the configured time.
    pub(crate) fn new(settings: &HttpFile) -> Self {
        Self {
            keep: Duration::from_millis(settings.readiness_cache_ms),
            last: Mutex::default(),
        }
    }

    /// The last answer, or a new one where that is too old. What changed goes to the log.
    pub(crate) async fn get(&self, probe: impl Future<Output = Parts>) -> Parts {
        let mut last = self.last.lock().await;
        match *last {
            Some((at, parts)) if at.elapsed() < self.keep => parts,
            before => {
                let parts = probe.await;
                let was_ready = before.is_none_or(|(_, parts)| parts.all_work());
                if was_ready && !parts.all_work() {
                    tracing::error!(
                        database = parts.database,
                        storage = parts.storage,
                        keys = parts.keys,
                        "Not ready: {} cannot be used",
                        broken(parts).join(", "),
                    );
                } else if !was_ready && parts.all_work() {
                    tracing::info!("Ready again");
                }
                *last = Some((Instant::now(), parts));
                parts
            }
        }
    }
}

fn broken(parts: Parts) -> Vec<&'static str> {
    let parts = [
        ("the database", parts.database),
        ("the object store", parts.storage),
        ("the key file", parts.keys),
    ];
    let broken = parts.into_iter().filter(|(_, works)| !works);
    broken.map(|(name, _)| name).collect()
}

/// Finds out which parts work; each has `limit`.
pub(crate) async fn probe(context: &Context, limit: Duration) -> Parts {
    let (database, storage, keys) = tokio::join!(
        timeout(limit, service::readiness::write(context)),
        context.blobs.probe(limit),
        timeout(limit, service::keys::verify(context)),
    );
    let parts = Parts {
        database: matches!(database, Ok(Ok(()))),
        storage: storage.is_ok(),
        // Without a database nothing is known of the keys, and they are not what is to be mended.
        keys: !matches!(&keys, Ok(Err(error)) if is_about_keys(error)),
    };
    if let Ok(Err(error)) = &database {
        tracing::warn!(?error, "The database takes no writes: {error}");
    }
    if let Err(error) = &storage {
        tracing::warn!(?error, "The object store does not work: {error}");
    }
    if let Ok(Err(error)) = &keys
        && !parts.keys
    {
        tracing::warn!(?error, "The keys do not open what is stored: {error}");
    }
    parts
}

fn is_about_keys(failure: &service::Failure) -> bool {
    match failure {
        service::Failure::Keys(_) | service::Failure::Fault(_) => true,
        service::Failure::Store(error) => matches!(error, store::StoreError::Corrupt { .. }),
        service::Failure::Refused(_) | service::Failure::Blob(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[tokio::test]
    async fn readiness_is_found_out_once_for_everybody_who_asks_meanwhile() {
        let settings = HttpFile::default();
        let (cache, probes) = (ReadinessCache::new(&settings), Cell::new(0));
        let parts = Parts {
            database: true,
            storage: false,
            keys: true,
        };
        let ask = || {
            cache.get(async {
                probes.set(probes.get() + 1);
                tokio::task::yield_now().await;
                parts
            })
        };
        let (one, two) = futures_util::join!(ask(), ask());
        assert_eq!((one, two, ask().await), (parts, parts, parts));
        assert_eq!(probes.get(), 1);
        let uncached = ReadinessCache::new(&HttpFile {
            readiness_cache_ms: 0,
            ..settings
        });
        for _ in 0..2 {
            uncached
                .get(async {
                    probes.set(probes.get() + 1);
                    parts
                })
                .await;
        }
        assert_eq!(probes.get(), 3);
    }

    #[test]
    fn what_does_not_work_is_named() {
        let parts = Parts {
            database: false,
            storage: true,
            keys: false,
        };
        assert!(!parts.all_work());
        assert_eq!(broken(parts), ["the database", "the key file"]);
    }
}
