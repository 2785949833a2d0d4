//! Which addresses are public: reached by https, and neither on this machine nor on a network of one's own.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use actix_web::http::Uri;

/// Ends of names that no public name has. Sources: RFC 6761, RFC 6762, RFC 8375, and ICANN's reservation of `.internal`.
const OWN_NETWORKS: [&str; 7] = [
    ".localhost",
    ".localdomain",
    ".local",
    ".internal",
    ".lan",
    ".home.arpa",
    ".test",
];

/// Whether an address is reached by https and is public, as far as it can be told without asking for its name.
pub(super) fn is_public(address: &str) -> bool {
    let Ok(uri) = address.parse::<Uri>() else {
        return false;
    };
    let Some(host) = uri.host().filter(|_| uri.scheme_str() == Some("https")) else {
        return false;
    };
    let host = host.trim_matches(['[', ']']).trim_end_matches('.');
    match host.parse::<IpAddr>() {
        Ok(IpAddr::V4(ip)) => is_public_v4(ip),
        Ok(IpAddr::V6(ip)) => ip
            .to_ipv4_mapped()
            .map_or_else(|| is_public_v6(ip), is_public_v4),
        Err(_) => is_public_name(&host.to_ascii_lowercase()),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [first, second, ..] = ip.octets();
    // 100.64.0.0/10 is shared by the customers of a provider (RFC 6598).
    let is_shared = first == 100 && (64..128).contains(&second);
    let is_of_a_network = ip.is_loopback() || ip.is_private() || ip.is_link_local() || is_shared;
    // Nobody is at 0.0.0.0/8, and from 224.0.0.0 on are groups and what is reserved.
    !is_of_a_network && first != 0 && first < 224
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let is_of_a_network = ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local();
    !is_of_a_network && !ip.is_unspecified() && !ip.is_multicast()
}

/// A public name has a dot, and its last part is not a number: programs read `127.1` and `0x7f.1` as addresses.
fn is_public_name(host: &str) -> bool {
    let Some((_, last)) = host.rsplit_once('.') else {
        return false;
    };
    let is_number = last.starts_with(|first: char| first.is_ascii_digit());
    !is_number && !OWN_NETWORKS.iter().any(|end| host.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::is_public;
    use rstest::rstest;

    #[rstest]
    #[case::name("https://api.mch.weixin.qq.com", true)]
    #[case::port_and_path("https://203.0.113.5:8443/gateway.do", true)]
    #[case::version_6("https://[2001:db8::5]/", true)]
    #[case::behind_the_shared_network("https://100.128.0.1", true)]
    #[case::no_encryption("http://api.mch.weixin.qq.com", false)]
    #[case::localhost("https://localhost:9000", false)]
    #[case::localhost_in_capitals("https://LOCALHOST", false)]
    #[case::name_under_localhost("https://pay.localhost/", false)]
    #[case::name_without_a_domain("https://sandbox/", false)]
    #[case::internal("https://pay.INTERNAL", false)]
    #[case::local("https://pay.local.", false)]
    #[case::loopback("https://127.0.0.1:9000", false)]
    #[case::another_loopback("https://127.1.2.3", false)]
    #[case::loopback_in_two_parts("https://127.1", false)]
    #[case::loopback_in_hexadecimal("https://0x7f.0x1", false)]
    #[case::private_10("https://10.0.0.1", false)]
    #[case::private_172("https://172.31.0.1", false)]
    #[case::private_192("https://192.168.1.1", false)]
    #[case::metadata_of_a_cloud("https://169.254.169.254", false)]
    #[case::shared_network("https://100.64.0.1", false)]
    #[case::multicast("https://224.0.0.1", false)]
    #[case::broadcast("https://255.255.255.255", false)]
    #[case::loopback_of_version_6("https://[::1]:9000", false)]
    #[case::local_of_version_6("https://[fd00::1]", false)]
    #[case::link_of_version_6("https://[fe80::1]", false)]
    #[case::mapped_loopback("https://[::ffff:127.0.0.1]", false)]
    #[case::mapped_private("https://[::ffff:10.1.2.3]", false)]
    #[case::unspecified("https://0.0.0.0", false)]
    #[case::no_scheme("api.mch.weixin.qq.com", false)]
    #[case::empty("", false)]
    fn an_address_is_public_only_by_https_and_elsewhere(
        #[case] address: &str,
        #[case] expected: bool,
    ) {
        assert_eq!(is_public(address), expected, "{address}");
    }
}
