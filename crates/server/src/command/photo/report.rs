//! What is told about one photo: a line of JSON, or rows of a table.

use std::fmt;
use std::path::Path;

use photo::{
    Allowed, Crop, Engine, FileFault, Finding, Limits, Measurements, Outcome, Picture, Rules,
    Severity,
};
use serde::Serialize;

/// What is told about one photo.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    /// The file, as it was named.
    file: String,
    /// `pass`, `warn` or `fail`.
    pub(super) verdict: Outcome,
    /// What is wrong with the file, where it could not be looked at; its reason stands among the findings.
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<FileFault>,
    /// What was found, worst first.
    findings: Vec<Finding>,
    /// The part that was judged: the best frame for the face, or the largest in the middle where there is none.
    pub(super) crop: Option<Crop>,
    /// What was measured.
    pub(super) measurements: Option<Measurements>,
}

impl Report {
    /// Examines a file; the picture is there where it could be decoded.
    pub(super) fn on(
        path: &Path,
        file: &[u8],
        engine: &Engine,
        rules: &Rules,
    ) -> (Self, Option<Picture>) {
        let limits = Limits::default();
        let name = path.display().to_string();
        let decoded = photo::inspect(file, &limits)
            .and_then(|facts| Ok((facts, photo::decode(file, &limits)?)));
        let (facts, picture) = match decoded {
            Ok(decoded) => decoded,
            Err(fault) => return (Self::refused(name, fault), None),
        };
        let measurements = photo::measure(&picture, &facts, Some(engine));
        let crop = photo::auto_crop(&measurements, rules).crop;
        let verdict = photo::judge(&measurements, &crop, rules);
        let framed = photo::frame(&picture, &crop, rules).ok();
        let verdict = verdict.with(framed.and_then(|framed| framed.finding(rules)));
        let report = Self {
            file: name,
            verdict: verdict.outcome,
            fault: None,
            findings: verdict.findings,
            crop: Some(crop),
            measurements: Some(measurements),
        };
        (report, Some(picture))
    }

    fn refused(file: String, fault: FileFault) -> Self {
        Self {
            file,
            verdict: Outcome::Fail,
            fault: Some(fault),
            findings: vec![fault.finding()],
            crop: None,
            measurements: None,
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = match self.verdict {
            Outcome::Pass => "pass",
            Outcome::Warn => "warn",
            Outcome::Fail => "FAIL",
        };
        writeln!(to, "{verdict}  {}", self.file)?;
        if let Some(fault) = self.fault {
            return writeln!(to, "      fail  {}: {fault}", fault.reason());
        }
        for finding in &self.findings {
            writeln!(to, "      {}", sentence(finding))?;
        }
        Ok(())
    }
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
