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
            tracing::warn!(error = ?error, "Ended sessions could not be learnt: {error}");
        }
    }
}

async fn work(context: &Context, figures: &PrometheusHandle, who: Work) {
    let mut ticks = interval(WORK_EVERY);
    loop {
        ticks.tick().await;
        figures.run_upkeep();
        service::merchant::renew_certificates(context).await;
        service::job::write_aggregated(context);
        if who == Work::Elsewhere {
            continue;
        }
        if let Err(error) = service::job::run_due(context).await {
            tracing::warn!(error = ?error, "Due work could not be done: {error}");
        }
    }
}
