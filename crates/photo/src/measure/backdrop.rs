//! What stands behind the head.
#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "places in a picture are below 2^24 and are kept inside it; IEEE-exact operations only"
)]

use serde::{Deserialize, Serialize};

use super::head::Head;
use super::plane::shrink;
use super::statistics::{percentile, rounded};
use crate::colour::{Lab, delta_e, lab};
use crate::face::Mask;
use crate::picture::{CHANNELS, Picture};

/// How sure the mask may be of a person where there is none, of 255.
const PERSON_MAX: u8 = 40;
/// The long side that the background is measured at, in pixels: noise is gone there, bricks and folds are not.
const LONG_SIDE: u32 = 320;
/// Half the width of what is looked at, in widths of the face; the widest photo that the standard allows.
const HALF_WIDTH: f32 = 1.3;
/// What is looked at above the crown, in widths of the face.
const ABOVE: f32 = 0.45;
/// Distance from the person that is left out, for hair and for what the mask misses, in widths of the face.
const APART: f32 = 0.06;
/// The same below the chin, where clothes are.
const APART_BELOW: f32 = 0.12;
/// To how far below the chin the shoulders are, in widths of the face.
const SHOULDERS: f32 = 0.45;
/// Places below the chin, on a side, without which nothing is said of it.
const ENOUGH_BELOW: usize = 60;
/// From which CIE ΔE on what is below the chin is something else than what is above it.
const SOMETHING_ELSE: f32 = 20.0;
/// To where the background counts as near the head, in widths of the face; shadows fall there.
const NEAR: f32 = 0.3;
/// Pixels without which nothing is said.
const ENOUGH: usize = 150;

/// The background above the chin, in the widest photo that the standard allows of this face.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Backdrop {
    /// Its median colour.
    pub rgb: [u8; 3],
    /// Within which CIE ΔE of the median 95 % of it lie.
    pub spread_delta_e: f32,
    /// Share of it that is farther than ΔE 12 from the median, 0 to 1.
    pub outlier_share: f32,
    /// The mean difference between neighbouring places, CIE ΔE; near 0 for a wall, high for bricks and leaves.
    pub roughness_delta_e: f32,
    /// The largest difference between its left, right, upper and lower parts, CIE ΔE: a gradient.
    pub gradient_delta_e: f32,
    /// By how much lightness (CIE L*) the background near the head is darker than farther away, on the darker side.
    pub shadow_l: f32,
    /// Share of what was looked at that is background, 0 to 1.
    pub share: f32,
    /// Share of the background between chin and shoulders, on the side that has more of it, that is farther than ΔE 20
    /// from the median above the chin, 0 to 1.
    #[serde(default)]
    pub below_unlike: f32,
}

/// One place of the background.
struct Place {
    x: f32,
    y: f32,
    is_near: bool,
    colour: Lab,
    rgb: [u8; 3],
    /// The difference from the places right of it and below.
    step: f32,
}

/// Measures the background on `picture`; the lines of `head` are in pixels `scale` times as small as its own.
pub(super) fn backdrop(
    picture: &Picture,
    mask: &Mask,
    head: &Head,
    scale: f32,
) -> Option<Backdrop> {
    let by = picture.width.max(picture.height).div_ceil(LONG_SIDE).max(1);
    let small = shrink(picture, by as usize);
    let zoom = 1.0 / (by as f32 * scale);
    let person = Person::new(&small, mask);
    let face = head.face_width_px * zoom;
    let chin = head.chin_y * zoom;
    let rows = [head.crown_y * zoom - ABOVE * face, chin];
    let look = |rows: [f32; 2], apart: f32| {
        let strip = Strip {
            centre: head.centre_x() * zoom,
            face,
            rows,
            apart: apart * face,
        };
        places(&small, &person, &strip)
    };
    let (places, looked_at) = look(rows, APART);
    if places.len() < ENOUGH {
        return None;
    }
    let median = |pick: fn(&Place) -> f32| {
        let mut values: Vec<f32> = places.iter().map(pick).collect();
        percentile(&mut values, 50)
    };
    let centre = [
        median(|place| place.colour[0]),
        median(|place| place.colour[1]),
        median(|place| place.colour[2]),
    ];
    let rgb = median_rgb(&places);
    let mut off: Vec<f32> = places
        .iter()
        .map(|place| delta_e(place.colour, centre))
        .collect();
    let far_off = off.iter().filter(|&&off| off > 12.0).count();
    let steps: f32 = places.iter().map(|place| place.step).sum();
    Some(Backdrop {
        rgb,
        spread_delta_e: rounded(percentile(&mut off, 95)),
        outlier_share: rounded(far_off as f32 / places.len() as f32),
        roughness_delta_e: rounded(steps / places.len() as f32),
        gradient_delta_e: rounded(gradient(&places)),
        shadow_l: rounded(shadow(&places, head.centre_x() * zoom)),
        share: rounded(places.len() as f32 / looked_at.max(1) as f32),
        below_unlike: rounded(below_unlike(
            &look([chin, chin + SHOULDERS * face], APART_BELOW).0,
            head.centre_x() * zoom,
            centre,
        )),
    })
}

/// The median of each channel.
fn median_rgb(places: &[Place]) -> [u8; 3] {
    let mut rgb = [0; 3];
    for (channel, value) in rgb.iter_mut().enumerate() {
        let mut values: Vec<f32> = places
            .iter()
            .map(|place| f32::from(place.rgb[channel]))
            .collect();
        *value = percentile(&mut values, 50) as u8;
    }
    rgb
}

/// How much of the side that is less like `colour` is unlike it.
fn below_unlike(below: &[Place], middle: f32, colour: Lab) -> f32 {
    let side = |is_left: bool| {
        let side = below.iter().filter(|place| (place.x < middle) == is_left);
        let off: Vec<bool> = side
            .map(|place| delta_e(place.colour, colour) > SOMETHING_ELSE)
            .collect();
        let unlike = off.iter().filter(|&&is_off| is_off).count();
        if off.len() < ENOUGH_BELOW {
            0.0
        } else {
            unlike as f32 / off.len() as f32
        }
    };
    side(true).max(side(false))
}

/// The part of a picture in which the background is looked for.
struct Strip {
    /// The column of the middle of the face.
    centre: f32,
    /// The width of the face.
    face: f32,
    /// The first row, and the one after the last.
    rows: [f32; 2],
    /// How far a place must be from the person.
    apart: f32,
}

/// The places of the background in the strip, and how many places were looked at.
fn places(small: &Picture, person: &Person, strip: &Strip) -> (Vec<Place>, usize) {
    let Strip {
        centre,
        face,
        rows,
        apart,
    } = *strip;
    let column = |x: f32| (x.clamp(0.0, small.width as f32)) as usize;
    let row = |y: f32| (y.clamp(0.0, small.height as f32)) as usize;
    let (left, right) = (
        column(centre - HALF_WIDTH * face),
        column(centre + HALF_WIDTH * face),
    );
    let (top, bottom) = (row(rows[0]), row(rows[1]));
    let width = small.width as usize;
    let at = |x: usize, y: usize| {
        let at = (y * width + x) * CHANNELS;
        [0, 1, 2].map(|channel| small.rgb[at + channel])
    };
    let mut colours: Vec<Lab> = Vec::with_capacity((right - left) * bottom.saturating_sub(top));
    for y in top..bottom {
        colours.extend((left..right).map(|x| lab(at(x, y))));
    }
    let columns = right - left;
    let mut places = Vec::new();
    for y in top..bottom {
        for x in left..right {
            if person.within(x, y, apart) {
                continue;
            }
            let index = (y - top) * columns + x - left;
            let colour = colours[index];
            let beside = if x + 1 < right {
                colours[index + 1]
            } else {
                colour
            };
            let below = colours.get(index + columns).copied().unwrap_or(colour);
            places.push(Place {
                x: x as f32,
                y: y as f32,
                is_near: person.within(x, y, NEAR * face),
                colour,
                rgb: at(x, y),
                step: f32::midpoint(delta_e(colour, beside), delta_e(colour, below)),
            });
        }
    }
    (places, columns * bottom.saturating_sub(top))
}

/// The largest difference between the means of opposite halves, and of the upper corners.
fn gradient(places: &[Place]) -> f32 {
    let (mut xs, mut ys): (Vec<f32>, Vec<f32>) =
        places.iter().map(|place| (place.x, place.y)).unzip();
    let thirds =
        [33, 67].map(|percent| (percentile(&mut xs, percent), percentile(&mut ys, percent)));
    let mean = |is_in: &dyn Fn(&Place) -> bool| {
        let (mut sum, mut count) = (Lab::default(), 0_u32);
        for place in places.iter().filter(|place| is_in(place)) {
            for (sum, part) in sum.iter_mut().zip(place.colour) {
                *sum += part;
            }
            count += 1;
        }
        (count > 20).then(|| sum.map(|part| part / count as f32))
    };
    let differ = |one: Option<Lab>, other: Option<Lab>| {
        one.zip(other)
            .map_or(0.0, |(one, other)| delta_e(one, other))
    };
    let [(left, upper), (right, lower)] = thirds;
    let across = differ(
        mean(&|place| place.x < left),
        mean(&|place| place.x > right),
    );
    let down = differ(
        mean(&|place| place.y < upper),
        mean(&|place| place.y > lower),
    );
    across.max(down)
}

/// How much darker it is near the head than away from it, left or right.
fn shadow(places: &[Place], centre: f32) -> f32 {
    let lightness = |is_left: bool, is_near: bool| {
        let mut values: Vec<f32> = places
            .iter()
            .filter(|place| (place.x < centre) == is_left && place.is_near == is_near)
            .map(|place| place.colour[0])
            .collect();
        (values.len() > 40).then(|| percentile(&mut values, 50))
    };
    let drop = |is_left| {
        let pair = lightness(is_left, false).zip(lightness(is_left, true));
        pair.map_or(0.0, |(far, near)| far - near)
    };
    drop(true).max(drop(false)).max(0.0)
}

/// Where the person is, asked for squares: a table of sums over the mask.
struct Person {
    columns: usize,
    rows: usize,
    across: f32,
    down: f32,
    sums: Vec<u32>,
}

impl Person {
    fn new(small: &Picture, mask: &Mask) -> Self {
        let (columns, rows) = (mask.width as usize, mask.height as usize);
        let mut sums = vec![0; (columns + 1) * (rows + 1)];
        for y in 0..rows {
            let mut row = 0;
            for x in 0..columns {
                let person = mask.person.get(y * columns + x).copied().unwrap_or(0);
                row += u32::from(person > PERSON_MAX);
                sums[(y + 1) * (columns + 1) + x + 1] = sums[y * (columns + 1) + x + 1] + row;
            }
        }
        Self {
            columns,
            rows,
            across: columns as f32 / small.width.max(1) as f32,
            down: rows as f32 / small.height.max(1) as f32,
            sums,
        }
    }

    /// Whether any of the person is within `reach` of a place of the picture.
    fn within(&self, x: usize, y: usize, reach: f32) -> bool {
        let span = |at: usize, zoom: f32, length: usize| {
            let from = ((at as f32 - reach) * zoom).clamp(0.0, length as f32) as usize;
            let to = ((at as f32 + 1.0 + reach) * zoom).clamp(0.0, length as f32) as usize;
            (from, to.max(from + 1).min(length))
        };
        let (left, right) = span(x, self.across, self.columns);
        let (top, bottom) = span(y, self.down, self.rows);
        let sum = |x: usize, y: usize| self.sums[y * (self.columns + 1) + x];
        sum(right, bottom) + sum(left, top) > sum(left, bottom) + sum(right, top)
    }
}
