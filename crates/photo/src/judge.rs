//! Whether measurements satisfy the rules, and where not.

mod covered;
mod lines;
mod portrait;

use serde::{Deserialize, Serialize};

use crate::file::ColourSpace;
use crate::finding::{Allowed, Finding, Severity, Unit};
use crate::frame::Crop;
use crate::measure::{Border, FaceBox, Measurements, UPRIGHT_ROLL};
use crate::reason::Reason;
use crate::rules::{Checks, Rules};
pub use lines::Lines;

/// The result of the automatic checks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// The worst of the findings.
    pub outcome: PhotoOutcome,
    /// What was found, worst first, then in the order of [`Reason::ALL`].
    pub findings: Vec<Finding>,
}

/// Whether a photo may be submitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhotoOutcome {
    /// Nothing was found.
    Pass,
    /// It may be submitted, and a reviewer sees the warnings.
    Warn,
    /// It must be changed first; where that is not [final](Verdict::is_final), a person may be asked instead.
    Fail,
}

impl Verdict {
    fn of(mut findings: Vec<Finding>) -> Self {
        findings.sort_by_key(|finding| (finding.severity, finding.code));
        let outcome = match findings.first().map(|worst| worst.severity) {
            Some(Severity::Fail) => PhotoOutcome::Fail,
            Some(Severity::Warn) => PhotoOutcome::Warn,
            None => PhotoOutcome::Pass,
        };
        Self { outcome, findings }
    }

    /// The verdict with what was found later, such as on the [result](crate::Framed::finding).
    #[must_use]
    pub fn with(mut self, finding: Option<Finding>) -> Self {
        self.findings.extend(finding);
        Self::of(self.findings)
    }

    /// Whether the file itself fails, so that no person need be asked.
    pub fn is_final(&self) -> bool {
        let mut findings = self.findings.iter();
        findings.any(Finding::is_final)
    }
}

/// Judges the part of a measured picture that will be the photo.
pub fn judge(measurements: &Measurements, crop: &Crop, rules: &Rules) -> Verdict {
    let mut findings: Vec<Finding> = [
        aspect(measurements, crop, rules),
        size(crop, rules),
        border(measurements, crop),
        faces(measurements, crop, rules),
    ]
    .into_iter()
    .flatten()
    .collect();
    findings.extend(portrait::file(measurements, &rules.checks));
    findings.extend(colour_profile(measurements));
    if let Some(portrait) = &measurements.portrait {
        let mut seen = lines::findings(&portrait.head, crop, rules);
        seen.extend(portrait::findings(portrait, rules));
        seen.extend(covered::findings(portrait, &rules.checks));
        // As long as the picture lies on its side, nothing else that is said of the head helps.
        let is_turned = portrait.pose.roll.abs() >= UPRIGHT_ROLL;
        if is_turned && seen.iter().any(|finding| finding.code == Reason::Tilt) {
            seen.retain(|finding| finding.code == Reason::Tilt);
        }
        findings.extend(seen);
    }
    Verdict::of(findings)
}

/// Colours of a profile that is not known may look right all the same: a person sees that.
fn colour_profile(measurements: &Measurements) -> Option<Finding> {
    let is_unknown = measurements.colour_space == ColourSpace::Unknown;
    is_unknown.then_some(Finding {
        code: Reason::ColourProfile,
        severity: Severity::Warn,
        measured: None,
        allowed: None,
        unit: Unit::Uncounted,
    })
}

/// The crop must be 3:4 and inside the picture, or the photo would be distorted or have an empty margin.
fn aspect(measurements: &Measurements, crop: &Crop, rules: &Rules) -> Option<Finding> {
    const THREE_TO_FOUR: i64 = 750;
    let tolerance = i64::from(rules.aspect_tolerance_permille);
    let (min, max) = (THREE_TO_FOUR - tolerance, THREE_TO_FOUR + tolerance);
    let (width, height) = (i64::from(crop.width), i64::from(crop.height.max(1)));
    let measured = crop
        .is_inside(measurements.width_px, measurements.height_px)
        .then(|| (width * 1_000 + height / 2) / height);
    let is_kept = measured.is_some_and(|ratio| (min..=max).contains(&ratio));
    (!is_kept).then_some(Finding {
        code: Reason::Aspect,
        severity: Severity::Fail,
        measured,
        allowed: Some(Allowed {
            min: Some(min),
            max: Some(max),
        }),
        unit: Unit::PermilleWidthToHeight,
    })
}

/// The crop should have the pixels of the result; a little less is enlarged with a warning, much less is blurred.
fn size(crop: &Crop, rules: &Rules) -> Option<Finding> {
    let enlarged = |length: u32, wanted: u16| {
        u64::from(length) * u64::from(rules.enlargement_max_percent) < u64::from(wanted) * 100
    };
    let sides = [
        (crop.width, rules.width_px, Unit::PxWide),
        (crop.height, rules.height_px, Unit::PxHigh),
    ];
    let (length, wanted, unit) = sides.into_iter().find(|side| side.0 < u32::from(side.1))?;
    let is_blurred = enlarged(crop.width, rules.width_px) || enlarged(crop.height, rules.height_px);
    Some(Finding {
        code: Reason::TooSmallPx,
        severity: if is_blurred {
            Severity::Fail
        } else {
            Severity::Warn
        },
        measured: Some(i64::from(length)),
        allowed: Some(Allowed {
            min: Some(i64::from(wanted)),
            max: None,
        }),
        unit,
    })
}

/// No border may be left inside the crop. Found by brightness alone, so a person decides.
fn border(measurements: &Measurements, crop: &Crop) -> Option<Finding> {
    let Border {
        top_px,
        right_px,
        bottom_px,
        left_px,
    } = measurements.border;
    let right = crop.x.saturating_add(crop.width);
    let bottom = crop.y.saturating_add(crop.height);
    let from_right = measurements.width_px.saturating_sub(right);
    let from_bottom = measurements.height_px.saturating_sub(bottom);
    let thickest = [
        top_px.saturating_sub(crop.y),
        right_px.saturating_sub(from_right),
        bottom_px.saturating_sub(from_bottom),
        left_px.saturating_sub(crop.x),
    ]
    .into_iter()
    .max()
    .filter(|&thickness| thickness > 0)?;
    Some(Finding {
        code: Reason::Border,
        severity: Severity::Warn,
        measured: Some(i64::from(thickest)),
        allowed: Some(Allowed {
            min: None,
            max: Some(0),
        }),
        unit: Unit::PxThick,
    })
}

/// One face, where faces were looked for. A second one counts where it is in the crop and not far in the background.
#[expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "places in a picture are below 2^24; IEEE-exact operations only"
)]
fn faces(measurements: &Measurements, crop: &Crop, rules: &Rules) -> Option<Finding> {
    let faces = measurements.faces.as_ref()?;
    let one = |code, severity: Option<Severity>, count: usize| {
        Some(Finding {
            code,
            severity: severity?,
            measured: i64::try_from(count).ok(),
            allowed: Some(Allowed {
                min: Some(1),
                max: Some(1),
            }),
            unit: Unit::Faces,
        })
    };
    if measurements.portrait.is_none() {
        return match measurements.turn_degrees {
            Some(degrees) => turned(degrees, &rules.checks),
            None => one(Reason::NoFace, rules.checks.no_face, 0),
        };
    }
    let height = |face: &FaceBox| face.bottom - face.top;
    let tallest = faces.iter().map(height).fold(0.0, f32::max);
    let is_seen = |face: &&FaceBox| {
        let (x, y) = (
            f32::midpoint(face.left, face.right) - crop.x as f32,
            f32::midpoint(face.top, face.bottom) - crop.y as f32,
        );
        let is_inside =
            (0.0..crop.width as f32).contains(&x) && (0.0..crop.height as f32).contains(&y);
        is_inside && height(face) * 2.0 >= tallest
    };
    let seen = faces.iter().filter(is_seen).count();
    if seen > 1 {
        one(Reason::ManyFaces, rules.checks.many_faces, seen)
    } else {
        None
    }
}

/// A face that is seen only once the picture is turned clockwise is tilted as far the other way, the short way round.
/// It weighs as much as no face.
fn turned(degrees: u16, checks: &Checks) -> Option<Finding> {
    let back = i64::from(degrees) * 10;
    let most = checks.tilt.warn.or(checks.tilt.fail).map(i64::from);
    Some(Finding {
        code: Reason::Tilt,
        severity: checks.no_face?,
        measured: Some(if back < 1_800 { -back } else { 3_600 - back }),
        allowed: most.map(|most| Allowed {
            min: Some(-most),
            max: Some(most),
        }),
        unit: Unit::TenthDegrees,
    })
}
