//! Things at the face that hide little of it: straws, strands of hair, lenses, caps, and smoothed skin.
#![expect(
    clippy::float_arithmetic,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "pictures for tests are drawn"
)]

use photo::Picture;

use super::{Rgb, Sitter, apart, lit, noise, pixel, solid};

/// A straw from the mouth downwards.
pub(crate) fn straw(sitter: &Sitter, way: usize) -> Picture {
    let colour: Rgb = [[200.0, 40.0, 40.0], [240.0; 3], [40.0, 90.0, 60.0]][way % 3];
    let lean = [0.0, 0.2, -0.2][way % 3];
    sitter.painted(|x, y, _| {
        let off = apart((x, y), (0.0, 0.66), (lean, 1.8));
        let light = 1.1 - (off / 0.06).powi(2) * 0.6;
        (lit(colour, light), solid(off - 0.05))
    })
}

/// The person's own hair, or black where none is seen.
fn hair(sitter: &Sitter) -> Rgb {
    let colour = sitter.colour(0.0, -0.95);
    let brightness = colour.iter().sum::<f32>() / 3.0;
    if brightness < 110.0 {
        colour
    } else {
        [48.0, 38.0, 32.0]
    }
}

/// A lock of hair that falls over one side of the face, across the eye where it is a `wide` one.
pub(crate) fn strands(sitter: &Sitter, way: usize, wide: bool) -> Picture {
    let colour = hair(sitter);
    let side = if way.is_multiple_of(2) { 1.0 } else { -1.0 };
    let (middle, half) = if wide { (0.42, 0.2) } else { (0.62, 0.1) };
    sitter.painted(|x, y, _| {
        let x = x * side - middle + 0.12 * (y - 0.2) * (y - 0.2);
        let half = half * (1.0 + 0.3 * (y * 2.0).sin());
        let outside = (x.abs() - half).max(-0.85 - y).max(y - 1.05);
        let line = noise(x * 55.0, (y * 1.5).floor());
        let gap = if x.abs() > half * 0.6 && line > 0.2 {
            0.0
        } else {
            1.0
        };
        (lit(colour, 1.0 + 0.35 * line), solid(outside) * gap)
    })
}

/// Glasses with dark, brown or mirrored lenses that let `through` so much of what is behind them.
pub(crate) fn lenses(sitter: &Sitter, way: usize, through: f32) -> Picture {
    sitter.painted(|x, y, _| {
        let place = (x.abs() - 0.45, y + 0.02);
        let outside = super::boxed(place, (0.33, 0.24), 0.15);
        let bridge = super::boxed((x, y + 0.1), (0.14, 0.03), 0.02);
        let frame = solid(outside - 0.03).max(solid(bridge));
        let tint: Rgb = match way % 3 {
            0 => [18.0, 20.0, 22.0],
            1 => [70.0, 40.0, 20.0],
            _ => [120.0 - 180.0 * place.1, 160.0 - 120.0 * place.1, 210.0],
        };
        let lens = solid(outside) * (1.0 - through);
        if lens > 0.0 {
            (tint, lens)
        } else {
            ([25.0; 3], frame)
        }
    })
}

/// A cap pulled to above the brows.
pub(crate) fn cap(sitter: &Sitter, way: usize) -> Picture {
    let colour: Rgb = [
        [35.0, 38.0, 60.0],
        [180.0, 40.0, 45.0],
        [225.0, 225.0, 220.0],
    ][way % 3];
    sitter.painted(|x, y, _| {
        let dome = (x / 1.06).hypot((y + 0.42) / 0.85) - 1.0;
        let outside = dome.max(y + 0.46);
        let brim = (x / 1.15).hypot((y + 0.46) / 0.1) - 1.0;
        let light = if brim < 0.0 { 0.75 } else { 1.0 - 0.2 * x * x };
        let light = light + 0.03 * noise(x * 60.0, y * 60.0);
        (lit(colour, light), solid(outside).max(solid(brim)))
    })
}

/// The face after two bilateral filters, as beauty apps smooth skin: windows of `reach` thousandths of the face's half
/// width, differences of up to about `tones` evened out.
pub(crate) fn smoothed(sitter: &Sitter, reach: f32, tones: f32) -> Picture {
    let half = (sitter.across.0 * reach / 1_000.0).round().clamp(2.0, 12.0) as i32;
    let once = bilateral(&sitter.picture, half, tones, sitter);
    bilateral(&once, half, tones, sitter)
}

fn bilateral(picture: &Picture, half: i32, tones: f32, sitter: &Sitter) -> Picture {
    let on = |picture: Picture| Sitter {
        picture,
        mesh: sitter.mesh.clone(),
        mask: sitter.mask.clone(),
        ..*sitter
    };
    let weights: Vec<f32> = (0..=765)
        .map(|off| (-(off as f32 / 3.0 / tones).powi(2) / 2.0).exp())
        .collect();
    let from = on(picture.clone());
    on(picture.clone()).redrawn(|x, y, old| {
        let (across, down) = from.on_face(x, y);
        if across.abs() > 1.1 || !(-0.9..1.15).contains(&down) {
            return (old, 0.0);
        }
        let (mut sum, mut total) = ([0.0; 3], 0.0);
        for dy in (-half..=half).step_by(2) {
            for dx in (-half..=half).step_by(2) {
                let other = pixel(&from.picture, x + dx as f32, y + dy as f32);
                let off: f32 = other.iter().zip(old).map(|(a, b)| (a - b).abs()).sum();
                let weight = weights[off as usize];
                for (sum, value) in sum.iter_mut().zip(other) {
                    *sum += value * weight;
                }
                total += weight;
            }
        }
        (sum.map(|sum| sum / total), 1.0)
    })
}
