//! Colour profiles of three primaries with a curve each, as cameras, phones and editors write them. Source: ICC.1,
//! `docs/sources.md#photo-colour-profiles`.
#![expect(
    clippy::float_arithmetic,
    reason = "curves are computed, by the same functions on every machine"
)]

use crate::light::to_light;

/// What a segment of a profile begins with; the number of the part from 1, and how many there are, follow.
const MARK: &[u8] = b"ICC_PROFILE\0";
/// The largest profile that is read, in bytes; one of primaries and curves has a few hundred, or some thousand.
const MAX_BYTES: usize = 64 * 1024;
/// Where the header names the colours of the pixels and those that they lead to.
const SPACES: std::ops::Range<usize> = 16..24;
/// Where it names the colours of the pixels alone.
const PIXEL_SPACE: std::ops::Range<usize> = 16..20;
/// Where the table of tags begins: how many, and then an entry each.
const TAGS: usize = 128;
/// Bytes of an entry: name, place, length.
const ENTRY_BYTES: usize = 12;
/// The tags of the three primaries and their curves.
const TAG_NAMES: [(&str, &str); 3] = [("rXYZ", "rTRC"), ("gXYZ", "gTRC"), ("bXYZ", "bTRC")];

/// X, Y and Z of the white D50, in 65,536ths.
const WHITE: [i32; 3] = [63_190, 65_536, 54_061];
/// Red, green and blue of sRGB under D50.
const SRGB: [[i32; 3]; 3] = [
    [28_578, 14_581, 912],
    [25_238, 46_981, 6_362],
    [9_376, 3_973, 46_787],
];
/// Red, green and blue of Display P3 under D50.
const DISPLAY_P3: [[i32; 3]; 3] = [
    [33_759, 15_807, -69],
    [19_135, 45_367, 2_745],
    [10_296, 4_363, 51_385],
];
/// Red, green and blue of Adobe RGB (1998) under D50.
const ADOBE_RGB: [[i32; 3]; 3] = [
    [39_960, 20_389, 1_276],
    [13_453, 41_009, 3_989],
    [9_783, 4_138, 48_796],
];
/// The power of the curve of Adobe RGB (1998).
const ADOBE_GAMMA: f64 = 2.199_218_75;
/// How far a number may be off, in 65,536ths: programs round differently, and other profiles are farther.
const NEAR: u32 = 200;
/// How far a curve may be off, of 65,535.
const CURVE_NEAR: u16 = 650;

/// Whether the payload of a segment is a part of a profile.
pub(super) fn is_part(payload: &[u8]) -> bool {
    payload.starts_with(MARK)
}

/// The profile from all its parts, in whichever order they come; `None` where one is missing or stands twice.
pub(super) fn joined<'a>(segments: impl Iterator<Item = &'a [u8]>) -> Option<Vec<u8>> {
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

/// Whether a profile is one of shades of grey.
pub(super) fn is_grey(profile: &[u8]) -> bool {
    let space = profile.get(PIXEL_SPACE);
    space.is_some_and(|space| space == b"GRAY")
}

/// A profile of three primaries, each with a curve.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Profile {
    /// X, Y and Z of red, green and blue under D50, in 65,536ths.
    pub(crate) primaries: [[i32; 3]; 3],
    /// The light of each stored value of red, green and blue, 0 to 65,535.
    pub(crate) curves: [[u16; 256]; 3],
}

/// Primaries that are known by name.
#[derive(Clone, Copy)]
pub(super) enum Primaries {
    /// Those of sRGB.
    Srgb,
    /// Those of Display P3.
    DisplayP3,
}

impl Profile {
    /// That of Adobe RGB (1998), which cameras name without including it.
    pub(crate) fn adobe_rgb() -> Self {
        Self {
            primaries: ADOBE_RGB,
            curves: [power(ADOBE_GAMMA); 3],
        }
    }

    /// Reads a profile; `None` where it is damaged or of another sort.
    pub(super) fn read(profile: &[u8]) -> Option<Self> {
        if profile.get(SPACES)? != b"RGB XYZ " {
            return None;
        }
        let mut primaries = [[0; 3]; 3];
        let mut curves = [[0; 256]; 3];
        for (place, (primary, curve)) in TAG_NAMES.into_iter().enumerate() {
            let xyz = tag(profile, primary)?.strip_prefix(b"XYZ \0\0\0\0")?;
            primaries[place] = numbers(xyz)?;
            curves[place] = read_curve(tag(profile, curve)?)?;
        }
        // White must come out white, or the profile is no such one.
        let white: [i32; 3] =
            [0, 1, 2].map(|axis| primaries.iter().map(|primary| primary[axis]).sum());
        is_near(&white, &WHITE).then_some(Self { primaries, curves })
    }

    /// Whether all its curves are that of sRGB, or nearly.
    pub(super) fn has_srgb_curve(&self) -> bool {
        self.curves.iter().all(is_srgb_curve)
    }

    /// The known primaries that its own nearly are.
    pub(super) fn nearest(&self) -> Option<Primaries> {
        let is = |known: [[i32; 3]; 3]| {
            let mut pairs = self.primaries.iter().zip(&known);
            pairs.all(|(primary, known)| is_near(primary, known))
        };
        if is(SRGB) {
            Some(Primaries::Srgb)
        } else if is(DISPLAY_P3) {
            Some(Primaries::DisplayP3)
        } else {
            None
        }
    }
}

fn tag<'a>(profile: &'a [u8], name: &str) -> Option<&'a [u8]> {
    let (count, entries) = profile.get(TAGS..)?.split_first_chunk()?;
    let count = usize::try_from(u32::from_be_bytes(*count)).ok()?;
    let entry = entries
        .chunks_exact(ENTRY_BYTES)
        .take(count)
        .find(|entry| entry.starts_with(name.as_bytes()))?;
    let number = |at: usize| {
        let bytes = entry.get(at..)?.first_chunk()?;
        usize::try_from(u32::from_be_bytes(*bytes)).ok()
    };
    profile.get(number(4)?..)?.get(..number(8)?)
}

fn is_near(numbers: &[i32; 3], expected: &[i32; 3]) -> bool {
    let mut pairs = numbers.iter().zip(expected);
    pairs.all(|(number, expected)| number.abs_diff(*expected) <= NEAR)
}

/// So many numbers in 65,536ths; more bytes do not matter.
fn numbers<const COUNT: usize>(bytes: &[u8]) -> Option<[i32; COUNT]> {
    let (numbers, _) = bytes.as_chunks::<4>();
    let numbers: &[[u8; 4]; COUNT] = numbers.first_chunk()?;
    Some(numbers.map(i32::from_be_bytes))
}

/// Whether the curve is that of sRGB, or nearly.
fn is_srgb_curve(curve: &[u16; 256]) -> bool {
    let mut values = (0..=u8::MAX).zip(curve);
    values.all(|(value, light)| light.abs_diff(to_light(value)) <= CURVE_NEAR)
}

/// A curve is a formula, a power, or values point by point.
fn read_curve(curve: &[u8]) -> Option<[u16; 256]> {
    if let Some(formula) = curve.strip_prefix(b"para\0\0\0\0") {
        return formula_curve(formula);
    }
    let (count, points) = curve
        .strip_prefix(b"curv\0\0\0\0")?
        .split_first_chunk::<4>()?;
    let count = usize::try_from(u32::from_be_bytes(*count)).ok()?;
    let (points, _) = points.as_chunks::<2>();
    match points
        .get(..count)?
        .iter()
        .map(|point| u16::from_be_bytes(*point))
        .collect::<Vec<_>>()[..]
    {
        [] => Some(power(1.0)),
        [gamma] => Some(power(f64::from(gamma) / 256.0)),
        ref points => Some(point_curve(points)),
    }
}

/// The light of all values by a power.
fn power(gamma: f64) -> [u16; 256] {
    lights(|value| libm::pow(value, gamma))
}

/// The light of all values, by a function from 0 to 1 to the same.
fn lights(light: impl Fn(f64) -> f64) -> [u16; 256] {
    std::array::from_fn(|value| {
        let value = u8::try_from(value).unwrap_or(u8::MAX);
        to_whole(light(f64::from(value) / 255.0))
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the value is brought between 0 and 65,535 before"
)]
fn to_whole(light: f64) -> u16 {
    // What is no number becomes 0.
    (libm::fmin(libm::fmax(light, 0.0), 1.0) * 65_535.0 + 0.5) as u16
}

/// The formulas of ICC.1, 10.18: a power, and for small values a line.
struct Formula {
    gamma: f64,
    factor: f64,
    offset: f64,
    line: f64,
    bend: f64,
    above: f64,
    below: f64,
}

impl Formula {
    fn read(formula: &[u8]) -> Option<Self> {
        let (kind, parameters) = formula.split_first_chunk::<4>()?;
        let (parameters, _) = parameters.as_chunks::<4>();
        let given = |place: usize| {
            let number = parameters.get(place)?;
            Some(f64::from(i32::from_be_bytes(*number)) / 65_536.0)
        };
        let power = Self {
            gamma: given(0)?,
            factor: 1.0,
            offset: 0.0,
            line: 0.0,
            bend: 0.0,
            above: 0.0,
            below: 0.0,
        };
        let [0, kind] = kind[..2] else {
            return None;
        };
        if kind == 0 {
            return Some(power);
        }
        let shifted = Self {
            factor: given(1)?,
            offset: given(2)?,
            ..power
        };
        let bend = -shifted.offset / shifted.factor;
        Some(match kind {
            1 => Self { bend, ..shifted },
            2 => Self {
                bend,
                above: given(3)?,
                below: given(3)?,
                ..shifted
            },
            3 => Self {
                line: given(3)?,
                bend: given(4)?,
                ..shifted
            },
            4 => Self {
                line: given(3)?,
                bend: given(4)?,
                above: given(5)?,
                below: given(6)?,
                ..shifted
            },
            _ => return None,
        })
    }

    fn light(&self, value: f64) -> f64 {
        if value >= self.bend {
            libm::pow(self.factor * value + self.offset, self.gamma) + self.above
        } else {
            self.line * value + self.below
        }
    }
}

fn formula_curve(formula: &[u8]) -> Option<[u16; 256]> {
    let formula = Formula::read(formula)?;
    Some(lights(|value| formula.light(value)))
}

/// The light of all values between the points of a curve.
fn point_curve(points: &[u16]) -> [u16; 256] {
    let last = points.len() - 1;
    std::array::from_fn(|value| {
        let (below, rest) = (value * last / 255, value * last % 255);
        let low = usize::from(points[below]);
        let high = usize::from(points[(below + 1).min(last)]);
        let light = (low * (255 - rest) + high * rest + 127) / 255;
        u16::try_from(light).unwrap_or(u16::MAX)
    })
}
