//! Resolving the name of a receiver: once for a connection, and only to addresses that were checked.

use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use async_trait::async_trait;
use domain::webhook::is_public_address;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// What turns names into addresses.
#[async_trait]
pub trait AddressLookup: Send + Sync {
    /// The addresses of a name.
    ///
    /// # Errors
    /// Where the name has none, or nobody answers.
    async fn lookup(&self, host: &str) -> io::Result<Vec<IpAddr>>;
}

/// The resolver of the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemLookup;

#[async_trait]
impl AddressLookup for SystemLookup {
    async fn lookup(&self, host: &str) -> io::Result<Vec<IpAddr>> {
        let found = tokio::net::lookup_host((host, 0)).await?;
        Ok(found.map(|address| address.ip()).collect())
    }
}

/// Why a name is not connected to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum NotResolved {
    #[error("the name has no address")]
    Unknown,
    #[error("an address of the name is not allowed")]
    Forbidden,
}

/// Gives the HTTP client the addresses of a name, where each of them is allowed. The client connects to these and asks
/// nobody else, so that an answer that changes meanwhile changes nothing.
#[derive(Clone)]
pub(super) struct CheckedResolver {
    lookup: Arc<dyn AddressLookup>,
    is_allowed: fn(IpAddr) -> bool,
}

impl fmt::Debug for CheckedResolver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CheckedResolver")
    }
}

impl CheckedResolver {
    /// Allows addresses on the internet.
    pub(super) fn internet(lookup: Arc<dyn AddressLookup>) -> Self {
        Self {
            lookup,
            is_allowed: is_public_address,
        }
    }

    /// Allows this computer.
    pub(super) fn loopback(lookup: Arc<dyn AddressLookup>) -> Self {
        Self {
            lookup,
            is_allowed: |address| address.is_loopback(),
        }
    }

    async fn checked(&self, host: &str) -> Result<Vec<SocketAddr>, NotResolved> {
        let found = self.lookup.lookup(host).await;
        let found = found.map_err(|_| NotResolved::Unknown)?;
        if found.is_empty() {
            return Err(NotResolved::Unknown);
        }
        // One bad address refuses the name: its owner chose it, and which of several is connected to is chance.
        if !found.iter().copied().all(self.is_allowed) {
            return Err(NotResolved::Forbidden);
        }
        Ok(found.into_iter().map(|ip| SocketAddr::new(ip, 0)).collect())
    }
}

impl Resolve for CheckedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let resolver = self.clone();
        Box::pin(async move {
            let addresses = resolver.checked(name.as_str()).await?;
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}
