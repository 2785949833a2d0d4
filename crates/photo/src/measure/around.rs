//! What is on the head, and what is held up beside it.
#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "counts are below 2^24; IEEE-exact operations and libm only"
)]

use serde::{Deserialize, Serialize};

use super::cover::{Skin, in_middling_light};
use super::head::Head;
use super::plane::row;
use super::statistics::{percentile, rounded};
use crate::colour::{Lab, lab};
use crate::face::Mask;
use crate::picture::{CHANNELS, Picture};

/// What is on the head and beside it. Shares are 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Around {
    /// Chroma (CIE) of what is between forehead and crown, where its hue is none that hair or skin has; 0 for hair.
    pub top_chroma: f32,
    /// How unlike the skin of the face it is, as [`Cover`](super::Cover) tells it; little on the bald.
    pub top_unlike: f32,
    /// CIE L* of the same.
    pub top_lightness: f32,
    /// Mean step of lightness from one place of it to the next; hair has strands.
    pub top_texture: f32,
    /// Share of what is beside the face, from the eyes to below the chin, that is the person and like their skin: a
    /// hand. Of the side that has more.
    pub skin_beside: f32,
}

/// Hues of hair and skin in degrees: from red to yellow.
const HAIR_HUES: [f32; 2] = [15.0, 105.0];
/// Chroma below which there is no hue to speak of.
const NO_HUE: f32 = 10.0;
/// Half the width of what is looked at on the head, in widths of the face.
const TOP_HALF: f32 = 0.28;
/// From and to how far beside the middle of the face hands are looked for, in widths of the face.
const BESIDE: [f32; 2] = [0.65, 1.05];
/// To how far below the chin, in widths of the face.
const BELOW: f32 = 0.2;
/// How sure the mask must be of a person, of 255.
const PERSON_MIN: u8 = 160;
/// Up to how unlike skin a hand is.
const SKIN_MOST: f32 = 0.3;
/// How much darker or brighter than the face a hand may be, in CIE L*.
const SKIN_LIGHTNESS: f32 = 18.0;
/// Places that are looked at along each side of a region.
const PLACES: u16 = 28;

/// `scale` pixels of the original are one of `picture`; `skin` is the skin of the face.
pub(super) fn around(
    picture: &Picture,
    mask: Option<&Mask>,
    head: &Head,
    skin: &Skin,
    scale: f32,
) -> Around {
    let seen = Seen {
        picture,
        mask,
        scale,
    };
    let forehead = head.eye_line_y - 0.72 * (head.chin_y - head.eye_line_y);
    let width = head.face_width_px;
    let (x, crown) = (head.centre_x(), head.crown_y);
    // From the upper forehead to a little below the crown; little is seen on the bald.
    let bottom = forehead.max(crown + 0.15 * width);
    let half = TOP_HALF * width;
    let top = seen.places([x - half, x + half], [crown + 0.06 * width, bottom]);
    let mut result = Around::default();
    if top.len() >= 60 {
        let median = |pick: fn(&Lab) -> f32| {
            let mut values: Vec<f32> = top.iter().map(|(colour, _)| pick(colour)).collect();
            percentile(&mut values, 50)
        };
        let colour = [
            median(|lab| lab[0]),
            median(|lab| lab[1]),
            median(|lab| lab[2]),
        ];
        let chroma = libm::hypotf(colour[1], colour[2]);
        let hue = libm::atan2f(colour[2], colour[1]).to_degrees();
        let is_hair = chroma < NO_HUE || (HAIR_HUES[0]..=HAIR_HUES[1]).contains(&hue);
        let steps = top
            .windows(2)
            .map(|pair| libm::fabsf(pair[0].0[0] - pair[1].0[0]));
        result.top_chroma = rounded(if is_hair { 0.0 } else { chroma });
        result.top_unlike = rounded(skin.unlike_colour(in_middling_light(colour)));
        result.top_lightness = rounded(colour[0]);
        result.top_texture = rounded(steps.sum::<f32>() / (top.len() - 1) as f32);
    }
    let rows = [head.eye_line_y, head.chin_y + BELOW * width];
    let sides = [-1.0, 1.0].map(|side: f32| {
        let ends = BESIDE.map(|share| x + side * share * width);
        let places = seen.places([ends[0].min(ends[1]), ends[0].max(ends[1])], rows);
        let is_hand = |(colour, is_person): &&(Lab, bool)| {
            *is_person
                && libm::fabsf(colour[0] - skin.lightness) < SKIN_LIGHTNESS
                && skin.unlike_colour(in_middling_light(*colour)) < SKIN_MOST
        };
        places.iter().filter(is_hand).count() as f32 / places.len().max(1) as f32
    });
    result.skin_beside = rounded(sides[0].max(sides[1]));
    result
}

/// A picture, and where the person is in it.
struct Seen<'a> {
    picture: &'a Picture,
    mask: Option<&'a Mask>,
    scale: f32,
}

impl Seen<'_> {
    /// The colours of places spread over a rectangle of the original, and whether they are the person.
    fn places(&self, [left, right]: [f32; 2], [top, bottom]: [f32; 2]) -> Vec<(Lab, bool)> {
        let (width, height) = (self.picture.width as usize, self.picture.height as usize);
        let mut places = Vec::new();
        let step = |from: f32, to: f32, at: u16| {
            (from + (to - from) * (f32::from(at) + 0.5) / f32::from(PLACES)) / self.scale
        };
        for down in 0..PLACES {
            let y = step(top, bottom, down);
            for across in 0..PLACES {
                let x = step(left, right, across);
                if !(0.0..width as f32).contains(&x) || !(0.0..height as f32).contains(&y) {
                    continue;
                }
                let at = (row(y, height - 1) * width + row(x, width - 1)) * CHANNELS;
                let colour = lab([0, 1, 2].map(|channel| self.picture.rgb[at + channel]));
                places.push((colour, self.is_person(x / width as f32, y / height as f32)));
            }
        }
        places
    }

    /// Whether a place, in shares of the picture's sides, is the person.
    fn is_person(&self, x: f32, y: f32) -> bool {
        self.mask.is_some_and(|mask| {
            let (columns, rows) = (mask.width as usize, mask.height as usize);
            let column = row(x * columns as f32, columns.saturating_sub(1));
            let line = row(y * rows as f32, rows.saturating_sub(1));
            mask.person
                .get(line * columns + column)
                .is_some_and(|&person| person >= PERSON_MIN)
        })
    }
}
