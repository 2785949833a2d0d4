//! Colours as people see their differences: CIE L*a*b* (1976) under D65.
#![expect(
    clippy::float_arithmetic,
    reason = "IEEE-exact operations and libm, the same on every machine"
)]

use crate::light::to_light;

/// Lightness 0 to 100, green–red, blue–yellow.
pub(crate) type Lab = [f32; 3];

/// The colour of stored sRGB values. Source: IEC 61966-2-1, CIE 15.
pub(crate) fn lab(rgb: [u8; 3]) -> Lab {
    let [red, green, blue] = rgb.map(|value| f32::from(to_light(value)) / 65_535.0);
    let x = (0.412_456 * red + 0.357_576 * green + 0.180_438 * blue) / 0.950_47;
    let y = 0.212_673 * red + 0.715_152 * green + 0.072_175 * blue;
    let z = (0.019_334 * red + 0.119_192 * green + 0.950_304 * blue) / 1.088_83;
    let [x, y, z] = [x, y, z].map(|light| {
        if light > 0.008_856 {
            libm::cbrtf(light)
        } else {
            7.787 * light + 16.0 / 116.0
        }
    });
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// How different two colours look: CIE 1976 ΔE; 2.3 is just noticeable.
pub(crate) fn delta_e(one: Lab, other: Lab) -> f32 {
    let [l, a, b] = [0, 1, 2].map(|index| one[index] - other[index]);
    libm::sqrtf(l * l + a * a + b * b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::white([255, 255, 255], [100.0, 0.0, 0.0])]
    #[case::black([0, 0, 0], [0.0, 0.0, 0.0])]
    #[case::red([255, 0, 0], [53.2, 80.1, 67.2])]
    #[case::blue([100, 197, 255], [76.0, -11.8, -37.1])]
    fn known_colours_have_their_known_places(#[case] rgb: [u8; 3], #[case] expected: [f32; 3]) {
        assert!(delta_e(lab(rgb), expected) < 1.0, "{rgb:?}: {:?}", lab(rgb));
    }

    #[test]
    fn the_two_blues_of_backgrounds_are_as_far_apart_as_they_look() {
        // Xinhua's blue of 2020 against the standard's, docs/sources.md#photo-standard.
        let blues = delta_e(lab([100, 197, 255]), lab([0, 163, 230]));
        assert!((13.0..15.5).contains(&blues), "{blues}");
    }
}
