//! What is told about one photo: a line of JSON, or rows of a table.

use std::path::Path;
use std::{fmt, io};

use photo::{
    Allowed, Crop, Engine, FileFault, Finding, Limits, Measurements, Missing, Opened, PhotoOutcome,
    Rules, Severity,
};
use serde::Serialize;

use super::file::bytes;

/// What is told about one photo.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    /// The file, as it was named.
    file: String,
    /// `pass`, `warn` or `fail`.
    pub(super) verdict: PhotoOutcome,
    /// Why it could not be read, where it could not.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    /// What is wrong with the file, where it could not be looked at; its reason stands among the findings.
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<FileFault>,
    /// What was found, worst first.
    findings: Vec<Finding>,
    /// The part that was judged: the best frame for the face, or the largest in the middle where there is none.
    pub(super) crop: Option<Crop>,
    /// How well the worst of the lines lies in it: 1 in the middle of its range, below 0 outside.
    margin: Option<f32>,
    /// What the picture lacks for a frame inside the standard.
    missing: Option<Missing>,
    /// What was measured.
    pub(super) measurements: Option<Measurements>,
}

impl Report {
    /// Examines a file as the server would; its bytes are there where it could be decoded.
    pub(super) fn on(path: &Path, engine: &Engine, rules: &Rules) -> (Self, Option<Vec<u8>>) {
        let name = path.display().to_string();
        let file = match bytes(path) {
            Ok(Ok(file)) => file,
            Ok(Err(fault)) => return (Self::refused(name, fault), None),
            Err(error) => return (Self::unread(name, &error), None),
        };
        let opened = Opened::with_auto_crop(&file, &Limits::default(), engine, rules);
        let (opened, measurements, auto) = match opened {
            Ok(opened) => opened,
            Err(fault) => return (Self::refused(name, fault), None),
        };
        let verdict = photo::judge(&measurements, &auto.crop, rules);
        let framed = opened.frame(&auto.crop, rules).ok();
        let verdict = verdict.with(framed.and_then(|framed| framed.finding(rules)));
        let report = Self {
            verdict: verdict.outcome,
            findings: verdict.findings,
            crop: Some(auto.crop),
            margin: auto.margin,
            missing: auto.missing,
            measurements: Some(measurements),
            ..Self::failed(name)
        };
        (report, Some(file))
    }

    fn refused(file: String, fault: FileFault) -> Self {
        Self {
            fault: Some(fault),
            findings: vec![fault.finding()],
            ..Self::failed(file)
        }
    }

    fn unread(file: String, error: &io::Error) -> Self {
        Self {
            error: Some(error.to_string()),
            ..Self::failed(file)
        }
    }

    fn failed(file: String) -> Self {
        Self {
            file,
            verdict: PhotoOutcome::Fail,
            error: None,
            fault: None,
            findings: Vec::new(),
            crop: None,
            margin: None,
            missing: None,
            measurements: None,
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = match self.verdict {
            PhotoOutcome::Pass => "pass",
            PhotoOutcome::Warn => "warn",
            PhotoOutcome::Fail => "FAIL",
        };
        writeln!(to, "{verdict}  {}", self.file)?;
        if let Some(error) = &self.error {
            writeln!(to, "      fail  unreadable: {error}")?;
        }
        if let Some(fault) = self.fault {
            return writeln!(to, "      fail  {}: {fault}", fault.reason());
        }
        for finding in &self.findings {
            writeln!(to, "      {}", sentence(finding))?;
        }
        if let Some(missing) = self.missing {
            writeln!(to, "      {}", lacking(missing))?;
        }
        Ok(())
    }
}

/// What a picture lacks around the head, in one line.
pub(super) fn lacking(missing: Missing) -> String {
    let sides = [
        (missing.above_px, "above the head"),
        (missing.below_px, "below"),
        (missing.left_px, "on the left"),
        (missing.right_px, "on the right"),
    ];
    let lacking = sides.iter().filter(|(px, _)| *px > 0);
    let lacking: Vec<_> = lacking
        .map(|(px, side)| format!("{px} px {side}"))
        .collect();
    format!("room  the picture lacks {}", lacking.join(", "))
}

/// A finding in one line: how bad, what, measured, allowed, unit.
pub(super) fn sentence(finding: &Finding) -> String {
    let severity = match finding.severity {
        Severity::Fail => "fail",
        Severity::Warn => "warn",
    };
    let measured = finding.measured.map(|measured| format!(" {measured}"));
    let allowed = finding
        .allowed
        .map(|Allowed { min, max }| match (min, max) {
            (Some(min), Some(max)) => format!(", allowed {min} to {max}"),
            (Some(min), None) => format!(", at least {min}"),
            (None, Some(max)) => format!(", at most {max}"),
            (None, None) => String::new(),
        });
    let unit = serde_json::to_value(finding.unit).unwrap_or_default();
    let numbers = match (measured, allowed) {
        (None, None) => String::new(),
        (measured, allowed) => format!(
            "{}{} ({})",
            measured.unwrap_or_default(),
            allowed.unwrap_or_default(),
            unit.as_str().unwrap_or_default()
        ),
    };
    format!("{severity}  {}{numbers}", finding.code)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use photo::{Reason, Unit};

    use super::*;

    fn finding(severity: Severity, measured: Option<i64>, allowed: Option<Allowed>) -> Finding {
        Finding {
            code: Reason::TooSmallPx,
            severity,
            measured,
            allowed,
            unit: Unit::PxWide,
        }
    }

    const fn allowed(min: Option<i64>, max: Option<i64>) -> Allowed {
        Allowed { min, max }
    }

    #[rstest]
    #[case::bare(finding(Severity::Fail, None, None), "fail  too_small_px")]
    #[case::measured(
        finding(Severity::Warn, Some(470), None),
        "warn  too_small_px 470 (px_wide)"
    )]
    #[case::least(
        finding(Severity::Warn, Some(470), Some(allowed(Some(480), None))),
        "warn  too_small_px 470, at least 480 (px_wide)"
    )]
    #[case::most(
        finding(Severity::Fail, Some(5), Some(allowed(None, Some(0)))),
        "fail  too_small_px 5, at most 0 (px_wide)"
    )]
    #[case::range(
        finding(Severity::Fail, Some(671), Some(allowed(Some(740), Some(760)))),
        "fail  too_small_px 671, allowed 740 to 760 (px_wide)"
    )]
    #[case::not_measured(
        finding(Severity::Fail, None, Some(allowed(Some(480), None))),
        "fail  too_small_px, at least 480 (px_wide)"
    )]
    fn a_finding_is_told_in_one_line(#[case] finding: Finding, #[case] expected: &str) {
        assert_eq!(sentence(&finding), expected);
    }

    #[rstest]
    #[case::above(Missing { above_px: 12, ..Missing::default() }, "12 px above the head")]
    #[case::two_sides(
        Missing { left_px: 3, right_px: 4, ..Missing::default() },
        "3 px on the left, 4 px on the right"
    )]
    #[case::everywhere(
        Missing { above_px: 1, below_px: 2, left_px: 3, right_px: 4 },
        "1 px above the head, 2 px below, 3 px on the left, 4 px on the right"
    )]
    fn what_a_picture_lacks_is_told_side_by_side(#[case] missing: Missing, #[case] sides: &str) {
        assert_eq!(lacking(missing), format!("room  the picture lacks {sides}"));
    }
}
