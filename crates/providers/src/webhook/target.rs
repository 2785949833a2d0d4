//! Where webhooks may be sent, as far as an address says it: HTTPS, two ports, no user, no address beside the internet.

use std::net::IpAddr;

use domain::webhook::{URL_MAX, is_public_address};
use reqwest::Url;

/// The ports that are connected to.
const PORTS: [u16; 2] = [443, 8443];

/// Which addresses are connected to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebhookReach {
    /// Those on the internet.
    Internet,
    /// Also this computer, by HTTP and at every port: for development and tests.
    InternetAndLoopback,
}

/// What is wrong with an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WebhookUrlFault {
    /// It is no address, or too long.
    #[error("no address")]
    Unreadable,
    /// It is not HTTPS.
    #[error("not HTTPS")]
    Scheme,
    /// It has a user or a password.
    #[error("a user or password")]
    UserInfo,
    /// Its port is not 443 or 8443.
    #[error("not port 443 or 8443")]
    Port,
    /// It is an address that is not on the internet.
    #[error("not on the internet")]
    Forbidden,
}

/// An address that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// On the internet, as far as it can be told before its name is resolved.
    Internet(Url),
    /// On this computer.
    Loopback(Url),
}

impl WebhookReach {
    /// Looks at an address. Names are resolved when they are connected to, and not here.
    pub(super) fn target(self, text: &str) -> Result<Target, WebhookUrlFault> {
        if text.len() > URL_MAX {
            return Err(WebhookUrlFault::Unreadable);
        }
        let url: Url = text.parse().map_err(|_| WebhookUrlFault::Unreadable)?;
        if !matches!(url.scheme(), "https" | "http") {
            return Err(WebhookUrlFault::Scheme);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(WebhookUrlFault::UserInfo);
        }
        let host = url.host_str().ok_or(WebhookUrlFault::Unreadable)?;
        // The parser has turned every spelling of an IPv4 address into the usual one.
        let literal = host.trim_start_matches('[').trim_end_matches(']');
        let literal: Option<IpAddr> = literal.parse().ok();
        let is_loopback = host == "localhost" || literal.is_some_and(|one| one.is_loopback());
        if is_loopback && self == Self::InternetAndLoopback {
            return Ok(Target::Loopback(url));
        }
        if literal.is_some_and(|address| !is_public_address(address)) || host == "localhost" {
            return Err(WebhookUrlFault::Forbidden);
        }
        if url.scheme() != "https" {
            return Err(WebhookUrlFault::Scheme);
        }
        if !url
            .port_or_known_default()
            .is_some_and(|port| PORTS.contains(&port))
        {
            return Err(WebhookUrlFault::Port);
        }
        Ok(Target::Internet(url))
    }
}

#[cfg(test)]
mod tests {
    use super::WebhookUrlFault as F;
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::empty("", F::Unreadable)]
    #[case::no_scheme("registrar.example.cn", F::Unreadable)]
    #[case::ftp("ftp://example.cn/", F::Scheme)]
    #[case::file("file:///etc/passwd", F::Scheme)]
    #[case::no_encryption("http://example.cn/", F::Scheme)]
    #[case::user("https://user@example.cn/", F::UserInfo)]
    #[case::secret("https://:secret@example.cn/", F::UserInfo)]
    #[case::port_of_ssh("https://example.cn:22/", F::Port)]
    #[case::port_of_http("https://example.cn:80/", F::Port)]
    #[case::localhost("https://localhost/", F::Forbidden)]
    #[case::loopback("https://127.0.0.1/", F::Forbidden)]
    #[case::loopback_in_two_parts("https://127.1/", F::Forbidden)]
    #[case::loopback_as_one_number("https://2130706433/", F::Forbidden)]
    #[case::loopback_in_hexadecimal("https://0x7f.0.0.1/", F::Forbidden)]
    #[case::loopback_in_octal("https://0177.0.0.1/", F::Forbidden)]
    #[case::zero("https://0/", F::Forbidden)]
    #[case::private_network("https://10.0.0.8/", F::Forbidden)]
    #[case::shared_network("https://100.64.0.1/", F::Forbidden)]
    #[case::metadata_of_a_cloud("https://169.254.169.254/latest/meta-data", F::Forbidden)]
    #[case::loopback_of_version_6("https://[::1]/", F::Forbidden)]
    #[case::mapped_loopback("https://[::ffff:127.0.0.1]/", F::Forbidden)]
    #[case::mapped_loopback_in_hexadecimal("https://[::ffff:7f00:1]/", F::Forbidden)]
    #[case::metadata_of_a_cloud_in_version_6("https://[fd00:ec2::254]/", F::Forbidden)]
    #[case::translated_metadata_address("https://[64:ff9b::a9fe:a9fe]/", F::Forbidden)]
    fn what_is_wrong_with_an_address_is_told(#[case] text: &str, #[case] fault: F) {
        let found = WebhookReach::Internet.target(text);
        assert_eq!(found, Err(fault), "{text}");
    }

    #[rstest]
    #[case::name("https://hooks.example.cn/in")]
    #[case::own_port("https://hooks.example.cn:8443/in?x=1")]
    #[case::number("https://223.5.5.5/")]
    #[case::name_in_punycode("https://xn--fjqv12g.example.cn/")]
    fn an_address_on_the_internet_is_taken(#[case] good: &str) {
        let found = WebhookReach::Internet.target(good);
        assert!(matches!(found, Ok(Target::Internet(_))), "{good}");
    }

    #[test]
    fn an_address_that_is_too_long_is_not_read() {
        let long = format!("https://example.cn/{}", "x".repeat(URL_MAX));
        let found = WebhookReach::Internet.target(&long);
        assert_eq!(found, Err(F::Unreadable));
    }

    #[rstest]
    #[case::number("http://127.0.0.1:9/")]
    #[case::name("http://localhost:9/")]
    #[case::version_6("http://[::1]:9/")]
    fn this_computer_is_reached_in_development(#[case] local: &str) {
        let reach = WebhookReach::InternetAndLoopback;
        assert!(
            matches!(reach.target(local), Ok(Target::Loopback(_))),
            "{local}"
        );
    }

    #[rstest]
    #[case::private_network("http://10.0.0.8/")]
    #[case::metadata_of_a_cloud("http://169.254.169.254/")]
    #[case::no_encryption("http://example.cn/")]
    fn development_reaches_no_other_address_without_encryption(#[case] other: &str) {
        let reach = WebhookReach::InternetAndLoopback;
        assert!(reach.target(other).is_err(), "{other}");
    }
}
