//! From the wider colours of Display P3 to sRGB, by light and in whole numbers, the same on every machine.

use crate::light::{to_light, to_value};
use crate::picture::CHANNELS;

/// Bits of a factor after the point.
const FACTOR_BITS: u32 = 14;

/// How much of the light of red, green and blue of Display P3 becomes red, green and blue of sRGB. Each row adds up to
/// exactly one, so that greys stay what they are. Source: `docs/sources.md#photo-colour-profiles`.
const FACTORS: [[i32; CHANNELS]; CHANNELS] = [
    [20_069, -3_685, 0],
    [-689, 17_073, 0],
    [-322, -1_288, 17_994],
];

/// Turns samples of Display P3 into those of sRGB; what sRGB has not comes as near as it can.
pub(crate) fn to_srgb(rgb: &mut [u8]) {
    for pixel in rgb.as_chunks_mut::<CHANNELS>().0 {
        let light = pixel.map(|value| i32::from(to_light(value)));
        *pixel = FACTORS.map(|factors| {
            let parts = factors.iter().zip(light);
            let sum: i32 = parts.map(|(factor, light)| factor * light).sum();
            let rounded = (sum + (1 << (FACTOR_BITS - 1))) >> FACTOR_BITS;
            to_value(u16::try_from(rounded.max(0)).unwrap_or(u16::MAX))
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_come_out_as_they_look() {
        for (p3, srgb) in [
            ([0, 0, 0], [0, 0, 0]),
            ([255, 255, 255], [255, 255, 255]),
            ([93, 93, 93], [93, 93, 93]),
            ([255, 0, 0], [255, 0, 0]),
            ([210, 160, 140], [219, 157, 136]),
            ([120, 80, 65], [127, 78, 62]),
            ([117, 195, 247], [87, 197, 252]),
        ] {
            let mut pixel = p3;
            to_srgb(&mut pixel);
            assert_eq!(pixel, srgb, "{p3:?}");
        }
    }
}
