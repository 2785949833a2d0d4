//! What a measurement prints: a name, the median, the range, and what else it says.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// A comparison or a figure.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) name: String,
    pub(super) median: f64,
    pub(super) least: f64,
    pub(super) greatest: f64,
    pub(super) rest: String,
}

impl Line {
    /// Reads `NAME  1.23 (1.11 to 1.45)  REST`; other lines are no figures.
    pub(super) fn read(line: &str) -> Option<Self> {
        let (before, after) = line.split_once(" (")?;
        let (range, rest) = after.split_once(')')?;
        let (least, greatest) = range.split_once(" to ")?;
        let (name, median) = before.trim_end().rsplit_once(' ')?;
        Some(Self {
            name: name.trim().to_owned(),
            median: median.parse().ok()?,
            least: least.parse().ok()?,
            greatest: greatest.parse().ok()?,
            rest: rest.split_whitespace().collect::<Vec<_>>().join(" "),
        })
    }
}

/// Runs a measurement to its end, shows what it prints, and gives back its figures.
pub(super) fn of(command: &mut Command) -> Result<Vec<Line>> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("starting {command:?}"))?;
    let printed = child.stdout.take().context("a pipe is missing")?;
    let mut lines = Vec::new();
    for line in BufReader::new(printed).lines() {
        let line = line.with_context(|| format!("reading what {command:?} prints"))?;
        println!("{line}");
        lines.extend(Line::read(&line));
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("{command:?} failed: {status}");
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::empty("")]
    #[case::heading("Ratios of time (the median)")]
    #[case::no_numbers("a (b to c)")]
    fn a_line_without_a_figure_is_not_read(#[case] other: &str) {
        assert_eq!(Line::read(other), None, "{other}");
    }

    #[test]
    fn a_figure_is_read() {
        let read = Line::read(
            "R2 SQLite GET /me ÷ FastAPI    0.37 (0.35 to 0.40)    228 beside    612 µs",
        );
        let expected = Line {
            name: "R2 SQLite GET /me ÷ FastAPI".into(),
            median: 0.37,
            least: 0.35,
            greatest: 0.4,
            rest: "228 beside 612 µs".into(),
        };
        assert_eq!(read, Some(expected));
    }
}
