//! Colour profiles, read as far as to know Display P3, in which phones take photos. Source: ICC.1,
//! `docs/sources.md#photo-colour-profiles`.

use crate::light::to_light;

/// What a segment of a profile begins with; the number of the part from 1, and how many there are, follow.
const MARK: &[u8] = b"ICC_PROFILE\0";
/// The largest profile that is read, in bytes; that of Display P3 has a few hundred.
const MAX_BYTES: usize = 64 * 1024;
/// Where the header names the colours of the pixels and those that they lead to.
const SPACES: std::ops::Range<usize> = 16..24;
/// Where the table of tags begins: how many, and then an entry each.
const TAGS: usize = 128;
/// Bytes of an entry: name, place, length.
const ENTRY_BYTES: usize = 12;

/// Red, green and blue of Display P3 under D50, in 65,536ths: the names of primary and curve, and X, Y, Z.
const PRIMARIES: [([u8; 4], [u8; 4], [i32; 3]); 3] = [
    (*b"rXYZ", *b"rTRC", [33_759, 15_807, -69]),
    (*b"gXYZ", *b"gTRC", [19_135, 45_367, 2_745]),
    (*b"bXYZ", *b"bTRC", [10_296, 4_363, 51_385]),
];
/// The curve of sRGB as a formula, in 65,536ths: power, factor and addend above, factor below, and where it bends.
const CURVE: [i32; 5] = [157_286, 62_119, 3_417, 5_072, 2_651];
/// How far a number may be off, in 65,536ths: programs round differently, and other profiles are farther.
const NEAR: u32 = 200;
/// How far a curve that is told point by point may be off, of 65,535.
const CURVE_NEAR: u16 = 650;

/// Whether these payloads of APP2 segments, of a file in order, hold the profile of Display P3 with the curve of sRGB.
pub(super) fn is_display_p3<'a>(segments: impl Iterator<Item = &'a [u8]>) -> bool {
    joined(segments).is_some_and(|profile| says_display_p3(&profile).unwrap_or(false))
}

/// The profile from all its parts, in whichever order they come; `None` where one is missing or stands twice.
fn joined<'a>(segments: impl Iterator<Item = &'a [u8]>) -> Option<Vec<u8>> {
    let mut parts: Vec<Option<&[u8]>> = Vec::new();
    for segment in segments {
        let Some([number, count, part @ ..]) = segment.strip_prefix(MARK) else {
            continue;
        };
        if parts.is_empty() {
            parts.resize(usize::from(*count), None);
        }
        let place = parts.get_mut(usize::from(*number).checked_sub(1)?)?;
        if place.replace(part).is_some() {
            return None;
        }
    }
    let parts: Vec<&[u8]> = parts.into_iter().collect::<Option<_>>()?;
    let bytes: usize = parts.iter().map(|part| part.len()).sum();
    (bytes <= MAX_BYTES).then(|| parts.concat())
}

fn says_display_p3(profile: &[u8]) -> Option<bool> {
    if profile.get(SPACES)? != b"RGB XYZ " {
        return Some(false);
    }
    for (primary, curve, expected) in PRIMARIES {
        let place = tag(profile, primary)?.strip_prefix(b"XYZ \0\0\0\0")?;
        if !is_near(place, &expected) || !is_srgb_curve(tag(profile, curve)?)? {
            return Some(false);
        }
    }
    Some(true)
}

fn tag(profile: &[u8], name: [u8; 4]) -> Option<&[u8]> {
    let (count, entries) = profile.get(TAGS..)?.split_first_chunk()?;
    let count = usize::try_from(u32::from_be_bytes(*count)).ok()?;
    let entry = entries
        .chunks_exact(ENTRY_BYTES)
        .take(count)
        .find(|entry| entry.starts_with(&name))?;
    let number = |at: usize| {
        let bytes = entry.get(at..)?.first_chunk()?;
        usize::try_from(u32::from_be_bytes(*bytes)).ok()
    };
    profile.get(number(4)?..)?.get(..number(8)?)
}

/// Whether the bytes are these numbers, or nearly; more bytes do not matter.
fn is_near(bytes: &[u8], expected: &[i32]) -> bool {
    let (numbers, _) = bytes.as_chunks::<4>();
    numbers.len() >= expected.len()
        && numbers
            .iter()
            .zip(expected)
            .all(|(number, expected)| i32::from_be_bytes(*number).abs_diff(*expected) <= NEAR)
}

/// A curve is a formula, or values point by point.
fn is_srgb_curve(curve: &[u8]) -> Option<bool> {
    if let Some(formula) = curve.strip_prefix(b"para\0\0\0\0") {
        return Some(match formula {
            [0, 3, _, _, numbers @ ..] => is_near(numbers, &CURVE),
            [0, 4, _, _, numbers @ ..] => {
                is_near(numbers, &CURVE) && is_near(numbers.get(20..)?, &[0, 0])
            }
            _ => false,
        });
    }
    let points = curve.strip_prefix(b"curv\0\0\0\0")?.get(4..)?;
    let (points, _) = points.as_chunks::<2>();
    let last = points.len().checked_sub(1)?;
    let is_off = |(place, point): (usize, &[u8; 2])| {
        let expected = srgb_light(place, last);
        u16::from_be_bytes(*point).abs_diff(expected) > CURVE_NEAR
    };
    // One point alone is a mere power; a few would say nothing of what lies between.
    Some(last >= 63 && !points.iter().enumerate().any(is_off))
}

/// The light at a place of `last`, between the values of a sample.
fn srgb_light(place: usize, last: usize) -> u16 {
    let value = |value: usize| u8::try_from(value).unwrap_or(u8::MAX);
    let (below, rest) = (place * 255 / last, place * 255 % last);
    let [low, high] = [below, below + 1].map(|at| usize::from(to_light(value(at))));
    let light = low + (high - low) * rest / last;
    u16::try_from(light).unwrap_or(u16::MAX)
}
