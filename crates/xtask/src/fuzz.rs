//! Coverage-guided fuzzing of what is done with files that people send, by libFuzzer.

use std::fs;

use anyhow::Result;

use crate::run::{cargo, command, output, root, run as run_command, target};
use crate::setup;

/// How LLVM notes which ways through the code a file takes; the same as `cargo fuzz` without a sanitizer, since the code
/// is safe Rust. Source: <https://llvm.org/docs/LibFuzzer.html>, <https://clang.llvm.org/docs/SanitizerCoverage.html>.
const COVERAGE: [&str; 5] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
];
/// The largest file that is tried, in bytes; those of the corpus have a few thousand.
const MOST_BYTES: u32 = 32_768;
/// A file that takes longer stops the program, in seconds; most take a few milliseconds.
const MOST_SECONDS: u32 = 10;
/// More memory than this stops the program, in MiB.
const MOST_MEMORY: u32 = 512;

/// A program that is fuzzed.
struct FuzzTarget {
    /// The crate that it is about; the program is in its folder `fuzz`.
    about: &'static str,
    /// Its name.
    bin: &'static str,
    /// The folder of small files with which a search begins, below the program's.
    corpus: &'static str,
    /// How many parts of the whole time it gets.
    share: u32,
}

const TARGETS: [FuzzTarget; 4] = [
    FuzzTarget {
        about: "photo",
        bin: "upload",
        corpus: "corpus",
        share: 3,
    },
    FuzzTarget {
        about: "table",
        bin: "csv",
        corpus: "corpus/csv",
        share: 1,
    },
    FuzzTarget {
        about: "table",
        bin: "xlsx",
        corpus: "corpus/xlsx",
        share: 1,
    },
    FuzzTarget {
        about: "table",
        bin: "dbf",
        corpus: "corpus/dbf",
        share: 1,
    },
];

/// Looks for so many seconds in all, from the corpus of each program and from what was found before. A file that stops a
/// program stays in `data/fuzz`; it goes into the corpus together with the mend.
pub(crate) fn run(seconds: u32) -> Result<()> {
    setup::cpp_compiler()?;
    let shares: u32 = TARGETS.iter().map(|target| target.share).sum();
    for one in &TARGETS {
        search(one, (seconds * one.share / shares).max(1))?;
    }
    Ok(())
}

fn search(one: &FuzzTarget, seconds: u32) -> Result<()> {
    let folder = root().join("crates").join(one.about).join("fuzz");
    let target = target()?.join("fuzz");
    let found = target.join(format!("found-{}-{}", one.about, one.bin));
    fs::create_dir_all(&found)?;
    let failures = root().join("data/fuzz");
    fs::create_dir_all(&failures)?;
    // A target that is named keeps the flags from programs that run while building.
    let host = output(command("rustc").args(["--print", "host-tuple"]))?;
    let mut fuzz = cargo();
    fuzz.current_dir(&folder)
        .env("RUSTFLAGS", COVERAGE.join(" "))
        .env("CARGO_TARGET_DIR", &target)
        .args(["run", "--release", "--locked", "--bin", one.bin, "--target"])
        .args([host.trim(), "--"])
        .args([found, folder.join(one.corpus)])
        .arg(format!("-artifact_prefix={}/", failures.display()))
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-max_len={MOST_BYTES}"))
        .arg(format!("-timeout={MOST_SECONDS}"))
        .arg(format!("-rss_limit_mb={MOST_MEMORY}"))
        .arg("-print_final_stats=1");
    run_command(&mut fuzz)
}
