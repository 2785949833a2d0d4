//! What operators do with background jobs at the command line.

use anyhow::{Context as _, Result};
use clap::Subcommand;
use domain::job::{Job, JobState};
use domain::{JobId, Lang, time_text};
use service::Context;
use store::job::Which;

use super::money::{By, told};
use super::output::say;
use crate::command::context::open;
use crate::config::{Basics, Config};

#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// List the jobs that are not done.
    List {
        #[command(flatten)]
        basics: Basics,
        /// Only those that failed too often and that nothing tries again.
        #[arg(long)]
        dead: bool,
    },
    /// Show all of one job.
    Show {
        #[command(flatten)]
        basics: Basics,
        /// The job's id.
        id: String,
    },
    /// Have a dead job tried again now.
    Retry {
        #[command(flatten)]
        by: By,
        /// The job's id.
        id: String,
    },
    /// End a job that is not done.
    Cancel {
        #[command(flatten)]
        by: By,
        /// The job's id.
        id: String,
    },
}

#[tokio::main]
pub(super) async fn run(action: Action) -> Result<()> {
    match action {
        Action::List { basics, dead } => {
            let context = open(&Config::read(basics)?).await?;
            let which = if dead { Which::Dead } else { Which::Open };
            for job in service::worker::list(&context, which).await.map_err(told)? {
                say!("{}", line(&context, &job))?;
            }
        }
        Action::Show { basics, id } => {
            let context = open(&Config::read(basics)?).await?;
            let job = service::worker::show(&context, read(&id)?).await;
            tell(&context, &job.map_err(told)?)?;
        }
        Action::Retry { by, id } => {
            let actor = by.actor();
            let context = open(&Config::read(by.basics)?).await?;
            let retried = service::worker::retry(&context, &actor, read(&id)?).await;
            retried.map_err(told)?;
            say!("{id}  将立即重试")?;
        }
        Action::Cancel { by, id } => {
            let actor = by.actor();
            let context = open(&Config::read(by.basics)?).await?;
            let cancelled = service::worker::cancel(&context, &actor, read(&id)?).await;
            cancelled.map_err(told)?;
            say!("{id}  已取消；执行中的任务会在数秒内停止")?;
        }
    }
    Ok(())
}

fn read(id: &str) -> Result<JobId> {
    id.parse().ok().context("that is no id of a job")
}

fn line(context: &Context, job: &Job) -> String {
    let state = job.state(context.now());
    let since = match state {
        JobState::Dead => job.dead_at,
        JobState::Done | JobState::Cancelled => job.done_at,
        JobState::Waiting | JobState::Running => None,
    };
    format!(
        "{}  {}  {}  {}  {}  失败 {} 次  {}",
        job.id,
        job.kind.lane().label().get(Lang::Zh),
        job.kind.label().get(Lang::Zh),
        state.label().get(Lang::Zh),
        time_text(since.unwrap_or(job.available_at)),
        job.failures,
        job.last_error.as_deref().unwrap_or("-"),
    )
}

fn tell(context: &Context, job: &Job) -> Result<()> {
    say!("{}", line(context, job))?;
    let total = job.progress.total.map(|total| total.to_string());
    say!(
        "  进度 {} / {}",
        job.progress.done,
        total.as_deref().unwrap_or("-")
    )?;
    if let Some(lease) = &job.lease {
        say!(
            "  执行者 {}，租约至 {}",
            lease.owner,
            time_text(lease.until)
        )?;
    }
    say!("  {} {}", job.kind, job.key)?;
    say!("  {}", job.payload)?;
    if let Some(result) = &job.result {
        say!("  {result}")?;
    }
    Ok(())
}
