//! From pixels to the coefficients of blocks.
#![expect(
    clippy::inline_always,
    reason = "vector code must be compiled for the vectors of its caller"
)]

use fearless_simd::{Level, Simd, SimdBase, dispatch, f32x8};

use crate::picture::{CHANNELS, Picture};

/// Pixels of a block's side.
pub(super) const SIDE: usize = 8;
/// Coefficients of a block.
pub(super) const BLOCK: usize = SIDE * SIDE;
/// Blocks of a square of 16×16 pixels: four of brightness and one of each difference of colour.
pub(super) const SQUARE_BLOCKS: usize = 6;
/// How many of them are of brightness.
pub(super) const OF_LUMA: usize = 4;
/// Pixels of the side of a square, whose colours are told at half the size.
const SQUARE: usize = 2 * SIDE;

/// The values of a block: coefficients are in the order of the file, all else is row by row.
pub(super) type Block = [f32; BLOCK];

/// The blocks of all squares, row by row: of each its four of brightness, again row by row, and those of the
/// differences of blue and of red. What is missing of the last squares repeats the picture's edge.
pub(super) fn blocks(picture: &Picture) -> Vec<Block> {
    dispatch!(Level::new(), simd => simd.vectorize(
        #[inline(always)]
        || squares(simd, picture),
    ))
}

#[inline(always)]
fn squares<S: Simd>(simd: S, picture: &Picture) -> Vec<Block> {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let pixels = picture.rgb.as_chunks::<CHANNELS>().0;
    let many = width.div_ceil(SQUARE) * height.div_ceil(SQUARE) * SQUARE_BLOCKS;
    let mut blocks = Vec::with_capacity(many);
    for top in (0..height).step_by(SQUARE) {
        for left in (0..width).step_by(SQUARE) {
            let mut samples = [[0.0; BLOCK]; SQUARE_BLOCKS];
            for y in 0..SIDE {
                let row = |below: usize| {
                    let y = (top + 2 * y + below).min(height - 1);
                    line(&pixels[y * width..][..width], left)
                };
                sample(&[row(0), row(1)], y, &mut samples);
            }
            for block in &samples {
                blocks.push(transformed(simd, block));
            }
        }
    }
    blocks
}

/// The reds, the greens and the blues of a line of a square.
type Line = [[f32; SQUARE]; CHANNELS];

/// The line of a row that begins at `left`.
#[inline(always)]
fn line(row: &[[u8; CHANNELS]], left: usize) -> Line {
    let mut line = Line::default();
    for x in 0..SQUARE {
        let pixel = row[(left + x).min(row.len() - 1)];
        for (colours, value) in line.iter_mut().zip(pixel) {
            colours[x] = f32::from(value);
        }
    }
    line
}

/// Writes two lines of a square, the `y`th pair, as samples of its six blocks, -128 to 127. Colours are those of the
/// mean of four pixels. Source: JFIF 1.02.
#[inline(always)]
fn sample(lines: &[Line; 2], y: usize, samples: &mut [[f32; BLOCK]; SQUARE_BLOCKS]) {
    for (below, [red, green, blue]) in lines.iter().enumerate() {
        let row = 2 * y + below;
        for x in 0..SQUARE {
            samples[row / SIDE * 2 + x / SIDE][row % SIDE * SIDE + x % SIDE] =
                luma(red[x], green[x], blue[x]) - 128.0;
        }
    }
    let [upper, lower] = lines;
    for x in 0..SIDE {
        let mut mean = [0.0; CHANNELS];
        for (mean, (upper, lower)) in mean.iter_mut().zip(upper.iter().zip(lower)) {
            *mean = (upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1]) * 0.25;
        }
        let [red, green, blue] = mean;
        let luma = luma(red, green, blue);
        let at = y * SIDE + x;
        samples[OF_LUMA][at] = (blue - luma) * (0.5 / (1.0 - 0.114));
        samples[OF_LUMA + 1][at] = (red - luma) * (0.5 / (1.0 - 0.299));
    }
}

#[inline(always)]
fn luma(red: f32, green: f32, blue: f32) -> f32 {
    0.299 * red + 0.587 * green + 0.114 * blue
}

/// The discrete cosine transform: the waves times the samples, times the waves again.
#[inline(always)]
fn transformed<S: Simd>(simd: S, samples: &Block) -> Block {
    let down = product(simd, &WAVES, samples);
    let both = product(simd, &down, &TURNED);
    let mut ordered = [0.0; BLOCK];
    for (place, at) in ordered.iter_mut().zip(ORDER) {
        *place = both[at];
    }
    ordered
}

/// The product of two square matrices.
#[inline(always)]
fn product<S: Simd>(simd: S, one: &Block, other: &Block) -> Block {
    let mut product = [0.0; BLOCK];
    for (factors, line) in one.chunks_exact(SIDE).zip(product.chunks_exact_mut(SIDE)) {
        let mut sum = f32x8::splat(simd, 0.0);
        for (&factor, row) in factors.iter().zip(other.chunks_exact(SIDE)) {
            sum += f32x8::from_slice(simd, row) * factor;
        }
        sum.store_slice(line);
    }
    product
}

/// Of each wave, the slowest first, its eight values; the sum of their squares is 1.
const WAVES: [f32; BLOCK] = {
    let mut waves = [0.0; BLOCK];
    let mut at = 0;
    while at < BLOCK {
        let (wave, place) = (at / SIDE, at % SIDE);
        let height = if wave == 0 { cosine(4) } else { 1.0 };
        waves[at] = 0.5 * height * cosine((2 * place + 1) * wave);
        at += 1;
    }
    waves
};

/// Of each place its values in the eight waves.
const TURNED: [f32; BLOCK] = {
    let mut turned = [0.0; BLOCK];
    let mut at = 0;
    while at < BLOCK {
        turned[at] = WAVES[at % SIDE * SIDE + at / SIDE];
        at += 1;
    }
    turned
};

/// The cosine of so many sixteenths of half a turn.
const fn cosine(sixteenths: usize) -> f32 {
    const QUARTER: [f32; 9] = [
        1.0,
        0.980_785_25,
        0.923_879_5,
        0.831_469_6,
        0.707_106_77,
        0.555_570_24,
        0.382_683_43,
        0.195_090_32,
        0.0,
    ];
    match sixteenths % 32 {
        at @ 0..=8 => QUARTER[at],
        at @ 9..=16 => -QUARTER[16 - at],
        at @ 17..=24 => -QUARTER[at - 16],
        at => QUARTER[32 - at],
    }
}

/// Where in a block the coefficients of the file are: along the diagonals, to and fro.
pub(super) const ORDER: [usize; BLOCK] = {
    let mut order = [0; BLOCK];
    let (mut at, mut x, mut y) = (0, 0, 0);
    while at < BLOCK {
        order[at] = y * SIDE + x;
        at += 1;
        let is_rising = (x + y) % 2 == 0;
        if is_rising && x == SIDE - 1 {
            y += 1;
        } else if is_rising && y == 0 {
            x += 1;
        } else if is_rising {
            (x, y) = (x + 1, y - 1);
        } else if y == SIDE - 1 {
            x += 1;
        } else if x == 0 {
            y += 1;
        } else {
            (x, y) = (x - 1, y + 1);
        }
    }
    order
};
