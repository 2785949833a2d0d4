//! Whether the lines of a head lie where the standard wants them, in the result that a crop makes.
#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "places in a picture are below 2^24; IEEE-exact operations only"
)]

use serde::{Deserialize, Serialize};

use crate::finding::{Allowed, Finding, Severity, Unit};
use crate::frame::Crop;
use crate::measure::Head;
use crate::reason::Reason;
use crate::rules::Rules;

/// The lines of a head in pixels of the result.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Lines {
    /// Top of the head, from the top edge; not above 0 where the crop cuts it off.
    pub head_top: f32,
    /// Eyes, from the top edge.
    pub eye_line: f32,
    /// Chin, from the top edge.
    pub chin: f32,
    /// Left side of the face, from the left edge.
    pub face_left: f32,
    /// Right side of the face, from the left edge.
    pub face_right: f32,
    /// Width of the face.
    pub face_width: f32,
    /// From the middle of the result to the middle of the face; positive to the right.
    pub off_centre: f32,
}

impl Lines {
    /// Where the lines come to lie; to be drawn over the picture.
    pub fn new(head: &Head, crop: &Crop, rules: &Rules) -> Self {
        let zoom = f32::from(rules.height_px) / crop.height.max(1) as f32;
        let (left, top) = (crop.x as f32, crop.y as f32);
        Self {
            head_top: (head.crown_y - top) * zoom,
            eye_line: (head.eye_line_y - top) * zoom,
            chin: (head.chin_y - top) * zoom,
            face_left: (head.face_left_x - left) * zoom,
            face_right: (head.face_right_x - left) * zoom,
            face_width: head.face_width_px * zoom,
            off_centre: (head.centre_x() - left) * zoom - f32::from(rules.width_px) / 2.0,
        }
    }

    /// Each line with its range and its place.
    pub(crate) fn checked(&self, rules: &Rules) -> [(Reason, Unit, [f32; 2], f32); 4] {
        let range = |range: crate::rules::Range| [f32::from(range.min), f32::from(range.max)];
        let off = f32::from(rules.off_centre_max);
        [
            (
                Reason::HeadTop,
                Unit::PxFromTop,
                range(rules.head_top),
                self.head_top,
            ),
            (
                Reason::EyeLine,
                Unit::PxFromTop,
                range(rules.eye_line),
                self.eye_line,
            ),
            (
                Reason::FaceWidth,
                Unit::PxAcross,
                range(rules.face_width),
                self.face_width,
            ),
            (
                Reason::NotCentered,
                Unit::PxRight,
                [-off, off],
                self.off_centre,
            ),
        ]
    }
}

pub(super) fn findings(head: &Head, crop: &Crop, rules: &Rules) -> Vec<Finding> {
    let lines = Lines::new(head, crop, rules).checked(rules);
    let tolerance = f32::from(rules.line_tolerance);
    let is_guessed = head.crown_confidence > 0.0 && head.crown_confidence < 1.0;
    lines
        .into_iter()
        .filter_map(|(code, unit, [min, max], place)| {
            // What rounds to the bound is on it.
            let outside = (min - place).max(place - max);
            let severity = rules.checks.lines.filter(|_| outside > 0.5)?;
            let is_near = outside <= tolerance || (is_guessed && code == Reason::HeadTop);
            Some(Finding {
                code,
                severity: if is_near { Severity::Warn } else { severity },
                measured: Some(whole(place)),
                allowed: Some(Allowed {
                    min: Some(whole(min)),
                    max: Some(whole(max)),
                }),
                unit,
            })
        })
        .collect()
}

/// The nearest whole number; out of all bounds for what is no number.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a place beyond the bounds is cut to them"
)]
pub(super) fn whole(place: f32) -> i64 {
    place.round() as i64
}
