//! The product and its sandbox, running side by side on loopback with sample data.

mod config;

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::run::{Service, cargo, command, free_port, output, run, target, tied};

/// So many times as many requests are allowed as in production: everything here comes from one address, and tests call
/// faster than people.
const RATE_FACTOR: u32 = 1_000;

/// Both processes; they stop when this is dropped.
#[derive(Debug)]
pub(crate) struct Product {
    /// Where the product answers, without a slash at the end.
    pub(crate) address: String,
    /// The line that the sandbox prints: its addresses.
    pub(crate) sandbox: Value,
    /// What `gradphoto sample-data` says: who can log in.
    pub(crate) sample: String,
    /// The product's program and the arguments that name its data, as a JSON list.
    pub(crate) command: Value,
    /// The file by which both share a clock.
    pub(crate) clock: PathBuf,
    server: Service,
    _sandbox: Service,
}

impl Product {
    /// Builds both, starts them with `data` as their folder and the web app of the folder `web`, and waits until the product
    /// is ready.
    pub(crate) fn start(
        data: &Path,
        port: u16,
        web: &Path,
        sample_arguments: &[&str],
    ) -> Result<Self> {
        let programs = ["--bin", "gradphoto", "--bin", "gradphoto-sandbox"];
        run(cargo().arg("build").args(programs))?;
        let programs = target()?.join("debug");
        let program = programs.join("gradphoto");
        let address = format!("http://127.0.0.1:{port}");
        let clock = data.join("clock");

        let (sandbox_service, sandbox) = start_providers(&programs, &address, data)?;
        let mut loading = command(&program);
        let loading = with_data(&mut loading, "sample-data", data).args(sample_arguments);
        let sample = output(loading)?;
        let server = start_server(&program, port, data, web)?;
        Ok(Self {
            address,
            sandbox,
            sample,
            command: json!([program, "--data", data, "--config", config_file(data)]),
            clock,
            server,
            _sandbox: sandbox_service,
        })
    }

    /// Waits until the product ends by itself.
    pub(crate) fn wait(&mut self) -> Result<()> {
        self.server.wait()
    }
}

/// Starts the sandbox of the folder `programs` for a product at this address, and writes the product's configuration into
/// `data`. Returns the line that it prints: its addresses.
pub(crate) fn start_providers(
    programs: &Path,
    address: &str,
    data: &Path,
) -> Result<(Service, Value)> {
    let program = programs.join("gradphoto-sandbox");
    let (service, addresses) = start_sandbox(&program, address, data)?;
    let accounts = output(command(&program).arg("--print-config"))?;
    let config = config::text(address, &addresses, &serde_json::from_str(&accounts)?)?;
    fs::write(config_file(data), config)?;
    Ok((service, addresses))
}

/// Starts the sandbox and reads the one line in which it says where it listens.
fn start_sandbox(program: &Path, app: &str, data: &Path) -> Result<(Service, Value)> {
    let mut command = tied(program, &[]);
    command
        .args(["--app-origin", app])
        .env("GRADPHOTO_TEST_CLOCK", data.join("clock"));
    command
        .stdout(Stdio::piped())
        .stderr(File::create(data.join("sandbox.log"))?);
    let mut sandbox = Service::start("gradphoto-sandbox", &mut command)?;
    let mut line = String::new();
    BufReader::new(sandbox.stdout()?).read_line(&mut line)?;
    let addresses =
        serde_json::from_str(&line).with_context(|| format!("the sandbox printed {line:?}"))?;
    Ok((sandbox, addresses))
}

/// Starts the server and waits for it.
fn start_server(program: &Path, port: u16, data: &Path, web: &Path) -> Result<Service> {
    let mut command = tied(program, &[]);
    with_data(&mut command, "serve", data);
    let ops_port = free_port()?;
    command
        .args(["--bind", &format!("127.0.0.1:{port}")])
        .args(["--ops-bind", &format!("127.0.0.1:{ops_port}")])
        .args(["--drain-delay", "0", "--web"])
        .arg(web)
        .env("GRADPHOTO_RATE_FACTOR", RATE_FACTOR.to_string());
    let log = data.join("gradphoto.log");
    let output = File::create(&log)?;
    command.stdout(output.try_clone()?).stderr(output);
    let mut server = Service::start("gradphoto", &mut command)?;
    server
        .wait_until(|| is_ready(ops_port).unwrap_or(false))
        .with_context(|| format!("its log is {}", log.display()))?;
    Ok(server)
}

/// The arguments that every action of `gradphoto` takes here.
fn with_data<'a>(command: &'a mut Command, action: &str, data: &Path) -> &'a mut Command {
    command
        .arg(action)
        .arg("--data")
        .arg(data)
        .arg("--config")
        .arg(config_file(data));
    command.env("GRADPHOTO_TEST_CLOCK", data.join("clock"))
}

/// Where the product's configuration is.
pub(crate) fn config_file(data: &Path) -> PathBuf {
    data.join("gradphoto.toml")
}

/// Whether `/readyz` answers 200.
fn is_ready(port: u16) -> Result<bool> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.write_all(b"GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer.starts_with("HTTP/1.1 200"))
}
