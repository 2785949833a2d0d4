//! How sharp the face is, and what compression and smoothing have done to it.
#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "sums are exact whole numbers before they are divided; IEEE-exact operations and libm only"
)]

use serde::{Deserialize, Serialize};

use super::head::LIDS;
use super::patch::Patch;
use super::plane::luma;
use super::statistics::{Histogram, percentile, rounded};
use crate::orientation::Orientation;
use crate::picture::{CHANNELS, Picture};

/// How sharp the face is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Sharpness {
    /// How little another blur changes, 0 (sharp) to 1 (blurred), in the worse direction (Crete et al., 2007).
    pub blur: f32,
    /// Contrast of the finest detail against that of the face.
    pub detail: f32,
    /// Roughness of the cheeks' skin in thousandths of their brightness; low where skin was smoothed, or is not sharp.
    pub skin_texture: f32,
    /// The same by the median, on which wrinkles and strands of hair have no hold, of the cheeks or of the whole face,
    /// whichever is the smoother for what is usual; `None` where it was measured before this was looked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skin_grain: Option<f32>,
    /// How steep the steepest edges of eyes and mouth, or those of hair and outline, are: their height within two pixels
    /// against that within eight, 0 to 1. High in a sharp photo and in one whose skin alone was smoothed, low in a blurred
    /// one.
    #[serde(default)]
    pub edge: f32,
}

/// How much rougher than the cheeks a face is as a whole, against the square root of its brightness, as grain is: what
/// is below 3 was smoothed, from 3.3 on are portraits that were not.
const FACE_GRAIN: f32 = 50.0;
/// How high an edge of hair or outline must be within eight pixels to count, 0 to 255.
const HIGH_EDGE: u8 = 40;
/// How much steeper edges of hair and outline are than those of eyes and mouth.
const OUTLINE_STEEPER: f32 = 0.9;
/// Half the window of the second blur, in pixels; the window is 9.
const REACH: usize = 4;

pub(super) fn sharpness(patch: &Patch) -> Sharpness {
    let (texture, grain) = skin_texture(patch);
    Sharpness {
        blur: rounded(blur(patch)),
        detail: rounded(detail(patch)),
        skin_texture: rounded(texture),
        skin_grain: Some(rounded(grain.min(face_grain(patch)))),
        edge: rounded(edge(patch).max(OUTLINE_STEEPER * outline_edge(patch))),
    }
}

/// Differences between neighbours that a second blur takes away, across and down. Blurring with a window of 9 leaves
/// between neighbours a ninth of the difference of the two pixels that the windows do not share.
fn blur(patch: &Patch) -> f32 {
    let plane = &patch.plane;
    let (width, height) = (plane.width, plane.height);
    let blurred = |outer: usize, inner: usize, at: &dyn Fn(usize, usize) -> u8| {
        let (mut all, mut lost) = (0_u64, 0_u64);
        for line in 0..outer {
            for place in REACH + 1..inner.saturating_sub(REACH) {
                let difference = 9 * u64::from(at(line, place).abs_diff(at(line, place - 1)));
                let kept = u64::from(at(line, place + REACH).abs_diff(at(line, place - REACH - 1)));
                all += difference;
                lost += difference.saturating_sub(kept);
            }
        }
        1.0 - lost as f32 / all.max(1) as f32
    };
    let across = blurred(height, width, &|y, x| plane.luma[y * width + x]);
    let down = blurred(width, height, &|x, y| plane.luma[y * width + x]);
    across.max(down)
}

/// The deviation of the Laplacian against that of the brightness, inside the face.
fn detail(patch: &Patch) -> f32 {
    let (width, luma) = (patch.plane.width, &patch.plane.luma);
    let (mut tones, mut sum, mut squares, mut count) = (Histogram::new(), 0_i64, 0_i64, 0_i64);
    for at in patch.face() {
        tones.add(luma[at]);
        let around = [
            at.wrapping_sub(width),
            at.wrapping_sub(1),
            at + 1,
            at + width,
        ];
        let around = around.map(|at| luma.get(at).copied().map(i64::from));
        if let [Some(up), Some(left), Some(right), Some(down)] = around {
            let laplacian = up + left + right + down - 4 * i64::from(luma[at]);
            sum += laplacian;
            squares += laplacian * laplacian;
            count += 1;
        }
    }
    let count = count.max(1) as f32;
    let mean = sum as f32 / count;
    let deviation = libm::sqrtf((squares as f32 / count - mean * mean).max(0.0));
    deviation / (tones.deviation() + 0.001)
}

/// What a window of 5×5 takes away from the cheeks, against their brightness in thousandths: its deviation, and its
/// median, on which wrinkles and strands of hair have no hold.
fn skin_texture(patch: &Patch) -> (f32, f32) {
    let luma = &patch.plane.luma;
    let Some(cheeks) = patch.cheeks() else {
        return (0.0, 0.0);
    };
    let (mut textures, mut grains) = (0.0, 0.0);
    for cheek in &cheeks {
        let (mut squares, mut brightness) = (0_i64, 0_i64);
        let mut offs: Vec<f32> = Vec::with_capacity(cheek.len());
        for &at in cheek {
            let Some(off) = off(patch, at) else {
                continue;
            };
            squares += off * off;
            brightness += i64::from(luma[at]);
            offs.push(off.unsigned_abs() as f32);
        }
        let count = offs.len().max(1) as f32;
        let mean = brightness as f32 / count + 1.0;
        textures += libm::sqrtf(squares as f32 / count) / 25.0 / mean * 1_000.0;
        grains += percentile(&mut offs, 50) / 25.0 / mean * 1_000.0;
    }
    (textures / 2.0, grains / 2.0)
}

/// What a window of 5×5 takes away from a pixel, in 25ths; `None` at the edge of the patch.
fn off(patch: &Patch, at: usize) -> Option<i64> {
    let (width, luma) = (patch.plane.width, &patch.plane.luma);
    let first = at.checked_sub(2 * width + 2)?;
    let mut window = 0;
    for row in 0..5 {
        let row = luma.get(first + row * width..first + row * width + 5)?;
        window += row.iter().map(|&value| i64::from(value)).sum::<i64>();
    }
    Some(25 * i64::from(luma[at]) - window)
}

/// The median of what a window of 5×5 takes away from the whole face, against its brightness: filters that smooth skin
/// smooth all of it, and leave a cheek rough where hair, glasses or a fold lie on it.
fn face_grain(patch: &Patch) -> f32 {
    let (mut offs, mut brightness) = (Vec::new(), 0_u32);
    // Every second pixel tells as much.
    for at in patch.face().step_by(2) {
        let Some(off) = off(patch, at) else {
            continue;
        };
        offs.push(off.unsigned_abs() as f32);
        brightness += u32::from(patch.plane.luma[at]);
    }
    let mean = brightness as f32 / offs.len().max(1) as f32 + 1.0;
    percentile(&mut offs, 50) / 25.0 / libm::sqrtf(mean) * FACE_GRAIN
}

/// How steep the steeper edges of hair, outline and all else in the patch are.
fn outline_edge(patch: &Patch) -> f32 {
    let (width, luma) = (patch.plane.width, &patch.plane.luma);
    let mut steep = Histogram::new();
    for at in (0..luma.len()).step_by(2) {
        let far = step(luma, width, at, 4);
        if far >= HIGH_EDGE {
            let share = 100 * u32::from(step(luma, width, at, 1)) / u32::from(far);
            steep.add(u8::try_from(share).unwrap_or(u8::MAX));
        }
    }
    if steep.is_empty() {
        return 0.0;
    }
    steep.percentile(90) / 100.0
}

/// The larger difference of brightness, across or down, from `reach` pixels before a pixel to as many behind it.
fn step(luma: &[u8], width: usize, at: usize, reach: usize) -> u8 {
    let pair = |reach: usize| Some((*luma.get(at.checked_sub(reach)?)?, *luma.get(at + reach)?));
    let off = |pair: Option<(u8, u8)>| pair.map_or(0, |(one, other)| one.abs_diff(other));
    off(pair(reach)).max(off(pair(reach * width)))
}

/// The steepest edges of eyes and mouth.
fn edge(patch: &Patch) -> f32 {
    const MOUTH: [usize; 8] = [61, 39, 0, 269, 291, 405, 17, 181];
    let (width, luma) = (patch.plane.width, &patch.plane.luma);
    let mut pixels = patch.inside_grown(&MOUTH, 1.2);
    for lids in LIDS {
        pixels.extend(patch.inside_grown(&lids, 1.6));
    }
    let (mut near, mut far) = (Histogram::new(), Histogram::new());
    for at in pixels {
        near.add(step(luma, width, at, 1));
        far.add(step(luma, width, at, 4));
    }
    near.percentile(98) / far.percentile(98).max(1.0)
}

/// How much larger steps between the 8×8 blocks of a JPEG are than steps inside them, across the picture, which was turned
/// upright so; 1 for a picture without visible blocks.
pub(super) fn blockiness(picture: &Picture, orientation: Orientation) -> f32 {
    /// Rows that are looked at, at most.
    const ROWS: usize = 256;
    let (width, height) = (picture.width as usize, picture.height as usize);
    let every = height.div_ceil(ROWS).max(1);
    // Blocks are counted from the stored edge; where that is the right one now, a narrower block may stand on the left.
    let first = if orientation.is_stored_backwards() {
        width % 8
    } else {
        0
    };
    let (mut edge, mut edges, mut inner, mut inners) = (0_u64, 0_u64, 0_u64, 0_u64);
    for row in picture
        .rgb
        .chunks_exact((width * CHANNELS).max(1))
        .step_by(every)
    {
        let mut before = None;
        for (x, pixel) in row.chunks_exact(CHANNELS).enumerate() {
            let now = luma(pixel[0], pixel[1], pixel[2]);
            let step = u64::from(before.map_or(0, |before: u8| now.abs_diff(before)));
            // Steps of real edges would drown those between blocks.
            if before.is_some() && step < 24 {
                if x % 8 == first {
                    (edge, edges) = (edge + step, edges + 1);
                } else {
                    (inner, inners) = (inner + step, inners + 1);
                }
            }
            before = Some(now);
        }
    }
    let edge = edge as f32 / edges.max(1) as f32;
    let inner = inner as f32 / inners.max(1) as f32;
    rounded((edge + 0.25) / (inner + 0.25))
}
