//! What an operator configures: a few flags and environment variables, and one TOML file for accounts and secrets.

mod basics;
mod file;
mod http;
mod private;
mod production;
mod telemetry;
mod timeouts;

pub use basics::{Basics, Environment, ServeArgs};
pub use file::{
    AlipayCertificatesFile, AlipayFile, CaptchaFile, ConfigFile, OfficialAccountFile, OperatorFile,
    RefundFile, SandboxFile, SchoolMerchantFile, SmsFile, StorageFile, TencentSmsFile,
    WechatPayFile,
};
pub use http::HttpFile;
pub use telemetry::TelemetryFile;
pub use timeouts::TimeoutsFile;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

/// The least number that a browser may have to try up to in production.
const LEAST_WORK: u32 = 10_000;

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
                self.file.operator.is_none(),
                "production tells people who runs it: add [operator] with name and contact",
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
        for needed in [
            "GRADPHOTO_KEYS",
            "[operator]",
            "[sms]",
            "[captcha]",
            "public_origin",
        ] {
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
