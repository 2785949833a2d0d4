//! `gradphoto photo`: photos checked and framed without a server, by the same engine.

mod annotate;
mod canvas;
mod letters;
mod report;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, ensure};
use clap::{Args, Subcommand};
use photo::{Limits, Outcome, Rules};

use crate::models;
use report::Report;

/// What can be done with photos.
#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// Check photos as a student's would be; ends with 0 only where all pass.
    Check(CheckArgs),
    /// Cut the photo out that would be handed over.
    Frame(FrameArgs),
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// The photos.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// A task's photo rules as JSON, instead of the national standard; fields that it leaves out are the standard's.
    #[arg(long)]
    rules: Option<PathBuf>,
    /// One line of JSON for each photo, instead of a table.
    #[arg(long)]
    json: bool,
    /// A folder for copies of the photos with the measured lines drawn in.
    #[arg(long)]
    annotate: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct FrameArgs {
    /// The photo.
    file: PathBuf,
    /// Where to write the JPEG.
    #[arg(long)]
    output: PathBuf,
    /// A task's photo rules as JSON, instead of the national standard.
    #[arg(long)]
    rules: Option<PathBuf>,
}

/// Does it.
pub(super) fn run(action: Action) -> Result<ExitCode> {
    match action {
        Action::Check(args) => check(&args),
        Action::Frame(args) => frame(&args),
    }
}

fn check(args: &CheckArgs) -> Result<ExitCode> {
    let (engine, rules) = (models::engine()?, rules(args.rules.as_deref())?);
    if let Some(folder) = &args.annotate {
        fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    }
    let mut all_pass = true;
    for path in &args.files {
        let (report, picture) = Report::on(path, &read(path)?, &engine, &rules);
        all_pass &= report.verdict == Outcome::Pass;
        if args.json {
            println!("{}", serde_json::to_string(&report)?);
        } else {
            print!("{report}");
        }
        if let (Some(folder), Some(picture)) = (&args.annotate, picture) {
            let copy = copy_of(path, folder)?;
            let drawn = annotate::annotate(picture, &report, &rules);
            let jpeg = photo::thumbnail(&drawn, u16::MAX)?;
            fs::write(&copy, jpeg).with_context(|| format!("writing {}", copy.display()))?;
        }
    }
    Ok(if all_pass {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn frame(args: &FrameArgs) -> Result<ExitCode> {
    let (engine, rules) = (models::engine()?, rules(args.rules.as_deref())?);
    let file = read(&args.file)?;
    let facts = photo::inspect(&file, &Limits::default())?;
    let picture = photo::decode(&file, &Limits::default())?;
    let measurements = photo::measure(&picture, &facts, Some(&engine));
    let crop = photo::auto_crop(&measurements, &rules).crop;
    let framed = photo::frame(&picture, &crop, &rules)?;
    let output = &args.output;
    fs::write(output, &framed.jpeg).with_context(|| format!("writing {}", output.display()))?;
    println!(
        "{}: {}×{} px, {} bytes, quality {}, from {}×{} px at {}, {}.",
        output.display(),
        framed.width,
        framed.height,
        framed.jpeg.len(),
        framed.quality,
        crop.width,
        crop.height,
        crop.x,
        crop.y,
    );
    let verdict = photo::judge(&measurements, &crop, &rules).with(framed.finding(&rules));
    for finding in &verdict.findings {
        println!("  {}", report::sentence(finding));
    }
    Ok(match verdict.outcome {
        Outcome::Pass | Outcome::Warn => ExitCode::SUCCESS,
        Outcome::Fail => ExitCode::FAILURE,
    })
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("reading {}", path.display()))
}

fn rules(path: Option<&Path>) -> Result<Rules> {
    let Some(path) = path else {
        return Ok(Rules::default());
    };
    let rules: Rules = serde_json::from_slice(&read(path)?)
        .with_context(|| format!("{} holds no photo rules", path.display()))?;
    rules.check().with_context(|| path.display().to_string())?;
    Ok(rules)
}

/// Where the copy of a photo goes; never over the photo itself.
fn copy_of(path: &Path, folder: &Path) -> Result<PathBuf> {
    let name = path.file_name().context("a photo has a name")?;
    let mut copy = folder.join(name);
    if copy.extension().is_none_or(|extension| extension != "jpg") {
        copy.as_mut_os_string().push(".jpg");
    }
    let is_itself = fs::canonicalize(&copy)
        .is_ok_and(|copy| fs::canonicalize(path).is_ok_and(|path| path == copy));
    ensure!(
        !is_itself,
        "{} would be overwritten: choose another folder for the copies",
        path.display()
    );
    Ok(copy)
}
