//! The measured lines and the allowed bands, drawn on a copy of a photo.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "lines are cut off at the edges of the picture"
)]

use photo::{Crop, Head, Picture, Range, Rules};

use super::canvas::{Box, Colour, GREEN, RED, WHITE, fill, outline, tint};
use super::report::Report;

/// Draws the frame, the boxes of the faces, the bands in which crown, eyes and face width may lie, and crown, eye line, chin
/// and the sides of the face: green where they lie in their band, else red.
pub(super) fn annotate(mut picture: Picture, report: &Report, rules: &Rules) -> Picture {
    let thick = (picture.width.max(picture.height) / 400).max(1);
    let (Some(measurements), Some(crop)) = (&report.measurements, &report.crop) else {
        return picture;
    };
    let right = crop.x.saturating_add(crop.width);
    let bottom = crop.y.saturating_add(crop.height);
    let frame = Box {
        left: crop.x,
        top: crop.y,
        right,
        bottom,
    };
    outline(&mut picture, frame, thick, WHITE);
    for face in measurements.faces.iter().flatten() {
        let part = Box {
            left: face.left as u32,
            top: face.top as u32,
            right: face.right as u32,
            bottom: face.bottom as u32,
        };
        outline(&mut picture, part, thick, WHITE);
    }
    if let Some(portrait) = &measurements.portrait {
        draw_head(&mut picture, &portrait.head, (frame, crop), rules, thick);
    }
    picture
}

fn draw_head(
    picture: &mut Picture,
    head: &Head,
    (frame, crop): (Box, &Crop),
    rules: &Rules,
    thick: u32,
) {
    for (range, line_y) in [
        (rules.head_top, head.crown_y as u32),
        (rules.eye_line, head.eye_line_y as u32),
    ] {
        let band = band(range, frame, crop, rules);
        tint(picture, band, GREEN);
        let is_in = (band.top..=band.bottom).contains(&line_y);
        level(picture, frame, line_y, thick, told(is_in));
    }
    level(picture, frame, head.chin_y as u32, thick, WHITE);
    let width = u64::from(rules.width_px) * (head.face_width_px as u64);
    let width = width / u64::from(crop.width.max(1));
    let is_in =
        (u64::from(rules.face_width.min)..=u64::from(rules.face_width.max)).contains(&width);
    for x in [head.face_left_x as u32, head.face_right_x as u32] {
        let side = Box {
            left: x,
            right: x.saturating_add(thick),
            ..frame
        };
        fill(picture, side, told(is_in));
    }
}

const fn told(is_in: bool) -> Colour {
    if is_in { GREEN } else { RED }
}

/// A horizontal line across the frame.
fn level(picture: &mut Picture, frame: Box, y: u32, thick: u32, colour: Colour) {
    let line = Box {
        top: y,
        bottom: y.saturating_add(thick),
        ..frame
    };
    fill(picture, line, colour);
}

/// Where a range of the result lies in the picture.
fn band(range: Range, frame: Box, crop: &Crop, rules: &Rules) -> Box {
    let place = |y: u16| {
        let from_top = u64::from(y) * u64::from(crop.height) / u64::from(rules.height_px.max(1));
        frame
            .top
            .saturating_add(u32::try_from(from_top).unwrap_or(u32::MAX))
    };
    Box {
        top: place(range.min),
        bottom: place(range.max),
        ..frame
    }
}
