//! Flags and environment variables.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Development or production.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Environment {
    /// Makes its own keys, prints codes to the log, may use the sandbox.
    #[default]
    Development,
    /// Refuses all of that.
    Production,
}

/// What every command needs.
#[derive(Debug, Clone, Args)]
pub struct Basics {
    /// Development or production.
    #[arg(long = "env", env = "GRADPHOTO_ENV", value_enum, default_value_t)]
    pub environment: Environment,
    /// The folder for the SQLite database, photos and development keys.
    #[arg(long, env = "GRADPHOTO_DATA", default_value = "data")]
    pub data: PathBuf,
    /// The database: `sqlite://…` or `postgres://…`; by default SQLite in the data folder.
    #[arg(long, env = "GRADPHOTO_DATABASE")]
    pub database: Option<String>,
    /// The most connections to the database; on `SQLite` one more writes.
    #[arg(long, env = "GRADPHOTO_DATABASE_CONNECTIONS", default_value_t = 8)]
    pub database_connections: u32,
    /// The key file; by default keys.json in the data folder, which development makes.
    #[arg(long, env = "GRADPHOTO_KEYS")]
    pub keys: Option<PathBuf>,
    /// The TOML file with accounts and secrets; see docs/operations.md.
    #[arg(long, env = "GRADPHOTO_CONFIG")]
    pub config: Option<PathBuf>,
    /// In production: photos may go to a store on a network of your own, or by http; as `allow_private_storage` in `[storage]`.
    #[arg(long, env = "GRADPHOTO_ALLOW_PRIVATE_STORAGE")]
    pub allow_private_storage: bool,
    /// Tests only: a file with seconds by which the clock is moved.
    #[arg(long, env = "GRADPHOTO_TEST_CLOCK", hide = true)]
    pub test_clock: Option<PathBuf>,
    /// Tests only: so many times as many requests are allowed.
    #[arg(long, env = "GRADPHOTO_RATE_FACTOR", hide = true, default_value_t = 1,
        value_parser = clap::value_parser!(u32).range(1..))]
    pub rate_factor: u32,
}

/// What `serve` needs besides.
#[derive(Debug, Clone, Args)]
pub struct ServeArgs {
    /// Where to listen.
    #[arg(long, env = "GRADPHOTO_BIND", default_value = "127.0.0.1:8080")]
    pub bind: String,
    /// Where `/livez`, `/readyz` and `/metrics` are answered; not for the public.
    #[arg(long, env = "GRADPHOTO_OPS_BIND", default_value = "127.0.0.1:9090")]
    pub ops_bind: String,
    /// For so many seconds after SIGTERM the server still takes requests, while readiness is red and answers close their
    /// connections; it should be more than the load balancer needs to notice.
    #[arg(long, env = "GRADPHOTO_DRAIN_DELAY", default_value_t = 5)]
    pub drain_delay: u64,
    /// A folder with the web app, instead of the one in the binary.
    #[arg(long, env = "GRADPHOTO_WEB")]
    pub web: Option<PathBuf>,
    /// How many worker threads answer requests; by default one a core.
    #[arg(long, env = "GRADPHOTO_WORKERS")]
    pub workers: Option<usize>,
    /// Only answer requests: another copy does the background work.
    #[arg(long, env = "GRADPHOTO_REQUESTS_ONLY")]
    pub requests_only: bool,
    /// Write the log as JSON, as production always does.
    #[arg(long, env = "GRADPHOTO_LOG_JSON")]
    pub log_json: bool,
}
