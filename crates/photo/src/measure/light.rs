//! How the face is lit and coloured.
#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "counts are below 2^24; IEEE-exact operations and libm only"
)]

use serde::{Deserialize, Serialize};

use super::patch::Patch;
use super::statistics::{Histogram, rounded};
use crate::colour::lab;

/// The light on the face. Shares are of its pixels, 0 to 1. Sources: OFIQ's measures, `docs/sources.md#photo-measures`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Light {
    /// Mean brightness, 0 to 1. Skin differs, so this alone says little.
    pub mean: f32,
    /// How many tones there are, in bits; 8 at most. Low where the face is too dark, too bright or washed out.
    pub entropy_bits: f32,
    /// Share of pixels that are nearly black.
    pub dark_share: f32,
    /// Share of pixels that are nearly white.
    pub bright_share: f32,
    /// Brightness of the darker cheek against the other; 1 where they are alike.
    pub cheek_ratio: f32,
    /// How much of the cheeks' tones are the same, 0 to 1.
    pub cheek_overlap: f32,
}

/// The colours of the face.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Tint {
    /// Mean difference between a pixel's strongest and weakest colour, 0 to 255; near 0 for a grey picture.
    pub colourfulness: f32,
    /// Green–red of the cheeks, CIE a*.
    pub skin_a: f32,
    /// Blue–yellow of the cheeks, CIE b*.
    pub skin_b: f32,
}

pub(super) fn light(patch: &Patch) -> Light {
    let histogram = |pixels: &mut dyn Iterator<Item = usize>| {
        let mut histogram = Histogram::new();
        pixels.for_each(|at| histogram.add(patch.plane.luma[at]));
        histogram
    };
    let face = histogram(&mut patch.face());
    let mut light = Light {
        mean: rounded(face.mean()),
        entropy_bits: rounded(face.entropy()),
        dark_share: rounded(face.share(0, 25)),
        bright_share: rounded(face.share(247, 255)),
        cheek_ratio: 1.0,
        cheek_overlap: 1.0,
    };
    if let Some(cheeks) = patch.cheeks() {
        let [left, right] = cheeks.map(|pixels| histogram(&mut pixels.into_iter()));
        if !left.is_empty() && !right.is_empty() {
            let (one, other) = (left.mean(), right.mean());
            light.cheek_ratio = rounded(one.min(other) / one.max(other).max(1.0 / 255.0));
            light.cheek_overlap = rounded(left.overlap(&right));
        }
    }
    light
}

pub(super) fn tint(patch: &Patch) -> Tint {
    let (mut sum, mut count) = (0_u32, 0_u32);
    for at in patch.face() {
        let [red, green, blue] = patch.rgb(at);
        sum += u32::from(red.max(green).max(blue) - red.min(green).min(blue));
        count += 1;
    }
    let cheeks = patch.cheeks().unwrap_or_default();
    let mut means = [Histogram::new(), Histogram::new(), Histogram::new()];
    for &at in cheeks.iter().flatten() {
        for (mean, value) in means.iter_mut().zip(patch.rgb(at)) {
            mean.add(value);
        }
    }
    let [_, skin_a, skin_b] = lab(means.map(|values| values.median()));
    let is_seen = cheeks.iter().any(|cheek| !cheek.is_empty());
    Tint {
        colourfulness: rounded(sum as f32 / count.max(1) as f32),
        skin_a: if is_seen { rounded(skin_a) } else { 0.0 },
        skin_b: if is_seen { rounded(skin_b) } else { 0.0 },
    }
}
