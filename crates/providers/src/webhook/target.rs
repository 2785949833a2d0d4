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
    use super::*;

    #[test]
    fn what_is_wrong_with_an_address_is_told() {
        use WebhookUrlFault as F;
        let long = format!("https://example.cn/{}", "x".repeat(URL_MAX));
        for (text, fault) in [
            ("", F::Unreadable),
            ("registrar.example.cn", F::Unreadable),
            (long.as_str(), F::Unreadable),
            ("ftp://example.cn/", F::Scheme),
            ("file:///etc/passwd", F::Scheme),
            ("http://example.cn/", F::Scheme),
            ("https://user@example.cn/", F::UserInfo),
            ("https://:secret@example.cn/", F::UserInfo),
            ("https://example.cn:22/", F::Port),
            ("https://example.cn:80/", F::Port),
            ("https://localhost/", F::Forbidden),
            ("https://127.0.0.1/", F::Forbidden),
            ("https://127.1/", F::Forbidden),
            ("https://2130706433/", F::Forbidden),
            ("https://0x7f.0.0.1/", F::Forbidden),
            ("https://0177.0.0.1/", F::Forbidden),
            ("https://0/", F::Forbidden),
            ("https://10.0.0.8/", F::Forbidden),
            ("https://100.64.0.1/", F::Forbidden),
            ("https://169.254.169.254/latest/meta-data", F::Forbidden),
            ("https://[::1]/", F::Forbidden),
            ("https://[::ffff:127.0.0.1]/", F::Forbidden),
            ("https://[::ffff:7f00:1]/", F::Forbidden),
            ("https://[fd00:ec2::254]/", F::Forbidden),
            ("https://[64:ff9b::a9fe:a9fe]/", F::Forbidden),
        ] {
            let found = WebhookReach::Internet.target(text);
            assert_eq!(found, Err(fault), "{text}");
        }
        for good in [
            "https://hooks.example.cn/in",
            "https://hooks.example.cn:8443/in?x=1",
            "https://223.5.5.5/",
            "https://xn--fjqv12g.example.cn/",
        ] {
            let found = WebhookReach::Internet.target(good);
            assert!(matches!(found, Ok(Target::Internet(_))), "{good}");
        }
    }

    #[test]
    fn this_computer_is_reached_in_development_alone() {
        let reach = WebhookReach::InternetAndLoopback;
        for local in [
            "http://127.0.0.1:9/",
            "http://localhost:9/",
            "http://[::1]:9/",
        ] {
            assert!(
                matches!(reach.target(local), Ok(Target::Loopback(_))),
                "{local}"
            );
        }
        for other in [
            "http://10.0.0.8/",
            "http://169.254.169.254/",
            "http://example.cn/",
        ] {
            assert!(reach.target(other).is_err(), "{other}");
        }
    }
}
