//! Coverage-guided fuzzing of what is done with an upload, by libFuzzer.

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

/// Looks for so many seconds, from `crates/photo/fuzz/corpus` and from what was found before. A file that stops the
/// program stays in `data/fuzz`; it goes into the corpus together with the mend.
pub(crate) fn run(seconds: u32) -> Result<()> {
    setup::cpp_compiler()?;
    let folder = root().join("crates/photo/fuzz");
    let target = target()?.join("fuzz");
    let found = target.join("corpus");
    fs::create_dir_all(&found)?;
    let failures = root().join("data/fuzz");
    fs::create_dir_all(&failures)?;
    // A target that is named keeps the flags from programs that run while building.
    let host = output(command("rustc").args(["--print", "host-tuple"]))?;
    let mut fuzz = cargo();
    fuzz.current_dir(&folder)
        .env("RUSTFLAGS", COVERAGE.join(" "))
        .env("CARGO_TARGET_DIR", &target)
        .args([
            "run",
            "--release",
            "--locked",
            "--target",
            host.trim(),
            "--",
        ])
        .args([found, folder.join("corpus")])
        .arg(format!("-artifact_prefix={}/", failures.display()))
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-max_len={MOST_BYTES}"))
        .arg(format!("-timeout={MOST_SECONDS}"))
        .arg(format!("-rss_limit_mb={MOST_MEMORY}"))
        .arg("-print_final_stats=1");
    run_command(&mut fuzz)
}
