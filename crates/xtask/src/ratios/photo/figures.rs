//! The table of one picture.
#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "figures for people"
)]

use std::fmt;

use anyhow::{Context, Result};
use serde_json::Value;

use super::pictures::Picture;
use crate::ratios::line::Line;

/// What the programs told about a picture in one pass.
#[derive(Debug)]
pub(super) struct Pass {
    /// The engine, natively.
    pub(super) native: Value,
    /// The engine as wasm.
    pub(super) wasm: Option<Value>,
    /// Python's pipeline.
    pub(super) python: Option<Value>,
}

/// The figures of a picture: rows of a name and what stands behind it.
#[derive(Debug)]
pub(super) struct Figures {
    title: String,
    rows: Vec<(String, String)>,
}

const OURS: [&str; 5] = ["decode", "measure", "judge", "frame", "thumb"];
const OF_PYTHON: [&str; 2] = ["libvips", "landmarker"];

impl Figures {
    /// Adds up the passes.
    ///
    /// # Errors
    /// Where a program did not tell a step.
    pub(super) fn new(picture: &Picture, passes: &[Pass]) -> Result<Self> {
        let mut figures = Self {
            title: format!("{} ({} kB)", picture.name, picture.bytes / 1000),
            rows: Vec::new(),
        };
        let native: Vec<&Value> = passes.iter().map(|pass| &pass.native).collect();
        let wasm: Option<Vec<&Value>> = passes.iter().map(|pass| pass.wasm.as_ref()).collect();
        let python: Option<Vec<&Value>> = passes.iter().map(|pass| pass.python.as_ref()).collect();
        figures.times("ours", &native, &OURS)?;
        figures.memory("ours", &native)?;
        if let Some(python) = &python {
            figures.times("Python", python, &OF_PYTHON)?;
            figures.times("Python", python, &["pillow"])?;
            figures.memory("Python", python)?;
            let (one, other) = (sums(&native, &OURS)?, sums(python, &OF_PYTHON)?);
            figures.ratio("ours ÷ libvips and landmarker", &one, &other);
            let work = ["decode", "frame"];
            let (one, other) = (sums(&native, &work)?, sums(python, &["pillow"])?);
            figures.ratio("ours, decode and frame ÷ Pillow", &one, &other);
        }
        if let Some(wasm) = &wasm {
            figures.times("wasm", wasm, &OURS)?;
            for step in OURS {
                let (one, other) = (sums(wasm, &[step])?, sums(&native, &[step])?);
                figures.ratio(&format!("wasm ÷ native, {step}"), &one, &other);
            }
        }
        Ok(figures)
    }

    /// One row a step, and one for their sum where there are several.
    fn times(&mut self, whose: &str, told: &[&Value], steps: &[&str]) -> Result<()> {
        for step in steps {
            self.time(&format!("{whose}, {step}"), &sums(told, &[step])?);
        }
        if steps.len() > 1 {
            self.time(&format!("{whose}, in all"), &sums(told, steps)?);
        }
        Ok(())
    }

    fn time(&mut self, name: &str, passes: &[f64]) {
        let least = passes.iter().copied().fold(f64::INFINITY, f64::min);
        self.rows
            .push((name.to_owned(), format!("{:8.2} ms", least / 1e6)));
    }

    fn memory(&mut self, whose: &str, told: &[&Value]) -> Result<()> {
        let peaks: Option<Vec<u64>> = told
            .iter()
            .map(|told| told["peak_bytes"].as_u64())
            .collect();
        let most = peaks.and_then(|peaks| peaks.into_iter().max());
        let most = most.context("a program did not tell its memory")?;
        let megabytes = format!("{:8.1} MB", most as f64 / 1e6);
        self.rows
            .push((format!("{whose}, peak of memory"), megabytes));
        Ok(())
    }

    fn ratio(&mut self, name: &str, ours: &[f64], theirs: &[f64]) {
        let ratios = ours.iter().zip(theirs).map(|(ours, theirs)| ours / theirs);
        let mut ratios: Vec<f64> = ratios.collect();
        ratios.sort_by(f64::total_cmp);
        let (Some(least), Some(most)) = (ratios.first(), ratios.last()) else {
            return;
        };
        let median = ratios[ratios.len() / 2];
        self.rows.push((
            name.to_owned(),
            format!("{median:8.2} ({least:.2} to {most:.2})"),
        ));
    }

    /// The ratios, for the table of all.
    pub(super) fn lines(&self) -> impl Iterator<Item = Line> {
        let (picture, _) = self.title.split_once(" (").unwrap_or((&self.title, ""));
        self.rows
            .iter()
            .filter_map(move |(name, figure)| Line::read(&format!("R3 {picture}: {name} {figure}")))
    }
}

/// The nanoseconds of these steps together, for each pass.
fn sums(told: &[&Value], steps: &[&str]) -> Result<Vec<f64>> {
    let sum = |told: &&Value| {
        let times = steps.iter().map(|step| told["steps"][step].as_f64());
        times.sum::<Option<f64>>()
    };
    let sums: Option<Vec<f64>> = told.iter().map(sum).collect();
    sums.with_context(|| format!("a program did not tell one of the steps {steps:?}"))
}

impl fmt::Display for Figures {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(to, "{}", self.title)?;
        for (name, figure) in &self.rows {
            writeln!(to, "  {name:<36}{figure}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use serde_json::json;

    use super::*;

    fn pass(slowness: u64) -> Pass {
        let steps = json!({"decode": 2_000_000 * slowness, "measure": 5_000_000 * slowness, "judge": 0, "frame": 1_000_000, "thumb": 0});
        let theirs = json!({"libvips": 3_000_000, "landmarker": 5_000_000, "pillow": 6_000_000});
        Pass {
            native: json!({"steps": steps, "peak_bytes": 20_000_000 * slowness}),
            wasm: None,
            python: Some(json!({"steps": theirs, "peak_bytes": 90_000_000})),
        }
    }

    #[test]
    fn times_are_the_least_and_ratios_have_a_range() {
        let picture = Picture {
            name: "one",
            file: PathBuf::new(),
            bytes: 41_000,
        };
        let figures = Figures::new(&picture, &[pass(1), pass(2)]).unwrap();
        let names: Vec<_> = figures.lines().map(|line| line.name).collect();
        assert_eq!(names[0], "R3 one: ours ÷ libvips and landmarker");
        let table = figures.to_string();
        assert!(table.starts_with("one (41 kB)\n"), "{table}");
        for row in [
            "ours, in all                            8.00 ms",
            "ours, peak of memory                    40.0 MB",
            "ours ÷ libvips and landmarker           1.88 (1.00 to 1.88)",
            "ours, decode and frame ÷ Pillow         0.83 (0.50 to 0.83)",
        ] {
            assert!(table.contains(row), "{row}\n{table}");
        }
        assert!(!table.contains("wasm"));
    }

    #[test]
    fn a_step_that_is_not_told_is_an_error() {
        let mut broken = pass(1);
        broken.native = json!({"steps": {}});
        let picture = Picture {
            name: "one",
            file: PathBuf::new(),
            bytes: 0,
        };
        assert!(Figures::new(&picture, &[broken]).is_err());
    }
}
