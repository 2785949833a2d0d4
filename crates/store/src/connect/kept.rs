//! Connections of a pool that stay taken between statements.
//!
//! A pool of sqlx tries each connection when it is given back, which costs as much as a small statement: two switches of
//! threads on `SQLite`, round trips on `PostgreSQL`. A connection whose statement just succeeded needs no trial.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use sea_orm::SqlxError;
use sea_orm::sqlx::pool::PoolConnection;
use sea_orm::sqlx::{Database, Pool};

use super::settings::FRESH;

/// After so long a connection goes back to its pool, which replaces old ones: 60 s.
const LONGEST: Duration = Duration::from_mins(1);

/// The connections of one pool that wait for their next statement.
pub(super) struct Kept<DB: Database> {
    pool: Pool<DB>,
    /// How many may wait here; the pool always has others for those who ask it.
    most: usize,
    /// How many callers wait for the pool: what they wait for must not stay here.
    waiting: AtomicUsize,
    stack: Mutex<Stack<DB>>,
}

struct Stack<DB: Database> {
    /// The one that was used last is last.
    connections: Vec<Held<DB>>,
    /// What was taken before this moment is not kept.
    not_before: Option<Instant>,
    is_closed: bool,
}

/// A connection that runs a statement. Dropped, it goes back to the pool, which tries it.
pub(super) struct Held<DB: Database> {
    pub(super) connection: PoolConnection<DB>,
    taken_at: Instant,
    used_at: Instant,
}

/// Counts a caller that waits for the pool, until it is dropped.
struct Waiting<'a>(&'a AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl<DB: Database> Kept<DB> {
    /// Keeps at most so many connections of this pool.
    pub(super) fn new(pool: Pool<DB>, most: usize) -> Self {
        let stack = Stack {
            connections: Vec::new(),
            not_before: None,
            is_closed: false,
        };
        Self {
            pool,
            most,
            waiting: AtomicUsize::new(0),
            stack: Mutex::new(stack),
        }
    }

    /// A connection: the one that was used last, or else one of the pool's.
    pub(super) async fn take(&self) -> Result<Held<DB>, SqlxError> {
        if let Some(held) = self.last_used() {
            return Ok(held);
        }
        self.waiting.fetch_add(1, Ordering::Relaxed);
        let waiting = Waiting(&self.waiting);
        let connection = self.pool.acquire().await?;
        drop(waiting);
        let now = Instant::now();
        Ok(Held {
            connection,
            taken_at: now,
            used_at: now,
        })
    }

    /// Those that were not used for longer than a connection is trusted go back to the pool.
    fn last_used(&self) -> Option<Held<DB>> {
        let now = Instant::now();
        let mut stack = self.stack();
        let connections = &mut stack.connections;
        let fresh = connections
            .iter()
            .position(|held| now - held.used_at < FRESH);
        let fresh = fresh.unwrap_or(connections.len());
        let stale: Vec<_> = connections.drain(..fresh).collect();
        let last = connections.pop();
        drop(stack);
        drop(stale);
        last
    }

    /// Keeps a connection whose statement succeeded, unless somebody waits for it.
    pub(super) fn keep(&self, mut held: Held<DB>) {
        held.used_at = Instant::now();
        let is_old = held.used_at - held.taken_at > LONGEST;
        let mut stack = self.stack();
        let is_full = stack.connections.len() >= self.most;
        let is_awaited = self.waiting.load(Ordering::Relaxed) > 0;
        let is_former = stack
            .not_before
            .is_some_and(|moment| held.taken_at < moment);
        if !(is_old || is_former || is_full || is_awaited || stack.is_closed) {
            stack.connections.push(held);
        }
    }

    /// How many wait here.
    pub(super) fn count(&self) -> usize {
        self.stack().connections.len()
    }

    /// Gives all back, and keeps none that was taken before this moment.
    pub(super) fn renew(&self) {
        let mut stack = self.stack();
        stack.not_before = Some(Instant::now());
        let connections = std::mem::take(&mut stack.connections);
        drop(stack);
        drop(connections);
    }

    /// Gives all back and keeps none from now on, so that the pool can be closed.
    pub(super) fn close(&self) {
        let mut stack = self.stack();
        stack.is_closed = true;
        let connections = std::mem::take(&mut stack.connections);
        drop(stack);
        drop(connections);
    }

    fn stack(&self) -> MutexGuard<'_, Stack<DB>> {
        // Each critical section moves connections whole.
        self.stack.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<DB: Database> Drop for Kept<DB> {
    fn drop(&mut self) {
        // To give one back needs a runtime, which may have ended.
        for held in self.stack().connections.drain(..) {
            drop(held.connection.detach());
        }
    }
}

impl<DB: Database> fmt::Debug for Kept<DB> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kept").finish_non_exhaustive()
    }
}
