//! Hair in the face.
#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts and places are below 2^24 and kept inside the picture; IEEE-exact operations only"
)]

use serde::{Deserialize, Serialize};

use super::head::{LIDS, middle};
use super::patch::Patch;
use super::statistics::{Histogram, rounded};

/// Hair where there should be skin. Shares are 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Hair {
    /// Share of a cheek that is strands: darker than the skin to both sides of it; of the cheek that has more.
    pub strands: f32,
    /// How much more of the skin right below and right above one eye is dark than of the other, in the column of the eye
    /// where it is most: dark glasses and the shadow of a brim are before both. The part that has less counts, so that no
    /// brow is hair before an eye.
    pub over_eye: f32,
    /// Share of the strip right above the brows that is dark, of the side that has less.
    pub fringe: f32,
}

/// The cheeks below the rims of glasses, as outlines of points of the mesh.
const CHEEKS: [&[usize]; 2] = [
    &[50, 101, 36, 206, 216, 207, 187, 147, 123],
    &[280, 330, 266, 426, 436, 427, 411, 376, 352],
];
/// The upper edges of the brows.
const BROWS: [&[usize]; 2] = [&[105, 66, 63], &[334, 296, 293]];
/// The bridge of the nose, between the halves of the face.
const BRIDGE: [usize; 3] = [168, 6, 197];
/// The middles of the columns of an eye, as shares of the distance between the eyes from its middle, and half the width
/// of one.
const COLUMNS: [f32; 5] = [-0.08, -0.04, 0.0, 0.04, 0.08];
const COLUMN_HALF: f32 = 0.06;
/// How much darker than skin hair is.
const DARK: f32 = 0.62;
/// How much darker than the skin to both sides of it a strand is.
const STRAND: f32 = 0.65;
/// Half the width of the widest strand, as a share of the distance between the eyes.
const REACH: f32 = 0.12;

pub(super) fn hair(patch: &Patch) -> Hair {
    let cheeks = patch.cheeks().unwrap_or_default();
    let skin = cheeks.map(|cheek| brightness(patch, &cheek));
    let strands = [0, 1].map(|side| strands(patch, CHEEKS[side], skin[side]));
    let above = [0, 1].map(|side| dark(patch, &above_brow(patch, BROWS[side]), skin[side]));
    let [left, right] = halves(patch);
    let over = [over_eye(patch, 0, left), over_eye(patch, 1, right)];
    Hair {
        strands: rounded(strands[0].max(strands[1])),
        over_eye: rounded(libm::fabsf(over[0] - over[1])),
        fringe: rounded(above[0].min(above[1])),
    }
}

/// How bright the skin of each half of the face is, left in the picture first: a lock may cover a whole cheek, but not
/// so much of the half.
fn halves(patch: &Patch) -> [f32; 2] {
    let bridge = middle(&patch.mesh, &BRIDGE).map_or(0.0, |bridge| bridge.x);
    let mut tones = [Histogram::new(), Histogram::new()];
    for at in patch.face() {
        let is_right = (at % patch.plane.width) as f32 >= bridge;
        tones[usize::from(is_right)].add(patch.plane.luma[at]);
    }
    tones.map(|tones| tones.percentile(75))
}

/// How much of what is right above a brow and of what is right below the eye is dark, in the column of the eye where
/// the lesser of both is most.
fn over_eye(patch: &Patch, side: usize, skin: f32) -> f32 {
    let (Some(eye), Some(brow)) = (
        middle(&patch.mesh, &LIDS[side]),
        middle(&patch.mesh, BROWS[side]),
    ) else {
        return 0.0;
    };
    let part = |share: f32| share * patch.eye_distance;
    let mut most = 0.0_f32;
    for column in COLUMNS {
        let across = [
            eye.x + part(column - COLUMN_HALF),
            eye.x + part(column + COLUMN_HALF),
        ];
        let above = patch.rectangle(across, [brow.y - part(0.2), brow.y - part(0.1)]);
        let below = patch.rectangle(across, [eye.y + part(0.14), eye.y + part(0.24)]);
        most = most.max(dark(patch, &above, skin).min(dark(patch, &below, skin)));
    }
    most
}

/// How bright the skin of a cheek is, hair on it aside.
fn brightness(patch: &Patch, cheek: &[usize]) -> f32 {
    let mut tones = Histogram::new();
    for &at in cheek {
        tones.add(patch.plane.luma[at]);
    }
    tones.percentile(70)
}

fn dark(patch: &Patch, pixels: &[usize], skin: f32) -> f32 {
    let is_dark = |&&at: &&usize| f32::from(patch.plane.luma[at]) < DARK * skin;
    pixels.iter().filter(is_dark).count() as f32 / pixels.len().max(1) as f32
}

/// A strip of forehead right above a brow.
fn above_brow(patch: &Patch, brow: &[usize]) -> Vec<usize> {
    let Some(brow) = middle(&patch.mesh, brow) else {
        return Vec::new();
    };
    let part = |share: f32| share * patch.eye_distance;
    patch.rectangle(
        [brow.x - part(0.14), brow.x + part(0.14)],
        [brow.y - part(0.2), brow.y - part(0.1)],
    )
}

/// The share of a cheek that is dark, and darker than what lies to both sides of it.
fn strands(patch: &Patch, cheek: &[usize], skin: f32) -> f32 {
    let (width, luma) = (patch.plane.width, &patch.plane.luma);
    let reach = (REACH * patch.eye_distance) as usize;
    let inside = patch.inside(cheek);
    let is_strand = |&&at: &&usize| {
        let column = at % width;
        if column < reach || column + reach >= width {
            return false;
        }
        let beside = luma[at - reach].min(luma[at + reach]);
        let here = f32::from(luma[at]);
        here < STRAND * f32::from(beside) && here < DARK * skin
    };
    inside.iter().filter(is_strand).count() as f32 / inside.len().max(1) as f32
}
