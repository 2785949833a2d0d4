//! Who asks for a code: an address and a browser, both kept as hashes only.

use std::net::IpAddr;

use domain::limit::{self, IPV6_PREFIXES, Window};
use ipnet::IpNet;
use providers::keys::{BlindIndex, sha256};
use store::login::CountedBy;

use crate::Context;

/// How many bits of an address name a network.
#[derive(Debug, Clone, Copy)]
struct PrefixBits {
    v4: u8,
    v6: u8,
}

/// How much of an IPv4 and an IPv6 address names who asks for codes: one address, one household.
const ADDRESS_BITS: PrefixBits = PrefixBits { v4: 32, v6: 64 };
/// How much of them names the network from which numbers are tried. Source: docs/sources.md#verification-limits.
const NETWORK_BITS: PrefixBits = PrefixBits { v4: 24, v6: 48 };

/// Who asks.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The address, as the proxy in front tells it.
    pub address: IpAddr,
    /// The random value of the browser's cookie; a code works only in the browser that asked for it.
    pub browser: String,
}

/// A network that sends are counted by.
#[derive(Debug)]
pub(crate) struct Network {
    /// Its prefix in bits, as [`IPV6_PREFIXES`] lists it.
    bits: u8,
    hash: BlindIndex,
    allowance: u32,
    is_campus: bool,
}

impl Network {
    /// The keyed hash of its address.
    pub(crate) fn hash(&self) -> &BlindIndex {
        &self.hash
    }

    /// What sends from it are counted by.
    pub(crate) fn counted_by(&self) -> CountedBy<'_> {
        match self.bits {
            48 => CountedBy::Network48(&self.hash),
            56 => CountedBy::Network56(&self.hash),
            _ => CountedBy::Address(&self.hash),
        }
    }

    /// The windows of one address, as wide as this network may have them.
    pub(crate) fn windows(&self, of_address: &[Window]) -> Vec<Window> {
        limit::times(
            &limit::for_address(of_address, self.is_campus),
            self.allowance,
        )
    }
}

impl Caller {
    /// The networks that sends are counted by: the address, and of an IPv6 address the wider ones.
    pub(crate) fn networks(&self, context: &Context) -> Vec<Network> {
        let is_v4 = self.address.to_canonical().is_ipv4();
        let prefixes = IPV6_PREFIXES.iter().take(if is_v4 { 1 } else { 3 });
        let is_campus = self.is_campus(context);
        let network = |&(bits, allowance): &(u8, u32)| Network {
            bits,
            hash: self.hash(
                context,
                "address",
                PrefixBits {
                    v6: bits,
                    ..ADDRESS_BITS
                },
            ),
            allowance,
            is_campus,
        };
        prefixes.map(network).collect()
    }

    /// The keyed hash of the network that the address is in.
    pub(crate) fn network_hash(&self, context: &Context) -> BlindIndex {
        self.hash(context, "network", NETWORK_BITS)
    }

    /// Whether the address is one of those that whole campuses share.
    pub(crate) fn is_campus(&self, context: &Context) -> bool {
        let address = self.address.to_canonical();
        let campuses = &context.settings.campus_networks;
        campuses.iter().any(|campus| campus.contains(&address))
    }

    fn hash(&self, context: &Context, what: &str, bits: PrefixBits) -> BlindIndex {
        hash_network(context, self.address, what, bits)
    }

    /// The hash of the browser's value, which is random itself.
    pub(crate) fn browser_hash(&self) -> [u8; 32] {
        sha256(self.browser.as_bytes())
    }
}

/// The keyed hash of a client's address; of an IPv6 address, its first half.
pub(crate) fn hash_address(context: &Context, address: IpAddr) -> BlindIndex {
    hash_network(context, address, "address", ADDRESS_BITS)
}

fn hash_network(context: &Context, address: IpAddr, what: &str, bits: PrefixBits) -> BlindIndex {
    let address = address.to_canonical();
    let bits = if address.is_ipv4() { bits.v4 } else { bits.v6 };
    let network = IpNet::new_assert(address, bits).trunc();
    // A network begins with no `+`, so it cannot be taken for a phone.
    context
        .vault
        .provider()
        .phone_index(&format!("{what} {network}"))
}
