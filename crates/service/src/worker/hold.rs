//! Keeping a lease while a job is worked on.

use chrono::{DateTime, Utc};
use domain::job::{HEARTBEAT, Job, LEASE};

use super::turn::Progress;
use crate::{Context, Failure};

/// A job that is worked on.
pub(super) struct Hold<'a> {
    context: &'a Context,
    job: &'a Job,
    progress: &'a Progress,
}

/// Why the work on a job has to end before it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// Another worker may have the job by now.
    LeaseLost,
    /// A person cancelled it.
    Cancelled,
}

impl Ended {
    /// Keeps that the job ended.
    pub(super) async fn settle(self, context: &Context, job: &Job) -> Result<(), Failure> {
        match self {
            Self::LeaseLost => {
                tracing::warn!(job.id = %job.id, job.kind = %job.kind, "A worker lost its lease of a job");
            }
            Self::Cancelled => {
                let (on, now) = (context.store.writer(), context.now());
                store::job::finish(on, job, None, now).await?;
            }
        }
        Ok(())
    }
}

impl<'a> Hold<'a> {
    pub(super) fn new(context: &'a Context, job: &'a Job, progress: &'a Progress) -> Self {
        Self {
            context,
            job,
            progress,
        }
    }

    /// Says every few seconds that the job is worked on; returns once the work must end. Heartbeats that the database does
    /// not take are made up for by the next one, until the lease is over.
    pub(super) async fn keep(&self) -> Ended {
        let pause = HEARTBEAT.to_std().unwrap_or_default();
        let mut until = self.job.lease.as_ref().map(|lease| lease.until);
        loop {
            tokio::time::sleep(pause).await;
            match self.beat().await {
                Ok(Some(beat)) if beat.is_cancel_requested => return Ended::Cancelled,
                Ok(Some(beat)) => until = beat.lease.map(|lease| lease.until),
                Ok(None) => return Ended::LeaseLost,
                Err(error) => {
                    self.context
                        .report("A job could not say that it is worked on", &error);
                    if self.is_over(until) {
                        return Ended::LeaseLost;
                    }
                }
            }
        }
    }

    fn is_over(&self, until: Option<DateTime<Utc>>) -> bool {
        until.is_none_or(|until| until <= self.context.now())
    }

    async fn beat(&self) -> Result<Option<Job>, Failure> {
        let (on, now) = (self.context.store.writer(), self.context.now());
        let progress = self.progress.get();
        Ok(store::job::heartbeat(on, self.job, progress, now, now + LEASE).await?)
    }
}
