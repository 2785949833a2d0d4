//! Making a package of many photos beside `cp -r` of the same files, in turns: megabytes a second, and the memory that it takes
//! beyond what the program has at rest. On the local folder and `SQLite`, which is what a small installation has.

#![expect(clippy::float_arithmetic, reason = "figures for people")]

use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::extent::Extent;
use super::line::Line;
use super::program::last_json;
use crate::run::{cargo, command, run, target};

/// How many photos a package has, and in a short run.
const PHOTOS: u32 = 20_000;
const PHOTOS_SHORT: u32 = 200;
/// How often each takes its turn.
const ROUNDS: usize = 5;
/// The most memory above idle: 64 MiB, whatever the build.
const MEMORY_MIB: f64 = 64.0;

/// Fills an installation, then makes packages and copies in turns.
pub(super) fn compare(extent: Extent, count: Option<u32>) -> Result<Vec<Line>> {
    let photos = count.unwrap_or(extent.of(PHOTOS, PHOTOS_SHORT));
    let (built, profile) = extent.of(("release", &["--release"][..]), ("debug", &[]));
    let example = ["--example", "package"];
    run(cargo().arg("build").args(profile).args(example))?;
    let example = target()?.join(built).join("examples/package");
    let folder = tempfile::tempdir_in(target()?).context("making a folder for the photos")?;
    let mut fill = command(&example);
    fill.arg("fill").arg(folder.path());
    let filled = last_json(fill.arg(photos.to_string()))?;
    let photo_bytes = number(&filled, "photo_bytes")?;
    let (mut ratios, mut synced, mut rates, mut grown) = (vec![], vec![], vec![], vec![]);
    let (mut copied, mut copied_synced) = (vec![], vec![]);
    for _ in 0..extent.of(ROUNDS, 1) {
        let made = last_json(command(&example).arg("make").arg(folder.path()))?;
        let packed = number(&made, "photos")?;
        ensure!(
            packed >= f64::from(photos),
            "the package has {packed} photos"
        );
        let own = photo_bytes / number(&made, "seconds")? / 1e6;
        let copy = copy(folder.path())?;
        let (plain, on_disk) = (
            photo_bytes / copy.seconds / 1e6,
            photo_bytes / copy.seconds_synced / 1e6,
        );
        ratios.push(own / plain);
        synced.push(own / on_disk);
        rates.push(own);
        copied.push(plain);
        copied_synced.push(on_disk);
        grown.push((number(&made, "peak_kb")? - number(&made, "idle_kb")?) / 1024.0);
    }
    let most = grown.iter().copied().fold(0.0, f64::max);
    let lines = vec![
        line("R9 package ÷ cp -r", ratios, &format!("{photos} photos")),
        line(
            "package ÷ cp -r and sync",
            synced,
            "as a package is on the disk when it is ready",
        ),
        line(
            "package: megabytes a second",
            rates,
            "SHA-256, sealed, synced",
        ),
        line("cp -r: megabytes a second", copied, "not synced"),
        line("cp -r and sync: megabytes a second", copied_synced, ""),
        line("R9 mebibytes of memory above idle", grown, ""),
    ];
    for one in &lines {
        println!(
            "{}  {} ({} to {})  {}",
            one.name, one.median, one.least, one.greatest, one.rest
        );
    }
    ensure!(
        most <= MEMORY_MIB,
        "making a package took {most:.1} MiB above idle, {MEMORY_MIB} are allowed"
    );
    Ok(lines)
}

fn number(told: &Value, name: &str) -> Result<f64> {
    let found = told[name].as_f64();
    found.with_context(|| format!("{name} is missing in {told}"))
}

/// How long a copy takes.
struct Copied {
    seconds: f64,
    /// Until it is on the disk.
    seconds_synced: f64,
}

/// Copies the photos with `cp -r`.
fn copy(folder: &Path) -> Result<Copied> {
    let (from, to) = (folder.join("plain"), folder.join("copy"));
    // What others wrote is none of its work.
    run(command("sync").arg("--file-system").arg(folder))?;
    let began = Instant::now();
    run(command("cp").arg("-r").arg(&from).arg(&to))?;
    let seconds = began.elapsed().as_secs_f64();
    run(command("sync").arg("--file-system").arg(&to))?;
    let seconds_synced = began.elapsed().as_secs_f64();
    fs::remove_dir_all(&to).context("removing a copy")?;
    Ok(Copied {
        seconds,
        seconds_synced,
    })
}

fn line(name: &str, mut figures: Vec<f64>, rest: &str) -> Line {
    figures.sort_by(f64::total_cmp);
    let rounded = |figure: f64| (figure * 100.0).round() / 100.0;
    let at = |place: usize| rounded(figures.get(place).copied().unwrap_or_default());
    Line {
        name: name.to_owned(),
        median: at(figures.len() / 2),
        least: at(0),
        greatest: at(figures.len().saturating_sub(1)),
        rest: rest.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn a_line_has_the_median_and_the_range() {
        let found = line("a", vec![3.0, 1.0, 2.004], "b");
        assert_eq!((found.least, found.median, found.greatest), (1.0, 2.0, 3.0));
    }
}
