//! Decoding: colours, transparency, depth and orientation.

use jpeg_encoder::ColorType;
use photo::{
    Crop, Limits, Opened, Orientation, Picture, Rules, decode, decode_half, inspect, measure,
};

use crate::header::{Ihdr, relabelled};
use crate::make;

/// Lets through what is too small to be a photo and large enough for a test.
const ANY_SIZE: Limits = Limits {
    max_bytes: 1 << 20,
    max_pixels: 1 << 20,
    max_side: 1_000,
    min_width: 1,
    min_height: 1,
};

fn first_pixel(bytes: &[u8]) -> [u8; 3] {
    *decode(bytes, &ANY_SIZE).unwrap().rgb.first_chunk().unwrap()
}

#[test]
fn every_png_becomes_eight_bit_colour_over_white() {
    use png::{BitDepth, ColorType::*};
    let cases: [(_, _, &[u8], [u8; 3]); 7] = [
        (Rgb, BitDepth::Eight, &[1, 2, 3], [1, 2, 3]),
        (
            Rgb,
            BitDepth::Sixteen,
            &[10, 99, 20, 99, 30, 99],
            [10, 20, 30],
        ),
        (Grayscale, BitDepth::Eight, &[77], [77; 3]),
        (Grayscale, BitDepth::One, &[0b1000_0000], [255; 3]),
        (GrayscaleAlpha, BitDepth::Eight, &[0, 51], [204; 3]),
        (Rgba, BitDepth::Eight, &[9, 8, 7, 0], [255; 3]),
        (Rgba, BitDepth::Eight, &[9, 8, 7, 255], [9, 8, 7]),
    ];
    for (color, depth, sample, expected) in cases {
        let file = make::png((1, 1), color, depth, sample);
        assert_eq!(first_pixel(&file), expected, "{color:?}");
        let file = interlaced(&file);
        assert_eq!(first_pixel(&file), expected, "{color:?}, interlaced");
    }
}

#[test]
fn a_grey_jpeg_becomes_colour() {
    let picture = decode(&make::jpeg_of(ColorType::Luma, 1), &Limits::default()).unwrap();
    assert_eq!(picture.rgb.len(), 480 * 640 * 3);
    assert!(picture.rgb.iter().all(|&sample| sample.abs_diff(128) <= 1));
}

#[test]
fn each_orientation_turns_the_picture_upright() {
    // Quarters of four shades, bright enough apart that JPEG does not confuse them: a b / c d.
    let stored = make::picture(32, 16, |x, y| match (x < 16, y < 8) {
        (true, true) => [0; 3],
        (false, true) => [80; 3],
        (true, false) => [160; 3],
        (false, false) => [240; 3],
    });
    let shade = |picture: &Picture, x: u32, y: u32| {
        let at = (y * picture.width + x) as usize * 3;
        ['a', 'b', 'c', 'd'][usize::from((picture.rgb[at] + 15) / 80).min(3)]
    };
    let expected = [
        "abcd", "badc", "dcba", "cdab", "acbd", "cadb", "dbca", "bdac",
    ];
    for (exif, expected) in (1..).zip(expected) {
        let bytes = make::with_orientation(&make::jpeg(&stored), exif);
        let picture = decode(&bytes, &ANY_SIZE).unwrap();
        let sides = if exif < 5 { (32, 16) } else { (16, 32) };
        assert_eq!((picture.width, picture.height), sides, "{exif}");
        let (right, bottom) = (picture.width - 3, picture.height - 3);
        let corners = [(2, 2), (right, 2), (2, bottom), (right, bottom)];
        let shades: String = corners
            .iter()
            .map(|&(x, y)| shade(&picture, x, y))
            .collect();
        assert_eq!(shades, expected, "{exif}");
    }
}

#[test]
fn orientations_are_counted_from_one() {
    assert_eq!(Orientation::from_exif(0), None);
    assert_eq!(Orientation::from_exif(1), Some(Orientation::Upright));
    assert_eq!(
        Orientation::from_exif(8),
        Some(Orientation::QuarterTurnBack)
    );
    assert_eq!(Orientation::from_exif(9), None);
}

#[test]
fn damaged_picture_data_is_a_fault() {
    let mut png = make::png(
        (9, 9),
        png::ColorType::Grayscale,
        png::BitDepth::Eight,
        &[5; 81],
    );
    let data = png.windows(4).position(|name| name == b"IDAT").unwrap() + 4;
    png[data + 6] ^= 0xFF;
    assert_eq!(decode(&png, &ANY_SIZE), Err(photo::FileFault::Damaged));
}

#[test]
fn half_a_picture_is_the_whole_seen_from_afar() {
    let jpeg = make::jpeg(&make::portrait(301, 400));
    for orientation in 1..=8 {
        let file = make::with_orientation(&jpeg, orientation);
        let (whole, half) = (
            decode(&file, &ANY_SIZE).unwrap(),
            decode_half(&file, &ANY_SIZE).unwrap(),
        );
        assert_eq!(
            (half.width, half.height),
            (whole.width.div_ceil(2), whole.height.div_ceil(2))
        );
        let (width, wide) = (half.width as usize, whole.width as usize);
        let mut differences = 0;
        for (index, pixel) in half.rgb.chunks_exact(3).enumerate() {
            let at = (index / width * 2 * wide + index % width * 2) * 3;
            let off = pixel
                .iter()
                .zip(&whole.rgb[at..])
                .map(|(a, b)| u64::from(a.abs_diff(*b)));
            differences += off.sum::<u64>();
        }
        let mean = differences / half.rgb.len() as u64;
        assert!(mean < 4, "{orientation}: {mean}");
    }
    let small = make::portrait(96, 128);
    let png = make::png(
        (96, 128),
        png::ColorType::Rgb,
        png::BitDepth::Eight,
        &small.rgb,
    );
    assert_eq!(
        decode_half(&png, &ANY_SIZE),
        decode(&png, &ANY_SIZE),
        "a PNG has no half"
    );
}

#[test]
fn blocks_are_seen_however_the_picture_is_turned() {
    // Neither side is a multiple of 8.
    let noisy = make::picture(203, 301, |x, y| {
        let noise = (x * 7_919 + y * 104_729) >> 4;
        [90 + noise.to_le_bytes()[0] % 60; 3]
    });
    let mut coarse = Vec::new();
    jpeg_encoder::Encoder::new(&mut coarse, 5)
        .encode(&noisy.rgb, 203, 301, ColorType::Rgb)
        .unwrap();
    let blockiness = |orientation| {
        let file = make::with_orientation(&coarse, orientation);
        let facts = inspect(&file, &ANY_SIZE).unwrap();
        let picture = decode(&file, &ANY_SIZE).unwrap();
        measure(&picture, &facts, None).blockiness.unwrap()
    };
    for (one, mirrored) in [(1, 2), (4, 3), (5, 6), (8, 7)] {
        let [one, mirrored] = [one, mirrored].map(blockiness);
        assert!(one > 2.0, "{one}");
        // The same lines of the file, from the other end.
        assert_eq!(one.to_bits(), mirrored.to_bits());
    }
}

#[test]
fn a_large_file_is_opened_at_half_its_size_where_that_is_enough() {
    let (large, small) = (make::portrait(2_400, 3_200), make::portrait(2_400, 3_196));
    let part = |width| Crop {
        x: 301,
        y: 401,
        width,
        height: width / 3 * 4,
    };
    for (picture, crop, is_half) in [
        (&large, None, true),
        (&large, Some(part(960)), true),
        (&large, Some(part(957)), false),
        (&small, None, false),
    ] {
        let (file, rules) = (make::jpeg(picture), Rules::default());
        let opened = Opened::new(&file, &Limits::default(), crop.as_ref(), &rules).unwrap();
        let measured = opened.measure(None);
        let size = (measured.width_px, measured.height_px);
        assert_eq!(size, (picture.width, picture.height));
        // Blocks are seen in the whole alone.
        assert_eq!(measured.blockiness.is_none(), is_half, "{crop:?}");
        let framed = opened.frame(&part(960), &rules).unwrap();
        assert_eq!((framed.picture.width, framed.picture.height), (480, 640));
    }
}

/// The PNG file as an interlaced one; only of a single pixel is that the same picture.
fn interlaced(file: &[u8]) -> Vec<u8> {
    let side = |at: usize| u32::from_be_bytes(*file[at..].first_chunk().unwrap());
    let ihdr = Ihdr {
        width: side(16),
        height: side(20),
        depth: file[24],
        colour: file[25],
        interlace: 1,
    };
    relabelled(file, ihdr)
}
