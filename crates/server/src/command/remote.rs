//! The platform as a school's own server reaches it: commands that need no data of an installation.

use std::convert::Infallible;

use anyhow::Result;
use clap::Args;
use client::sdk::{ApiClient, ApiError};
use secrecy::{ExposeSecret, SecretString};

/// Where the platform is, and who asks.
#[derive(Debug, Args)]
pub(super) struct Remote {
    /// The platform, such as `https://photos.example.edu.cn`.
    #[arg(long, env = "GRADPHOTO")]
    origin: String,
    /// The id of an integrator, `int_…`.
    #[arg(long, env = "CLIENT_ID")]
    client_id: String,
    /// Its secret; other programs see it on the command line, so put it into the environment.
    #[arg(long, env = "CLIENT_SECRET", hide_env_values = true, value_parser = secret)]
    client_secret: SecretString,
}

/// A secret of the command line.
#[expect(clippy::unnecessary_wraps, reason = "clap wants a result")]
pub(super) fn secret(text: &str) -> Result<SecretString, Infallible> {
    Ok(text.to_owned().into())
}

impl Remote {
    /// A client of the platform.
    pub(super) fn client(&self) -> Result<ApiClient, ApiError> {
        let secret = self.client_secret.expose_secret();
        ApiClient::new(&self.origin, &self.client_id, secret)
    }
}
