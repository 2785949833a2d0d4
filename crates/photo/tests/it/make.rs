//! Files and pictures made for the tests.

use jpeg_encoder::{ColorType, Encoder};
use photo::{Colour, ColourSpace, FileFacts, Kind, Measurements, Orientation, Picture, measure};

/// A picture whose pixels are told by a function.
pub(crate) fn picture(width: u32, height: u32, pixel: impl Fn(u32, u32) -> [u8; 3]) -> Picture {
    let rgb = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    Picture {
        width,
        height,
        rgb: rgb.flat_map(|(x, y)| pixel(x, y)).collect(),
    }
}

/// What needs no face, measured on a picture as if it came from a PNG file.
pub(crate) fn measured(picture: &Picture) -> Measurements {
    let facts = FileFacts {
        kind: Kind::Png,
        stored_width: picture.width,
        stored_height: picture.height,
        orientation: Orientation::Upright,
        colour: Colour::Rgb,
        bits_per_sample: 8,
        trailing_bytes: 0,
        jpeg_quality: None,
        colour_space: ColourSpace::Srgb,
    };
    measure(picture, &facts, None)
}

/// A portrait as a child draws one: light blue, with a head, eyes and shoulders.
pub(crate) fn portrait(width: u32, height: u32) -> Picture {
    picture(width, height, |x, y| {
        let across = i64::from(x) * 480 / i64::from(width) - 240;
        let down = i64::from(y) * 640 / i64::from(height);
        let is_in = |cx: i64, cy: i64, rx: i64, ry: i64| {
            let (dx, dy) = ((across - cx) * 1_000 / rx, (down - cy) * 1_000 / ry);
            dx * dx + dy * dy < 1_000_000
        };
        if is_in(-50, 250, 15, 8) || is_in(50, 250, 15, 8) {
            [40, 30, 30]
        } else if is_in(0, 260, 110, 150) {
            [220, 180, 160]
        } else if is_in(0, 640, 220, 220) {
            [130, 130, 140]
        } else {
            [100, 197, 255]
        }
    })
}

/// The picture as a JPEG file.
pub(crate) fn jpeg(picture: &Picture) -> Vec<u8> {
    let (width, height) = (
        picture.width.try_into().unwrap(),
        picture.height.try_into().unwrap(),
    );
    let mut bytes = Vec::new();
    Encoder::new(&mut bytes, 90)
        .encode(&picture.rgb, width, height, ColorType::Rgb)
        .unwrap();
    bytes
}

/// The picture as a progressive JPEG file.
pub(crate) fn progressive(picture: &Picture) -> Vec<u8> {
    progressive_in(picture, 4)
}

/// The picture as a progressive JPEG file of so many scans of each colour.
pub(crate) fn progressive_in(picture: &Picture, scans: u8) -> Vec<u8> {
    let (width, height) = (
        picture.width.try_into().unwrap(),
        picture.height.try_into().unwrap(),
    );
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 90);
    encoder.set_progressive_scans(scans);
    encoder
        .encode(&picture.rgb, width, height, ColorType::Rgb)
        .unwrap();
    bytes
}

/// A JPEG file of one grey tone with so many components: 1 or 4.
pub(crate) fn jpeg_of(color: ColorType, samples: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    Encoder::new(&mut bytes, 90)
        .encode(&vec![128; 480 * 640 * samples], 480, 640, color)
        .unwrap();
    bytes
}

/// The file with an EXIF block that holds an orientation, just after its first marker.
pub(crate) fn with_orientation(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif =
        b"\xFF\xE1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
    // The length counts itself and what follows: 2 + 6 + 8 + 2 + 12 + 4.
    assert_eq!(exif.len(), 2 + 0x22);
    [&jpeg[..2], &exif, &jpeg[2..]].concat()
}

/// A JPEG file that ends after its frame header, which promises so many pixels.
pub(crate) fn jpeg_header(width: u16, height: u16) -> Vec<u8> {
    let [w1, w0] = width.to_be_bytes();
    let [h1, h0] = height.to_be_bytes();
    let start = b"\xFF\xD8\xFF\xC0\0\x11\x08";
    [
        start,
        &[h1, h0, w1, w0][..],
        b"\x03\x01\x22\0\x02\x11\x01\x03\x11\x01",
    ]
    .concat()
}

/// A PNG file of these samples.
pub(crate) fn png(
    (width, height): (u32, u32),
    color: png::ColorType,
    depth: png::BitDepth,
    samples: &[u8],
) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(color);
    encoder.set_depth(depth);
    encoder
        .write_header()
        .unwrap()
        .write_image_data(samples)
        .unwrap();
    bytes
}
