//! The background work: jobs are leased, each lane does its own, and what fails is tried again or put before a person.

mod dispatch;
mod hold;
mod operate;
mod turn;

pub use operate::{cancel, list, retry, show};
pub use turn::{Progress, Turn};

use std::pin::pin;
use std::time::Duration;

use chrono::TimeDelta;
use data_encoding::HEXLOWER;
use domain::JobId;
use domain::job::{Job, JobKind, JobLane, LEASE, Lease};
use futures_util::future::{Fuse, FusedFuture};
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, StreamExt};
use serde_json::json;
use store::job::JobClaim;
use tokio::sync::watch;

use crate::{Context, Failure};

use hold::Hold;

/// How often a lane looks for work.
const TICK: Duration = Duration::from_secs(1);
/// Work is taken up so much before it is due, so that a tick that comes a little early is not in vain.
const EARLY: TimeDelta = TimeDelta::milliseconds(250);
/// How long a stop waits for work that runs; what has not finished by then is cut off and handed back.
const STOP_GRACE: Duration = Duration::from_secs(5);

/// Does the work of a job.
pub trait JobHandler {
    /// Does one turn. It may be cut off anywhere, and is then done again.
    fn work(
        &self,
        context: &Context,
        job: &Job,
        progress: &Progress,
    ) -> impl Future<Output = Result<Turn, Failure>>;
}

/// What every kind of job does in the product.
#[derive(Debug, Clone, Copy, Default)]
pub struct ProductJobs;

impl JobHandler for ProductJobs {
    async fn work(
        &self,
        context: &Context,
        job: &Job,
        progress: &Progress,
    ) -> Result<Turn, Failure> {
        // On the heap: it holds the future of every kind of work.
        Box::pin(dispatch::work(context, job, progress)).await
    }
}

/// One process that does background work.
#[derive(Debug)]
pub struct Worker<H> {
    owner: String,
    handler: H,
}

impl<H: JobHandler> Worker<H> {
    /// A worker with a name of its own.
    pub fn new(context: &Context, handler: H) -> Self {
        Self {
            owner: HEXLOWER.encode(&context.random_bytes::<8>()),
            handler,
        }
    }

    /// Does the work of a lane until `stop` is true. Then what runs may finish for a while; call [`Self::hand_back`] after
    /// all lanes have ended.
    pub async fn run_lane(
        &self,
        context: &Context,
        lane: JobLane,
        mut stop: watch::Receiver<bool>,
    ) {
        let kinds = kinds_of(lane);
        let mut running = FuturesUnordered::new();
        // Polled beside the jobs: one of them may hold the connection that the claim waits for.
        let mut claim = pin!(self.claim(context, &kinds, EARLY, lane.slots()).fuse());
        let mut ticks = tokio::time::interval(TICK);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut has_failed = false;
        loop {
            tokio::select! {
                _ = ticks.tick() => {}
                () = context.job_added.notified() => {}
                Some(outcome) = running.next() => {
                    has_failed |= outcome == Outcome::Failed;
                    if outcome != Outcome::NextInLine {
                        continue;
                    }
                }
                claimed = &mut claim, if !claim.is_terminated() => {
                    has_failed |= claimed.is_err();
                    match claimed {
                        Ok(jobs) => running.extend(jobs.into_iter().map(|job| self.run(context, job))),
                        Err(error) => context.report("Due work could not be taken up", &error),
                    }
                    count_round(has_failed);
                    has_failed = false;
                    continue;
                }
                _ = stop.wait_for(|is_stopping| *is_stopping) => break,
            }
            let free = lane.slots().saturating_sub(running.len());
            if !kinds.is_empty() && free > 0 && claim.is_terminated() {
                claim.set(self.claim(context, &kinds, EARLY, free).fuse());
            }
        }
        claim.set(Fuse::terminated());
        let finished = async { while running.next().await.is_some() {} };
        if tokio::time::timeout(STOP_GRACE, finished).await.is_err() {
            tracing::info!(job.lane = %lane, "Work was cut off by the stop; it is handed back");
        }
    }

    /// Gives back the jobs that this worker still has, so that another need not wait for its leases to end.
    ///
    /// # Errors
    /// Where the database fails; the leases then end by themselves.
    pub async fn hand_back(&self, context: &Context) -> Result<(), Failure> {
        store::job::hand_back(context.store.writer(), Some(&self.owner)).await?;
        Ok(())
    }

    async fn claim(
        &self,
        context: &Context,
        kinds: &[JobKind],
        early: TimeDelta,
        limit: usize,
    ) -> Result<Vec<Job>, Failure> {
        let now = context.now();
        let claim = JobClaim {
            kinds,
            due_by: now + early,
            now,
            limit: u64::try_from(limit).unwrap_or(u64::MAX),
        };
        let lease = Lease {
            owner: self.owner.clone(),
            until: now + LEASE,
        };
        Ok(store::job::claim(context.store.writer(), claim, &lease).await?)
    }

    /// Does a turn of a job and keeps what came of it.
    async fn run(&self, context: &Context, job: Job) -> Outcome {
        match self.turn(context, &job).await {
            Ok(()) if job.kind.period().is_none() => Outcome::NextInLine,
            Ok(()) => Outcome::Done,
            Err(_) => Outcome::Failed,
        }
    }

    async fn turn(&self, context: &Context, job: &Job) -> Result<(), Failure> {
        let progress = Progress::default();
        let hold = Hold::new(context, job, &progress);
        let done = tokio::select! {
            done = self.handler.work(context, job, &progress) => done,
            ended = hold.keep() => return ended.settle(context, job).await,
        };
        let settled = settle(context, job, &done).await;
        if let Err(error) = &settled {
            context.report_about("What came of a job was not kept", &job.key, error);
        }
        if let Err(error) = &done {
            let what = "A job failed";
            context.report_about(what, job.kind.as_str(), error);
        }
        done.and(settled)
    }
}

/// What became of a job's turn, for its lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// It is over; there may be more of its kind.
    NextInLine,
    /// It is over until its next turn.
    Done,
    /// It failed, or what came of it could not be kept.
    Failed,
}

fn count_round(has_failed: bool) {
    let outcome = if has_failed { "failed" } else { "done" };
    metrics::counter!("background_rounds_total", "outcome" => outcome).increment(1);
}

async fn settle(context: &Context, job: &Job, done: &Result<Turn, Failure>) -> Result<(), Failure> {
    let (on, now) = (context.store.writer(), context.now());
    match done {
        Ok(Turn::Forget) => store::job::forget(on, job).await?,
        Ok(Turn::Done(result)) => store::job::finish(on, job, Some(result.clone()), now).await?,
        Ok(Turn::Again { payload, at }) => store::job::reschedule(on, job, payload, *at).await?,
        Err(error) => {
            let retry_at = job.kind.retry_at(job.failures + 1, now);
            store::job::fail(on, job, &error.to_string(), retry_at, now).await?;
            if retry_at.is_none() {
                tracing::error!(job.id = %job.id, job.kind = %job.kind, "A job was given up: {error}");
            }
        }
    }
    Ok(())
}

fn kinds_of(lane: JobLane) -> Vec<JobKind> {
    let all = JobKind::ALL.iter().copied();
    all.filter(|kind| kind.lane() == lane).collect()
}

/// Makes the jobs that never end, where they are missing, due at once.
///
/// # Errors
/// Where the database fails.
pub async fn plan(context: &Context) -> Result<(), Failure> {
    let endless = JobKind::ALL.iter().copied();
    let endless: Vec<JobKind> = endless.filter(|kind| kind.period().is_some()).collect();
    let known = store::job::known_kinds(context.store.reader(), &endless).await?;
    let missing = endless.into_iter().filter(|kind| !known.contains(kind));
    let job = |kind: JobKind| {
        let id = context.new_id(JobId::new);
        let key = kind.as_str().to_owned();
        Job::new(id, kind, key, json!({}), context.now())
    };
    let jobs: Vec<Job> = missing.map(job).collect();
    if !jobs.is_empty() {
        store::job::insert_missing(context.store.writer(), &jobs).await?;
    }
    Ok(())
}

/// Frees every lease, where no other process can have one: on `SQLite` one process alone serves the database.
///
/// # Errors
/// Where the database fails.
pub async fn free_leases_of_the_dead(context: &Context) -> Result<(), Failure> {
    if !context.store.is_postgres() {
        store::job::hand_back(context.store.writer(), None).await?;
    }
    Ok(())
}

/// Does one turn of all work that never ends, except what is not due for long, and all other work that is due. For tests
/// and tools; the server runs its lanes.
///
/// # Errors
/// The first failure; the other work is done all the same.
pub async fn run_due(context: &Context) -> Result<(), Failure> {
    plan(context).await?;
    let worker = Worker::new(context, ProductJobs);
    let mut first = Ok(());
    for &kind in JobKind::ALL {
        let early = if kind == JobKind::Retention {
            TimeDelta::zero()
        } else {
            kind.period().unwrap_or_default()
        };
        loop {
            let jobs = worker.claim(context, &[kind], early, 1).await?;
            let Some(job) = jobs.into_iter().next() else {
                break;
            };
            first = first.and(worker.turn(context, &job).await);
            if kind.period().is_some() {
                break;
            }
        }
    }
    first
}
