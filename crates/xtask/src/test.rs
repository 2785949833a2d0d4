//! Everything that CI checks, step by step; the first step that fails ends the run.

mod beside;

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use clap::ValueEnum;

use self::beside::Beside;
use crate::pictures::{groups, portrait};
use crate::product::Product;
use crate::run::{cargo, command, free_port, root, run as run_command, succeeds};
use crate::{check, fuzz, models, openapi, postgres, ratios, schemathesis, setup, web};

/// One step; the order is that of a full run, quick ones first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Step {
    /// Formatting
    Fmt,
    /// Dependency directions, licences, file rules
    Check,
    /// Lints of every crate; the web app's for wasm32
    Clippy,
    /// Unit tests and tests through HTTP, on `SQLite`
    Sqlite,
    /// What reaches the database again, on `PostgreSQL`
    Postgres,
    /// The API document and its client are those of the server
    Openapi,
    /// The API document obeys the linter
    Lint,
    /// Every operation answers as the API document says, whatever it is sent
    Schemathesis,
    /// The web app builds and keeps to its budgets
    Web,
    /// The photo engine sees the same natively and as wasm
    Wasm,
    /// No file stops the photo engine or the readers of tables, as far as a minute's search tells
    Fuzz,
    /// The product in a browser
    Browser,
}

/// Tests to which the database makes no difference: they run on `SQLite` alone, since each takes its time.
const ONE_DATABASE: [&str; 4] = [
    "test(attacks::)",
    "test(faults::an_object)",
    "test(example::)",
    "test(command::each_photo_has)",
];

/// The crates whose tests open a database.
const DATABASE_CRATES: [&str; 4] = ["migrations", "store", "service", "server"];

/// How long the fuzzer searches in a full run, in seconds; a minute's worth where it shares the processors.
const FUZZ_S: u32 = 70;

/// In a full run, while Schemathesis keeps one processor busy, these keep the other one.
const BESIDE_SCHEMATHESIS: [Step; 2] = [Step::Wasm, Step::Fuzz];

/// Runs these steps one after the other; all of them where none is named, and some then beside another.
pub(crate) fn run(only: &[Step]) -> Result<()> {
    let is_full = only.is_empty();
    let steps = if is_full {
        Step::value_variants()
    } else {
        only
    };
    let is_beside = |step: &Step| is_full && BESIDE_SCHEMATHESIS.contains(step);
    let mut times = Vec::new();
    for &step in steps.iter().filter(|step| !is_beside(step)) {
        println!("\n=== {step:?} ===");
        let began = Instant::now();
        let beside = if is_full && step == Step::Schemathesis {
            Some(Beside::start(&names(&BESIDE_SCHEMATHESIS))?)
        } else {
            None
        };
        let outcome = step.run();
        // Whatever became of the step, nothing runs on.
        let outcome_beside = beside.map_or(Ok(()), Beside::finish);
        outcome.with_context(|| format!("the step {step:?} failed"))?;
        outcome_beside?;
        times.push((step, began.elapsed()));
    }
    println!("\n=== Passed ===");
    for (step, time) in &times {
        println!("{:>7.1} s  {step:?}", time.as_secs_f64());
    }
    println!(
        "{:>7.1} s  in all",
        times
            .iter()
            .map(|(_, time)| time)
            .sum::<Duration>()
            .as_secs_f64()
    );
    Ok(())
}

/// What the command line calls these steps.
fn names(steps: &[Step]) -> Vec<String> {
    let values = steps.iter().filter_map(Step::to_possible_value);
    values.map(|value| value.get_name().to_owned()).collect()
}

impl Step {
    fn run(self) -> Result<()> {
        match self {
            Self::Fmt => run_command(cargo().args(["fmt", "--all", "--check"])),
            Self::Check => check::run(),
            Self::Clippy => clippy(),
            Self::Sqlite => sqlite(),
            Self::Postgres => on_postgres(),
            Self::Openapi => openapi::check(),
            Self::Lint => lint(),
            Self::Schemathesis => schemathesis::check(),
            Self::Web => web(),
            Self::Wasm => ratios::same::check(),
            Self::Fuzz => fuzz::run(FUZZ_S),
            Self::Browser => browser(),
        }
    }
}

/// Two runs: the web app is for another machine than the rest.
fn clippy() -> Result<()> {
    models::models(None)?;
    setup::wasm_target()?;
    let clippy = |selection: &[&str]| {
        let mut clippy = cargo();
        clippy.arg("clippy").args(selection);
        run_command(clippy.args(["--", "--deny", "warnings"]))
    };
    clippy(&["--all-targets"])?;
    let mut wasm = vec!["--target", setup::WASM];
    wasm.extend(web::CRATES.iter().flat_map(|name| ["--package", name]));
    clippy(&wasm)
}

fn sqlite() -> Result<()> {
    setup::postgres_programs()?;
    setup::jpeg_programs()?;
    run_command(tests()?.env_remove("TEST_DATABASE_URL"))
}

/// Takes the database of `TEST_DATABASE_URL` where one is given, else a cluster of its own.
fn on_postgres() -> Result<()> {
    let mut tests = tests()?;
    if has_nextest() {
        // A filter and not a selection of packages, which would choose other features and compile everything again.
        let crates = DATABASE_CRATES.map(|name| format!("package({name})"));
        let filter = format!("({}) - ({})", crates.join(" | "), ONE_DATABASE.join(" | "));
        tests.args(["--filterset", &filter]);
    } else {
        tests.args(DATABASE_CRATES.iter().flat_map(|name| ["--package", name]));
    }
    if env::var_os("TEST_DATABASE_URL").is_some() {
        return run_command(&mut tests);
    }
    setup::postgres_programs()?;
    let postgres = postgres::start(postgres::Durability::Off)?;
    run_command(tests.env("TEST_DATABASE_URL", &postgres.url))
}

/// nextest where it is installed, else what comes with cargo.
pub(crate) fn tests() -> Result<Command> {
    models::models(None)?;
    let mut tests = cargo();
    tests.env("GRADPHOTO_PORTRAIT", portrait(None)?);
    tests.env("GRADPHOTO_GROUPS", groups(None)?);
    if has_nextest() {
        tests.args(["nextest", "run", "--no-fail-fast", "--no-tests=pass"]);
    } else {
        tests.args(["test", "--no-fail-fast"]);
    }
    Ok(tests)
}

fn has_nextest() -> bool {
    succeeds(cargo().args(["nextest", "--version"]))
}

fn lint() -> Result<()> {
    let tools = setup::tools()?.context(
        "the API document cannot be linted without npm; on Debian: sudo apt-get install npm",
    )?;
    let mut redocly = command(tools.join("redocly"));
    redocly
        .env("REDOCLY_TELEMETRY", "off")
        .env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
    run_command(redocly.args([
        "lint",
        "--config=openapi/redocly.yaml",
        "openapi/openapi.json",
    ]))
}

fn web() -> Result<()> {
    setup::wasm_target()?;
    let bundle = web::build(web::Purpose::Release)?;
    println!("{bundle}");
    bundle.check_budgets()
}

/// Starts the product with sample data and lets `frontend/e2e` loose on it.
fn browser() -> Result<()> {
    in_browser("data/browser-test", |npm| npm.args(["test", "--silent"]))
}

/// Walks the journey and leaves a picture of every page in `folder`.
pub(crate) fn screens(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    let folder = folder.canonicalize()?;
    in_browser("data/screens", |npm| {
        npm.args(["run", "--silent", "pictures"])
            .env("GRADPHOTO_PICTURES", folder)
    })
}

/// Measures what a student on a slow phone waits for.
pub(crate) fn slow() -> Result<()> {
    in_browser("data/slow", |npm| npm.args(["run", "--silent", "slow"]))
}

/// Measures how long a reviewer waits for the next photo.
pub(crate) fn keyboard() -> Result<()> {
    in_browser("data/keyboard", |npm| {
        npm.args(["run", "--silent", "keyboard"])
    })
}

/// Runs what `ask` asks of npm in `frontend/e2e`, where a product stands ready whose data are in `data`.
fn in_browser(data: &str, ask: impl FnOnce(&mut Command) -> &mut Command) -> Result<()> {
    let tests = root().join("frontend/e2e");
    setup::wasm_target()?;
    setup::node_modules(&tests)?;
    let (chromium, portrait) = (setup::browser()?, portrait(None)?);
    web::build(web::Purpose::Release)?;
    // A fresh start each time; the logs stay for who wants to know why a run failed.
    let data = root().join(data);
    if data.exists() {
        fs::remove_dir_all(&data)?;
    }
    fs::create_dir_all(&data)?;
    let began = Instant::now();
    let product = Product::start(&data, free_port()?, &web::Purpose::Release.dist(), &[])?;
    let took = began.elapsed().as_secs_f64();
    println!("Product and sandbox answer {took:.1} s after their start, with sample data.");
    let mut npm = command("npm");
    npm.current_dir(tests)
        .env("GRADPHOTO_URL", &product.address)
        .env("GRADPHOTO_SANDBOX", product.sandbox.to_string())
        .env("GRADPHOTO_COMMAND", product.command.to_string())
        .env("GRADPHOTO_WEB", web::Purpose::Release.dist())
        .env("GRADPHOTO_OPERATOR", "browser.test")
        .env("GRADPHOTO_TEST_CLOCK", &product.clock)
        .env("GRADPHOTO_CHROMIUM", chromium)
        .env("GRADPHOTO_PORTRAIT", portrait);
    run_command(ask(&mut npm))
}
