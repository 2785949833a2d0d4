//! The work beside the requests: on a thread of its own, which ends with its handle.

use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use anyhow::{Context as _, Result};
use domain::job::JobLane;
use futures_util::future::join_all;
use metrics_exporter_prometheus::PrometheusHandle;
use service::Context;
use service::worker::{self, ProductJobs, Worker};
use tokio::sync::watch;
use tokio::time::{interval, timeout};

use crate::telemetry::Telemetry;

/// How often other copies' ended sessions are learnt: well under the 5 s that are promised.
const LEARN_EVERY: Duration = Duration::from_secs(2);
/// How often what belongs to the process is kept up.
const KEEP_UP_EVERY: Duration = Duration::from_secs(3);
/// How many such rounds there are for each count of the backlog: one in 15 s, as often as it is usually read.
const ROUNDS_A_LOOK: u64 = 5;

/// How long handing back may take when the work stops.
const HAND_BACK: Duration = Duration::from_secs(5);

/// Who does the work that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Work {
    /// This copy too.
    Here,
    /// Other copies, or whoever calls for it.
    Elsewhere,
}

/// The running background work. Dropping it stops the work: what runs may finish for some seconds, then it is cut off, which
/// may happen anywhere, and is handed back.
#[derive(Debug)]
pub(crate) struct Background {
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<()>>,
}

impl Background {
    /// Starts the work.
    pub(crate) fn start(
        context: Arc<Context>,
        figures: PrometheusHandle,
        who: Work,
        telemetry: Option<Telemetry>,
    ) -> Result<Self> {
        let (stop, stopped) = watch::channel(false);
        // One thread beside the work: what it is done with, such as a connection, is given back while it goes on.
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()?;
        let work = move || {
            runtime.block_on(async {
                let tell = tell(telemetry.as_ref(), &context, &figures);
                let beside =
                    async { tokio::join!(learn(&context), keep_up(&context, &figures), tell) };
                match who {
                    Work::Here => tokio::select! {
                        _ = beside => {}
                        () = work(&context, stopped) => {}
                    },
                    Work::Elsewhere => tokio::select! {
                        _ = beside => {}
                        () = told(stopped) => {}
                    },
                }
                if let Some(telemetry) = &telemetry {
                    telemetry.finish(&context, &figures).await;
                }
            });
        };
        let thread = thread::Builder::new()
            .name("background".to_owned())
            .spawn(work);
        let thread = thread.context("starting the background work")?;
        Ok(Self {
            stop,
            thread: Some(thread),
        })
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        if self
            .thread
            .take()
            .is_some_and(|thread| thread.join().is_err())
        {
            tracing::error!("The background work panicked");
        }
    }
}

/// Waits until the work is to stop.
async fn told(mut stopped: watch::Receiver<bool>) {
    // The sender is gone only where the work is to stop too.
    let _ = stopped.wait_for(|is_stopping| *is_stopping).await;
}

async fn learn(context: &Context) {
    let mut ticks = interval(LEARN_EVERY);
    loop {
        ticks.tick().await;
        if let Err(error) = service::session::learn(context).await {
            context.report("Ended sessions could not be learnt", &error);
        }
    }
}

/// Tells a collector, where there is one, what happens.
async fn tell(telemetry: Option<&Telemetry>, context: &Context, figures: &PrometheusHandle) {
    match telemetry {
        Some(telemetry) => telemetry.run(context, figures).await,
        None => std::future::pending().await,
    }
}

/// Counts what the database alone knows, for the metrics.
async fn look(context: &Context) {
    if let Err(error) = service::backlog::record(context).await {
        context.report("The backlog could not be counted", &error);
    }
    if let Err(error) = service::login::record_budget(context).await {
        context.report("Today's messages could not be counted", &error);
    }
    if let Err(error) = service::lost_phone::record_waiting(context).await {
        context.report("Reports of lost phones could not be counted", &error);
    }
}

/// Keeps up what is this process's alone: figures, certificates, the lines of what repeats in the log.
async fn keep_up(context: &Context, figures: &PrometheusHandle) {
    let mut ticks = interval(KEEP_UP_EVERY);
    for round in 0_u64.. {
        ticks.tick().await;
        figures.run_upkeep();
        if round.is_multiple_of(ROUNDS_A_LOOK) {
            look(context).await;
        }
        service::merchant::renew_certificates(context).await;
        context.write_aggregated();
    }
}

/// Does the jobs, each lane in a loop of its own, until `stop` says so; then hands back what it has not finished.
async fn work(context: &Context, stop: watch::Receiver<bool>) {
    let worker = Worker::new(context, ProductJobs);
    let prepared = async {
        worker::free_leases_of_the_dead(context).await?;
        worker::plan(context).await
    };
    if let Err(error) = prepared.await {
        context.report("The background work could not be planned", &error);
    }
    let lanes = JobLane::ALL
        .iter()
        .map(|lane| worker.run_lane(context, *lane, stop.clone()));
    join_all(lanes).await;
    match timeout(HAND_BACK, worker.hand_back(context)).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => context.report("Work could not be handed back", &error),
        Err(_) => tracing::warn!(
            "Work was not handed back in time: another copy takes it up when its lease ends"
        ),
    }
}
