//! A way to a service that can be cut or blocked, as a network or a stopped machine would.

use std::net::SocketAddr;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// What becomes of connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// They go through.
    Open,
    /// They are closed, and new ones too.
    Cut,
    /// They stay open, and nothing goes through; new ones are taken and get no answer.
    Blocked,
}

/// A listener that hands everything on to a service.
pub(super) struct Relay {
    pub(super) address: SocketAddr,
    way: watch::Sender<Way>,
}

impl Relay {
    /// A relay to a service on this machine.
    pub(super) async fn to(service: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (way, seen) = watch::channel(Way::Open);
        actix_web::rt::spawn(async move {
            loop {
                let (client, _) = listener.accept().await.unwrap();
                actix_web::rt::spawn(pass(client, service, seen.clone()));
            }
        });
        Self { address, way }
    }

    pub(super) fn set(&self, way: Way) {
        self.way.send_replace(way);
    }
}

/// Hands on what comes, as long as the way is open.
async fn pass(mut client: TcpStream, service: SocketAddr, mut way: watch::Receiver<Way>) {
    if wait_until_decided(&mut way).await == Way::Cut {
        return;
    }
    let Ok(mut server) = TcpStream::connect(service).await else {
        return;
    };
    loop {
        let closed = way.wait_for(|way| *way != Way::Open);
        tokio::select! {
            _ = copy_bidirectional(&mut client, &mut server) => return,
            _ = closed => {}
        }
        if wait_until_decided(&mut way).await == Way::Cut {
            return;
        }
    }
}

/// Waits while the way is blocked.
async fn wait_until_decided(way: &mut watch::Receiver<Way>) -> Way {
    match way.wait_for(|way| *way != Way::Blocked).await {
        Ok(way) => *way,
        Err(_) => Way::Cut,
    }
}
