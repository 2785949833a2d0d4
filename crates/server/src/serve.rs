//! Answering requests, and the background work beside it.

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use actix_server::{Server, ServerHandle};
use actix_web::rt::{self, System};
use actix_web::web::Data;
use anyhow::{Context as _, Result};
use service::Context;
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::app::{AppSettings, Surface, app};
use crate::background::{Background, Work};
use crate::build::{self, Use};
use crate::config::{Config, ServeArgs};
use crate::connection::{self, ClientLimit, ConnectionLimits};
use crate::drain::Draining;
use crate::metric;
use crate::notice_limit::NoticeLimits;
use crate::open_files;
use crate::ops::{self, OpsState};
use crate::readiness::ReadinessCache;
use crate::server_lock::ServerLock;
use crate::telemetry::{Spans, Telemetry};
use crate::web::WebApp;

/// How long requests may finish after the listener was closed, in seconds.
const FINISH_S: u64 = 30;
/// How many connections the operators' listener takes, in total and of one address.
const OPS_CONNECTIONS: usize = 64;

/// A server that answers.
pub struct Running {
    /// The address it listens on.
    pub address: SocketAddr,
    /// The address on which `/livez`, `/readyz` and `/metrics` are answered.
    pub ops_address: SocketAddr,
    /// What its use cases run on.
    pub context: Data<Context>,
    server: Server,
    ops: Server,
    background: Background,
    stop: Stop,
}

/// How the server stops.
#[derive(Clone)]
struct Stop {
    server: ServerHandle,
    draining: Draining,
    delay: Duration,
}

impl Running {
    /// Serves until it is told to stop.
    ///
    /// # Errors
    /// Where it cannot go on.
    pub async fn serve(self) -> Result<()> {
        let Self {
            server,
            ops,
            background,
            context,
            stop,
            ..
        } = self;
        let ops_handle = ops.handle();
        let (ops, stopper) = (rt::spawn(ops), rt::spawn(stop.on_signal()));
        let served = server.await.context("serving");
        stopper.abort();
        // Last, so that monitoring sees the whole stop.
        ops_handle.stop(false).await;
        ops.abort();
        // Elsewhere, since its last queries may use connections that are read and written on this thread.
        let work_ended = rt::task::spawn_blocking(move || drop(background)).await;
        let closed = context.store.close().await;
        served?;
        work_ended.context("stopping the background work")?;
        closed.context("closing the database")
    }
}

impl Stop {
    /// Waits for a signal. SIGTERM first makes readiness red and lets proxies go elsewhere for the delay, then closes the
    /// listener and lets requests finish; a second signal skips the delay. SIGINT and SIGQUIT stop at once.
    async fn on_signal(self) {
        let signals = [
            SignalKind::terminate(),
            SignalKind::interrupt(),
            SignalKind::quit(),
        ]
        .map(signal);
        let [Ok(mut terminate), Ok(mut interrupt), Ok(mut quit)] = signals else {
            tracing::error!("Signals cannot be waited for: only killing stops this server");
            return;
        };
        let is_graceful = tokio::select! {
            _ = terminate.recv() => true,
            _ = interrupt.recv() => false,
            _ = quit.recv() => false,
        };
        if is_graceful {
            self.drain(&mut terminate).await;
        }
        self.server.stop(is_graceful).await;
    }

    async fn drain(&self, terminate: &mut Signal) {
        self.draining.begin();
        let seconds = self.delay.as_secs();
        tracing::info!("Told to stop: requests are still taken for {seconds} s, readiness is red");
        tokio::select! {
            () = tokio::time::sleep(self.delay) => {}
            _ = terminate.recv() => {}
        }
        tracing::info!("The listener is closed; requests that are being handled may finish");
    }
}

/// Serves until it is told to stop.
pub(crate) fn serve(config: &Config, args: &ServeArgs, spans: Option<Spans>) -> Result<()> {
    let _lock = ServerLock::take(config)?;
    let listener = bind(&args.bind)?;
    System::new().block_on(async {
        let running = start_with(config, args, listener, spans).await?;
        running.serve().await
    })
}

fn bind(address: &str) -> Result<TcpListener> {
    TcpListener::bind(address).with_context(|| format!("listening on {address}"))
}

/// Starts a server on this listener, and its background work.
///
/// # Errors
/// Where the configuration cannot be used.
pub async fn start(config: &Config, args: &ServeArgs, listener: TcpListener) -> Result<Running> {
    start_with(config, args, listener, None).await
}

/// As [`start`], with the spans that the log collects.
async fn start_with(
    config: &Config,
    args: &ServeArgs,
    listener: TcpListener,
    spans: Option<Spans>,
) -> Result<Running> {
    let ops_listener = bind(&args.ops_bind)?;
    let (address, ops_address) = (listener.local_addr()?, ops_listener.local_addr()?);
    let context = Data::new(build::context(config, Use::Server).await?);
    let http = config.file.http;
    let figures = metric::install(&http).context("preparing the metrics")?;
    let work = if args.requests_only {
        Work::Elsewhere
    } else {
        Work::Here
    };
    let telemetry = Telemetry::of(&config.file, spans).context("preparing the telemetry")?;
    let background = Background::start(
        context.clone().into_inner(),
        figures.clone(),
        work,
        telemetry,
    )?;
    let draining = Draining::default();
    let ops = OpsState {
        context: context.clone(),
        figures,
        settings: http,
        timeouts: config.file.timeouts,
        draining: draining.clone(),
        readiness: Data::new(ReadinessCache::new(&http)),
    };
    let server = listen(config, args, listener, &context, &draining)?;
    let ops = listen_for_operators(ops, ops_listener)?;
    tracing::info!(server.address = %address, "gradphoto listens on {address}");
    tracing::info!(server.ops_address = %ops_address, "Health and metrics are at {ops_address}");
    let stop = Stop {
        server: server.handle(),
        draining,
        delay: Duration::from_secs(args.drain_delay),
    };
    Ok(Running {
        address,
        ops_address,
        context,
        server,
        ops,
        background,
        stop,
    })
}

fn listen(
    config: &Config,
    args: &ServeArgs,
    listener: TcpListener,
    context: &Data<Context>,
    draining: &Draining,
) -> Result<Server> {
    let http = config.file.http;
    let most = open_files::connections_for(http.max_connections, open_files::raise_limit());
    let campuses = || context.settings.campus_networks.clone();
    let most_per_address = if config.file.trusts_proxy() {
        most
    } else {
        http.max_per_address
    };
    let connections = ClientLimit::new(most, most_per_address, campuses());
    let settings = AppSettings {
        web: WebApp::new(args.web.clone()),
        trust_proxy: config.file.trusts_proxy(),
        notices: NoticeLimits::new(config.file.notices_a_second),
        http,
        timeouts: config.file.timeouts,
        requests: ClientLimit::new(most, http.max_per_address, campuses()),
        surface: Surface::new().context("writing the API document")?,
        draining: draining.clone(),
    };
    let limits = ConnectionLimits { http, connections };
    let shared = context.clone();
    let builder = connection::server(args.workers).shutdown_timeout(FINISH_S);
    let builder = connection::listen(builder, listener, limits, move || {
        app(shared.clone(), &settings)
    });
    Ok(builder.context("listening")?.run())
}

fn listen_for_operators(state: OpsState, listener: TcpListener) -> Result<Server> {
    let limits = ConnectionLimits {
        http: state.settings,
        connections: ClientLimit::new(OPS_CONNECTIONS, OPS_CONNECTIONS, vec![]),
    };
    let builder = connection::server(Some(1));
    let builder = connection::listen(builder, listener, limits, move || ops::app(state.clone()));
    Ok(builder.context("listening for operators")?.run())
}
