//! Writing JPEG files (ITU-T T.81, `docs/sources.md#photo-jpeg-markers`): baseline, 4:2:0, which lets the quality be
//! highest at a given size (`docs/sources.md#photo-subsampling`), one interleaved scan, which every reader knows, the
//! standard's typical Huffman tables, and a JFIF density in dpi.
//!
//! What is costly, from pixels to coefficients, is done once, however many qualities are tried; the size of a file is
//! counted without writing it.
#![expect(
    clippy::float_arithmetic,
    reason = "IEEE-exact operations in one fixed order, the same on every machine"
)]

mod blocks;
mod huffman;

use crate::picture::Picture;
use blocks::{BLOCK, Block, OF_LUMA, ORDER, SIDE, SQUARE_BLOCKS};
use huffman::{Bits, Codes, Count, Sink, TABLES};

/// A picture as the coefficients of its blocks, ready to be written at any quality.
pub(super) struct Coefficients {
    width: u16,
    height: u16,
    /// [`SQUARE_BLOCKS`] a square, row by row.
    blocks: Vec<Block>,
}

/// What coefficients are divided by, in the order of the file, for brightness and for colour. Source: T.81, Annex K.
type Divisors = [[u8; BLOCK]; 2];

impl Coefficients {
    /// Those of a picture whose sides are not 0 and below 65,536.
    pub(super) fn of(picture: &Picture) -> Self {
        let side = |length: u32| u16::try_from(length).unwrap_or(u16::MAX);
        Self {
            width: side(picture.width),
            height: side(picture.height),
            blocks: blocks::blocks(picture),
        }
    }

    /// How large the file of a quality is at least, in bytes. It is larger by one zero behind every byte of ones, which
    /// are few.
    pub(super) fn least_bytes(&self, quality: u8) -> usize {
        let divisors = divisors(quality);
        let mut count = Count(0);
        self.scan(&divisors, &mut count);
        self.head(&divisors, 0).len() + count.0.div_ceil(8) + END.len()
    }

    /// The file of a quality from 1 to 100 as the IJG counts it.
    pub(super) fn file(&self, quality: u8, dpi: u16) -> Vec<u8> {
        let divisors = divisors(quality);
        let mut bits = Bits::behind(self.head(&divisors, dpi));
        self.scan(&divisors, &mut bits);
        let mut file = bits.ended();
        file.extend(END);
        file
    }

    /// Gives the scan to the sink.
    fn scan(&self, divisors: &Divisors, sink: &mut impl Sink) {
        let factors = divisors.map(|divisors| divisors.map(|divisor| 1.0 / f32::from(divisor)));
        let mut before = [0; 3];
        for square in self.blocks.chunks_exact(SQUARE_BLOCKS) {
            for (index, block) in square.iter().enumerate() {
                let component = (index + 1).saturating_sub(OF_LUMA);
                let table = component.min(1);
                let levels = levels(block, &factors[table]);
                Codes::of(table).code(&levels, before[component], sink);
                before[component] = levels[0];
            }
        }
    }

    /// Everything before the scan.
    fn head(&self, divisors: &Divisors, dpi: u16) -> Vec<u8> {
        let mut head = vec![0xFF, 0xD8];
        let [high, low] = dpi.to_be_bytes();
        // JFIF 1.1, dots per inch, no thumbnail.
        let density = [1, 1, 1, high, low, high, low, 0, 0];
        segment(&mut head, 0xE0, &[b"JFIF\0", density.as_slice()]);
        for (table, divisors) in (0..).zip(divisors) {
            segment(&mut head, 0xDB, &[&[table], divisors]);
        }
        let ([top, bottom], [left, right]) = (self.height.to_be_bytes(), self.width.to_be_bytes());
        // Eight bits; of each component its name, how often it is sampled across and down, and its table.
        let components = [1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1];
        segment(
            &mut head,
            0xC0,
            &[&[8, top, bottom, left, right, 3], &components],
        );
        for table in &TABLES {
            segment(
                &mut head,
                0xC4,
                &[&[table.name], &table.lengths, table.symbols],
            );
        }
        // Of each component its name and its tables; all coefficients in one go.
        segment(&mut head, 0xDA, &[&[3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0]]);
        head
    }
}

/// The end of a file.
const END: [u8; 2] = [0xFF, 0xD9];

/// A marker and what belongs to it, behind its length.
fn segment(file: &mut Vec<u8>, marker: u8, parts: &[&[u8]]) {
    let length: usize = 2 + parts.iter().map(|part| part.len()).sum::<usize>();
    file.extend([0xFF, marker]);
    // The tables are far shorter than 65,536 bytes.
    file.extend(u16::try_from(length).unwrap_or(u16::MAX).to_be_bytes());
    file.extend(parts.iter().copied().flatten());
}

/// The coefficients in steps of their divisors, to the nearest step, kept to what the tables have codes for.
fn levels(block: &Block, factors: &[f32; BLOCK]) -> [i16; BLOCK] {
    /// Adding it leaves no room for what is behind the point.
    const ROUND: f32 = 12_582_912.0;
    const MOST: f32 = 1_023.0;
    core::array::from_fn(|at| {
        let steps = (block[at] * factors[at]).clamp(-MOST, MOST) + ROUND;
        let [low, high, ..] = steps.to_bits().to_le_bytes();
        i16::from_le_bytes([low, high])
    })
}

/// The tables of a quality, as the IJG scales those of T.81, Annex K.
fn divisors(quality: u8) -> Divisors {
    let quality = u16::from(quality.clamp(1, 100));
    let percent = if quality < 50 {
        5_000 / quality
    } else {
        200 - 2 * quality
    };
    let scaled = |divisor: u8| {
        let scaled = (u32::from(divisor) * u32::from(percent) + 50) / 100;
        u8::try_from(scaled.max(1)).unwrap_or(u8::MAX)
    };
    [LUMA, CHROMA].map(|table| ORDER.map(|at| scaled(table[at])))
}

/// T.81, table K.1, row by row.
#[rustfmt::skip]
const LUMA: [u8; BLOCK] = [
    16, 11, 10, 16, 24, 40, 51, 61,
    12, 12, 14, 19, 26, 58, 60, 55,
    14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62,
    18, 22, 37, 56, 68, 109, 103, 77,
    24, 35, 55, 64, 81, 104, 113, 92,
    49, 64, 78, 87, 103, 121, 120, 101,
    72, 92, 95, 98, 112, 100, 103, 99,
];

/// T.81, table K.2: smaller only in its corner.
const CHROMA: [u8; BLOCK] = {
    const CORNER: [[u8; 4]; 4] = [
        [17, 18, 24, 47],
        [18, 21, 26, 66],
        [24, 26, 56, 99],
        [47, 66, 99, 99],
    ];
    let mut table = [99; BLOCK];
    let mut at = 0;
    while at < 16 {
        table[at / 4 * SIDE + at % 4] = CORNER[at / 4][at % 4];
        at += 1;
    }
    table
};

#[cfg(test)]
mod tests;
