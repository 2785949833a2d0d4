//! What an operator configures: a few flags and environment variables, and one TOML file for accounts and secrets.

mod file;
mod http;
mod private;
mod production;
mod timeouts;

pub use file::{
    AlipayCertificatesFile, AlipayFile, CaptchaFile, ConfigFile, OfficialAccountFile, RefundFile,
    SandboxFile, SchoolMerchantFile, SmsFile, StorageFile, TencentSmsFile, WechatPayFile,
};
pub use http::HttpFile;
pub use timeouts::TimeoutsFile;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::{Args, ValueEnum};

/// The least number that a browser may have to try up to in production.
const LEAST_WORK: u32 = 10_000;

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

/// Everything that is configured, read and checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// Flags and environment.
    pub basics: Basics,
    /// The TOML file.
    pub file: ConfigFile,
}

impl Config {
    /// Reads the TOML file, if there is one, and refuses what contradicts itself.
    pub fn read(basics: Basics) -> Result<Self> {
        let file = match &basics.config {
            Some(path) => read_file(path)?,
            None => ConfigFile::default(),
        };
        let config = Self { basics, file };
        let faults = config.faults();
        if !faults.is_empty() {
            bail!(
                "the configuration cannot be used:\n- {}",
                faults.join("\n- ")
            );
        }
        Ok(config)
    }

    /// The database's address.
    pub fn database_url(&self) -> String {
        let default = || {
            format!(
                "sqlite://{}?mode=rwc",
                self.basics.data.join("gradphoto.db").display()
            )
        };
        self.basics.database.clone().unwrap_or_else(default)
    }

    /// The key file's path.
    pub fn key_file(&self) -> PathBuf {
        self.basics
            .keys
            .clone()
            .unwrap_or_else(|| self.basics.data.join("keys.json"))
    }

    /// Whether this is production.
    pub fn is_production(&self) -> bool {
        self.basics.environment == Environment::Production
    }

    /// What is wrong, a sentence each.
    fn faults(&self) -> Vec<String> {
        let mut faults = self.file.faults();
        if self.is_production() {
            faults.extend(self.production_faults().into_iter().map(str::to_owned));
            faults.extend(production::faults(&self.file));
            let allow_private = self.basics.allow_private_storage;
            faults.extend(production::storage_fault(&self.file, allow_private));
            faults.extend(private::faults(&self.basics));
        }
        faults
    }

    fn production_faults(&self) -> Vec<&'static str> {
        let checks = [
            (
                self.basics.keys.is_none(),
                "production needs a key file outside the data folder: set GRADPHOTO_KEYS",
            ),
            (
                self.basics.test_clock.is_some(),
                "production has no test clock: unset GRADPHOTO_TEST_CLOCK",
            ),
            (
                self.basics.rate_factor != 1,
                "production has no factor for its rates: unset GRADPHOTO_RATE_FACTOR",
            ),
            (
                self.file.sandbox.is_some(),
                "production has no sandbox: remove [sandbox]",
            ),
            (
                self.file.captcha.is_none(),
                "production makes senders of many requests work: add [captcha]",
            ),
            (
                self.file
                    .captcha
                    .is_some_and(|file| file.max_number < LEAST_WORK),
                "production's captcha must cost something: set max_number in [captcha] to 10000 or more",
            ),
            (
                self.file.sms.is_none(),
                "production sends real messages: add [sms]",
            ),
            (
                !self.file.public_origin.starts_with("https://"),
                "production is reached by https: set public_origin",
            ),
        ];
        checks
            .into_iter()
            .filter_map(|(is_wrong, what)| is_wrong.then_some(what))
            .collect()
    }
}

fn read_file(path: &Path) -> Result<ConfigFile> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    toml::from_str(&text).with_context(|| format!("reading {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn basics(environment: Environment) -> Basics {
        Basics {
            environment,
            data: "data".into(),
            database: None,
            database_connections: 8,
            keys: None,
            config: None,
            allow_private_storage: false,
            test_clock: None,
            rate_factor: 1,
        }
    }

    #[test]
    fn development_needs_no_configuration_and_production_says_what_it_needs() {
        assert!(Config::read(basics(Environment::Development)).is_ok());
        let error = Config::read(basics(Environment::Production))
            .unwrap_err()
            .to_string();
        for needed in ["GRADPHOTO_KEYS", "[sms]", "[captcha]", "public_origin"] {
            assert!(error.contains(needed), "{error}");
        }
        let faster = Basics {
            rate_factor: 2,
            ..basics(Environment::Production)
        };
        let error = Config::read(faster).unwrap_err().to_string();
        assert!(error.contains("GRADPHOTO_RATE_FACTOR"), "{error}");
    }

    #[test]
    fn an_unknown_setting_is_refused() {
        assert!(toml::from_str::<ConfigFile>("public_orgin = 'http://a'").is_err());
    }
}
