//! Covers of the face.
#![expect(
    clippy::float_arithmetic,
    clippy::similar_names,
    reason = "pictures for tests are drawn: size and side, palm and place"
)]

use photo::Picture;

use super::{Rgb, Sitter, apart, boxed, lit, noise, solid};

/// What hides a part of the face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cover {
    Mask,
    Cup,
    HandOnMouth,
    HandOnCheek,
    Book,
    Camera,
    Phone,
}

impl Cover {
    pub(crate) const ALL: [Self; 7] = [
        Self::Mask,
        Self::Cup,
        Self::HandOnMouth,
        Self::HandOnCheek,
        Self::Book,
        Self::Camera,
        Self::Phone,
    ];
    /// How many ways each is drawn in.
    pub(crate) const WAYS: usize = 6;

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Mask => "mask",
            Self::Cup => "cup",
            Self::HandOnMouth => "hand before the mouth",
            Self::HandOnCheek => "hand on the cheek",
            Self::Book => "book",
            Self::Camera => "camera",
            Self::Phone => "phone",
        }
    }

    /// The portrait with it; each way has its own size, place and colour.
    pub(crate) fn drawn(self, sitter: &Sitter, way: usize) -> Picture {
        let size = [1.0, 0.8, 1.2, 0.9, 1.1, 0.7][way % Self::WAYS];
        let shift = [0.0, 0.06, -0.06, 0.1, -0.1, 0.03][way % Self::WAYS];
        match self {
            Self::Mask => mask(sitter, way, size),
            Self::Cup => cup(sitter, way, size, shift),
            Self::HandOnMouth => hand(sitter, size, (shift, 0.66), 0.25 + shift * 3.0),
            Self::HandOnCheek => {
                let side = if way.is_multiple_of(2) { 1.0 } else { -1.0 };
                hand(sitter, size * 1.1, (side * 0.62, 0.5), side * (1.2 + shift))
            }
            Self::Book => book(sitter, way, size),
            Self::Camera => camera(sitter, way, size, shift),
            Self::Phone => phone(sitter, way, size),
        }
    }
}

const COLOURS: [Rgb; 6] = [
    [238.0, 240.0, 242.0],
    [150.0, 190.0, 225.0],
    [30.0, 30.0, 34.0],
    [205.0, 60.0, 55.0],
    [196.0, 160.0, 120.0],
    [70.0, 110.0, 80.0],
];

/// A mask from the nose to below the chin with its folds.
fn mask(sitter: &Sitter, way: usize, size: f32) -> Picture {
    let colour = COLOURS[way % 6];
    sitter.painted(|x, y, _| {
        let top = 0.75 - 0.4 * size + 0.28 * x * x;
        let side = 0.98 - (y - 0.75).max(0.0) * 0.9;
        let outside = (top - y).max(y - 1.1).max(x.abs() - side);
        let fold = if (y * 14.0).fract() < 0.18 { 0.9 } else { 1.0 };
        let round = 1.0 - 0.25 * x * x;
        let texture = 1.0 + 0.02 * noise(x * 90.0, y * 90.0);
        (lit(colour, fold * round * texture), solid(outside))
    })
}

/// A cup before the mouth and the chin.
fn cup(sitter: &Sitter, way: usize, size: f32, shift: f32) -> Picture {
    let colour = COLOURS[(way + 4) % 6];
    sitter.painted(|x, y, _| {
        let (x, half) = (x - shift, size * (0.62 - 0.1 * (y - 0.55)));
        let outside = (0.9 - 0.3 * size - y).max(y - 1.7).max(x.abs() - half);
        let light = 1.05 - 0.5 * (x / half).powi(2) + 0.01 * noise(x * 80.0, y * 80.0);
        let lid = if y < 1.0 - 0.3 * size { 1.15 } else { 1.0 };
        (lit(colour, light * lid), solid(outside))
    })
}

/// A hand of the person's own skin: a palm and four fingers, turned, its finger tips up.
fn hand(sitter: &Sitter, size: f32, at: (f32, f32), turn: f32) -> Picture {
    let skin = sitter.colour(-0.5, 0.35);
    let other = sitter.colour(0.5, 0.35);
    let skin = [0, 1, 2].map(|channel| f32::midpoint(skin[channel], other[channel]) * 0.95);
    let (sin, cos) = turn.sin_cos();
    sitter.painted(|x, y, _| {
        let (x, y) = (x - at.0, (y - at.1) * 1.15);
        let (x, y) = ((x * cos + y * sin) / size, (y * cos - x * sin) / size);
        let palm = boxed((x, y - 0.5), (0.44, 0.4), 0.2);
        let mut outside = palm;
        let mut light = 1.0 - 0.25 * (x / 0.5).powi(2);
        for (finger, length) in [(-0.33, 0.32), (-0.11, 0.42), (0.11, 0.45), (0.33, 0.36)] {
            let off = apart((x, y), (finger, 0.3), (finger * 1.15, -length)) - 0.105;
            if off < 0.02 {
                // Round fingers with dark lines between them.
                light = 1.04 - 0.5 * ((off + 0.105) / 0.12).powi(3);
            }
            outside = outside.min(off);
        }
        let thumb = apart((x, y), (-0.4, 0.55), (-0.62, 0.05)) - 0.1;
        outside = outside.min(thumb);
        let light = light + 0.03 * noise(x * 60.0, y * 60.0);
        (lit(skin, light), solid(outside * size))
    })
}

/// A book before the lower half of the face, or before one side.
fn book(sitter: &Sitter, way: usize, size: f32) -> Picture {
    let colour = COLOURS[(way + 3) % 6];
    sitter.painted(|x, y, _| {
        let outside = match way % 3 {
            0 => (1.05 - 0.65 * size - y).max(y - 2.0).max(x.abs() - 1.5),
            1 => (0.75 - 0.55 * size - x)
                .max(x - 1.8)
                .max((y - 0.3).abs() - 1.3),
            _ => (x + 0.75 - 0.55 * size)
                .max(-1.8 - x)
                .max((y - 0.3).abs() - 1.3),
        };
        let is_text = (y * 9.0).fract() < 0.3 && (x * 4.0).fract() < 0.8 && outside < -0.12;
        let light = if is_text { 0.55 } else { 1.0 } + 0.02 * noise(x * 70.0, y * 70.0);
        (lit(colour, light), solid(outside))
    })
}

/// A camera before the eyes and the nose.
fn camera(sitter: &Sitter, way: usize, size: f32, shift: f32) -> Picture {
    let body: Rgb = [[28.0; 3], [60.0, 58.0, 56.0], [176.0, 176.0, 180.0]][way % 3];
    sitter.painted(|x, y, _| {
        let place = (x - shift, y - 0.22 - shift);
        let outside = boxed(place, (0.85 * size, 0.42 * size), 0.06);
        let off = place.0.hypot(place.1 * 1.3) / size;
        let colour = match off {
            _ if off < 0.12 => [90.0, 70.0, 130.0],
            _ if off < 0.3 => [12.0, 12.0, 18.0],
            _ if off < 0.36 => [110.0; 3],
            _ if place.1 < -0.3 * size => [150.0; 3],
            _ => body,
        };
        let light = 1.0 - 0.2 * place.1 + 0.04 * noise(x * 70.0, y * 70.0);
        (lit(colour, light), solid(outside))
    })
}

/// A phone before one half of the face.
fn phone(sitter: &Sitter, way: usize, size: f32) -> Picture {
    let body: Rgb = [[22.0, 22.0, 25.0], [230.0; 3], [120.0, 40.0, 50.0]][way % 3];
    let side = if way.is_multiple_of(2) { 1.0 } else { -1.0 };
    sitter.painted(|x, y, _| {
        let place = (x - side * 0.5, y - 0.4);
        let outside = boxed(place, (0.42 * size, 0.75 * size), 0.1);
        let lens = (place.0 + 0.2 * size).hypot(place.1 + 0.58 * size) < 0.07;
        let colour = if lens { [5.0; 3] } else { body };
        let light = 1.0 - 0.15 * place.0 + 0.02 * noise(x * 70.0, y * 70.0);
        (lit(colour, light), solid(outside))
    })
}
