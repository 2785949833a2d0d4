//! Which addresses are on the internet: only those are ever connected to. Source: docs/sources.md#special-addresses.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Networks of IPv4 that are no place on the internet, by first address and length of the prefix.
const SPECIAL_V4: [([u8; 4], u32); 17] = [
    ([0, 0, 0, 0], 8),
    ([10, 0, 0, 0], 8),
    ([100, 64, 0, 0], 10),
    ([127, 0, 0, 0], 8),
    // Answers questions of virtual machines in one cloud, from an address that otherwise looks public.
    ([168, 63, 129, 16], 32),
    ([169, 254, 0, 0], 16),
    ([172, 16, 0, 0], 12),
    ([192, 0, 0, 0], 24),
    ([192, 0, 2, 0], 24),
    ([192, 31, 196, 0], 24),
    ([192, 88, 99, 0], 24),
    ([192, 168, 0, 0], 16),
    ([198, 18, 0, 0], 15),
    ([198, 51, 100, 0], 24),
    ([203, 0, 113, 0], 24),
    ([224, 0, 0, 0], 4),
    ([240, 0, 0, 0], 4),
];

/// Networks inside `2000::/3`, the only one that is on the internet, that are not: tunnels that hold an IPv4 address,
/// examples, and addresses for special protocols. By first two groups and length of the prefix.
const SPECIAL_V6: [([u16; 2], u32); 4] = [
    ([0x2001, 0x0000], 23),
    ([0x2001, 0x0db8], 32),
    ([0x2002, 0x0000], 16),
    ([0x3fff, 0x0000], 20),
];

/// Whether an address is a place on the internet. One that holds an IPv4 address inside IPv6 never is.
pub fn is_public_address(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let bits = u32::from(address);
    !SPECIAL_V4
        .iter()
        .any(|(network, length)| (bits ^ u32::from(Ipv4Addr::from(*network))) >> (32 - length) == 0)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    let bits = u32::from(first) << 16 | u32::from(second);
    let of = |groups: &[u16; 2]| u32::from(groups[0]) << 16 | u32::from(groups[1]);
    let is_special = SPECIAL_V6
        .iter()
        .any(|(network, length)| (bits ^ of(network)) >> (32 - length) == 0);
    first >> 13 == 0b001 && !is_special
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("0.0.0.0")]
    #[case("0.255.255.255")]
    #[case("10.0.0.1")]
    #[case("10.255.255.255")]
    #[case("100.64.0.0")]
    #[case("100.100.100.200")]
    #[case("100.127.255.255")]
    #[case("127.0.0.1")]
    #[case("127.255.255.254")]
    #[case("168.63.129.16")]
    #[case("169.254.0.1")]
    #[case("169.254.169.254")]
    #[case("172.16.0.0")]
    #[case("172.31.255.255")]
    #[case("192.0.0.192")]
    #[case("192.0.2.1")]
    #[case("192.168.0.1")]
    #[case("192.168.255.255")]
    #[case("198.18.0.0")]
    #[case("198.19.255.255")]
    #[case("198.51.100.7")]
    #[case("203.0.113.7")]
    #[case("224.0.0.1")]
    #[case("239.255.255.255")]
    #[case("240.0.0.1")]
    #[case("255.255.255.255")]
    #[case("::")]
    #[case("::1")]
    #[case("::127.0.0.1")]
    #[case("::ffff:127.0.0.1")]
    #[case("::ffff:8.8.8.8")]
    #[case("64:ff9b::7f00:1")]
    #[case("64:ff9b:1::1")]
    #[case("100::1")]
    #[case("2001::1")]
    #[case("2001:1ff::1")]
    #[case("2001:db8::1")]
    #[case("2002:7f00:1::1")]
    #[case("3fff::1")]
    #[case("3fff:fff::1")]
    #[case("5f00::1")]
    #[case("fc00::1")]
    #[case("fd00:ec2::254")]
    #[case("fe80::1")]
    #[case("fec0::1")]
    #[case("ff02::1")]
    fn what_is_not_on_the_internet_is_refused_at_both_ends_of_its_network(#[case] bad: &str) {
        assert!(!is_public_address(bad.parse().unwrap()), "{bad}");
    }

    #[rstest]
    #[case("1.0.0.0")]
    #[case("9.255.255.255")]
    #[case("11.0.0.0")]
    #[case("100.63.255.255")]
    #[case("100.128.0.0")]
    #[case("126.255.255.255")]
    #[case("128.0.0.0")]
    #[case("169.253.255.255")]
    #[case("169.255.0.0")]
    #[case("172.15.255.255")]
    #[case("172.32.0.0")]
    #[case("192.167.255.255")]
    #[case("192.169.0.0")]
    #[case("198.17.255.255")]
    #[case("198.20.0.0")]
    #[case("223.255.255.255")]
    #[case("223.5.5.5")]
    #[case("2001:200::1")]
    #[case("2400:3200::1")]
    #[case("2606:4700::1111")]
    #[case("3ffe::1")]
    fn what_lies_beside_those_networks_is_not_refused(#[case] good: &str) {
        assert!(is_public_address(good.parse().unwrap()), "{good}");
    }
}
