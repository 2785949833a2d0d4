//! Several copies of the server, actually tried: three of them, `PostgreSQL` with a standby, an S3-compatible store and nginx on
//! loopback, of which one part after the other fails under load. Read and judged by the scripts of `cluster/`.

use anyhow::{Context, Result};
use serde_json::json;

use crate::product::{config_file, start_providers};
use crate::ratios::python;
use crate::run::{cargo, command, free_port, root, run as run_command, target};
use crate::{models, pictures, postgres, setup};

/// What speaks S3: Apache-2.0.
const STORE: [&str; 1] = ["moto[server]==5.2.5"];
/// Students of each client in a minute of the load: more than come.
const STUDENTS_A_CLIENT: u32 = 30;

/// How the installation is tried.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Trial {
    /// How long an outage lasts, in seconds.
    pub(crate) seconds: u32,
    /// How many students come at a time.
    pub(crate) clients: u32,
    /// Whether the release build is measured.
    pub(crate) is_release: bool,
}

/// Builds what is needed, starts it all, and prints the table.
///
/// # Errors
/// Where something that was acknowledged is lost, was done twice, or a request failed during the rolling restart.
pub(crate) fn run(trial: Trial) -> Result<()> {
    setup::postgres_programs()?;
    setup::nginx()?;
    models::models(None)?;
    let python = python::with("cluster", &STORE)?.context("the object store needs Python")?;
    let (profile, folder) = if trial.is_release {
        (&["--release"][..], "release")
    } else {
        (&[][..], "debug")
    };
    let programs = ["--bin", "gradphoto", "--bin", "gradphoto-sandbox"];
    run_command(cargo().arg("build").args(profile).args(programs))?;
    let programs = target()?.join(folder);
    let program = programs.join("gradphoto");

    let data = tempfile::tempdir()?;
    let port = free_port()?;
    let (_sandbox, addresses) =
        start_providers(&programs, &format!("http://127.0.0.1:{port}"), data.path())?;
    let photo = data.path().join("framed.jpg");
    let frame = ["photo", "frame", "--output"];
    run_command(
        command(&program)
            .args(frame)
            .arg(&photo)
            .arg(pictures::portrait(None)?),
    )?;
    let job = json!({
        "gradphoto": program,
        "config": config_file(data.path()),
        "pages": addresses["pages"],
        "port": port,
        "postgres": postgres::programs().context("PostgreSQL is missing")?,
        "python": python,
        "photo": photo,
        "folder": data.path(),
        "students": trial.clients * STUDENTS_A_CLIENT,
        "clients": trial.clients,
        "outage_s": trial.seconds,
    });
    let script = root().join("crates/xtask/src/cluster/trials.py");
    // No compiled copies beside the scripts.
    run_command(command(python).arg("-B").arg(script).arg(job.to_string()))
}
