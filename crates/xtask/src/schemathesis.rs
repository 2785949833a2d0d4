//! Schemathesis against the running product: does every operation answer as the API document says, whatever it is sent?
//!
//! Which failures are expected, and why, is said in `openapi/schemathesis/schemathesis.toml`.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

use anyhow::Result;

use crate::pictures::portrait;
use crate::product::Product;
use crate::run::{command, free_port, root, run};
use crate::{setup, web};

/// Where the product keeps its data and logs during the run.
const DATA: &str = "data/schemathesis";
/// How long each caller tries, in seconds; both together are below five minutes. In a full run two other steps share the processors,
/// for which there is a fifth more than what was enough alone.
const CALLERS: [(&str, u32); 2] = [("student", 180), ("nobody", 75)];
/// Every run makes the same calls.
const SEED: u32 = 1;

/// Starts the product with sample data and calls every operation, with a session and without.
pub(crate) fn check() -> Result<()> {
    let schemathesis = setup::schemathesis()?;
    let portrait = portrait(None)?;
    // A fresh start each time; logs and reports stay for who wants to know why a run failed.
    let data = root().join(DATA);
    if data.exists() {
        fs::remove_dir_all(&data)?;
    }
    fs::create_dir_all(&data)?;
    let product = Product::start(&data, free_port()?, &web::Purpose::Release.dist(), &[])?;
    for (caller, seconds) in CALLERS {
        println!("\n--- as {caller} ---");
        let mut call = command(&schemathesis);
        call.env("GRADPHOTO_URL", &product.address)
            .env(
                "GRADPHOTO_SANDBOX",
                product.sandbox["pages"].as_str().unwrap_or_default(),
            )
            .env("GRADPHOTO_PORTRAIT", &portrait)
            .env("GRADPHOTO_CALLER", caller)
            .args(arguments(&product.address, seconds))
            .arg("--report-dir")
            .arg(data.join(caller));
        // It keeps notes where it runs.
        run(call
            .current_dir(&data)
            .env("SCHEMATHESIS_HOOKS", settings("hooks.py")))?;
    }
    Ok(())
}

/// A file that says how Schemathesis calls the product.
fn settings(name: &str) -> PathBuf {
    root().join("openapi/schemathesis").join(name)
}

/// What every caller asks of Schemathesis.
fn arguments(address: &str, seconds: u32) -> Vec<OsString> {
    let mut arguments: Vec<OsString> =
        vec!["--config-file".into(), settings("schemathesis.toml").into()];
    arguments.push("run".into());
    arguments.push(root().join("openapi/openapi.json").into());
    let (seconds, seed) = (seconds.to_string(), SEED.to_string());
    let rest = [
        ["--url", address],
        ["--max-time", &seconds],
        ["--seed", &seed],
        ["--workers", "2"],
        ["--request-timeout", "30"],
        ["--report", "junit"],
    ];
    arguments.extend(rest.iter().flatten().map(OsString::from));
    arguments.extend(["--no-color", "--continue-on-failure"].map(OsString::from));
    arguments
}
