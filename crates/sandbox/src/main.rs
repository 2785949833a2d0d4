//! `gradphoto-sandbox`: starts the pretend providers beside the product and says where they are.

use std::io::Write as _;
use std::net::IpAddr;
use std::path::PathBuf;

use anyhow::{Context as _, ensure};
use clap::Parser;
use sandbox::{Options, Ports};

/// Pretend `WeChat` Pay, Alipay, and SMS services for demos and tests
#[derive(Parser)]
#[command(name = "gradphoto-sandbox", version)]
struct Arguments {
    /// A loopback address
    #[arg(long, default_value = "127.0.0.1")]
    bind: IpAddr,
    /// Port of the pretend `WeChat` Pay; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    wechat_port: u16,
    /// Port of the pretend Alipay; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    alipay_port: u16,
    /// Port of the pretend Aliyun and Tencent SMS; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    sms_port: u16,
    /// Port of pages and control API; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    pages_port: u16,
    /// File with the test clock's offset in seconds, shared with gradphoto
    #[arg(long, env = "GRADPHOTO_TEST_CLOCK")]
    clock: Option<PathBuf>,
    /// Key file instead of the built-in test keys
    #[arg(long)]
    keys: Option<PathBuf>,
    /// gradphoto's origin, such as `http://127.0.0.1:8080`
    #[arg(long)]
    app_origin: Option<String>,
    /// One phone number may get any number of messages
    #[arg(long)]
    no_sms_limits: bool,
    /// Print as JSON what gradphoto must be configured with, and stop
    #[arg(long)]
    print_config: bool,
    /// Where this runs; `production` is refused
    #[arg(long, env = "GRADPHOTO_ENV", default_value = "development")]
    environment: String,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    ensure!(
        arguments.environment != "production",
        "the sandbox does not run in production"
    );
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .init();
    if arguments.print_config {
        return print_line(&sandbox::merchant_config(arguments.keys.as_deref())?);
    }
    let sandbox = sandbox::start(Options {
        bind: arguments.bind,
        ports: Ports {
            wechat: arguments.wechat_port,
            alipay: arguments.alipay_port,
            sms: arguments.sms_port,
            pages: arguments.pages_port,
        },
        clock: arguments.clock,
        keys: arguments.keys,
        app_origin: arguments.app_origin,
        is_sms_unlimited: arguments.no_sms_limits,
    })?;
    print_line(sandbox.addresses())?;
    actix_web::rt::System::new()
        .block_on(tokio::signal::ctrl_c())
        .context("cannot wait for the signal to stop")
}

/// One line of JSON on standard output; whoever started us reads it.
fn print_line(value: &impl serde::Serialize) -> anyhow::Result<()> {
    let mut output = std::io::stdout();
    writeln!(output, "{}", serde_json::to_string(value)?)?;
    Ok(output.flush()?)
}
