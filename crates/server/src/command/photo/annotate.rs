//! The measured lines and the allowed bands, drawn on a copy of a photo, with the numbers beside them.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "lines are cut off at the edges of the picture"
)]

use photo::{Crop, Head, Lines, Picture, Pixel, Range, Rules};

use super::canvas::{Box, Colour, GREEN, GREY, RED, WHITE, fill, outline, tint};
use super::letters::{self, write};
use super::report::Report;

/// Draws the frame, the boxes of the faces, the bands in which crown, eyes and face width may lie, and crown, eye line, chin
/// and the sides of the face: green where they lie in their band, else red. Beside each stands its number in pixels of
/// the result, and what is allowed.
pub(super) fn annotate(mut picture: Picture, report: &Report, rules: &Rules) -> Picture {
    let thick = (picture.width.max(picture.height) / 400).max(1);
    let (Some(measurements), Some(crop)) = (&report.measurements, &report.crop) else {
        return picture;
    };
    let frame = frame_of(crop);
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
        draw_head(&mut picture, &portrait.head, crop, rules, thick);
    }
    picture
}

/// The edges of a crop.
fn frame_of(crop: &Crop) -> Box {
    Box {
        left: crop.x,
        top: crop.y,
        right: crop.x.saturating_add(crop.width),
        bottom: crop.y.saturating_add(crop.height),
    }
}

fn draw_head(picture: &mut Picture, head: &Head, crop: &Crop, rules: &Rules, thick: u32) {
    let frame = frame_of(crop);
    let lines = Lines::new(head, crop, rules);
    for (name, y, place, range) in [
        ("HEAD TOP", head.crown_y, lines.head_top, rules.head_top),
        ("EYES", head.eye_line_y, lines.eye_line, rules.eye_line),
    ] {
        tint(picture, band(range, frame, crop, rules), GREEN);
        level(picture, frame, y as u32, thick, told(place, range));
        let corner = Pixel { x: 0, y: y as u32 };
        write_line(picture, corner, name, place, range, thick);
    }
    let chin = head.chin_y as u32;
    level(picture, frame, chin, thick, WHITE);
    let text = format!("CHIN {:.0}", lines.chin);
    write(
        picture,
        Pixel { x: 0, y: chin },
        &text,
        letter_size(thick),
        GREY,
    );
    let colour = told(lines.face_width, rules.face_width);
    for x in [head.face_left_x as u32, head.face_right_x as u32] {
        let side = Box {
            left: x,
            right: x.saturating_add(thick),
            ..frame
        };
        fill(picture, side, colour);
    }
    let above = frame
        .bottom
        .saturating_sub(letters::height(letter_size(thick)));
    let corner = Pixel {
        x: head.face_left_x as u32,
        y: above,
    };
    let (width, range) = (lines.face_width, rules.face_width);
    write_line(picture, corner, "FACE WIDTH", width, range, thick);
}

/// How large the points of letters are beside lines so thick: to be read, and small enough to leave the eyes free.
fn letter_size(thick: u32) -> u32 {
    thick.max(2)
}

/// Whether a place is in its range, told as a colour; what rounds to the bound is on it.
fn told(place: f32, range: Range) -> Colour {
    if (f32::from(range.min)..=f32::from(range.max)).contains(&place.round()) {
        GREEN
    } else {
        RED
    }
}

/// Writes a line's name, place and range.
fn write_line(
    picture: &mut Picture,
    corner: Pixel,
    name: &str,
    place: f32,
    range: Range,
    thick: u32,
) {
    let text = format!("{name} {place:.0} ({}-{})", range.min, range.max);
    write(
        picture,
        corner,
        &text,
        letter_size(thick),
        told(place, range),
    );
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
