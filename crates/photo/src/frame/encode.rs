//! The quality that a photo is written with.

use super::jpeg::Coefficients;
use crate::picture::Picture;
use crate::rules::Rules;

/// The file of the highest quality that keeps to the size rule, for files grow with quality, and that quality; the file
/// of the lowest quality where none does.
pub(super) fn best(picture: &Picture, rules: &Rules) -> (Vec<u8>, u8) {
    let limit = rules.bytes_soft_max as usize;
    let coefficients = Coefficients::of(picture);
    let (mut quality, mut most) = (rules.quality_min, rules.quality_max);
    while quality < most {
        let middle = quality + (most - quality).div_ceil(2);
        if coefficients.least_bytes(middle) <= limit {
            quality = middle;
        } else {
            most = middle - 1;
        }
    }
    loop {
        let jpeg = coefficients.file(quality, rules.dpi);
        if jpeg.len() <= limit || quality == rules.quality_min {
            return (jpeg, quality);
        }
        quality -= 1;
    }
}
