//! Where the head is: crown, eyes, chin and sides, all in pixels of the upright original.
#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "places in a picture are below 2^24 and are kept inside it; IEEE-exact operations only"
)]

use serde::{Deserialize, Serialize};

use super::statistics::rounded;
use crate::face::{Face, Mask, MeshPoint, Point};
use crate::pixel::Size;

/// The lids of the eye that is left in the picture, and of the other; indices of the mesh.
pub(super) const LIDS: [[usize; 16]; 2] = [
    [
        33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7,
    ],
    [
        263, 466, 388, 387, 386, 385, 384, 398, 362, 382, 381, 380, 374, 373, 390, 249,
    ],
];
/// The sides of the face, left in the picture first.
const SIDES: [usize; 2] = [234, 454];
/// The lowest point of the chin in the mesh.
const CHIN: usize = 152;
/// By which share of the distance from the eyes to the mesh's chin the outline of the chin lies below it: the mesh
/// lies on the front of the chin. The median of 17 portraits, `docs/sources.md#photo-measures`.
const CHIN_BELOW: f32 = 0.03;
/// By which share of the distance between the eyes the middle of the iris lies above the middle of the lids.
const IRIS_ABOVE: f32 = 0.018;
/// How high the skull rises above the eyes, as a share of the distance from eyes to chin, on the bald.
const SKULL: f32 = 0.8;
/// How sure the mask must be that hair is a person, of 255.
const HAIR_MIN: u8 = 160;
/// Half the width of the column in which the crown is looked for, as a share of the face's width.
const COLUMN: f32 = 0.4;
/// Share of the column's width that hair must fill; less is a strand that stands off.
const STRAND: f32 = 0.12;

/// A place in the upright original, in pixels from its top left corner.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Spot {
    /// To the right.
    pub x: f32,
    /// Downwards.
    pub y: f32,
}

/// The lines of a head, in pixels of the upright original.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// The middles of the eyes, left in the picture first.
    pub eyes: [Spot; 2],
    /// The middle between the eyes.
    pub eye_line_y: f32,
    /// The top of the head with its hair or cover, loose strands aside.
    pub crown_y: f32,
    /// How sure the crown is, 0 to 1: 0 where the picture cuts the head off, 0.5 where it was only estimated.
    pub crown_confidence: f32,
    /// Where the skull ends under the hair, estimated from the face; an aid for people, judged by nothing.
    pub skull_y: f32,
    /// The lowest point of the chin.
    pub chin_y: f32,
    /// The left side of the face, at the height of the ears.
    pub face_left_x: f32,
    /// The right side of the face.
    pub face_right_x: f32,
    /// The width of the face, measured along its tilt.
    pub face_width_px: f32,
    /// The distance between the eyes.
    pub eye_distance_px: f32,
}

impl Head {
    /// The middle of the face, across.
    pub fn centre_x(&self) -> f32 {
        f32::midpoint(self.face_left_x, self.face_right_x)
    }

    /// From the crown to the chin.
    pub fn height_px(&self) -> f32 {
        self.chin_y - self.crown_y
    }
}

/// The middle of some points of the mesh.
pub(super) fn middle(mesh: &[MeshPoint], indices: &[usize]) -> Option<Point> {
    let mut sum = Point::default();
    for &index in indices {
        let point = mesh.get(index)?;
        sum.x += point.x;
        sum.y += point.y;
    }
    let count = indices.len() as f32;
    Some(Point {
        x: sum.x / count,
        y: sum.y / count,
    })
}

pub(super) fn distance(one: Point, other: Point) -> f32 {
    let (x, y) = (other.x - one.x, other.y - one.y);
    libm::sqrtf(x * x + y * y)
}

fn between(one: Point, other: Point) -> Point {
    Point {
        x: f32::midpoint(one.x, other.x),
        y: f32::midpoint(one.y, other.y),
    }
}

/// Draws the lines on a picture of `size`; `scale` turns its pixels into the original's. `None` where the face has no
/// extent or lies outside the picture.
pub(super) fn head(face: &Face, mask: Option<&Mask>, size: Size, scale: f32) -> Option<Head> {
    let mesh = &face.mesh;
    let lids = [middle(mesh, &LIDS[0])?, middle(mesh, &LIDS[1])?];
    let [left, right] = [middle(mesh, &SIDES[..1])?, middle(mesh, &SIDES[1..])?];
    let tip = middle(mesh, &[CHIN])?;
    let apart = distance(lids[0], lids[1]);
    let face_width = distance(left, right);
    let lid_line = between(lids[0], lids[1]);
    let (down, up) = (distance(lid_line, tip), IRIS_ABOVE * apart);
    let is_face = apart > 1.0 && face_width > 1.0 && down > 1.0;
    if !is_face
        || ![apart, face_width, down, tip.x, tip.y]
            .iter()
            .all(|place| place.is_finite())
    {
        return None;
    }
    // One step from the eyes towards the chin.
    let step = Point {
        x: (tip.x - lid_line.x) / down,
        y: (tip.y - lid_line.y) / down,
    };
    let eyes = lids.map(|lid| Point {
        x: lid.x - up * step.x,
        y: lid.y - up * step.y,
    });
    let eye_line = between(eyes[0], eyes[1]);
    let reach = down + up;
    let skull = eye_line.y - SKULL * reach * step.y;
    let above = Point {
        x: eye_line.x - reach * step.x,
        y: eye_line.y,
    };
    let crown = mask.map_or(
        Crown {
            y: skull,
            confidence: 0.5,
        },
        |mask| {
            crown(mask, above, face_width, size).unwrap_or(Crown {
                y: skull,
                confidence: 0.5,
            })
        },
    );
    let place = |length: f32| rounded(length * scale);
    Some(Head {
        eyes: eyes.map(|eye| Spot {
            x: place(eye.x),
            y: place(eye.y),
        }),
        eye_line_y: place(eye_line.y),
        crown_y: place(crown.y),
        crown_confidence: crown.confidence,
        skull_y: place(skull),
        chin_y: place(tip.y + CHIN_BELOW * reach * step.y),
        face_left_x: place(left.x.min(right.x)),
        face_right_x: place(left.x.max(right.x)),
        face_width_px: place(face_width),
        eye_distance_px: place(apart),
    })
}

struct Crown {
    y: f32,
    confidence: f32,
}

/// The highest row at which hair fills a good part of the column above the face. From the eyes upwards, so that
/// something else that the mask takes for a person, further up, is not the head.
fn crown(mask: &Mask, above: Point, face_width: f32, size: Size) -> Option<Crown> {
    let (columns, rows) = (mask.width as usize, mask.height as usize);
    let across = columns as f32 / size.width as f32;
    let down = rows as f32 / size.height as f32;
    let column = |x: f32| (x * across).clamp(0.0, columns as f32) as usize;
    let (from, to) = (
        column(above.x - COLUMN * face_width),
        column(above.x + COLUMN * face_width),
    );
    let start = (above.y * down).clamp(0.0, rows as f32) as usize;
    if from >= to || mask.person.len() < columns * rows {
        return None;
    }
    let filled = |y: usize| {
        let row = &mask.person[y * columns + from..y * columns + to];
        let hairy = row.iter().filter(|&&person| person >= HAIR_MIN).count();
        hairy as f32 / (to - from) as f32
    };
    let mut top = None;
    // A gap of one row may be a hair band or a glint.
    let mut gap = 0;
    for y in (0..start).rev() {
        if filled(y) >= STRAND {
            top = Some(y);
            gap = 0;
        } else {
            gap += 1;
        }
        if gap > 2 {
            break;
        }
    }
    let top = top?;
    let is_cut = top == 0;
    Some(Crown {
        // Within the row, as far as its share of hair has come.
        y: if is_cut {
            0.0
        } else {
            edge(top, filled(top), filled(top - 1)) / down
        },
        confidence: if is_cut { 0.0 } else { 1.0 },
    })
}

/// Between the last row with enough hair and the one above it, where the share passes the limit.
fn edge(top: usize, here: f32, above: f32) -> f32 {
    let past = (here - STRAND) / (here - above).max(f32::EPSILON);
    top as f32 - past.clamp(0.0, 1.0) + 0.5
}
