//! The command line.

mod audit;
mod backup;
mod context;
mod enrolment;
mod health;
mod jobs;
mod keys;
mod lost_phone;
mod money;
mod output;
mod photo;
mod pull;
mod remote;
mod school;
mod staff;
mod system_user;
mod webhooks;

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt as _;

use service::sample::SampleStaff;

use context::open;
use output::say;

use crate::config::{Basics, Config, Environment, ServeArgs};
use crate::server_lock::ServerLock;
use crate::telemetry::Spans;
use crate::{app, build, private_files, serve};

/// Collects graduates' portraits: API, web app and background work in one program.
#[derive(Debug, Parser)]
#[command(name = "gradphoto", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Answer requests and do the background work.
    Serve {
        #[command(flatten)]
        basics: Basics,
        #[command(flatten)]
        serve: ServeArgs,
    },
    /// Say whether the server on this machine is ready; for the health check of a container.
    Health {
        /// Where the server answers operators, as given to `serve`.
        #[arg(long, env = "GRADPHOTO_OPS_BIND", default_value = "127.0.0.1:9090")]
        ops_bind: String,
    },
    /// Bring the database's schema up to date.
    Migrate {
        #[command(flatten)]
        basics: Basics,
    },
    /// Print the API document.
    Openapi,
    /// Look at the configuration.
    Config {
        #[command(subcommand)]
        action: ConfigAction,
    },
    /// Check and frame photos.
    Photo {
        #[command(subcommand)]
        action: photo::Action,
    },
    /// Find and release who is bound to a roster entry.
    Enrolment {
        #[command(subcommand)]
        action: enrolment::Action,
    },
    /// Read and close reports of lost phones.
    LostPhone {
        #[command(subcommand)]
        action: lost_phone::LostPhoneAction,
    },
    /// Make the first operator, and help one who lost their device.
    Staff {
        #[command(subcommand)]
        action: staff::StaffAction,
    },
    /// Write the database and all photos into a new folder, while servers run, and verify them.
    Backup(backup::Backup),
    /// Bring a backup back, into an empty installation.
    Restore(backup::Restore),
    /// Move a school to another installation, or take one in.
    School {
        #[command(subcommand)]
        action: school::SchoolAction,
    },
    /// The log of who did what to whose data.
    Audit {
        #[command(subcommand)]
        action: audit::AuditAction,
    },
    /// The ledger of what was erased on demand.
    Ledger {
        #[command(subcommand)]
        action: backup::LedgerAction,
    },
    /// Make and change keys.
    Keys {
        #[command(subcommand)]
        action: keys::KeysAction,
    },
    /// Return money to students.
    Refund {
        #[command(subcommand)]
        action: money::RefundAction,
    },
    /// See and resolve what about money a person must look at.
    Case {
        #[command(subcommand)]
        action: money::CaseAction,
    },
    /// See background jobs, try dead ones again, end some.
    Jobs {
        #[command(subcommand)]
        action: jobs::Action,
    },
    /// Compare a day's bills with our books now, for every merchant account.
    Reconcile {
        #[command(subcommand)]
        action: Option<money::ReconcileAction>,
        #[command(flatten)]
        basics: Basics,
        /// The day in China, such as 2026-06-08; by default yesterday.
        #[arg(long)]
        date: Option<chrono::NaiveDate>,
        /// Write the report into this CSV file too.
        #[arg(long)]
        csv: Option<PathBuf>,
    },
    /// Tell what a school owes for a month: the orders that it pays for, and those that are free.
    Statement(money::statement::Statement),
    /// Fetch accepted photos onto a school's server, in the name of an integrator.
    Pull(pull::Pull),
    /// Help for those who write a receiver of webhooks.
    Webhooks {
        #[command(subcommand)]
        action: webhooks::WebhooksAction,
    },
    /// Add the demo's schools, tasks and students; not in production.
    SampleData {
        #[command(flatten)]
        basics: Basics,
        /// Add a school with 60 drawn photos that wait for review, and two reviewers.
        #[arg(long)]
        photos: bool,
    },
}

#[derive(Debug, Subcommand)]
enum ConfigAction {
    /// Say what is configured, or what is wrong with it.
    Check {
        #[command(flatten)]
        basics: Basics,
    },
}

/// Does what the command line says; the code tells where photos do not pass.
///
/// # Errors
/// What stopped it, for people.
pub fn run() -> Result<ExitCode> {
    private_files::keep();
    match Cli::parse().command {
        Command::Photo { action } => return photo::run(action),
        Command::Serve { basics, serve } => {
            let as_json = serve.log_json || basics.environment == Environment::Production;
            let config = Config::read(basics)?;
            let spans = Spans::wanted(&config.file);
            log(as_json, spans.as_ref());
            serve::serve(&config, &serve, spans)
        }
        Command::Health { ops_bind } => return health::run(&ops_bind),
        Command::Migrate { basics } => migrate(&Config::read(basics)?),
        Command::Openapi => openapi(),
        Command::Config {
            action: ConfigAction::Check { basics },
        } => check(&Config::read(basics)?),
        Command::Enrolment { action } => enrolment::run(action),
        Command::LostPhone { action } => lost_phone::run(action),
        Command::Staff { action } => staff::run(action),
        Command::Backup(asked) => backup::write(asked),
        Command::Restore(asked) => backup::restore(asked),
        Command::School { action } => school::run(action),
        Command::Audit { action } => audit::run(action),
        Command::Ledger { action } => backup::ledger(action),
        Command::Keys { action } => keys::run(action),
        Command::Refund { action } => money::refund(action),
        Command::Case { action } => money::case(action),
        Command::Jobs { action } => jobs::run(action),
        Command::Reconcile {
            action: Some(money::ReconcileAction::Show { basics, date, csv }),
            ..
        } => money::show(&Config::read(basics)?, date, csv.as_deref()),
        Command::Reconcile {
            action: None,
            basics,
            date,
            csv,
        } => money::reconcile(&Config::read(basics)?, date, csv.as_deref()),
        Command::Statement(asked) => money::statement::tell(asked),
        Command::Pull(asked) => pull::run(&asked),
        Command::Webhooks { action } => webhooks::run(action),
        Command::SampleData { basics, photos } => sample_data(&Config::read(basics)?, photos),
    }?;
    Ok(ExitCode::SUCCESS)
}

/// Lines for people on a terminal, JSON for machines; and its spans for a collector, where there is one.
fn log(as_json: bool, spans: Option<&Spans>) {
    let filter = EnvFilter::builder()
        .with_default_directive(tracing::Level::INFO.into())
        .from_env_lossy();
    // It writes an error for each client that sends nonsense or goes away, so that a client could fill the log.
    let filter = match "actix_http::h1::dispatcher=off".parse() {
        Ok(quiet) => filter.add_directive(quiet),
        Err(_) => filter,
    };
    let lines = fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if as_json {
        begin(lines.json().flatten_event(true).finish(), spans);
    } else {
        let is_terminal = std::io::stderr().is_terminal();
        begin(lines.with_ansi(is_terminal).finish(), spans);
    }
}

fn begin<S>(log: S, spans: Option<&Spans>)
where
    S: tracing::Subscriber + for<'a> LookupSpan<'a> + Send + Sync + 'static,
{
    match spans {
        Some(spans) => log.with(spans.layer()).init(),
        None => log.init(),
    }
}

#[tokio::main]
async fn migrate(config: &Config) -> Result<()> {
    let _lock = ServerLock::take(config)?;
    open(config).await?;
    say!("The schema is up to date.")?;
    Ok(())
}

fn openapi() -> Result<()> {
    say!("{}", app::document().to_pretty_json()?)?;
    Ok(())
}

#[tokio::main]
async fn check(config: &Config) -> Result<()> {
    for line in build::check(config).await? {
        say!("{line}")?;
    }
    Ok(())
}

#[tokio::main]
async fn sample_data(config: &Config, with_photos: bool) -> Result<()> {
    if config.is_production() {
        bail!("sample data do not belong into production");
    }
    let context = open(config).await?;
    say!(
        "Log in with any mobile number, such as 138 0013 8000, and verify as one of these students:"
    )?;
    for student in service::sample::load(&context).await? {
        say!("  {student}")?;
    }
    let mut staff = service::sample::load_staff(&context).await?.to_vec();
    if with_photos {
        let count = service::sample::WAITING_PHOTOS;
        service::sample::load_waiting_photos(&context, count).await?;
        staff.extend(service::sample::load_reviewers(&context).await?);
    }
    say!(
        "Log in to /console as one of these, with an authenticator app that was given the secret {}:",
        SampleStaff::secret()
    )?;
    for person in staff {
        say!("  {person}")?;
    }
    Ok(())
}
