//! Commands, processes that end with us, and the folders that the chores use.

mod watch;

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::Value;
use walkdir::WalkDir;

/// The repository's root.
pub(crate) fn root() -> PathBuf {
    let here = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    here.ancestors()
        .nth(2)
        .map_or_else(|| here.clone(), Path::to_path_buf)
}

/// What is fetched once and shared by all checkouts of this user.
pub(crate) fn cache() -> Result<PathBuf> {
    let base = env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cache")))
        .context("neither XDG_CACHE_HOME nor a home folder is known")?;
    let cache = base.join("gradphoto");
    fs::create_dir_all(&cache).with_context(|| format!("making {}", cache.display()))?;
    Ok(cache)
}

/// A program, run in the repository's root.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    command
}

/// The cargo that runs us. It is not told which package we are: build scripts that look at that (ring's) would run
/// again, and all that depends on them, whenever cargo is used with and without us by turns.
pub(crate) fn cargo() -> Command {
    let mut cargo = command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in env::vars_os() {
        let is_of_package = |name: &str| {
            ["CARGO_MANIFEST_", "CARGO_PKG_"]
                .iter()
                .any(|start| name.starts_with(start))
        };
        if name.to_str().is_some_and(is_of_package) {
            cargo.env_remove(name);
        }
    }
    cargo
}

/// Says what it runs, and runs it to the end; says so again whenever that is silent for long. An error names the command
/// where it fails.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    println!("$ {}", watch::shown(command));
    let status = watch::status(command).with_context(|| format!("starting {command:?}"))?;
    if !status.success() {
        bail!("{command:?} failed: {status}");
    }
    Ok(())
}

/// Runs to the end and gives back what it printed; an error carries what it complained about.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command
        .output()
        .with_context(|| format!("starting {command:?}"))?;
    if !output.status.success() {
        bail!(
            "{command:?} failed: {}\n{}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        );
    }
    String::from_utf8(output.stdout).with_context(|| format!("{command:?} printed no UTF-8"))
}

/// Whether the command starts and ends well; what it prints is dropped.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// The first of the programs that `PATH` knows.
pub(crate) fn which(programs: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<_> = env::split_paths(&path).collect();
    programs
        .iter()
        .flat_map(|program| folders.iter().map(move |folder| folder.join(program)))
        .find(|candidate| candidate.is_file())
}

/// What cargo knows of the workspace; `arguments` as for `cargo metadata`.
pub(crate) fn metadata(arguments: &[&str]) -> Result<Value> {
    let text = output(
        cargo()
            .args(["metadata", "--format-version", "1"])
            .args(arguments),
    )?;
    serde_json::from_str(&text).context("reading cargo metadata")
}

/// Where cargo builds.
pub(crate) fn target() -> Result<PathBuf> {
    let metadata = metadata(&["--no-deps"])?;
    metadata["target_directory"]
        .as_str()
        .map(PathBuf::from)
        .context("cargo metadata names no target folder")
}

/// A port of 127.0.0.1 that was free a moment ago.
pub(crate) fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// All files below a folder, sorted; none where the folder is missing.
pub(crate) fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter();
    let files = entries.filter(|entry| {
        entry
            .as_ref()
            .map_or(true, |file| !file.file_type().is_dir())
    });
    Ok(files
        .map(|entry| entry.map(walkdir::DirEntry::into_path))
        .collect::<Result<_, _>>()?)
}

/// A program whose life is tied to ours by `setpriv` (util-linux); where that is missing, only [`Service`] stops it.
/// `privileges` are further arguments of `setpriv`.
pub(crate) fn tied(program: impl AsRef<OsStr>, privileges: &[String]) -> Command {
    let Some(setpriv) = which(&["setpriv"]) else {
        return command(program);
    };
    let mut tied = command(setpriv);
    tied.args(["--pdeathsig", "INT"])
        .args(privileges)
        .arg("--")
        .arg(program);
    tied
}

/// A program beside us; it is stopped when this is dropped.
#[derive(Debug)]
pub(crate) struct Service {
    child: Child,
    name: &'static str,
}

impl Service {
    /// Starts it without an input.
    pub(crate) fn start(name: &'static str, command: &mut Command) -> Result<Self> {
        let child = command
            .stdin(Stdio::null())
            .spawn()
            .with_context(|| format!("starting {name}: {command:?}"))?;
        Ok(Self { child, name })
    }

    /// What it prints, where it was started with a pipe.
    pub(crate) fn stdout(&mut self) -> Result<ChildStdout> {
        self.child
            .stdout
            .take()
            .with_context(|| format!("{} has no output to read", self.name))
    }

    /// Looks every 50 ms whether it is ready.
    ///
    /// # Errors
    /// Where it ends before, or is not ready after 60 s.
    pub(crate) fn wait_until(&mut self, ready: impl Fn() -> bool) -> Result<()> {
        for _ in 0..1200 {
            if ready() {
                return Ok(());
            }
            if let Some(status) = self.child.try_wait()? {
                bail!("{} ended: {status}", self.name);
            }
            thread::sleep(Duration::from_millis(50));
        }
        bail!("{} is not ready after 60 s", self.name)
    }

    /// Waits until it ends by itself.
    pub(crate) fn wait(&mut self) -> Result<()> {
        let status = self.child.wait()?;
        bail!("{} ended: {status}", self.name)
    }
}

impl Drop for Service {
    /// Asks politely first (SIGINT), so that the databases close their files; `kill` fails where it is gone already.
    fn drop(&mut self) {
        let asked = succeeds(Command::new("kill").args(["-INT", &self.child.id().to_string()]));
        if !asked {
            self.child.kill().ok();
        }
        self.child.wait().ok();
    }
}
