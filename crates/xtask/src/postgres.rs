//! A `PostgreSQL` of our own for one test run: a fresh cluster in a temporary folder on a free port.

use std::fs;
use std::os::unix::fs::{MetadataExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use tempfile::TempDir;

use crate::run::{Service, free_port, output, succeeds, tied, which};

/// The name of the log's file.
const LOG: &str = "log";

/// The running cluster; stopped and removed when dropped.
#[derive(Debug)]
pub(crate) struct Postgres {
    /// For `TEST_DATABASE_URL`.
    pub(crate) url: String,
    /// The file of its log.
    pub(crate) log: PathBuf,
    // The order matters: the server stops before its folder goes.
    _server: Service,
    _folder: TempDir,
}

/// Where `initdb` and `postgres` are: on `PATH`, or where Debian puts them (the newest).
pub(crate) fn programs() -> Option<PathBuf> {
    let on_path = which(&["initdb"]).and_then(|path| path.canonicalize().ok());
    let debian = fs::read_dir("/usr/lib/postgresql")
        .ok()
        .and_then(|versions| {
            let programs = versions
                .flatten()
                .map(|version| version.path().join("bin/initdb"));
            programs.filter(|program| program.is_file()).max()
        });
    on_path.or(debian)?.parent().map(Path::to_path_buf)
}

/// What a commit means to a cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Durability {
    /// It is on the disk, as in production.
    Synced,
    /// It is in memory: quicker, for what does not outlive the run anyway.
    Off,
}

/// Starts the cluster with the superuser `gradphoto`.
pub(crate) fn start(durability: Durability) -> Result<Postgres> {
    let programs = programs().context("initdb is missing: run `cargo xtask setup`")?;
    let folder = tempfile::Builder::new()
        .prefix("gradphoto-postgres-")
        .tempdir()?;
    let privileges = privileges(folder.path())?;
    let data = folder.path().join("data");
    output(
        tied(programs.join("initdb"), &privileges)
            .current_dir(folder.path())
            .args([
                "--username=gradphoto",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync",
                "--pgdata",
            ])
            .arg(&data),
    )?;
    let port = free_port()?.to_string();
    let mut server = tied(programs.join("postgres"), &privileges);
    server
        .current_dir(folder.path())
        .arg("-D")
        .arg(&data)
        .args(["-p", &port, "-k", ""]);
    let mut settings = vec!["listen_addresses=127.0.0.1", "max_connections=400"];
    if durability == Durability::Off {
        settings.extend(["fsync=off", "full_page_writes=off"]);
    }
    for setting in settings {
        server.args(["-c", setting]);
    }
    let mut server = Service::start(
        "PostgreSQL",
        server.stdout(Stdio::null()).stderr(log(&folder)?),
    )?;
    let ready = programs.join("pg_isready");
    server.wait_until(|| {
        succeeds(Command::new(&ready).args(["-q", "-h", "127.0.0.1", "-p", &port]))
    })?;
    let url = format!("postgres://gradphoto@127.0.0.1:{port}/postgres");
    Ok(Postgres {
        url,
        log: folder.path().join(LOG),
        _server: server,
        _folder: folder,
    })
}

/// `PostgreSQL` refuses to run as root: root gives the folder to the user `postgres` and goes on as that one.
fn privileges(folder: &Path) -> Result<Vec<String>> {
    if fs::metadata(folder)?.uid() != 0 {
        return Ok(Vec::new());
    }
    let number = |flag| {
        output(Command::new("id").args([flag, "postgres"])).map(|text| text.trim().to_owned())
    };
    let (user, group) = (number("-u")?, number("-g")?);
    chown(folder, Some(user.parse()?), Some(group.parse()?))?;
    Ok(vec![
        format!("--reuid={user}"),
        format!("--regid={group}"),
        "--clear-groups".to_owned(),
    ])
}

fn log(folder: &TempDir) -> Result<fs::File> {
    Ok(fs::File::create(folder.path().join(LOG))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_answers_and_leaves_nothing() {
        let postgres = start(Durability::Off).unwrap();
        let psql = programs().unwrap().join("psql");
        let question = ["-tAc", "show data_directory"];
        let answer = output(Command::new(psql).arg(&postgres.url).args(question)).unwrap();
        let data = Path::new(answer.trim());
        assert!(data.is_dir(), "{answer}");
        drop(postgres);
        assert!(!data.exists(), "the cluster is removed with its server");
    }
}
