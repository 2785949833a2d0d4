//! `gradphoto health`: asks `/readyz`, so that a container needs no other program for its health check.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream, ToSocketAddrs};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result};

use super::output::say;

/// How long connecting, and then the answer, may take.
const TIMEOUT: Duration = Duration::from_secs(3);

/// Prints the readiness; succeeds where the server is ready.
pub(super) fn run(ops_bind: &str) -> Result<ExitCode> {
    let answer = ask(ops_bind).with_context(|| format!("asking {ops_bind}"))?;
    let body = answer.split("\r\n\r\n").nth(1).unwrap_or_default();
    say!("{body}")?;
    if answer.starts_with("HTTP/1.1 200") {
        Ok(ExitCode::SUCCESS)
    } else {
        Ok(ExitCode::FAILURE)
    }
}

fn ask(ops_bind: &str) -> Result<String> {
    let address = ops_bind.to_socket_addrs()?.next();
    let mut stream =
        TcpStream::connect_timeout(&reachable(address.context("no such address")?), TIMEOUT)?;
    stream.set_read_timeout(Some(TIMEOUT))?;
    stream.write_all(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

/// A server that listens on all addresses is asked on this machine's own.
fn reachable(address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() && address.is_ipv4() {
        SocketAddr::new(Ipv4Addr::LOCALHOST.into(), address.port())
    } else {
        address
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::reachable;

    #[rstest]
    #[case::all_addresses("0.0.0.0:9100", "127.0.0.1:9100")]
    #[case::own_address("10.0.0.8:9100", "10.0.0.8:9100")]
    #[case::loopback("127.0.0.1:9100", "127.0.0.1:9100")]
    #[case::all_of_version_6("[::]:9100", "[::]:9100")]
    fn a_server_is_asked_where_it_can_be_reached(#[case] bound: &str, #[case] expected: &str) {
        assert_eq!(reachable(bound.parse().unwrap()).to_string(), expected);
    }
}
