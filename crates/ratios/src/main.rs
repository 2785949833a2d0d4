//! Times the photo engine natively, and makes the pictures that it is tried on.

mod picture;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Parser;
use ratios::Way;
use rustix::time::{ClockId, clock_gettime};
use serde_json::{Map, Value, json};

/// What can be asked of it.
#[derive(Debug, Parser)]
#[command(
    name = "ratios",
    about = "Times the photo engine, and makes pictures to try it on"
)]
enum Work {
    /// Print one JSON object: the least CPU nanoseconds of each step, what came of the photo, and the most memory in bytes
    Time {
        /// The folder of networks
        models: PathBuf,
        /// A JPEG
        file: PathBuf,
        /// How often each step is done
        rounds: u32,
    },
    /// Cut the test portrait out of the picture that it is taken from
    Portrait {
        /// The picture
        from: PathBuf,
        /// The portrait, a JPEG
        to: PathBuf,
    },
    /// Write a portrait in the sizes that are timed
    Sizes {
        /// The portrait
        portrait: PathBuf,
        /// The folder for them
        folder: PathBuf,
    },
    /// Write what is no portrait: one that is small, noisy and on its head, and a picture of nobody
    OddPictures {
        /// The portrait
        portrait: PathBuf,
        /// The folder for them
        folder: PathBuf,
    },
}

fn main() -> Result<(), Box<dyn Error>> {
    match Work::parse() {
        Work::Time {
            models,
            file,
            rounds,
        } => time(&models, &file, rounds),
        Work::Portrait { from, to } => picture::portrait(&from, &to),
        Work::Sizes { portrait, folder } => picture::sizes(&portrait, &folder),
        Work::OddPictures { portrait, folder } => picture::odd(&portrait, &folder),
    }
}

fn time(models: &Path, file: &Path, rounds: u32) -> Result<(), Box<dyn Error>> {
    let jpeg = fs::read(file)?;
    let mut way = way(models)?;
    let mut least = Map::new();
    for _ in 0..rounds {
        timed(&mut least, "decode", || way.decode(&jpeg))?;
        timed(&mut least, "measure", || way.measure())?;
        timed(&mut least, "judge", || way.judge())?;
        timed(&mut least, "frame", || way.frame())?;
        timed(&mut least, "thumb", || way.thumb())?;
    }
    let told = json!({
        "steps": least,
        "told": way.told()?,
        "peak_bytes": peak_bytes()?,
    });
    println!("{told}");
    Ok(())
}

fn way(models: &Path) -> Result<Way, Box<dyn Error>> {
    let model = |name: &str| fs::read(models.join(name).with_extension("tflite"));
    Way::new(&photo::ModelFiles {
        short_range: &model("face_detection_short_range")?,
        mesh: &model("face_landmark")?,
        segmentation: &model("selfie_segmentation")?,
        full_range: Some(&model("face_detection_full_range")?),
        iris: Some(&model("iris_landmark")?),
    })
}

/// Keeps the least CPU time that a step took, in nanoseconds.
fn timed(
    least: &mut Map<String, Value>,
    name: &str,
    step: impl FnOnce() -> Result<(), Box<dyn Error>>,
) -> Result<(), Box<dyn Error>> {
    let now = || clock_gettime(ClockId::ProcessCPUTime);
    let began = now();
    step()?;
    let ended = now();
    let nanoseconds = (ended.tv_sec - began.tv_sec) * 1_000_000_000 + ended.tv_nsec - began.tv_nsec;
    let spent = Value::from(nanoseconds);
    let known = least.get(name).and_then(Value::as_i64);
    if known.is_none_or(|known| nanoseconds < known) {
        least.insert(name.to_owned(), spent);
    }
    Ok(())
}

/// The most memory that this process ever had in RAM.
fn peak_bytes() -> Result<u64, Box<dyn Error>> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.ok_or("the system does not tell the peak of memory")?;
    Ok(kilobytes.trim().trim_end_matches(" kB").parse::<u64>()? * 1024)
}
