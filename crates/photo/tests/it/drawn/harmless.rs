//! Changes that leave a photo as good as it was.
#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "pictures for tests are drawn"
)]

use jpeg_encoder::{ColorType, Encoder};
use photo::Picture;

/// How a photo is changed.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Change {
    /// Brightness in percent.
    Light(u8),
    /// Size in percent.
    Size(u8),
    /// Quality of a JPEG file that is made of it.
    Jpeg(u8),
    /// Left as right.
    Mirror,
}

/// Twenty of them.
pub(crate) const CHANGES: [Change; 20] = [
    Change::Light(80),
    Change::Light(85),
    Change::Light(90),
    Change::Light(95),
    Change::Light(105),
    Change::Light(110),
    Change::Light(115),
    Change::Size(60),
    Change::Size(70),
    Change::Size(80),
    Change::Size(90),
    Change::Size(110),
    Change::Size(125),
    Change::Size(150),
    Change::Jpeg(95),
    Change::Jpeg(85),
    Change::Jpeg(75),
    Change::Jpeg(65),
    Change::Jpeg(55),
    Change::Mirror,
];

/// The photo after the change, as a file of good quality where it says nothing else.
pub(crate) fn changed(picture: &Picture, change: Change) -> Vec<u8> {
    match change {
        Change::Light(percent) => {
            let mut lit = picture.clone();
            for value in &mut lit.rgb {
                *value = (u32::from(*value) * u32::from(percent) / 100).min(255) as u8;
            }
            jpeg(&lit, 92)
        }
        Change::Size(percent) => jpeg(&resized(picture, f32::from(percent) / 100.0), 92),
        Change::Jpeg(quality) => jpeg(picture, quality),
        Change::Mirror => {
            let mut mirrored = picture.clone();
            for row in mirrored.rgb.chunks_exact_mut(picture.width as usize * 3) {
                row.as_chunks_mut::<3>().0.reverse();
            }
            jpeg(&mirrored, 92)
        }
    }
}

/// The picture as a JPEG file.
pub(crate) fn jpeg(picture: &Picture, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    Encoder::new(&mut bytes, quality)
        .encode(
            &picture.rgb,
            picture.width.try_into().unwrap(),
            picture.height.try_into().unwrap(),
            ColorType::Rgb,
        )
        .unwrap();
    bytes
}

/// The picture at another size: each pixel the mean of nine places of the old one.
fn resized(picture: &Picture, by: f32) -> Picture {
    let (width, height) = (
        (picture.width as f32 * by) as u32,
        (picture.height as f32 * by) as u32,
    );
    let mut rgb = Vec::with_capacity((width * height * 3) as usize);
    for y in 0..height {
        for x in 0..width {
            let mut sum = [0.0; 3];
            for part in 0..9 {
                let (dx, dy) = (
                    (part % 3) as f32 / 3.0 + 1.0 / 6.0,
                    (part / 3) as f32 / 3.0 + 1.0 / 6.0,
                );
                let old = super::pixel(picture, (x as f32 + dx) / by, (y as f32 + dy) / by);
                for (sum, value) in sum.iter_mut().zip(old) {
                    *sum += value / 9.0;
                }
            }
            rgb.extend(sum.map(|value| (value + 0.5) as u8));
        }
    }
    Picture { width, height, rgb }
}
