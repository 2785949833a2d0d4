//! Files and frames that are turned by quarters.

use photo::{Crop, Limits, Picture, decode, turn};

use crate::make;

const LIMITS: Limits = Limits {
    max_bytes: 10 << 20,
    max_pixels: 40_000_000,
    max_side: 8_000,
    min_width: 1,
    min_height: 1,
};

fn pixel(picture: &Picture, x: u32, y: u32) -> &[u8] {
    let at = (y * picture.width + x) as usize * 3;
    &picture.rgb[at..at + 3]
}

#[test]
fn a_jpeg_is_turned_without_a_pixel_written_anew() {
    let file = make::jpeg(&make::portrait(48, 64));
    let (upright, turned) = (
        decode(&file, &LIMITS).unwrap(),
        decode(&turn(&file, 1, &LIMITS).unwrap(), &LIMITS).unwrap(),
    );
    assert_eq!((turned.width, turned.height), (64, 48));
    for (x, y) in [(0, 0), (47, 0), (13, 29), (47, 63)] {
        assert_eq!(pixel(&turned, 63 - y, x), pixel(&upright, x, y), "{x} {y}");
    }
    let mut round = file;
    for _ in 0..4 {
        round = turn(&round, 1, &LIMITS).unwrap();
    }
    assert!(decode(&round, &LIMITS).unwrap() == upright);
    assert!(turn(b"no picture", 1, &LIMITS).is_err());
}

#[test]
fn a_png_becomes_a_jpeg_that_stands_for_every_browser() {
    let picture = make::portrait(48, 64);
    let (size, colour) = ((48, 64), png::ColorType::Rgb);
    let file = make::png(size, colour, png::BitDepth::Eight, &picture.rgb);
    let turned = turn(&file, 3, &LIMITS).unwrap();
    assert!(turned.starts_with(b"\xff\xd8\xff"));
    let turned = decode(&turned, &LIMITS).unwrap();
    assert_eq!((turned.width, turned.height), (64, 48));
}

#[test]
fn a_frame_turns_around_its_middle_as_far_as_the_picture_goes() {
    let crop = |x, y, width, height| Crop {
        x,
        y,
        width,
        height,
    };
    // Of 1200×1600 pixels; turned, 1600×1200.
    let cases = [
        (crop(300, 400, 600, 800), crop(500, 200, 600, 800)),
        (crop(0, 0, 600, 800), crop(900, 0, 600, 800)),
        (crop(0, 0, 1_200, 1_600), crop(350, 0, 900, 1_200)),
    ];
    for (before, after) in cases {
        assert_eq!(before.turned(1_200, 1_600), after, "{before:?}");
        assert!(after.is_inside(1_600, 1_200));
    }
}
