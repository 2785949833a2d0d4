//! How much of the server each client has in use.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::limit::CAMPUS_ALLOWANCE;
use ipnet::IpNet;

/// How much of an IPv4 and an IPv6 address names a client.
const CLIENT_BITS: (u8, u8) = (32, 64);

/// Counts what each client has in use; shared by all threads.
#[derive(Debug, Clone)]
pub(crate) struct ClientLimit(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    most: usize,
    most_per_client: usize,
    campuses: Vec<IpNet>,
    used: Mutex<Used>,
}

#[derive(Debug, Default)]
struct Used {
    total: usize,
    by_client: HashMap<IpNet, usize>,
}

/// One connection or request in use; given back when it is dropped.
#[derive(Debug)]
pub(crate) struct ClientSlot {
    limit: ClientLimit,
    client: Option<IpNet>,
}

/// Why there is no slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LimitReached {
    /// All slots are in use.
    Total,
    /// The client has its share.
    Client,
}

impl LimitReached {
    /// The word for metrics.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Total => "total",
            Self::Client => "address",
        }
    }
}

impl ClientLimit {
    /// At most `most` in total and `most_per_client` of one client; clients in a campus network may have more.
    pub(crate) fn new(most: usize, most_per_client: usize, campuses: Vec<IpNet>) -> Self {
        Self(Arc::new(Shared {
            most,
            most_per_client,
            campuses,
            used: Mutex::default(),
        }))
    }

    /// Takes a slot. Without an address only the total counts.
    ///
    /// # Errors
    /// [`LimitReached`], where there is none left.
    pub(crate) fn take(&self, address: Option<IpAddr>) -> Result<ClientSlot, LimitReached> {
        let address = address.map(|address| address.to_canonical());
        let client = address.map(client_of);
        let most_of_client = address.map_or(usize::MAX, |address| self.most_of(address));
        let mut used = self.used();
        if used.total >= self.0.most {
            return Err(LimitReached::Total);
        }
        if let Some(client) = client {
            let count = used.by_client.entry(client).or_default();
            if *count >= most_of_client {
                return Err(LimitReached::Client);
            }
            *count += 1;
        }
        used.total += 1;
        Ok(ClientSlot {
            limit: self.clone(),
            client,
        })
    }

    fn most_of(&self, address: IpAddr) -> usize {
        let is_campus = self.0.campuses.iter().any(|one| one.contains(&address));
        let factor = if is_campus { CAMPUS_ALLOWANCE } else { 1 };
        let factor = usize::try_from(factor).unwrap_or(usize::MAX);
        self.0.most_per_client.saturating_mul(factor)
    }

    fn used(&self) -> MutexGuard<'_, Used> {
        // Each critical section changes two counters that cannot panic in between.
        self.0.used.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for ClientSlot {
    fn drop(&mut self) {
        let mut used = self.limit.used();
        used.total -= 1;
        if let Some(client) = self.client
            && let Some(count) = used.by_client.get_mut(&client)
        {
            *count -= 1;
            if *count == 0 {
                used.by_client.remove(&client);
            }
        }
    }
}

fn client_of(address: IpAddr) -> IpNet {
    let bits = if address.is_ipv4() {
        CLIENT_BITS.0
    } else {
        CLIENT_BITS.1
    };
    IpNet::new_assert(address, bits).trunc()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(limit: &ClientLimit, addresses: &[&str]) -> Vec<Result<ClientSlot, LimitReached>> {
        let take = |address: &&str| limit.take(Some(address.parse().unwrap()));
        addresses.iter().map(take).collect()
    }

    #[test]
    fn a_client_has_its_share_and_no_more_than_there_is() {
        let limit = ClientLimit::new(5, 2, vec!["10.0.0.0/8".parse().unwrap()]);
        let addresses = [
            "192.0.2.1",
            "::ffff:192.0.2.1",
            "192.0.2.1",
            "2001:db8::1",
            "2001:db8::2",
            "2001:db8::3",
            "10.0.0.1",
            "10.0.0.1",
        ];
        let slots = taken(&limit, &addresses);
        let reached: Vec<_> = slots.iter().map(|slot| slot.as_ref().err()).collect();
        let (client, total) = (Some(&LimitReached::Client), Some(&LimitReached::Total));
        assert_eq!(
            reached,
            [None, None, client, None, None, client, None, total]
        );
        drop(slots);
        assert!(limit.used().by_client.is_empty());
        assert_eq!(taken(&limit, &["10.0.0.1"; 5]).iter().flatten().count(), 5);
        assert!(limit.take(None).is_ok());
    }
}
