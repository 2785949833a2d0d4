//! Pretend `WeChat` Pay, Alipay, and SMS services that speak the true wire protocols.
//!
//! For demos and tests: [`start`] puts them on loopback ports, [`Sandbox`] stops them when dropped.
//! Signing and verifying is this crate's own, so that client and double can't share a mistake.

mod addresses;
mod alipay;
mod archive;
mod bill;
mod capture_code;
mod certificate;
mod clock;
mod console_refund;
mod control;
mod courier;
mod cut;
mod fault;
mod html;
mod keys;
mod message;
mod money;
mod notice;
mod notify;
mod openid;
mod outgoing;
mod pages;
mod provider;
mod refund;
mod request_text;
mod settings;
mod sign;
mod sms;
mod trade;
#[cfg(test)]
mod vectors;
mod wechat;
mod world;

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread::JoinHandle;
use std::time::Duration;

use actix_web::rt::{System, spawn, time::interval};
use actix_web::web::{Data, ServiceConfig};
use actix_web::{App, HttpServer};
use tokio::sync::oneshot;

pub use addresses::Addresses;
pub use keys::{
    AlipayMerchant, CaptureCodeIssuer, Certificates, KeysError, MerchantConfig, OauthMerchant,
    OtherMerchant, SmsMerchant, TencentMerchant, WechatMerchant,
};
pub use sign::CryptoError;

use clock::Clock;
use courier::Courier;
use keys::Keys;
use world::{State, World};

/// How often, in real time, notices are looked for that came due because somebody else turned the clock.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// How to start a sandbox; the default is free ports on 127.0.0.1, the built-in keys and a clock of its own.
#[derive(Debug, Clone)]
pub struct Options {
    /// A loopback address.
    pub bind: IpAddr,
    /// The port of each service; 0 takes a free one.
    pub ports: Ports,
    /// The file that holds the test clock's offset in seconds; missing or empty means 0.
    pub clock: Option<PathBuf>,
    /// Keys of the shape of `keys/keys.json`, instead of the built-in ones.
    pub keys: Option<PathBuf>,
    /// The product's origin, such as `http://127.0.0.1:8080`, for links back.
    pub app_origin: Option<String>,
    /// Whether one phone number may get any number of messages.
    pub is_sms_unlimited: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            bind: IpAddr::V4(Ipv4Addr::LOCALHOST),
            ports: Ports::default(),
            clock: None,
            keys: None,
            app_origin: None,
            is_sms_unlimited: false,
        }
    }
}

/// One port for each service; 0 takes a free one.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ports {
    /// `WeChat` Pay.
    pub wechat: u16,
    /// Alipay.
    pub alipay: u16,
    /// Aliyun and Tencent SMS.
    pub sms: u16,
    /// Pages and control API.
    pub pages: u16,
}

/// Why the sandbox doesn't start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address can be reached from outside.
    #[error("the sandbox listens on loopback only, not on {0}")]
    NotLoopback(IpAddr),
    /// The keys can't be used.
    #[error("the keys cannot be used")]
    Keys(#[from] KeysError),
    /// The clock's file holds something else than a number of seconds.
    #[error("the clock's file cannot be read")]
    Clock(#[source] io::Error),
    /// A port is taken.
    #[error("a port cannot be opened")]
    Bind(#[source] io::Error),
    /// No client for notices.
    #[error("the client for notices cannot be made")]
    Client(#[from] reqwest::Error),
}

/// A running sandbox; dropping it stops it.
#[derive(Debug)]
pub struct Sandbox {
    addresses: Addresses,
    merchant: MerchantConfig,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<io::Result<()>>>,
}

impl Sandbox {
    /// Where the services listen.
    pub fn addresses(&self) -> &Addresses {
        &self.addresses
    }

    /// What the product must be configured with to use this sandbox.
    pub fn merchant_config(&self) -> &MerchantConfig {
        &self.merchant
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // The thread may have ended on its own; then nobody listens.
            let _ = stop.send(());
        }
        if let Some(Ok(Err(error))) = self.thread.take().map(JoinHandle::join) {
            tracing::error!(%error, "the sandbox ended with an error");
        }
    }
}

/// What the product must be configured with, from `keys` or the built-in keys; no sandbox is started.
///
/// # Errors
/// Where the file can't be read or a key has the wrong form.
pub fn merchant_config(keys: Option<&Path>) -> Result<MerchantConfig, KeysError> {
    Keys::load(keys).map(|keys| keys.merchant)
}

/// Starts the services on a thread of their own; they accept calls when this returns.
///
/// # Errors
/// Where the address isn't loopback, a port is taken, or keys or clock can't be read.
pub fn start(options: Options) -> Result<Sandbox, StartError> {
    if !options.bind.is_loopback() {
        return Err(StartError::NotLoopback(options.bind));
    }
    let Ports {
        wechat,
        alipay,
        sms,
        pages,
    } = options.ports;
    let listen = |port| TcpListener::bind((options.bind, port)).map_err(StartError::Bind);
    let listeners = [
        listen(wechat)?,
        listen(alipay)?,
        listen(sms)?,
        listen(pages)?,
    ];
    let addresses = addresses(&listeners).map_err(StartError::Bind)?;
    let world = World {
        keys: Keys::load(options.keys.as_deref())?,
        clock: Clock::open(options.clock).map_err(StartError::Clock)?,
        addresses: addresses.clone(),
        app_origin: options.app_origin,
        courier: Courier::new()?,
        state: Mutex::new(State::new(options.is_sms_unlimited)),
    };
    let merchant = world.keys.merchant.clone();
    let (stop, stopped) = oneshot::channel();
    let thread = std::thread::spawn(move || System::new().block_on(run(world, listeners, stopped)));
    Ok(Sandbox {
        addresses,
        merchant,
        stop: Some(stop),
        thread: Some(thread),
    })
}

fn addresses(listeners: &[TcpListener; 4]) -> io::Result<Addresses> {
    let base = |listener: &TcpListener| {
        listener
            .local_addr()
            .map(|address: SocketAddr| format!("http://{address}"))
    };
    let [wechat, alipay, sms, pages] = listeners;
    Ok(Addresses {
        wechat: base(wechat)?,
        alipay: format!("{}/gateway.do", base(alipay)?),
        sms: base(sms)?,
        pages: base(pages)?,
        oauth: base(wechat)?,
        tencent: base(sms)?,
    })
}

/// Serves until `stopped`.
async fn run(
    world: World,
    listeners: [TcpListener; 4],
    stopped: oneshot::Receiver<()>,
) -> io::Result<()> {
    let world = Data::new(world);
    let routes: [fn(&mut ServiceConfig); 4] =
        [wechat::routes, alipay::routes, sms::routes, pages_port];
    let mut handles = Vec::new();
    for (listener, routes) in listeners.into_iter().zip(routes) {
        let world = world.clone();
        let server = HttpServer::new(move || App::new().app_data(world.clone()).configure(routes))
            .workers(1)
            .disable_signals()
            .listen(listener)?
            .run();
        handles.push(server.handle());
        spawn(server);
    }
    let courier = spawn(async move {
        let mut ticks = interval(LOOK_EVERY);
        loop {
            ticks.tick().await;
            notify::deliver_due(&world).await;
        }
    });
    // An error means that the sandbox was dropped without a word: stop all the same.
    let _ = stopped.await;
    courier.abort();
    for handle in handles {
        handle.stop(false).await;
    }
    Ok(())
}

fn pages_port(config: &mut ServiceConfig) {
    config.configure(pages::routes).configure(control::routes);
}
