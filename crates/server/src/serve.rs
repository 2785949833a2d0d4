//! Answering requests, and the background work beside it.

use std::net::{SocketAddr, TcpListener};

use actix_web::HttpServer;
use actix_web::dev::Server;
use actix_web::rt::System;
use actix_web::web::Data;
use anyhow::{Context as _, Result};
use metrics_exporter_prometheus::PrometheusBuilder;
use service::Context;

use crate::app::{AppSettings, app};
use crate::background::{Background, Work};
use crate::build;
use crate::config::{Config, ServeArgs};
use crate::notice_limit::NoticeLimits;
use crate::web::WebApp;

/// How long requests may finish after a stop was asked for, in seconds.
const DRAIN_S: u64 = 30;

/// A server that answers.
pub struct Running {
    /// The address it listens on.
    pub address: SocketAddr,
    /// What its use cases run on.
    pub context: Data<Context>,
    server: Server,
    background: Background,
}

impl Running {
    /// Serves until it is told to stop.
    ///
    /// # Errors
    /// Where it cannot go on.
    pub async fn serve(self) -> Result<()> {
        let Self {
            server,
            background,
            context,
            ..
        } = self;
        let served = server.await.context("serving");
        drop(background);
        let closed = context.store.close().await;
        served?;
        closed.context("closing the database")
    }
}

/// Serves until it is told to stop.
pub(crate) fn serve(config: &Config, args: &ServeArgs) -> Result<()> {
    let bind = &args.bind;
    let listener = TcpListener::bind(bind).with_context(|| format!("listening on {bind}"))?;
    System::new().block_on(async { start(config, args, listener).await?.serve().await })
}

/// Starts a server on this listener, and its background work.
///
/// # Errors
/// Where the configuration cannot be used.
pub async fn start(config: &Config, args: &ServeArgs, listener: TcpListener) -> Result<Running> {
    let context = Data::new(build::context(config).await?);
    let settings = AppSettings {
        web: WebApp::new(args.web.clone(), build::captcha_origin(config)),
        trust_proxy: config.file.trust_proxy,
        notices: NoticeLimits::new(config.file.notices_a_second),
    };
    let figures = PrometheusBuilder::new().build_recorder();
    let rendered = Data::new(figures.handle());
    if metrics::set_global_recorder(figures).is_err() {
        tracing::debug!("The figures are collected by an earlier server of this process");
    }
    let work = if args.requests_only {
        Work::Elsewhere
    } else {
        Work::Here
    };
    let figures = rendered.get_ref().clone();
    let background = Background::start(context.clone().into_inner(), figures, work)?;
    let shared = context.clone();
    let mut http =
        HttpServer::new(move || app(shared.clone(), &settings).app_data(rendered.clone()))
            .shutdown_timeout(DRAIN_S);
    if let Some(workers) = args.workers {
        http = http.workers(workers);
    }
    let http = http.listen(listener).context("listening")?;
    let address = http
        .addrs()
        .first()
        .copied()
        .context("the server listens nowhere")?;
    tracing::info!(server.address = %address, "gradphoto listens on {address}");
    Ok(Running {
        address,
        context,
        server: http.run(),
        background,
    })
}
