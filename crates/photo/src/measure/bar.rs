//! A thin bar from the mouth to below the chin, such as a straw, a pen or a cigarette.
#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts and places are below 2^24 and kept inside the picture; IEEE-exact operations and libm only"
)]

use super::head::middle;
use super::patch::Patch;
use super::statistics::percentile;
use crate::face::Point;
use crate::picture::CHANNELS;

/// The lower edge of the lower lip, and the chin, in the mesh.
const LIP: usize = 17;
const CHIN: usize = 152;
/// From how far below the lip to how far below the chin a bar is looked for, as shares of the distance between the
/// eyes, and how far the bar is from what is beside it.
const BELOW_LIP: f32 = 0.04;
const BELOW_CHIN: f32 = 0.26;
const BESIDE: f32 = 0.1;
/// Rows from one that is looked at to the next, and the least of them.
const ROWS: f32 = 4.0;
const LEAST_ROWS: usize = 8;
/// Where bars begin, from the middle of the mouth: so many steps to each side, of this share of the distance between
/// the eyes; and how they lean.
const STARTS: i32 = 8;
const START: f32 = 0.04;
const LEANS: i32 = 5;
const LEAN: f32 = 0.1;
/// Of how many of the rows, in percent, a bar need not be told.
const UNTOLD: usize = 15;

/// The sum of the colours of nine pixels, or a difference of two such sums.
type Colour = [f32; CHANNELS];

/// How much the most visible bar differs from what is to both sides of it, all the way and in one direction of colour:
/// in steps of 0 to 255, 0 where none is seen.
pub(super) fn bar(patch: &Patch) -> f32 {
    let places = middle(&patch.mesh, &[LIP]).zip(middle(&patch.mesh, &[CHIN]));
    let Some((lip, chin)) = places else {
        return 0.0;
    };
    let part = |share: f32| share * patch.eye_distance;
    let top = lip.y + part(BELOW_LIP);
    let bottom = (chin.y + part(BELOW_CHIN)).min(patch.plane.height as f32 - 2.0);
    let count = ((bottom - top) / ROWS).max(0.0) as usize;
    if count < LEAST_ROWS || top < 1.0 {
        return 0.0;
    }
    let mut most = 0.0_f32;
    for start in -STARTS..=STARTS {
        for lean in -LEANS..=LEANS {
            let from = Point {
                x: lip.x + part(START) * start as f32,
                y: top,
            };
            most = most.max(along(patch, from, LEAN * lean as f32, count));
        }
    }
    most
}

/// How much one bar differs, that begins at a place and goes so far to the right with each row.
fn along(patch: &Patch, from: Point, lean: f32, count: usize) -> f32 {
    let beside = BESIDE * patch.eye_distance;
    let mut sides: Vec<[Colour; 2]> = Vec::with_capacity(count);
    let mut sum = [0.0; CHANNELS];
    for row in 0..count {
        let down = ROWS * row as f32;
        let (x, y) = (from.x + lean * down, from.y + down);
        let colours = [x, x - beside, x + beside].map(|x| colour(patch, x, y));
        let [Some(here), Some(left), Some(right)] = colours else {
            return 0.0;
        };
        let pair = [minus(here, left), minus(here, right)];
        for (channel, sum) in sum.iter_mut().enumerate() {
            *sum += pair[0][channel] + pair[1][channel];
        }
        sides.push(pair);
    }
    let length = libm::sqrtf(dot(sum, sum));
    if length < 1.0 {
        return 0.0;
    }
    let told = |pair: &[Colour; 2]| dot(pair[0], sum).min(dot(pair[1], sum)) / length / 9.0;
    let mut told: Vec<f32> = sides.iter().map(told).collect();
    percentile(&mut told, UNTOLD)
}

/// The sum of the nine pixels around a place; `None` where one of them lies outside.
fn colour(patch: &Patch, x: f32, y: f32) -> Option<Colour> {
    let width = patch.plane.width;
    // What is no number is not inside.
    if !(1.0..width as f32 - 1.0).contains(&x) {
        return None;
    }
    let (column, row) = (x as usize, y as usize);
    if row == 0 || row + 1 >= patch.plane.height {
        return None;
    }
    let mut sum = [0_u16; CHANNELS];
    for line in row - 1..=row + 1 {
        let middle = line * width + column;
        for at in middle - 1..=middle + 1 {
            for (sum, value) in sum.iter_mut().zip(patch.rgb(at)) {
                *sum += u16::from(value);
            }
        }
    }
    Some(sum.map(f32::from))
}

fn minus(one: Colour, other: Colour) -> Colour {
    [0, 1, 2].map(|channel| one[channel] - other[channel])
}

fn dot(one: Colour, other: Colour) -> f32 {
    one[0] * other[0] + one[1] * other[1] + one[2] * other[2]
}
