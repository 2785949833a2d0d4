//! Connections of clients: how many there may be, and how long each may take.

mod answer;
mod body;
mod limit;
mod pace;
mod slot;
mod stream;

pub(crate) use answer::answer_in_time;
pub(crate) use body::{Guard, GuardedBody, as_get, guard, is_late};
pub(crate) use limit::limit_requests;
pub(crate) use slot::{ClientLimit, ClientSlot};

use std::future::ready;
use std::net::TcpListener;
use std::time::Duration;

use actix_http::error::DispatchError;
use actix_http::{HttpService, Protocol};
use actix_server::{Server, ServerBuilder};
use actix_service::{
    IntoServiceFactory, ServiceFactory, ServiceFactoryExt, fn_service, map_config,
};
use actix_web::body::MessageBody;
use actix_web::dev::{AppConfig, Extensions, ServiceRequest, ServiceResponse};
use actix_web::rt::net::TcpStream;
use actix_web::{App, Error};
use socket2::{SockRef, TcpKeepalive};

use crate::config::HttpFile;
use stream::ClientStream;

/// A peer that stays silent on TCP level for this long is asked whether it is still there, every [`PROBE_EVERY`].
const PROBE_AFTER: Duration = Duration::from_secs(30);
/// How often a silent peer is asked; after 9 times (Linux's default) the connection is closed.
const PROBE_EVERY: Duration = Duration::from_secs(10);

/// A builder whose signals are handled by [`crate::serve`].
pub(crate) fn server(workers: Option<usize>) -> ServerBuilder {
    let builder = Server::build().disable_signals();
    match workers {
        Some(workers) => builder.workers(workers),
        None => builder,
    }
}

/// What a listener allows its clients.
#[derive(Debug, Clone)]
pub(crate) struct ConnectionLimits {
    /// Sizes and times.
    pub(crate) http: HttpFile,
    /// How many connections there may be.
    pub(crate) connections: ClientLimit,
}

/// Serves the app on the listener, under the limits. This does what [`actix_web::HttpServer::listen`] does, with
/// [`ClientStream`] in place of a plain TCP stream.
///
/// # Errors
/// Where the listener cannot be used.
pub(crate) fn listen<F, S, B>(
    builder: ServerBuilder,
    listener: TcpListener,
    limits: ConnectionLimits,
    app: F,
) -> std::io::Result<ServerBuilder>
where
    F: Fn() -> App<S> + Clone + Send + 'static,
    S: ServiceFactory<
            ServiceRequest,
            Config = (),
            Response = ServiceResponse<B>,
            Error = Error,
            InitError = (),
        > + 'static,
    B: MessageBody + 'static,
{
    let ConnectionLimits {
        http: settings,
        connections,
    } = limits;
    let stopping = builder.graceful_shutdown_signal();
    let local = listener.local_addr()?;
    builder.listen("http", listener, move || {
        let (connections, stopping) = (connections.clone(), stopping.clone());
        let app = app().into_factory();
        let app = map_config(app, |()| AppConfig::default());
        let http = HttpService::build()
            .graceful_shutdown_signal(move || {
                let stopping = stopping.clone();
                async move { stopping.notified().await }
            })
            .keep_alive(settings.keep_alive())
            .client_request_timeout(settings.head_timeout())
            .client_disconnect_timeout(settings.close_timeout())
            .local_addr(local)
            .on_connect_ext(|stream: &ClientStream, data: &mut Extensions| {
                data.insert(stream.state());
            })
            .finish(app.map_err(|error: Error| error.error_response()));
        fn_service(move |tcp: TcpStream| ready(accept(tcp, &connections, &settings))).and_then(http)
    })
}

/// Lets a connection in, or closes it.
fn accept(
    tcp: TcpStream,
    connections: &ClientLimit,
    settings: &HttpFile,
) -> Result<(ClientStream, Protocol, Option<std::net::SocketAddr>), DispatchError> {
    let peer = tcp.peer_addr().ok();
    let slot = connections
        .take(peer.map(|peer| peer.ip()))
        .map_err(|reached| {
            let reason = reached.as_str();
            metrics::counter!("http_connections_refused_total", "limit" => reason).increment(1);
            DispatchError::Io(std::io::ErrorKind::ConnectionRefused.into())
        })?;
    let socket = SockRef::from(&tcp);
    let probes = TcpKeepalive::new()
        .with_time(PROBE_AFTER)
        .with_interval(PROBE_EVERY);
    // Without the probes a client that vanished is noticed later, by the other deadlines.
    let _ = socket.set_tcp_keepalive(&probes);
    let _ = socket.set_tcp_nodelay(true);
    Ok((
        ClientStream::new(tcp, slot, settings),
        Protocol::Http1,
        peer,
    ))
}
