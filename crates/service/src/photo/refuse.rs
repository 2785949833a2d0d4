//! What is wrong with a photo or its frame, told to the person.

use domain::{FieldError, ProblemCode, Refusal};
use photo::{Crop, Finding, Reason, Severity};

/// Refuses a photo for what was found on it, warnings as well; a single fault is the refusal's own code.
pub(super) fn findings(findings: Vec<Finding>, frame: &Crop) -> Refusal {
    let fails = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Fail);
    let errors: Vec<_> = fails.map(|finding| field(finding.code, frame)).collect();
    match errors.as_slice() {
        [only] => Refusal {
            facts: only.facts.clone(),
            fields: errors.clone(),
            findings,
            ..only.code.into()
        },
        _ => Refusal {
            fields: errors,
            findings,
            ..ProblemCode::PhotoFails.into()
        },
    }
}

fn field(reason: Reason, frame: &Crop) -> FieldError {
    if reason == Reason::Aspect {
        FieldError::new("/frame", ProblemCode::PhotoFrame)
    } else if reason == Reason::TooSmallPx {
        FieldError::new("/frame", ProblemCode::PhotoPixelsFew)
            .with("width", frame.width)
            .with("height", frame.height)
    } else {
        FieldError::new("/image", ProblemCode::PhotoFails)
    }
}

#[cfg(test)]
mod tests {
    use photo::{Measurements, Rules};
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::square(480, 480, ProblemCode::PhotoFails, 2)]
    #[case::wide(600, 400, ProblemCode::PhotoFails, 2)]
    #[case::small(300, 400, ProblemCode::PhotoPixelsFew, 1)]
    #[case::narrow(480, 700, ProblemCode::PhotoFrame, 1)]
    #[case::larger_than_the_picture(750, 1000, ProblemCode::PhotoFrame, 1)]
    fn a_bad_frame_is_named_and_two_faults_are_listed(
        #[case] width: u32,
        #[case] height: u32,
        #[case] code: ProblemCode,
        #[case] count: usize,
    ) {
        let measured: Measurements = serde_json::from_value(serde_json::json!({
            "width_px": 600,
            "height_px": 800,
            "border": photo::Border::default(),
        }))
        .unwrap();
        let frame = Crop {
            x: 0,
            y: 0,
            width,
            height,
        };
        let verdict = photo::judge(&measured, &frame, &Rules::default());
        let refusal = findings(verdict.findings, &frame);
        assert_eq!(
            (refusal.code, refusal.fields.len()),
            (code, count),
            "{frame:?}"
        );
        assert_eq!(refusal.findings.len(), count);
    }
}
