//! The table of docs/performance.md: what was measured, when and on what, beside what is wanted.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::line::Line;
use crate::run::{command, output, root};

/// What is wanted of lines whose name begins so. The first that fits counts.
struct Aim {
    start: &'static str,
    minimum: f64,
    target: f64,
    /// Whether more is better.
    is_rate: bool,
}

const fn at_most(start: &'static str, minimum: f64, target: f64) -> Aim {
    Aim {
        start,
        minimum,
        target,
        is_rate: false,
    }
}

const fn at_least(start: &'static str, minimum: f64, target: f64) -> Aim {
    Aim {
        is_rate: true,
        ..at_most(start, minimum, target)
    }
}

const AIMS: [Aim; 19] = [
    at_most("R1 ", 2.0, 1.25),
    at_most("R2 ", 0.33, 0.1),
    at_least("R2p ", 0.4, 0.7),
    at_most(
        "R3 12 megapixels, as from a camera: ours ÷ libvips",
        1.5,
        1.0,
    ),
    at_most(
        "R3 long side 1600, as the web app sends it: ours ÷ libvips",
        1.3,
        1.0,
    ),
    at_least("R4 ", 0.4, 0.8),
    at_least("R5 read", 0.85, 0.9),
    at_least("R5 stored on", 0.8, 0.9),
    at_most("R6 first load", 5.0, 3.0),
    at_least("R6 Lighthouse", 90.0, 95.0),
    at_most("R7 ", 8.0, 4.0),
    at_most("R8 more buffers", 2.0, 1.0),
    at_most("R8 times processor time", 1.5, 1.1),
    at_most("R9 mebibytes", 64.0, 64.0),
    at_least("R9 ", 0.5, 0.8),
    at_most("R10 SQLite p99", 1.0, 1.0),
    at_most("R10 PostgreSQL p99", 1.0, 1.0),
    at_most("R10 megabytes at rest", 64.0, 40.0),
    at_most("R10 afterwards", 1.2, 1.0),
];

const HEAD: &str = "# Performance\n\nWritten by `cargo xtask ratios`; do not edit. Each comparison takes turns with its peer in one run, and each pass gives a ratio: the load of the machine moves\nboth. *Minimum* and *target* are what is wanted; R2p, R4, R5, R9 and the points of Lighthouse are better the more they are. What is compared with what: [testing.md](testing.md). A release build without\nlink-time optimisation.\n";

/// Where a run was measured, as far as the system tells.
#[derive(Debug)]
pub(super) struct Circumstances {
    load_before: String,
}

impl Circumstances {
    /// Before a run.
    pub(super) fn begin() -> Self {
        Self {
            load_before: load_average(),
        }
    }

    fn told(&self) -> Result<String> {
        let processors = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let names: Vec<_> = processors
            .lines()
            .filter_map(|line| line.strip_prefix("model name")?.split_once(": "))
            .collect();
        let name = names.first().map_or("unknown", |(_, name)| name);
        let commit = output(command("git").args(["describe", "--always", "--dirty"]))?;
        Ok(format!(
            "Commit {}; {} × {name}; load average {} before, {} after.",
            commit.trim(),
            names.len(),
            self.load_before,
            load_average(),
        ))
    }
}

fn load_average() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ').next().unwrap_or_default().to_owned()
}

/// Puts a subject's lines in place of those that the file has.
pub(super) fn write(title: &str, lines: &[Line], around: &Circumstances) -> Result<()> {
    let file = file();
    let old = fs::read_to_string(&file).unwrap_or_default();
    let section = section(lines, &around.told()?);
    fs::write(&file, replaced(&old, title, &section))
        .with_context(|| format!("writing {}", file.display()))
}

fn file() -> PathBuf {
    root().join("docs/performance.md")
}

fn section(lines: &[Line], told: &str) -> String {
    let mut text = format!(
        "{told}\n\n| | median | least | greatest | | minimum | target |\n| --- | --- | --- | --- | --- | --- | --- |\n"
    );
    for line in lines {
        let aim = AIMS.iter().find(|aim| line.name.starts_with(aim.start));
        let (minimum, target) = aim.map_or((String::new(), String::new()), |aim| {
            let is_reached = if aim.is_rate {
                line.median >= aim.minimum
            } else {
                line.median <= aim.minimum
            };
            let missed = if is_reached { "" } else { " **missed**" };
            (format!("{}{missed}", aim.minimum), aim.target.to_string())
        });
        let Line {
            name,
            median,
            least,
            greatest,
            rest,
        } = line;
        // A String takes everything.
        let _ = writeln!(
            text,
            "| {name} | {median} | {least} | {greatest} | {rest} | {minimum} | {target} |"
        );
    }
    text
}

/// The page with another section under this title; the others stay.
fn replaced(old: &str, title: &str, section: &str) -> String {
    let mut sections: Vec<(&str, &str)> = old
        .split("\n## ")
        .skip(1)
        .filter_map(|section| section.split_once("\n\n"))
        .collect();
    match sections.iter_mut().find(|(known, _)| *known == title) {
        Some((_, known)) => *known = section,
        None => sections.push((title, section)),
    }
    let mut page = HEAD.to_owned();
    for (title, section) in sections {
        let _ = write!(page, "\n## {title}\n\n{}\n", section.trim_end());
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_replaces_its_own_and_says_what_misses_its_minimum() {
        let line = |text: &str| Line::read(text).unwrap();
        let lines = [
            line("R1 way 3.00 (2.50 to 3.50)   55 beside 20 µs"),
            line("R5 read 0.90 (0.88 to 0.91)"),
            line("another 1.00 (1.00 to 1.00)"),
        ];
        let first = replaced("", "Reads", &section(&lines, "Quiet."));
        let second = replaced(&first, "Notices", "none\n");
        assert!(
            second.contains("| R1 way | 3 | 2.5 | 3.5 | 55 beside 20 µs | 2 **missed** | 1.25 |\n")
        );
        assert!(second.contains("| R5 read | 0.9 | 0.88 | 0.91 |  | 0.85 | 0.9 |\n"));
        let third = replaced(&second, "Reads", "nothing\n");
        assert_eq!(
            third,
            format!("{HEAD}\n## Reads\n\nnothing\n\n## Notices\n\nnone\n")
        );
    }
}
