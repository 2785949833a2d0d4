//! Who asks for a code: an address and a browser, both kept as hashes only.

use std::net::{IpAddr, Ipv6Addr};

use providers::keys::{BlindIndex, sha256};

use crate::Context;

/// The half of an IPv6 address that names a household rather than a device.
const HOUSEHOLD_BITS: u32 = 64;

/// Who asks.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The address, as the proxy in front tells it.
    pub address: IpAddr,
    /// The random value of the browser's cookie; a code works only in the browser that asked for it.
    pub browser: String,
}

impl Caller {
    /// The keyed hash of the address; of an IPv6 address, its first half.
    pub(crate) fn address_hash(&self, context: &Context) -> BlindIndex {
        let address = match self.address {
            IpAddr::V4(address) => IpAddr::V4(address),
            IpAddr::V6(address) => {
                let household = || address.to_bits() & (u128::MAX << HOUSEHOLD_BITS);
                let household = || IpAddr::V6(Ipv6Addr::from_bits(household()));
                address.to_ipv4_mapped().map_or_else(household, IpAddr::V4)
            }
        };
        // An address begins with no `+`, so it cannot be taken for a phone.
        context
            .vault
            .provider()
            .phone_index(&format!("address {address}"))
    }

    /// The hash of the browser's value, which is random itself.
    pub(crate) fn browser_hash(&self) -> [u8; 32] {
        sha256(self.browser.as_bytes())
    }
}
