//! The crop that suits a head best.
#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "places in a picture are below 2^24 and are kept inside it; IEEE-exact operations only"
)]

use serde::{Deserialize, Serialize};

use super::Crop;
use crate::judge::Lines;
use crate::measure::{Head, Measurements};
use crate::rules::{Range, Rules};

/// The crop that the measurements suggest.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct AutoCrop {
    /// The crop; the largest one in the middle where no face was found.
    pub crop: Crop,
    /// How well the worst of the lines lies: 1 in the middle of its range, 0 at the bound, below 0 outside. `None`
    /// without a face.
    pub margin: Option<f32>,
    /// What the picture lacks for the best crop, where none is inside the standard.
    pub missing: Option<Missing>,
}

/// How many pixels of the original would be needed beyond its edges. Nothing is ever invented there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// Above.
    pub above_px: u32,
    /// Below.
    pub below_px: u32,
    /// To the left.
    pub left_px: u32,
    /// To the right.
    pub right_px: u32,
}

/// The crop in which head top, eye line, face width and centring keep the farthest from their bounds. The picture is
/// neither turned nor extended; where it has too little room around the head, that is said.
pub fn auto_crop(measurements: &Measurements, rules: &Rules) -> AutoCrop {
    let (width, height) = (measurements.width_px, measurements.height_px);
    let largest = Crop::largest_centred(width, height);
    let none = AutoCrop {
        crop: largest,
        margin: None,
        missing: None,
    };
    let Some(head) = measurements
        .portrait
        .as_ref()
        .map(|portrait| &portrait.head)
    else {
        return none;
    };
    let sizes = Crop::sizes(width, height);
    let inside = |size: u32| {
        let (x, y) = corner(head, size, rules);
        Crop::placed(size, x.round() as i64, y.round() as i64, width, height)
    };
    let best = sizes
        .map(inside)
        .map(|crop| Candidate {
            margin: margin(head, &crop, rules),
            place: crop,
        })
        .reduce(Candidate::or_better);
    let Some(Candidate {
        margin,
        place: crop,
    }) = best
    else {
        return none;
    };
    AutoCrop {
        crop,
        margin: Some(margin),
        missing: if margin < 0.0 {
            missing(head, rules, width, height)
        } else {
            None
        },
    }
}

/// Where a crop could lie, and how far its lines then are from their bounds.
struct Candidate<T> {
    margin: f32,
    place: T,
}

impl<T> Candidate<T> {
    /// The one with the larger margin; the earlier one where they are alike.
    fn or_better(self, next: Self) -> Self {
        if next.margin > self.margin {
            next
        } else {
            self
        }
    }
}

/// The least margin of all lines; −1 at half a range's width outside.
fn margin(head: &Head, crop: &Crop, rules: &Rules) -> f32 {
    let lines = Lines::new(head, crop, rules).checked(rules);
    let margins = lines.map(|(_, _, [min, max], place)| {
        let half = ((max - min) / 2.0).max(0.5);
        (place - min).min(max - place) / half
    });
    margins.into_iter().fold(1.0, f32::min)
}

/// Where the corner of a crop of 3×4 times `size` is best: the face in the middle, and head top and eye line equally
/// far from the middles of their ranges, counted in widths of those ranges.
fn corner(head: &Head, size: u32, rules: &Rules) -> (f32, f32) {
    let zoom = f32::from(rules.height_px) / (4 * size).max(1) as f32;
    let middle = |range: Range| f32::midpoint(f32::from(range.min), f32::from(range.max));
    let half = |range: Range| (f32::from(range.max) - f32::from(range.min)).max(1.0) / 2.0;
    let (top, eyes) = (rules.head_top, rules.eye_line);
    // In pixels of the result: the head top would come `above` too low if the eyes were in their middle.
    let above = (head.crown_y - head.eye_line_y) * zoom + middle(eyes) - middle(top);
    // The tighter range gets the smaller part of that.
    let eye_line = middle(eyes) - above * half(eyes) / (half(eyes) + half(top));
    let x = head.centre_x() - f32::from(rules.width_px) / 2.0 / zoom;
    (x, head.eye_line_y - eye_line / zoom)
}

/// What the best crop lacks if only the size of the face mattered and the picture went on for ever.
fn missing(head: &Head, rules: &Rules, width: u32, height: u32) -> Option<Missing> {
    let free = |size: u32| {
        let (x, y) = corner(head, size, rules);
        // Whole pixels below 0 are no crop, so the head is moved instead.
        let moved = Head {
            crown_y: head.crown_y - y,
            eye_line_y: head.eye_line_y - y,
            face_left_x: head.face_left_x - x,
            face_right_x: head.face_right_x - x,
            ..*head
        };
        let crop = Crop {
            x: 0,
            y: 0,
            width: 3 * size,
            height: 4 * size,
        };
        Candidate {
            margin: margin(&moved, &crop, rules),
            place: (x, y, size),
        }
    };
    let most = (head.face_width_px / f32::from(rules.face_width.min.max(1))
        * f32::from(rules.width_px)
        / 3.0)
        .clamp(1.0, 10_000.0) as u32;
    let best = (1..=most).map(free).reduce(Candidate::or_better)?;
    let (x, y, size) = best.place;
    let beyond = |length: f32| length.max(0.0).ceil() as u32;
    let missing = Missing {
        above_px: beyond(-y),
        below_px: beyond(y + (4 * size) as f32 - height as f32),
        left_px: beyond(-x),
        right_px: beyond(x + (3 * size) as f32 - width as f32),
    };
    (missing != Missing::default()).then_some(missing)
}
