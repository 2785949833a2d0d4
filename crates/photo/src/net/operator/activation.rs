//! Functions of single values, applied to what another operation made.
#![expect(
    clippy::inline_always,
    reason = "vector code must be compiled for the vectors of its caller"
)]

use fearless_simd::Simd;

/// A function of a value, and for some of its channel.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::net) enum Activation {
    /// The value itself.
    None,
    /// The value, or 0 where it is negative.
    Relu,
    /// The value, or its product with the slope of the channel where it is negative.
    Prelu(Vec<f32>),
    /// The value times a ramp that rises from 0 at -3 to 1 at 3.
    HardSwish,
    /// 1 ÷ (1 + e⁻ˣ).
    Logistic,
}

impl Activation {
    /// Changes the values of whole pixels.
    pub(in crate::net) fn apply<S: Simd>(&self, simd: S, values: &mut [f32]) {
        simd.vectorize(
            #[inline(always)]
            || self.change(values),
        );
    }

    /// As [`apply`](Self::apply), for callers that are vector code themselves.
    #[inline(always)]
    pub(super) fn change(&self, values: &mut [f32]) {
        match self {
            Self::None => {}
            Self::Relu => each(values, |value| if value > 0.0 { value } else { 0.0 }),
            Self::Prelu(slopes) => prelu(values, slopes),
            Self::HardSwish => each(values, |value| value * ramp(value + 3.0, 6.0) / 6.0),
            Self::Logistic => each(values, logistic),
        }
    }
}

#[inline(always)]
fn each(values: &mut [f32], function: impl Fn(f32) -> f32) {
    for value in values {
        *value = function(*value);
    }
}

#[inline(always)]
fn prelu(values: &mut [f32], slopes: &[f32]) {
    for pixel in values.chunks_exact_mut(slopes.len()) {
        for (value, slope) in pixel.iter_mut().zip(slopes) {
            let low = *value * slope;
            *value = if *value > 0.0 { *value } else { low };
        }
    }
}

/// The value, cut at 0 and at `top`.
#[inline(always)]
fn ramp(value: f32, top: f32) -> f32 {
    let value = if value > 0.0 { value } else { 0.0 };
    if value < top { value } else { top }
}

/// 1 ÷ (1 + e⁻ˣ), of basic operations only: whole powers of two by the exponent's bits, the rest by a polynomial.
/// At most two units in the last place away; 0 or 1 beyond ±87.
#[inline(always)]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the exponent is between -126 and 126"
)]
pub(crate) fn logistic(value: f32) -> f32 {
    /// Adding it leaves no room for what is behind the point.
    const ROUND: f32 = 12_582_912.0;
    /// The natural logarithm of 2 in two parts, the first so short that its multiples are exact.
    const LN_2: [f32; 2] = [0.693_359_4, -2.121_944_4e-4];
    let power = ramp(87.0 - value, 174.0) - 87.0;
    let twos = (power * core::f32::consts::LOG2_E + ROUND) - ROUND;
    let rest = power - twos * LN_2[0] - twos * LN_2[1];
    // The Taylor series: below half of ln 2 its eighth term is less than half a unit in the last place.
    let series = [
        1.0 / 720.0,
        1.0 / 120.0,
        1.0 / 24.0,
        1.0 / 6.0,
        0.5,
        1.0,
        1.0,
    ];
    let mut exponential = 1.0 / 5040.0;
    for term in series {
        exponential = exponential * rest + term;
    }
    let scale = f32::from_bits(((twos as i32 + 127) as u32) << 23);
    1.0 / (1.0 + exponential * scale)
}
