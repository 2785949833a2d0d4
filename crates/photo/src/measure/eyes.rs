//! The eyes and what is before them, and the mouth.
#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "counts are below 2^24; IEEE-exact operations and libm only"
)]

use serde::{Deserialize, Serialize};

use super::head::{LIDS, distance, middle};
use super::patch::Patch;
use super::statistics::{Histogram, rounded};
use crate::colour::{Lab, delta_e, lab};
use crate::face::{Eye, Face, MeshPoint};

/// How far the region of a spectacle lens reaches beyond the lids.
const LENS: f32 = 2.2;

/// The eyes, what is before them, and the mouth.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Features {
    /// How far the eyes are open: height of the lids' outline against its width, the mean of both eyes. `None` without
    /// the iris model, which only the server has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eyes_open: Option<f32>,
    /// The same from the mesh; too coarse to judge by.
    pub eyes_open_mesh: f32,
    /// The gap between the lips against the distance from eyes to chin.
    pub mouth_open: f32,
    /// Share of red pixels between the lids, 0 to 1, in the redder eye.
    pub red_eye: f32,
    /// How far the skin below an eye differs from the cheek below it, in CIE ΔE, on the side where it differs less; large
    /// behind dark or mirrored lenses.
    pub lens_delta_e: f32,
    /// Lightness of the skin below an eye against that of the cheek below it, on the side where it is more.
    pub lens_ratio: f32,
    /// Share of nearly white pixels around the eyes, 0 to 1; reflections on glasses, where the cheeks have none.
    pub lens_glare: f32,
}

pub(super) fn features(face: &Face, patch: &Patch) -> Features {
    let mut features = Features {
        eyes_open: face
            .eyes
            .as_ref()
            .map(|eyes| rounded(f32::midpoint(opening(&eyes[0]), opening(&eyes[1])))),
        eyes_open_mesh: rounded(mesh_opening(&patch.mesh)),
        mouth_open: rounded(mouth_open(&patch.mesh)),
        ..Features::default()
    };
    let cheeks = patch
        .cheeks()
        .unwrap_or_default()
        .map(|cheek| median(patch, &cheek));
    let lenses = LIDS.map(|lids| {
        let eye = patch.inside(&lids);
        let around = patch.inside_grown(&lids, LENS);
        features.red_eye = features.red_eye.max(rounded(red_share(patch, &eye)));
        let glare = around
            .iter()
            .filter(|&&at| patch.plane.luma[at] >= 245)
            .count();
        features.lens_glare = features
            .lens_glare
            .max(rounded(glare as f32 / around.len().max(1) as f32));
        median(patch, &patch.below_eye(&lids))
    });
    // Each eye with the cheek below it, so that light from one side is no lens.
    let [left, right] = [0, 1].map(|side| {
        let (lens, cheek) = (lenses[side], cheeks[side]);
        (delta_e(lens, cheek), lens[0] / cheek[0].max(1.0))
    });
    features.lens_delta_e = rounded(left.0.min(right.0));
    features.lens_ratio = rounded(left.1.max(right.1));
    features
}

/// The median colour of some pixels.
fn median(patch: &Patch, pixels: &[usize]) -> Lab {
    let mut channels = [Histogram::new(), Histogram::new(), Histogram::new()];
    for &at in pixels {
        for (channel, value) in channels.iter_mut().zip(patch.rgb(at)) {
            channel.add(value);
        }
    }
    if pixels.is_empty() {
        return Lab::default();
    }
    lab(channels.map(|channel| channel.median()))
}

/// The share of pixels with more than twice as much red as green and blue, as no iris and no skin has.
fn red_share(patch: &Patch, eye: &[usize]) -> f32 {
    let is_red = |&&at: &&usize| {
        let [red, green, blue] = patch.rgb(at).map(u32::from);
        red >= 80 && red > 2 * green.max(blue)
    };
    eye.iter().filter(is_red).count() as f32 / eye.len().max(1) as f32
}

/// The height of the lids' outline against its width. The model's first 16 points run from corner to corner along the
/// lower lid (0 to 8), and along the upper one (9 to 15).
fn opening(eye: &Eye) -> f32 {
    let apart = |one: usize, other: usize| {
        let points = eye.contour.get(one).zip(eye.contour.get(other));
        points.map_or(0.0, |(one, other)| distance(*one, *other))
    };
    let height = (apart(3, 11) + apart(4, 12) + apart(5, 13)) / 3.0;
    height / apart(0, 8).max(1.0)
}

fn apart(mesh: &[MeshPoint], one: usize, other: usize) -> f32 {
    let points = middle(mesh, &[one]).zip(middle(mesh, &[other]));
    points.map_or(0.0, |(one, other)| distance(one, other))
}

fn mesh_opening(mesh: &[MeshPoint]) -> f32 {
    let eye = |pairs: [(usize, usize); 3], corners: (usize, usize)| {
        let heights = pairs.map(|(upper, lower)| apart(mesh, upper, lower));
        (heights[0] + heights[1] + heights[2]) / 3.0 / apart(mesh, corners.0, corners.1).max(1.0)
    };
    let left = eye([(160, 144), (159, 145), (158, 153)], (33, 133));
    let right = eye([(387, 373), (386, 374), (385, 380)], (263, 362));
    f32::midpoint(left, right)
}

fn mouth_open(mesh: &[MeshPoint]) -> f32 {
    let lids = [LIDS[0], LIDS[1]].concat();
    let down = middle(mesh, &lids).zip(middle(mesh, &[152]));
    let down = down.map_or(1.0, |(eyes, chin)| distance(eyes, chin));
    apart(mesh, 13, 14) / down.max(1.0)
}
