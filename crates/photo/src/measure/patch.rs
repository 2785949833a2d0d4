//! The face cut out at the size it has in the result, where light, sharpness and eyes are measured.
#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "places in a picture are below 2^24 and are kept inside it; IEEE-exact operations only"
)]

use super::head::{LIDS, distance, middle};
use super::plane::{Plane, fill};
use crate::colour::{Lab, lab};
use crate::face::{Face, MeshPoint, Point};
use crate::frame::Crop;
use crate::picture::{CHANNELS, Picture};
use crate::pixel::Size;
use crate::resample::resample;

/// The distance between the eyes in a patch, in pixels; nearer ones are not enlarged. It is that of a face in the
/// middle of the standard, so that what is measured is what will be seen.
const EYE_DISTANCE: f32 = 100.0;
/// Room around the face, as a share of the distance between the eyes.
const ROOM: f32 = 0.3;

/// The outline of the face in the mesh, from the forehead clockwise.
const OVAL: [usize; 36] = [
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152,
    148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
];

/// The face.
pub(super) struct Patch {
    pub(super) picture: Picture,
    pub(super) plane: Plane,
    /// The mesh, in pixels of the patch.
    pub(super) mesh: Vec<MeshPoint>,
    /// Whether each pixel belongs to the face.
    pub(super) is_face: Vec<bool>,
    /// The distance between the eyes, in pixels of the patch.
    pub(super) eye_distance: f32,
}

impl Patch {
    /// Cuts the face out of `picture`, in which the pixels of `face` are `scale` pixels wide; `None` where too little
    /// of it lies inside.
    pub(super) fn cut(picture: &Picture, face: &Face, scale: f32) -> Option<Self> {
        let apart = distance(middle(&face.mesh, &LIDS[0])?, middle(&face.mesh, &LIDS[1])?) * scale;
        let places = || OVAL.iter().filter_map(|&index| face.mesh.get(index));
        let bounds = |place: fn(&MeshPoint) -> f32| {
            places().fold((f32::MAX, f32::MIN), |(low, high), point| {
                (
                    low.min(place(point) * scale),
                    high.max(place(point) * scale),
                )
            })
        };
        let room = ROOM * apart;
        let side = |(low, high): (f32, f32), length: u32| {
            let from = (low - room).clamp(0.0, length as f32) as u32;
            let to = (high + room).clamp(0.0, length as f32) as u32;
            (from, to.saturating_sub(from))
        };
        let (x, width) = side(bounds(|point| point.x), picture.width);
        let (y, height) = side(bounds(|point| point.y), picture.height);
        if width < 16 || height < 16 || apart.is_nan() || apart < 4.0 {
            return None;
        }
        let zoom = (EYE_DISTANCE / apart).min(1.0);
        let shrunk = |length: u32| ((length as f32 * zoom).round() as u32).max(8);
        let part = Crop {
            x,
            y,
            width,
            height,
        };
        let cut = resample(picture, part, shrunk(width), shrunk(height));
        // Rounding to whole pixels stretches a little; the mesh is stretched alike.
        let across = cut.width as f32 / width as f32;
        let down = cut.height as f32 / height as f32;
        let mesh: Vec<MeshPoint> = face
            .mesh
            .iter()
            .map(|point| MeshPoint {
                x: (point.x * scale - x as f32) * across,
                y: (point.y * scale - y as f32) * down,
                z: point.z * scale * across,
            })
            .collect();
        let plane = Plane::of(&cut);
        let mut patch = Self {
            is_face: vec![false; plane.luma.len()],
            picture: cut,
            plane,
            mesh,
            eye_distance: apart * across,
        };
        for at in patch.inside(&OVAL) {
            patch.is_face[at] = true;
        }
        Some(patch)
    }

    /// The pixels inside the outline that these points of the mesh make.
    pub(super) fn inside(&self, indices: &[usize]) -> Vec<usize> {
        self.inside_grown(indices, 1.0)
    }

    /// The same with the outline grown `by` a factor about its middle.
    pub(super) fn inside_grown(&self, indices: &[usize], by: f32) -> Vec<usize> {
        let Some(centre) = middle(&self.mesh, indices) else {
            return Vec::new();
        };
        let grown = |&index: &usize| {
            self.mesh.get(index).map(|point| Point {
                x: centre.x + (point.x - centre.x) * by,
                y: centre.y + (point.y - centre.y) * by,
            })
        };
        let polygon: Vec<Point> = indices.iter().filter_map(grown).collect();
        let mut inside = Vec::new();
        fill(&polygon, self.plane.size(), |at| {
            inside.push(at);
        });
        inside
    }

    /// A strip of skin below an eye, which lenses cover and brows do not shade.
    pub(super) fn below_eye(&self, lids: &[usize]) -> Vec<usize> {
        let Some(eye) = middle(&self.mesh, lids) else {
            return Vec::new();
        };
        let part = |share: f32| share * self.eye_distance;
        self.rectangle(
            [eye.x - part(0.18), eye.x + part(0.18)],
            [eye.y + part(0.14), eye.y + part(0.24)],
        )
    }

    pub(super) fn rectangle(&self, [left, right]: [f32; 2], [top, bottom]: [f32; 2]) -> Vec<usize> {
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
        let mut inside = Vec::new();
        fill(
            &corners.map(|(x, y)| Point { x, y }),
            self.plane.size(),
            |at| inside.push(at),
        );
        inside
    }

    /// The two cheeks, left in the picture first: squares of 0.3 of the distance between the eyes, below the eyes and
    /// half way down to the mouth. Source: OFIQ, `docs/sources.md#photo-measures`.
    pub(super) fn cheeks(&self) -> Option<[Vec<usize>; 2]> {
        let eyes = [middle(&self.mesh, &LIDS[0])?, middle(&self.mesh, &LIDS[1])?];
        let mouth = middle(&self.mesh, &[13, 14])?;
        let line = f32::midpoint(eyes[0].y, eyes[1].y);
        let (half, lower) = (0.15 * self.eye_distance, (mouth.y - line) / 2.0);
        Some(eyes.map(|eye| {
            let middle = eye.y + lower + half;
            self.rectangle([eye.x - half, eye.x + half], [middle - half, middle + half])
        }))
    }

    /// The mean colour of the square that reaches so far around a place, as far as it lies inside; `None` outside.
    pub(super) fn colour_around(&self, place: Point, reach: usize) -> Option<Lab> {
        let Size { width, height } = self.plane.size();
        let is_inside =
            (0.0..width as f32).contains(&place.x) && (0.0..height as f32).contains(&place.y);
        if !is_inside {
            return None;
        }
        let (x, y) = (place.x as usize, place.y as usize);
        let (mut sums, mut count) = ([0_u32; CHANNELS], 0_u32);
        for line in y.saturating_sub(reach)..=(y + reach).min(height - 1) {
            for column in x.saturating_sub(reach)..=(x + reach).min(width - 1) {
                for (sum, value) in sums.iter_mut().zip(self.rgb(line * width + column)) {
                    *sum += u32::from(value);
                }
                count += 1;
            }
        }
        Some(lab(sums.map(|sum| (sum / count) as u8)))
    }

    /// The colour of a pixel.
    pub(super) fn rgb(&self, at: usize) -> [u8; CHANNELS] {
        let at = at * CHANNELS;
        [0, 1, 2].map(|channel| self.picture.rgb[at + channel])
    }

    /// The pixels of the face.
    pub(super) fn face(&self) -> impl Iterator<Item = usize> {
        let pixels = self.is_face.iter().enumerate();
        pixels.filter_map(|(at, &is_face)| is_face.then_some(at))
    }
}
