//! The product, opened for one command.

use std::ops::Deref;

use anyhow::Result;
use service::Context;
use tokio::runtime::Handle;

use crate::build::{self, Use};
use crate::config::Config;

/// The product for one command. Dropping it closes the database, so that its file is complete by itself afterwards.
pub(super) struct CommandContext(Context);

/// Opens the product for one command.
pub(super) async fn open(config: &Config) -> Result<CommandContext> {
    build::context(config, Use::Command)
        .await
        .map(CommandContext)
}

impl Deref for CommandContext {
    type Target = Context;
    fn deref(&self) -> &Context {
        &self.0
    }
}

impl Drop for CommandContext {
    fn drop(&mut self) {
        let close = self.0.store.close();
        let closed = tokio::task::block_in_place(|| Handle::current().block_on(close));
        if let Err(error) = closed {
            tracing::warn!(error = ?error, "The database could not be closed: {error}");
        }
    }
}
