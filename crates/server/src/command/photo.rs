//! `gradphoto photo`: photos checked and framed without a server, by the same engine.

mod annotate;
mod canvas;
mod file;
mod letters;
mod report;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, ensure};
use clap::{Args, Subcommand};
use photo::{Limits, Opened, PhotoOutcome, Rules};

use super::output::{self, say};
use crate::models;
use file::bytes;
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
    let copies = match &args.annotate {
        Some(folder) => copies(&args.files, folder)?,
        None => Vec::new(),
    };
    let mut all_pass = true;
    for (index, path) in args.files.iter().enumerate() {
        let (report, file) = Report::on(path, &engine, &rules);
        all_pass &= report.verdict == PhotoOutcome::Pass;
        if args.json {
            say!("{}", serde_json::to_string(&report)?)?;
        } else {
            output::text(format_args!("{report}"))?;
        }
        if let (Some(copy), Some(file)) = (copies.get(index), file) {
            // The whole, since lines are drawn in pixels of the original.
            let picture = photo::decode(&file, &Limits::default())?;
            let drawn = annotate::annotate(picture, &report, &rules);
            let jpeg = photo::thumbnail(&drawn, u16::MAX)?;
            fs::write(copy, jpeg).with_context(|| format!("writing {}", copy.display()))?;
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
    let output = &args.output;
    require_other(output, std::slice::from_ref(&args.file))?;
    let file = bytes(&args.file).with_context(|| format!("reading {}", args.file.display()))??;
    let (opened, measurements, auto) =
        Opened::with_auto_crop(&file, &Limits::default(), &engine, &rules)?;
    let crop = auto.crop;
    let framed = opened.frame(&crop, &rules)?;
    fs::write(output, &framed.jpeg).with_context(|| format!("writing {}", output.display()))?;
    say!(
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
    )?;
    if let Some(margin) = auto.margin {
        say!("  margin {margin:.2}: 1 in the middle of what is allowed, below 0 outside")?;
    }
    if let Some(missing) = auto.missing {
        say!("  {}", report::lacking(missing))?;
    }
    let verdict = photo::judge(&measurements, &crop, &rules).with(framed.finding(&rules));
    for finding in &verdict.findings {
        say!("  {}", report::sentence(finding))?;
    }
    Ok(match verdict.outcome {
        PhotoOutcome::Pass | PhotoOutcome::Warn => ExitCode::SUCCESS,
        PhotoOutcome::Fail => ExitCode::FAILURE,
    })
}

fn rules(path: Option<&Path>) -> Result<Rules> {
    let Some(path) = path else {
        return Ok(Rules::default());
    };
    let json = fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    let rules: Rules = serde_json::from_slice(&json)
        .with_context(|| format!("{} holds no photo rules", path.display()))?;
    rules.check().with_context(|| path.display().to_string())?;
    Ok(rules)
}

/// Where the copies of photos go: each under the name of its photo, with a number where another has that name already, and
/// none over a photo.
fn copies(photos: &[PathBuf], folder: &Path) -> Result<Vec<PathBuf>> {
    fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    let mut copies = Vec::new();
    for photo in photos {
        let copy = (1..).map(|number| copy_of(photo, folder, number));
        let copy = copy.flatten().find(|copy| !copies.contains(copy));
        let copy = copy.with_context(|| format!("{} has no name", photo.display()))?;
        require_other(&copy, photos)?;
        copies.push(copy);
    }
    Ok(copies)
}

/// The name of a photo's first, second, … copy.
fn copy_of(photo: &Path, folder: &Path, number: u32) -> Option<PathBuf> {
    let is_jpeg = photo
        .extension()
        .is_some_and(|extension| extension == "jpg");
    let mut name = if is_jpeg {
        photo.file_stem()?.to_owned()
    } else {
        photo.file_name()?.to_owned()
    };
    if number > 1 {
        name.push(format!("-{number}"));
    }
    name.push(".jpg");
    Some(folder.join(name))
}

/// Refuses to write over a photo that is read.
fn require_other(output: &Path, photos: &[PathBuf]) -> Result<()> {
    let Ok(output) = fs::canonicalize(output) else {
        return Ok(());
    };
    for photo in photos {
        let is_itself = fs::canonicalize(photo).is_ok_and(|photo| photo == output);
        ensure!(
            !is_itself,
            "{} would be overwritten: choose another place",
            photo.display()
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::jpeg("in/a.jpg", 1, Some("out/a.jpg"))]
    #[case::second("in/a.jpg", 2, Some("out/a-2.jpg"))]
    #[case::png("in/a.png", 1, Some("out/a.png.jpg"))]
    #[case::second_png("in/a.png", 3, Some("out/a.png-3.jpg"))]
    #[case::no_ending("a", 1, Some("out/a.jpg"))]
    #[case::two_endings("a.b.jpg", 1, Some("out/a.b.jpg"))]
    #[case::capitals("a.JPG", 1, Some("out/a.JPG.jpg"))]
    #[case::folder("in/..", 1, None)]
    fn a_copy_has_the_name_of_its_photo(
        #[case] photo: &str,
        #[case] number: u32,
        #[case] expected: Option<&str>,
    ) {
        let copy = copy_of(Path::new(photo), Path::new("out"), number);
        assert_eq!(copy.as_deref(), expected.map(Path::new));
    }

    #[test]
    fn photos_of_one_name_have_copies_of_their_own_and_none_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        let photos = ["a/1.jpg", "b/1.jpg", "c/2.png"].map(PathBuf::from);
        let names = ["1.jpg", "1-2.jpg", "2.png.jpg"].map(|name| out.join(name));
        assert_eq!(copies(&photos, &out).unwrap(), names);
        let own = out.join("1.jpg");
        fs::write(&own, "a photo").unwrap();
        let error = copies(&[own], &out).unwrap_err();
        assert!(
            error.to_string().contains("would be overwritten"),
            "{error}"
        );
    }
}
