//! Strips of plain black or white along the edges of a picture.

use serde::{Deserialize, Serialize};

use crate::picture::{CHANNELS, Picture};

/// Luma up to which a pixel counts as black; room for the noise of JPEG around 16, video's black.
const BLACK_MAX: u8 = 48;
/// Luma from which a pixel counts as white.
const WHITE_MIN: u8 = 240;
/// Share of a line that must be plain, in percent.
const PLAIN_PERCENT: u64 = 98;
/// Lines that a resized edge may be smeared over.
const SMEARED_LINES: u32 = 3;
/// How far a pixel behind the edge must be from the strip's luma.
const STEP: u8 = 48;
/// Share of the line behind the edge that must differ, in percent.
const STEP_PERCENT: u64 = 50;

/// How thick the strip along each edge is; 0 where there is none.
///
/// A strip is plain and ends in a straight step. A white or dark background also runs along the edges, but ends at
/// the irregular outline of a person, and is no strip.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Border {
    /// Along the top.
    pub top_px: u32,
    /// Along the right.
    pub right_px: u32,
    /// Along the bottom.
    pub bottom_px: u32,
    /// Along the left.
    pub left_px: u32,
}

impl Border {
    /// So many times as thick.
    pub(super) fn times(self, by: u32) -> Self {
        Self {
            top_px: self.top_px * by,
            right_px: self.right_px * by,
            bottom_px: self.bottom_px * by,
            left_px: self.left_px * by,
        }
    }
}

pub(super) fn border(picture: &Picture) -> Border {
    let (width, height) = (picture.width, picture.height);
    let luma = |x: u32, y: u32| luma(picture, x, y);
    Border {
        top_px: strip(height, width, |depth, along| luma(along, depth)),
        right_px: strip(width, height, |depth, along| luma(width - 1 - depth, along)),
        bottom_px: strip(height, width, |depth, along| {
            luma(along, height - 1 - depth)
        }),
        left_px: strip(width, height, luma),
    }
}

/// What a strip is made of.
#[derive(Clone, Copy)]
enum Tone {
    Black,
    White,
}

impl Tone {
    fn is_plain(self, luma: u8) -> bool {
        match self {
            Self::Black => luma <= BLACK_MAX,
            Self::White => luma >= WHITE_MIN,
        }
    }

    fn is_left(self, luma: u8) -> bool {
        match self {
            Self::Black => luma >= BLACK_MAX + STEP,
            Self::White => luma <= WHITE_MIN - STEP,
        }
    }
}

/// The thickness of the strip along one edge, of a picture `deep` lines deep of `long` pixels each, as seen from there.
fn strip(deep: u32, long: u32, luma: impl Fn(u32, u32) -> u8) -> u32 {
    let percent = |depth: u32, holds: &dyn Fn(u8) -> bool| {
        let count = (0..long).filter(|&along| holds(luma(depth, along))).count();
        count as u64 * 100 / u64::from(long.max(1))
    };
    let thickness = |tone: Tone| {
        let is_plain = |depth| percent(depth, &|luma| tone.is_plain(luma)) >= PLAIN_PERCENT;
        // Two strips of a third each leave a third of the picture; what is thicker is no border.
        let edge = (0..deep / 3).find(|&depth| !is_plain(depth))?;
        let behind = (edge + SMEARED_LINES - 1).min(deep - 1);
        let ends = percent(behind, &|luma| tone.is_left(luma)) >= STEP_PERCENT;
        (edge > 0 && ends).then_some(edge)
    };
    [Tone::Black, Tone::White]
        .into_iter()
        .filter_map(thickness)
        .max()
        .unwrap_or(0)
}

/// Brightness, 0 to 255, with the weights of BT.601 in 256ths.
fn luma(picture: &Picture, x: u32, y: u32) -> u8 {
    let at = (y as usize * picture.width as usize + x as usize) * CHANNELS;
    let [red, green, blue] = [0, 1, 2].map(|channel| u32::from(picture.rgb[at + channel]));
    u8::try_from((77 * red + 150 * green + 29 * blue) >> 8).unwrap_or(u8::MAX)
}
