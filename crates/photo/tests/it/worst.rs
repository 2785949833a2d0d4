//! Files made to cost as much as they can before they are refused.

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use crate::header::{Ihdr, relabelled, sized};

/// The most pixels of a PNG with 16 bits a sample or with interlacing.
pub(crate) const LARGEST_COSTLY: (u32, u32) = (4_000, 3_000);

/// A name, the file, and the code of its fault.
pub(crate) struct Worst {
    pub(crate) name: &'static str,
    pub(crate) file: Vec<u8>,
    pub(crate) code: &'static str,
    /// Whether the fault is seen in the headers, before anything is decoded.
    pub(crate) is_seen_early: bool,
}

/// A PNG with this header over so many bytes of zeros, which compress to a thousandth: what fits, all is black.
fn black_png(ihdr: Ihdr, bytes: u64) -> Vec<u8> {
    const ROW: u32 = 100_000;
    let rows = u32::try_from(bytes.div_ceil(u64::from(ROW) + 1)).unwrap();
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, ROW, rows);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_compression(png::Compression::Fastest);
    let mut writer = encoder.write_header().unwrap();
    let mut stream = writer.stream_writer().unwrap();
    let row = vec![0; ROW as usize];
    for _ in 0..rows {
        std::io::Write::write_all(&mut stream, &row).unwrap();
    }
    stream.finish().unwrap();
    drop(writer);
    relabelled(&file, ihdr)
}

/// A baseline JPEG of 40 megapixels with a broken table at nine tenths of its length.
fn late_broken_jpeg() -> Vec<u8> {
    let (width, height) = (8_000, 5_000);
    let row: Vec<u8> = (0..u32::from(width) * 3)
        .map(|place| (place / 48 % 16 * 15).to_le_bytes()[0])
        .collect();
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, 75);
    encoder.set_sampling_factor(SamplingFactor::F_1_1);
    let rgb = row.repeat(height.into());
    encoder.encode(&rgb, width, height, ColorType::Rgb).unwrap();
    let late = file.len() * 9 / 10;
    file[late..late + 5].copy_from_slice(b"\xFF\xC4\0\x03\xFF");
    file
}

fn progressive() -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, 90);
    encoder.set_progressive(true);
    encoder
        .encode(&vec![128; 480 * 640], 480, 640, ColorType::Luma)
        .unwrap();
    sized(&file, 8_000, 5_000)
}

/// Colour types of PNG.
const RGB: u8 = 2;
const RGBA: u8 = 6;

const FORTY: (u32, u32) = (8_000, 5_000);

fn ihdr((width, height): (u32, u32), depth: u8, colour: u8, interlace: u8) -> Ihdr {
    Ihdr {
        width,
        height,
        depth,
        colour,
        interlace,
    }
}

/// All of them.
pub(crate) fn worst() -> Vec<Worst> {
    seen_early().into_iter().chain(seen_late()).collect()
}

fn seen_early() -> Vec<Worst> {
    let early = |name, file, code| Worst {
        name,
        file,
        code,
        is_seen_early: true,
    };
    vec![
        early(
            "40 MP PNG, 16 bits, interlaced",
            black_png(ihdr(FORTY, 16, RGBA, 1), 320_000_000),
            "costly_png",
        ),
        early(
            "40 MP PNG, 16 bits",
            black_png(ihdr(FORTY, 16, RGB, 0), 240_000_000),
            "costly_png",
        ),
        early(
            "40 MP PNG, interlaced",
            black_png(ihdr(FORTY, 8, RGBA, 1), 160_000_000),
            "costly_png",
        ),
        early(
            "12.004 MP PNG, interlaced",
            black_png(ihdr((4_000, 3_001), 8, RGB, 1), 36_012_000),
            "costly_png",
        ),
        early(
            "900 MP PNG",
            black_png(ihdr((30_000, 30_000), 8, 0, 0), 1_000_000),
            "too_many_pixels",
        ),
        early(
            "40 MP PNG, almost no data",
            black_png(ihdr(FORTY, 8, RGBA, 0), 1_000_000),
            "damaged",
        ),
        early("40 MP JPEG, progressive", progressive(), "progressive"),
    ]
}

fn seen_late() -> Vec<Worst> {
    let late = |name, file, code| Worst {
        name,
        file,
        code,
        is_seen_early: false,
    };
    vec![
        late(
            "12 MP PNG, 16 bits, interlaced, last rows missing",
            black_png(ihdr(LARGEST_COSTLY, 16, RGBA, 1), 94_000_000),
            "damaged",
        ),
        late(
            "12 MP PNG, 16 bits, last rows missing",
            black_png(ihdr(LARGEST_COSTLY, 16, RGBA, 0), 94_000_000),
            "damaged",
        ),
        late(
            "40 MP PNG, 8 bits, last rows missing",
            black_png(ihdr(FORTY, 8, RGBA, 0), 158_000_000),
            "damaged",
        ),
        late(
            "40 MP JPEG, broken at nine tenths",
            late_broken_jpeg(),
            "truncated",
        ),
    ]
}
