//! The program itself, as a process of its own.

use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use reqwest::Client;
use rustix::process::{Pid, Signal, kill_process};

use crate::app::{FREELY, TestApp};
use crate::browser::Browser;

/// How often something is looked for, and how many looks are enough: far more than two rounds of background work.
pub(crate) const LOOK_EVERY: Duration = Duration::from_millis(50);
pub(crate) const LOOKS: usize = 200;

/// The program, with the data of a product that was made ready in this process.
pub(crate) struct Program {
    folder: PathBuf,
    database: Option<String>,
    pub(crate) address: String,
    pub(crate) ops_address: String,
    arguments: Vec<String>,
    child: Child,
    http: Client,
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Program {
    /// Starts it, and waits until it is ready.
    pub(crate) async fn start(app: &TestApp) -> Self {
        Self::start_with(app, &[], str::to_owned).await
    }

    /// As [`Self::start`], with more arguments and a change of its TOML file.
    pub(crate) async fn start_with(
        app: &TestApp,
        arguments: &[&str],
        change: impl FnOnce(&str) -> String,
    ) -> Self {
        let place = (app.folder(), app.database_url());
        Self::start_in(app, place, arguments, change).await
    }

    /// As [`Self::start_with`], on an installation whose folder and database are not the product's.
    pub(crate) async fn start_in(
        app: &TestApp,
        (folder, database): (PathBuf, Option<String>),
        arguments: &[&str],
        change: impl FnOnce(&str) -> String,
    ) -> Self {
        let listeners = [0; 2].map(|port| TcpListener::bind((own_loopback(), port)).unwrap());
        let [address, ops_address] =
            listeners.map(|listener| listener.local_addr().unwrap().to_string());
        let config = std::fs::read_to_string(folder.join("gradphoto.toml")).unwrap();
        let own = config.replace(&app.origin, &format!("http://{address}"));
        // Each server of a folder has a file of its own.
        std::fs::write(folder.join(config_name(&address)), change(&own)).unwrap();
        let arguments: Vec<_> = arguments.iter().map(|&text| text.to_owned()).collect();
        let addresses = (address.as_str(), ops_address.as_str());
        let child = run(&folder, database.as_deref(), addresses, &arguments);
        // As in `TestApp`: the server ends idle connections after 5 s.
        let http = Client::builder()
            .no_proxy()
            .pool_idle_timeout(Duration::from_secs(2))
            .build()
            .unwrap();
        let mut program = Self {
            folder,
            database,
            address,
            ops_address,
            arguments,
            child,
            http,
        };
        program.wait().await;
        program
    }

    /// Ends it as the kernel would: at once, with nothing put in order.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Starts it again after it ended.
    pub(crate) async fn restart(&mut self) {
        let addresses = (self.address.as_str(), self.ops_address.as_str());
        self.child = run(
            &self.folder,
            self.database.as_deref(),
            addresses,
            &self.arguments,
        );
        self.wait().await;
    }

    async fn wait(&mut self) {
        for _ in 0..LOOKS {
            let ended = self.child.try_wait().unwrap();
            assert!(ended.is_none(), "the program ended: {ended:?}");
            let asked = self.http.get(format!("http://{}/readyz", self.ops_address));
            if asked
                .send()
                .await
                .is_ok_and(|reply| reply.status().is_success())
            {
                return;
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        panic!("the program does not get ready");
    }

    /// Sends it a signal.
    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).unwrap();
    }

    /// Waits until it has ended by itself. Returns whether it ended well.
    pub(crate) async fn ended(&mut self) -> bool {
        for _ in 0..LOOKS {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.success();
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        panic!("the program does not end");
    }

    /// The number of its process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// How many files it has open.
    pub(crate) fn open_files(&self) -> usize {
        let folder = format!("/proc/{}/fd", self.child.id());
        std::fs::read_dir(folder).unwrap().count()
    }

    /// How much memory it has, in KB.
    pub(crate) fn memory_kb(&self) -> u64 {
        let status = format!("/proc/{}/status", self.child.id());
        let status = std::fs::read_to_string(status).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        line.unwrap()
            .trim()
            .trim_end_matches(" kB")
            .parse()
            .unwrap()
    }

    fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    /// A browser at an address of its own.
    pub(crate) fn browser(&self, number: usize) -> Browser {
        let origin = format!("http://{}", self.address);
        Browser::new(self.http.clone(), &origin, &format!("203.0.113.{number}"))
    }
}

/// An address of this process alone: whoever takes a free port while the program is down takes it elsewhere.
fn own_loopback() -> Ipv4Addr {
    if cfg!(target_os = "linux") {
        let [_, high, middle, low] = std::process::id().to_be_bytes();
        Ipv4Addr::new(127, high.wrapping_add(1), middle, low)
    } else {
        Ipv4Addr::LOCALHOST
    }
}

fn config_name(address: &str) -> String {
    format!("{}.toml", address.replace([':', '.'], "_"))
}

fn run(
    folder: &std::path::Path,
    database: Option<&str>,
    (address, ops_address): (&str, &str),
    arguments: &[String],
) -> Child {
    let mut program = Command::new(env!("CARGO_BIN_EXE_gradphoto"));
    program.args(["serve", "--workers", "2", "--bind", address]);
    program.args(["--ops-bind", ops_address]).args(arguments);
    program.arg("--data").arg(folder);
    program
        .arg("--config")
        .arg(folder.join(config_name(address)));
    program.arg("--web").arg(folder.join("web"));
    program.env("GRADPHOTO_TEST_CLOCK", folder.join("clock"));
    program.env("GRADPHOTO_RATE_FACTOR", FREELY.to_string());
    if let Some(database) = database {
        program.env("GRADPHOTO_DATABASE", database);
    }
    let quiet = program.stdin(Stdio::null()).stdout(Stdio::null());
    quiet.stderr(Stdio::null()).spawn().unwrap()
}
