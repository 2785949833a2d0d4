//! `gradphoto pull`: accepted photos come onto a school's server, each once, and are marked as handed over.
//!
//! What the platform still lists as accepted is not here for sure, so a round takes exactly that. A photo is marked once its
//! file and its facts are on the disk and the hook has ended well. A round that is killed anywhere leaves photos that are
//! not marked yet: the next one takes them again, and finds by their SHA-256 what is here already.

mod file;

use std::path::{Path, PathBuf};
use std::pin::pin;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use clap::{Args, ValueEnum};
use client::sdk::{ApiClient, ApiError};
use client::{Failure, TaskPhotoView};
use data_encoding::HEXLOWER;
use futures_util::TryStreamExt;
use providers::keys::sha256;
use serde_json::{Value, json};

use super::output::say;
use super::remote::Remote;
use file::{FolderLock, holds, write};

/// How many photos are listed at a time.
const PAGE: i64 = 100;
/// The folder below the photos' own that remembers which photos the hook has seen.
const HOOKED: &str = ".gradphoto/hooked";

/// By what files are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PulledName {
    /// By the id of the student on the roster.
    RosterEntry,
    /// By the student number; by the id where there is none or it cannot be a file's name.
    StudentNo,
}

/// What is fetched, and whereto.
#[derive(Debug, Args)]
pub(super) struct Pull {
    #[command(flatten)]
    remote: Remote,
    /// The collection, `task_…`.
    #[arg(long)]
    task: String,
    /// The folder for the photos; it is made where it is not there.
    #[arg(long)]
    folder: PathBuf,
    /// By what files are named: `NAME.jpg`, with the facts in `NAME.json`.
    #[arg(long, value_enum, default_value = "roster-entry")]
    name: PulledName,
    /// A program that is run for each photo with the paths of both files; where it fails, the photo is not marked. After a
    /// crash it may be run a second time for the same photo.
    #[arg(long)]
    hook: Option<PathBuf>,
    /// Look for new photos again after so many seconds; otherwise once.
    #[arg(long)]
    every_s: Option<u64>,
}

/// Fetches what is new.
#[tokio::main]
pub(super) async fn run(asked: &Pull) -> Result<()> {
    let api = asked.remote.client()?;
    std::fs::create_dir_all(asked.folder.join(HOOKED))
        .with_context(|| format!("making {}", asked.folder.display()))?;
    let _lock = FolderLock::take(&asked.folder)?;
    loop {
        let round = Box::pin(round(&api, asked)).await;
        let Some(pause) = asked.every_s else {
            return round;
        };
        if let Err(error) = round {
            tracing::warn!("{error:#}");
            say!("{error:#}")?;
        }
        tokio::time::sleep(Duration::from_secs(pause)).await;
    }
}

/// Takes every photo that is accepted now.
async fn round(api: &ApiClient, asked: &Pull) -> Result<()> {
    let accepted = |after: Option<&str>| {
        client::list_task_photos(&asked.task, Some("approved"), None, Some(PAGE), after)
    };
    let mut photos = pin!(api.pages(accepted));
    let mut failed = 0;
    while let Some(photo) = photos.try_next().await? {
        match Box::pin(take(api, asked, &photo)).await {
            Ok(Some(path)) => say!("{}  {}", photo.id, path.display())?,
            Ok(None) => say!("{}  has changed meanwhile", photo.id)?,
            Err(error) => {
                failed += 1;
                say!("{}  {error:#}", photo.id)?;
            }
        }
    }
    if failed > 0 {
        bail!("{failed} photos were not taken; the next round tries them again");
    }
    Ok(())
}

/// Brings one photo here, and marks it. `None` where it may not be taken any more.
async fn take(api: &ApiClient, asked: &Pull, photo: &TaskPhotoView) -> Result<Option<PathBuf>> {
    let name = name_of(asked.name, photo);
    // They become parts of paths here, whatever the platform says.
    ensure!(
        is_plain(&name) && is_plain(&photo.id),
        "its id cannot be a file's name"
    );
    let picture = asked.folder.join(format!("{name}.jpg"));
    let facts = asked.folder.join(format!("{name}.json"));
    let digest = photo.sha256.as_deref().context("its picture was deleted")?;
    let of_another = std::fs::read(&facts).ok().is_some_and(|kept| {
        let kept: Value = serde_json::from_slice(&kept).unwrap_or_default();
        kept["roster_entry_id"] != photo.student.roster_entry_id.as_str()
    });
    ensure!(
        !of_another,
        "{} belongs to another student",
        facts.display()
    );
    if !holds(&picture, |kept| hex(kept) == digest) {
        let image = client::get_task_photo_image(&asked.task, &photo.id);
        let content = api.send(&image).await?;
        ensure!(
            hex(&content) == digest,
            "what came is not what was announced"
        );
        write(&picture, &content)?;
    }
    let said = facts_of(photo);
    if !holds(&facts, |kept| kept == said) {
        write(&facts, &said)?;
    }
    let marker = asked.folder.join(HOOKED).join(&photo.id);
    if let Some(hook) = asked.hook.as_deref().filter(|_| !marker.exists()) {
        run_hook(hook, &picture, &facts)?;
        write(&marker, b"")?;
    }
    let is_marked = mark(api, asked, photo).await?;
    if is_marked && marker.exists() {
        std::fs::remove_file(&marker).context("forgetting that the hook was run")?;
    }
    Ok(is_marked.then_some(picture))
}

fn hex(content: &[u8]) -> String {
    HEXLOWER.encode(&sha256(content))
}

/// Whether a text can be a file's name on every system.
fn is_plain(text: &str) -> bool {
    let is_plain = |one: char| one.is_ascii_alphanumeric() || one == '-' || one == '_';
    (1..=64).contains(&text.len()) && text.chars().all(is_plain)
}

/// The name of a photo's files: safe on every system, and the same for every photo of a student.
fn name_of(by: PulledName, photo: &TaskPhotoView) -> String {
    let student = &photo.student;
    let number = student.student_no.as_deref().filter(|text| is_plain(text));
    match (by, number) {
        (PulledName::StudentNo, Some(number)) => number.to_owned(),
        (PulledName::StudentNo, None) | (PulledName::RosterEntry, _) => {
            student.roster_entry_id.clone()
        }
    }
}

/// What is kept beside a picture, as JSON.
fn facts_of(photo: &TaskPhotoView) -> Vec<u8> {
    let student = &photo.student;
    let facts = json!({
        "photo_id": photo.id, "task_id": photo.task_id, "number": photo.number, "sha256": photo.sha256,
        "submitted_at": photo.submitted_at, "roster_entry_id": student.roster_entry_id,
        "name": student.name, "student_no": student.student_no, "level": student.level,
        "college": student.college, "major": student.major, "class_name": student.class_name,
    });
    format!("{facts:#}\n").into_bytes()
}

fn run_hook(hook: &Path, picture: &Path, facts: &Path) -> Result<()> {
    let mut program = Command::new(hook);
    let ended = program.arg(picture).arg(facts).status();
    let ended = ended.with_context(|| format!("running {}", hook.display()))?;
    ensure!(ended.success(), "{} ended with {ended}", hook.display());
    Ok(())
}

/// Marks a photo as handed over; `false` where it changed since it was listed, so that the next round looks at it anew.
async fn mark(api: &ApiClient, asked: &Pull, photo: &TaskPhotoView) -> Result<bool> {
    let version = format!("\"{}\"", photo.version);
    let mark = client::hand_over_photo(&asked.task, &photo.id, &version);
    match api.send(&mark).await {
        Ok(_) => Ok(true),
        Err(ApiError::Call(Failure::Problem(problem))) if matches!(problem.status, 409 | 412) => {
            // Maybe an earlier round marked it, and was killed before it heard so.
            let look = client::get_task_photo(&asked.task, &photo.id);
            let now = api.send(&look).await?;
            Ok(now.state == "handed_over" && now.sha256 == photo.sha256)
        }
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::is_plain;

    #[rstest]
    #[case::number("2026001", true)]
    #[case::dashes("A-2026_001", true)]
    #[case::longest(&"1".repeat(64), true)]
    #[case::too_long(&"1".repeat(65), false)]
    #[case::empty("", false)]
    #[case::folder("../2026001", false)]
    #[case::other_folder("a\\b", false)]
    #[case::ending("2026001.jpg", false)]
    #[case::blank("2026 001", false)]
    #[case::chinese("学号1", false)]
    #[case::nul("1\0", false)]
    fn a_number_is_a_file_name_where_every_system_takes_it(
        #[case] text: &str,
        #[case] expected: bool,
    ) {
        assert_eq!(is_plain(text), expected);
    }
}
