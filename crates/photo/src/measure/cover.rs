//! What hides a part of the face: how unlike the person's own skin each part is, whether there is a mouth, and how well
//! the networks agree about where things are.
#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts and places are below 2^24 and kept inside the picture; IEEE-exact operations and libm only"
)]

use serde::{Deserialize, Serialize};

use super::bar::bar;
use super::head::{LIDS, distance, middle};
use super::patch::Patch;
use super::statistics::{percentile, rounded};
use crate::colour::Lab;
use crate::face::{Detection, Face, Mask, MeshPoint, Point};
use crate::pixel::Size;

/// How little of the face is hidden. What is unlike skin is told as its distance from the person's own skin, learnt
/// from nose, cheeks and forehead, in multiples of how far that skin is from grey: the same for every skin colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Cover {
    /// How sure the mesh model is of the face, or of its mirror image where it is less sure of that; 0 to 1.
    pub presence: f32,
    /// The detector's score of the face, 0 to 1.
    pub score: f32,
    /// How far eyes, nose and mouth of the detector lie from those of the mesh beyond what is usual, in distances
    /// between the eyes; 0 or less where they agree.
    pub keypoints_off: f32,
    /// Share of the face's points at which the segmentation sees no person, 0 to 1.
    pub no_person: f32,
    /// How far the lips lie elsewhere in a mirror, in distances between the outer corners of the eyes; what is hidden
    /// is guessed, and in a mirror otherwise.
    pub lips_off: f32,
    /// The same of the brow that lies farther off.
    pub brow_off: f32,
    /// The same of the jaw.
    pub jaw_off: f32,
    /// The same of the nose.
    pub nose_off: f32,
    /// How unlike the rest of the skin the nose is.
    pub nose_unlike: f32,
    /// The same of the cheek that is less like it.
    pub cheek_unlike: f32,
    /// The same of a whole side, from below the eye to the jaw, less a part of what the other side is: light changes
    /// both.
    pub side_unlike: f32,
    /// The same of the chin.
    pub chin_unlike: f32,
    /// How rough the chin is against the smoother cheek; about 1 for skin, more with a beard, less for what is smooth.
    pub chin_roughness: f32,
    /// The largest difference of brightness across the lips, against that of skin; near 0 where no mouth is seen.
    pub mouth_contrast: f32,
    /// How much a thin bar from the mouth to below the chin differs from what is to both sides of it, in steps of 0 to
    /// 255; 0 where none is seen.
    #[serde(default)]
    pub bar: f32,
}

/// Parts of the face, as points of the mesh.
const NOSE: &[usize] = &[
    195, 5, 4, 51, 281, 45, 275, 220, 440, 134, 363, 131, 360, 198, 420,
];
const CHEEKS: [&[usize]; 2] = [
    &[50, 101, 36, 205, 187, 203, 142, 123],
    &[280, 330, 266, 425, 411, 423, 371, 352],
];
const BELOW_EYES: [&[usize]; 2] = [&[118, 119, 120, 100, 117], &[347, 348, 349, 329, 346]];
const FOREHEAD: &[usize] = &[9, 151, 108, 337, 107, 336];
const LOWER_CHEEKS: [&[usize]; 2] = [
    &[207, 216, 214, 192, 213, 212, 210],
    &[427, 436, 434, 416, 433, 432, 430],
];
const CHIN: &[usize] = &[200, 199, 18, 83, 313, 201, 421, 175];
/// Others at which a person must be seen.
const OTHERS: [&[usize]; 4] = [
    &[168, 6, 197, 122, 351, 196, 419],
    &[164, 167, 393, 165, 391],
    &[0, 37, 267, 17, 84, 314],
    &[150, 149, 176, 148, 152, 377, 400, 378, 379],
];
/// Points of the upper and the lower edge of the lips, one below the other.
const LIPS: [[usize; 2]; 5] = [[39, 181], [37, 84], [0, 17], [267, 314], [269, 405]];
/// Points of the mesh that a mirror exchanges, or leaves where they are.
const MIRRORED_LIPS: &[[usize; 2]] = &[[61, 291], [291, 61], [0, 0], [13, 13], [14, 14], [17, 17]];
const MIRRORED_BROWS: [&[[usize; 2]]; 2] = [
    &[[70, 300], [105, 334], [107, 336], [55, 285]],
    &[[300, 70], [334, 105], [336, 107], [285, 55]],
];
const MIRRORED_JAW: &[[usize; 2]] = &[
    [172, 397],
    [397, 172],
    [150, 379],
    [379, 150],
    [152, 152],
    [132, 361],
    [361, 132],
];
const MIRRORED_NOSE: &[[usize; 2]] = &[[1, 1], [4, 4], [98, 327], [327, 98], [48, 278], [278, 48]];
/// Half the side of the square in which the colour of a point is taken, as a share of the distance between the eyes.
const REACH: f32 = 0.025;
/// Chroma below which skin counts as having this much: greyish skin must not make everything unlike it.
const LEAST_CHROMA: f32 = 8.0;
/// How much of what one side is unlike skin is taken from what the other is.
const OTHER_SIDE: f32 = 0.3;
/// How sure the mask must be of a person, of 255.
const PERSON_MIN: u8 = 160;
/// How far eyes, nose and mouth of the detector usually lie from those of the mesh, in distances between the eyes: the
/// most of official portraits, `docs/figures.md`.
const USUALLY_OFF: [f32; 3] = [0.14, 0.19, 0.15];

pub(super) fn cover(
    face: &Face,
    patch: &Patch,
    faces: &[Detection],
    mask: Option<&Mask>,
    size: Size,
) -> Cover {
    let skin = Skin::of(patch);
    let unlike = |points: &[usize]| skin.unlike(patch, points);
    let pair = |parts: [&[usize]; 2]| parts.map(unlike);
    let (cheeks, below, lower) = (pair(CHEEKS), pair(BELOW_EYES), pair(LOWER_CHEEKS));
    let half = |at: usize| below[at].min(cheeks[at]).min(lower[at]);
    let apart = outer_distance(&face.mesh);
    let off = |pairs: &[[usize; 2]]| mean_off(face, pairs) / apart;
    let (score, keypoints_off) = agreement(face, faces);
    Cover {
        presence: rounded(face.presence.min(face.mirrored_presence)),
        score: rounded(score),
        keypoints_off: rounded(keypoints_off),
        no_person: rounded(mask.map_or(0.0, |mask| no_person(face, mask, size))),
        lips_off: rounded(off(MIRRORED_LIPS)),
        brow_off: rounded(off(MIRRORED_BROWS[0]).max(off(MIRRORED_BROWS[1]))),
        jaw_off: rounded(off(MIRRORED_JAW)),
        nose_off: rounded(off(MIRRORED_NOSE)),
        nose_unlike: rounded(unlike(NOSE)),
        cheek_unlike: rounded(cheeks[0].max(cheeks[1])),
        side_unlike: rounded(half(0).max(half(1)) - OTHER_SIDE * half(0).min(half(1))),
        chin_unlike: rounded(unlike(CHIN)),
        chin_roughness: rounded(chin_roughness(patch)),
        mouth_contrast: rounded(mouth_contrast(patch) / skin.lightness.max(10.0)),
        bar: rounded(bar(patch)),
    }
}

/// The person's own skin: the median of nose, cheeks and forehead.
pub(super) struct Skin {
    /// CIE L*.
    pub(super) lightness: f32,
    green_red: f32,
    blue_yellow: f32,
}

impl Skin {
    pub(super) fn of(patch: &Patch) -> Self {
        let parts = [NOSE, CHEEKS[0], CHEEKS[1], FOREHEAD];
        let colours: Vec<Lab> = parts
            .concat()
            .iter()
            .filter_map(|&point| colour(patch, point))
            .collect();
        let part = |pick: fn(&Lab) -> f32| {
            let mut values: Vec<f32> = colours.iter().map(pick).collect();
            median(&mut values)
        };
        Self {
            lightness: part(|lab| lab[0]),
            green_red: part(|lab| lab[1]),
            blue_yellow: part(|lab| lab[2]),
        }
    }

    /// How unlike skin a colour is.
    pub(super) fn unlike_colour(&self, [_, green_red, blue_yellow]: Lab) -> f32 {
        let off = libm::hypotf(green_red - self.green_red, blue_yellow - self.blue_yellow);
        off / libm::hypotf(self.green_red, self.blue_yellow).max(LEAST_CHROMA)
    }

    /// How unlike skin most of some points are.
    fn unlike(&self, patch: &Patch, points: &[usize]) -> f32 {
        let mut values: Vec<f32> = points
            .iter()
            .filter_map(|&point| Some(self.unlike_colour(colour(patch, point)?)))
            .collect();
        median(&mut values)
    }
}

/// The middle of some values: of an even number the mean of the two in the middle.
fn median(values: &mut [f32]) -> f32 {
    values.sort_by(f32::total_cmp);
    let half = values.len() / 2;
    match values.get(half) {
        Some(&upper) if values.len().is_multiple_of(2) => f32::midpoint(values[half - 1], upper),
        Some(&middle) => middle,
        None => 0.0,
    }
}

/// The colour around a point of the mesh, its chroma as it would be in middling light.
fn colour(patch: &Patch, point: usize) -> Option<Lab> {
    let reach = (REACH * patch.eye_distance).max(1.0) as usize;
    patch
        .colour_around(patch.mesh.get(point)?.flat(), reach)
        .map(in_middling_light)
}

/// A colour with its chroma as it would be in middling light: shade takes chroma away.
pub(super) fn in_middling_light([lightness, green_red, blue_yellow]: Lab) -> Lab {
    let by = libm::powf(50.0 / lightness.max(20.0), 0.3);
    [lightness, green_red * by, blue_yellow * by]
}

/// The largest difference of lightness from above the lips to below them, the columns laid over each other.
fn mouth_contrast(patch: &Patch) -> f32 {
    const STEPS: usize = 25;
    let mut sums = [0.0; STEPS];
    for [upper, lower] in LIPS {
        let (Some(upper), Some(lower)) = (patch.mesh.get(upper), patch.mesh.get(lower)) else {
            return 0.0;
        };
        for (step, sum) in sums.iter_mut().enumerate() {
            let along = step as f32 / 12.0 - 0.5;
            let place = Point {
                x: upper.x + (lower.x - upper.x) * along,
                y: upper.y + (lower.y - upper.y) * along,
            };
            *sum += patch.colour_around(place, 1).unwrap_or_default()[0];
        }
    }
    // The ends of the columns are skin above and below.
    let middle = &sums[3..STEPS - 3];
    let (low, high) = middle
        .iter()
        .fold((f32::MAX, f32::MIN), |(low, high), &sum| {
            (low.min(sum), high.max(sum))
        });
    (high - low) / LIPS.len() as f32
}

/// How rough the chin is against the smoother cheek.
fn chin_roughness(patch: &Patch) -> f32 {
    const CHEEKS: [&[usize]; 2] = [
        &[117, 118, 101, 36, 206, 216, 207, 187, 147, 123],
        &[346, 347, 330, 266, 426, 436, 427, 411, 376, 352],
    ];
    const CHIN: &[usize] = &[18, 313, 421, 428, 199, 208, 201, 83];
    let [left, right] = CHEEKS.map(|cheek| roughness(patch, cheek));
    roughness(patch, CHIN) / left.min(right).max(0.005)
}

/// The median slope of brightness inside an outline of points of the mesh, against its brightness.
fn roughness(patch: &Patch, outline: &[usize]) -> f32 {
    let (width, luma) = (patch.plane.width, &patch.plane.luma);
    let inside = patch.inside(outline);
    let mut sum = 0_u32;
    let mut slopes: Vec<f32> = Vec::with_capacity(inside.len());
    for &at in &inside {
        sum += u32::from(luma[at]);
        let (Some(left), Some(above)) = (at.checked_sub(2), at.checked_sub(2 * width)) else {
            continue;
        };
        // Of four pixels, so that single ones do not count.
        let block = |at: usize| {
            let pixel = |at: usize| luma.get(at).map_or(0, |&luma| i32::from(luma));
            pixel(at) + pixel(at + 1) + pixel(at + width) + pixel(at + width + 1)
        };
        let (across, down) = (
            block(at + 2) - block(left),
            block(at + 2 * width) - block(above),
        );
        slopes.push(libm::sqrtf((across * across + down * down) as f32) / 4.0);
    }
    let mean = sum as f32 / inside.len().max(1) as f32;
    percentile(&mut slopes, 50) / mean.max(10.0)
}

/// Between the outer corners of the eyes.
fn outer_distance(mesh: &[MeshPoint]) -> f32 {
    let ends = mesh.get(33).zip(mesh.get(263));
    ends.map_or(1.0, |(one, other)| distance(one.flat(), other.flat()))
        .max(1.0)
}

/// How far some points lie from where they are seen in a mirror.
fn mean_off(face: &Face, pairs: &[[usize; 2]]) -> f32 {
    let off = |&[here, there]: &[usize; 2]| {
        let points = face.mesh.get(here).zip(face.mirrored.get(there));
        points.map_or(0.0, |(here, there)| distance(here.flat(), there.flat()))
    };
    pairs.iter().map(off).sum::<f32>() / pairs.len() as f32
}

/// The score of the detection nearest to the face, and how far its points lie from those of the mesh.
fn agreement(face: &Face, faces: &[Detection]) -> (f32, f32) {
    let place = |points: &[usize]| middle(&face.mesh, points).unwrap_or_default();
    let (nose, mouth) = (place(&[4]), place(&[13, 14]));
    let eyes = LIDS.map(|lids| place(&lids));
    let apart = distance(eyes[0], eyes[1]).max(1.0);
    let nearest = faces.iter().min_by(|one, other| {
        let off = |face: &Detection| distance(face.area.centre(), nose);
        off(one).total_cmp(&off(other))
    });
    let Some(found) = nearest else {
        return (0.0, 0.0);
    };
    let off = |at: usize, place: Point| distance(found.keypoints[at], place) / apart;
    let [eyes_off, nose_off, mouth_off] = [
        off(0, eyes[0]).max(off(1, eyes[1])),
        off(2, nose),
        off(3, mouth),
    ];
    let beyond = (eyes_off - USUALLY_OFF[0])
        .max(nose_off - USUALLY_OFF[1])
        .max(mouth_off - USUALLY_OFF[2]);
    (found.score, beyond)
}

/// The share of points of the face at which no person is seen.
fn no_person(face: &Face, mask: &Mask, size: Size) -> f32 {
    let parts = [NOSE, FOREHEAD, CHIN].into_iter();
    let parts = parts
        .chain(CHEEKS)
        .chain(BELOW_EYES)
        .chain(LOWER_CHEEKS)
        .chain(OTHERS);
    let (mut all, mut missing) = (0_u32, 0_u32);
    for &point in parts.flatten() {
        let Some(place) = face.mesh.get(point) else {
            continue;
        };
        let cell = |at: f32, length: usize, cells: u32| {
            let cells = cells as f32;
            (at / length as f32 * cells).clamp(0.0, cells - 1.0) as usize
        };
        let (x, y) = (
            cell(place.x, size.width, mask.width),
            cell(place.y, size.height, mask.height),
        );
        let person = mask.person.get(y * mask.width as usize + x);
        all += 1;
        missing += u32::from(person.is_some_and(|&person| person < PERSON_MIN));
    }
    missing as f32 / all.max(1) as f32
}
