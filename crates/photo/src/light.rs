//! Between the stored value of a sample and the amount of light it stands for (sRGB, IEC 61966-2-1).
//!
//! Pixels are averaged as light, or fine bright detail such as strands of hair before a blue background turns dark.
//! The tables are made when the crate is compiled, from sums that give the same bits on every machine.
#![expect(
    clippy::float_arithmetic,
    reason = "IEEE-exact operations at compile time"
)]

/// Light of each stored value, 0 to 65,535.
static LIGHT: [u16; 256] = lights(0.0);

/// From how much light on each stored value above 0 is the nearest.
const THRESHOLDS: [u16; 255] = lights(0.5);

/// The most light that each stored value is the nearest to.
static MOST: [u16; 256] = {
    let mut most = [u16::MAX; 256];
    let mut value = 0;
    while value < THRESHOLDS.len() {
        most[value] = THRESHOLDS[value] - 1;
        value += 1;
    }
    most
};

/// Bits of light below those that [`NEAR`] is asked with: 16 steps, fewer than any two thresholds are apart.
const FINE_BITS: u32 = 4;

/// The stored value nearest to the least light of each 16 steps.
static NEAR: [u8; 1 << (16 - FINE_BITS)] = nearest();

/// The light that a stored value stands for, 0 to 65,535.
#[inline]
pub(crate) fn to_light(value: u8) -> u16 {
    LIGHT[usize::from(value)]
}

/// The stored value nearest to an amount of light.
#[inline]
pub(crate) fn to_value(light: u16) -> u8 {
    let near = NEAR[usize::from(light >> FINE_BITS)];
    near + u8::from(MOST[usize::from(near)] < light)
}

const fn nearest() -> [u8; 1 << (16 - FINE_BITS)] {
    let mut table = [0; 1 << (16 - FINE_BITS)];
    let (mut index, mut value) = (0, 0_u8);
    while index < table.len() {
        while value < u8::MAX && THRESHOLDS[value as usize] as usize <= index << FINE_BITS {
            value += 1;
        }
        table[index] = value;
        index += 1;
    }
    table
}

/// The light of the values from `first` on.
#[expect(clippy::cast_precision_loss, reason = "the values are below 256")]
const fn lights<const COUNT: usize>(first: f64) -> [u16; COUNT] {
    let mut table = [0; COUNT];
    let mut index = 0;
    while index < COUNT {
        table[index] = light_of((index as f64 + first) / 255.0);
        index += 1;
    }
    table
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the value is between 0 and 65,535"
)]
const fn light_of(value: f64) -> u16 {
    let light = if value <= 0.040_45 {
        value / 12.92
    } else {
        // The power 2.4 is a square times its fifth root.
        let base = (value + 0.055) / 1.055;
        base * base * fifth_root(base * base)
    };
    (light * 65_535.0 + 0.5) as u16
}

/// Newton's method from above, which has long converged for the values between 0.008 and 1 that are asked for.
const fn fifth_root(value: f64) -> f64 {
    let mut root = 1.0;
    let mut step = 0;
    while step < 32 {
        let fourth = root * root * root * root;
        root -= (fourth * root - value) / (5.0 * fourth);
        step += 1;
    }
    root
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_survives_the_way_there_and_back() {
        for value in 0..=u8::MAX {
            assert_eq!(to_value(to_light(value)), value);
        }
    }

    #[test]
    fn every_amount_of_light_has_its_nearest_value() {
        for light in 0..=u16::MAX {
            let value = THRESHOLDS.partition_point(|&threshold| threshold <= light);
            assert_eq!(usize::from(to_value(light)), value);
        }
    }

    #[test]
    fn the_curve_is_that_of_the_standard() {
        let expected = |value: f64| {
            let value = value / 255.0;
            65_535.0
                * if value <= 0.040_45 {
                    value / 12.92
                } else {
                    ((value + 0.055) / 1.055).powf(2.4)
                }
        };
        for value in 0..=u8::MAX {
            let difference = f64::from(to_light(value)) - expected(f64::from(value));
            assert!(difference.abs() <= 0.500_1, "{value}: {difference}");
        }
    }
}
