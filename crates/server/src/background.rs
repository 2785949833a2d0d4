//! The work beside the requests: on a thread of its own, which ends with its handle.

use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use anyhow::{Context as _, Result};
use metrics_exporter_prometheus::PrometheusHandle;
use service::Context;
use tokio::sync::oneshot;
use tokio::time::interval;

/// How often other copies' ended sessions are learnt: well under the 5 s that are promised.
const LEARN_EVERY: Duration = Duration::from_secs(2);
/// How often due work is looked for.
const WORK_EVERY: Duration = Duration::from_secs(3);
/// How many rounds of work there are for each count of the backlog: one in 15 s, as often as it is usually read.
const ROUNDS_A_LOOK: u64 = 5;

/// Who does the work that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Work {
    /// This copy too.
    Here,
    /// Other copies, or whoever calls for it.
    Elsewhere,
}

/// The running background work. Dropping it stops the work, wherever it is: each round may be cut off anywhere.
#[derive(Debug)]
pub(crate) struct Background {
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Background {
    /// Starts the work.
    pub(crate) fn start(
        context: Arc<Context>,
        figures: PrometheusHandle,
        who: Work,
    ) -> Result<Self> {
        let (stop, stopped) = oneshot::channel();
        // One thread beside the work: what it is done with, such as a connection, is given back while it goes on.
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()?;
        let work = move || {
            runtime.block_on(async {
                tokio::select! {
                    () = learn(&context) => {}
                    () = work(&context, &figures, who) => {}
                    _ = stopped => {}
                }
            });
        };
        let thread = thread::Builder::new()
            .name("background".to_owned())
            .spawn(work);
        let thread = thread.context("starting the background work")?;
        Ok(Self {
            stop: Some(stop),
            thread: Some(thread),
        })
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        // Without its sender the thread stops too.
        drop(self.stop.take());
        if self
            .thread
            .take()
            .is_some_and(|thread| thread.join().is_err())
        {
            tracing::error!("The background work panicked");
        }
    }
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

/// Counts what the database alone knows, for the metrics.
async fn look(context: &Context) {
    if let Err(error) = service::job::record_backlogs(context).await {
        context.report("The backlog could not be counted", &error);
    }
    if let Err(error) = service::login::record_budget(context).await {
        context.report("Today's messages could not be counted", &error);
    }
    if let Err(error) = service::lost_phone::record_waiting(context).await {
        context.report("Reports of lost phones could not be counted", &error);
    }
}

async fn work(context: &Context, figures: &PrometheusHandle, who: Work) {
    let mut ticks = interval(WORK_EVERY);
    for round in 0_u64.. {
        ticks.tick().await;
        figures.run_upkeep();
        if round.is_multiple_of(ROUNDS_A_LOOK) {
            look(context).await;
        }
        service::merchant::renew_certificates(context).await;
        context.write_aggregated();
        if who == Work::Elsewhere {
            continue;
        }
        let round = service::job::run_due(context).await;
        let outcome = if round.is_ok() { "done" } else { "failed" };
        metrics::counter!("background_rounds_total", "outcome" => outcome).increment(1);
        if let Err(error) = round {
            context.report("Due work could not be done", &error);
        }
    }
}
