//! From the colours of other profiles to those of sRGB, by light and in whole numbers, the same on every machine.

use crate::file::{Conversion, Profile};
use crate::light::{to_light, to_value};
use crate::picture::CHANNELS;

/// Bits of a factor after the point.
const FACTOR_BITS: u32 = 14;
/// One as a factor.
const ONE: i32 = 1 << FACTOR_BITS;

/// How much of the light of red, green and blue becomes red, green and blue of sRGB.
type Factors = [[i32; CHANNELS]; CHANNELS];

/// From Display P3. Each row adds up to exactly one, so that greys stay what they are. Source:
/// `docs/sources.md#photo-colour-profiles`.
const DISPLAY_P3: Factors = [
    [20_069, -3_685, 0],
    [-689, 17_073, 0],
    [-322, -1_288, 17_994],
];

/// From X, Y and Z under D50 to the light of sRGB, in 65,536ths. Source: `docs/sources.md#photo-colour-profiles`.
const FROM_XYZ: [[i64; CHANNELS]; CHANNELS] = [
    [205_380, -105_963, -32_153],
    [-64_145, 125_576, 2_192],
    [4_715, -15_007, 92_094],
];

/// Turns stored values into those of sRGB; what sRGB has not comes as near as it can.
pub(crate) fn to_srgb(rgb: &mut [u8], conversion: &Conversion) {
    match conversion {
        Conversion::None | Conversion::Unknown => {}
        Conversion::DisplayP3 => convert(rgb, DISPLAY_P3, |_, value| to_light(value)),
        Conversion::Profile(profile) => convert(rgb, factors(profile), |channel, value| {
            profile.curves[channel][usize::from(value)]
        }),
    }
}

fn convert(rgb: &mut [u8], factors: Factors, light: impl Fn(usize, u8) -> u16) {
    for pixel in rgb.as_chunks_mut::<CHANNELS>().0 {
        let [red, green, blue] = *pixel;
        let light = [light(0, red), light(1, green), light(2, blue)].map(i32::from);
        *pixel = factors.map(|factors| {
            let parts = factors.iter().zip(light);
            // At most 2 bits more than 16 + 14: no factor of a checked profile is over 3.
            let sum: i64 = parts
                .map(|(factor, light)| i64::from(*factor) * i64::from(light))
                .sum();
            let rounded = (sum + i64::from(ONE / 2)) >> FACTOR_BITS;
            to_value(u16::try_from(rounded.max(0)).unwrap_or(u16::MAX))
        });
    }
}

/// The factors of a profile, each row adjusted to add up to exactly one.
fn factors(profile: &Profile) -> Factors {
    let mut factors = FROM_XYZ.map(|row| {
        profile.primaries.map(|primary| {
            let parts = row.iter().zip(primary);
            let sum: i64 = parts.map(|(a, b)| a * i64::from(b)).sum();
            let half = 1 << (31 - FACTOR_BITS);
            i32::try_from((sum + half) >> (32 - FACTOR_BITS)).unwrap_or(0)
        })
    });
    for (place, row) in factors.iter_mut().enumerate() {
        row[place] += ONE - row.iter().sum::<i32>();
    }
    factors
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::black([0, 0, 0], [0, 0, 0])]
    #[case::white([255, 255, 255], [255, 255, 255])]
    #[case::grey([93, 93, 93], [93, 93, 93])]
    #[case::red([255, 0, 0], [255, 0, 0])]
    #[case::light_skin([210, 160, 140], [219, 157, 136])]
    #[case::dark_skin([120, 80, 65], [127, 78, 62])]
    #[case::blue_background([117, 195, 247], [87, 197, 252])]
    fn colours_come_out_as_they_look(#[case] p3: [u8; 3], #[case] srgb: [u8; 3]) {
        let mut pixel = p3;
        to_srgb(&mut pixel, &Conversion::DisplayP3);
        assert_eq!(pixel, srgb, "{p3:?}");
    }

    /// Adobe RGB by the published matrices, in floating point, as other programs compute it.
    #[rstest]
    #[case::black([0, 0, 0], [0, 0, 0])]
    #[case::white([255, 255, 255], [255, 255, 255])]
    #[case::grey([128, 128, 128], [129, 129, 129])]
    #[case::skin([200, 150, 130], [217, 151, 130])]
    #[case::blue([60, 120, 200], [0, 121, 204])]
    fn adobe_rgb_comes_out_as_other_programs_say(#[case] from: [u8; 3], #[case] to: [u8; 3]) {
        let adobe = Conversion::Profile(Box::new(Profile::adobe_rgb()));
        let mut pixel = from;
        to_srgb(&mut pixel, &adobe);
        let is_near = pixel.iter().zip(to).all(|(a, b)| a.abs_diff(b) <= 2);
        assert!(is_near, "{from:?}: {pixel:?}, not {to:?}");
    }
}
