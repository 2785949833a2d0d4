//! The framed photo: its size, density, quality and colours.

use photo::{Crop, FrameError, Framed, Limits, Picture, Rules, decode, frame, thumbnail};
use serde_json::json;

use crate::make;

fn whole(picture: &Picture) -> Framed {
    let crop = Crop::largest_centred(picture.width, picture.height);
    frame(picture, &crop, &Rules::default()).unwrap()
}

/// The same noise every time.
fn noise(width: u32, height: u32) -> Picture {
    let mut state = 1_u32;
    let rgb = (0..width * height * 3).map(|_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    });
    Picture {
        width,
        height,
        rgb: rgb.collect(),
    }
}

/// The markers of a JPEG file before its scan, with their payloads.
fn segments(jpeg: &[u8]) -> Vec<(u8, &[u8])> {
    let mut rest = &jpeg[2..];
    let mut segments = Vec::new();
    while rest[1] != 0xDA {
        let length = usize::from(u16::from_be_bytes([rest[2], rest[3]]));
        segments.push((rest[1], &rest[4..2 + length]));
        rest = &rest[2 + length..];
    }
    segments
}

#[test]
fn the_result_is_a_jpeg_of_the_standard_with_its_density_and_nothing_else() {
    let framed = whole(&make::portrait(900, 1_200));
    let segments = segments(&framed.jpeg);
    assert_eq!(segments[0].0, 0xE0);
    // JFIF 1.x, unit 1 is dots per inch, 300 × 300, no thumbnail.
    assert_eq!(&segments[0].1[..5], b"JFIF\0");
    assert_eq!(segments[0].1[7..], [1, 1, 44, 1, 44, 0, 0]);
    // Besides it only tables and one baseline frame of 8 bits, 640 rows, 480 columns, 3 components.
    let tables_and_frame = [0xC0, 0xC4, 0xDB];
    assert!(
        segments[1..]
            .iter()
            .all(|(marker, _)| tables_and_frame.contains(marker))
    );
    let header = segments
        .iter()
        .find(|(marker, _)| *marker == 0xC0)
        .unwrap()
        .1;
    assert_eq!(header[..6], [8, 2, 128, 1, 224, 3]);
    assert_eq!((framed.width, framed.height), (480, 640));
    let decoded = decode(&framed.jpeg, &Limits::default()).unwrap();
    assert_eq!((decoded.width, decoded.height), (480, 640));
}

#[test]
fn the_quality_is_the_highest_that_fits() {
    let mut picture = make::portrait(480, 640);
    // A little noise makes a file that only fits at some quality in between.
    for (sample, noise) in picture.rgb.iter_mut().zip(noise(480, 640).rgb) {
        *sample = sample.saturating_add(noise / 12);
    }
    let framed = whole(&picture);
    assert!((61..95).contains(&framed.quality), "{}", framed.quality);
    assert!(framed.jpeg.len() <= 40_960 && !framed.over_size);
    let crop = Crop::largest_centred(480, 640);
    let next = Rules {
        quality_min: framed.quality + 1,
        quality_max: framed.quality + 1,
        ..Rules::default()
    };
    assert!(
        frame(&picture, &crop, &next).unwrap().over_size,
        "one step more must not fit"
    );
}

#[test]
fn the_bounds_of_quality_hold_where_the_size_cannot_be_kept() {
    let framed = whole(&noise(480, 640));
    assert_eq!(
        (framed.quality, framed.over_size, framed.under_size),
        (60, true, false)
    );
    let framed = whole(&make::picture(480, 640, |_, _| [100, 197, 255]));
    assert_eq!(
        (framed.quality, framed.over_size, framed.under_size),
        (95, false, true)
    );
}

#[test]
fn an_even_area_keeps_its_colour_at_every_scale() {
    for (width, height) in [
        (481, 640),
        (480, 641),
        (777, 1_031),
        (2_000, 3_000),
        (300, 400),
    ] {
        let picture = make::picture(width, height, |_, _| [100, 197, 255]);
        let decoded = decode(&whole(&picture).jpeg, &Limits::default()).unwrap();
        let is_near = |pixel: &[u8]| {
            pixel
                .iter()
                .zip([100, 197, 255])
                .all(|(&found, wanted)| found.abs_diff(wanted) <= 2)
        };
        assert!(decoded.rgb.chunks_exact(3).all(is_near), "{width}×{height}");
    }
}

#[test]
fn shrinking_averages_light_and_not_numbers() {
    // Black and white columns of one pixel: half the light, which is stored as 188 and not as 128.
    let picture = make::picture(
        1_920,
        2_560,
        |x, _| if x % 2 == 0 { [0; 3] } else { [255; 3] },
    );
    let decoded = decode(&whole(&picture).jpeg, &Limits::default()).unwrap();
    let middle = decoded.rgb[(320 * 480 + 240) * 3];
    assert!(middle.abs_diff(188) <= 2, "{middle}");
}

#[test]
fn the_crop_is_what_is_seen() {
    let quarters = make::picture(960, 1_280, |x, y| match (x < 480, y < 640) {
        (true, true) => [255, 0, 0],
        (false, true) => [0, 255, 0],
        (true, false) => [0, 0, 255],
        (false, false) => [255, 255, 255],
    });
    for (x, y, wanted) in [
        (0, 0, [255, 0, 0]),
        (480, 0, [0, 255, 0]),
        (0, 640, [0, 0, 255]),
    ] {
        let crop = Crop {
            x,
            y,
            width: 480,
            height: 640,
        };
        let framed = frame(&quarters, &crop, &Rules::default()).unwrap();
        let decoded = decode(&framed.jpeg, &Limits::default()).unwrap();
        let is_near = |pixel: &[u8]| pixel.iter().zip(wanted).all(|(a, b)| a.abs_diff(b) <= 3);
        assert!(decoded.rgb.chunks_exact(3).all(is_near), "{crop:?}");
    }
}

#[test]
fn framing_is_repeatable_to_the_byte() {
    let picture = make::portrait(1_000, 1_300);
    assert_eq!(whole(&picture), whole(&picture));
}

#[test]
fn a_crop_that_is_not_in_the_picture_is_refused() {
    let picture = make::portrait(480, 640);
    for (x, y, width, height) in [
        (1, 0, 480, 640),
        (0, 1, 480, 640),
        (0, 0, 2, 640),
        (0, 0, 480, 3),
        (u32::MAX, 0, 480, 640),
    ] {
        let crop = Crop {
            x,
            y,
            width,
            height,
        };
        let refused = frame(&picture, &crop, &Rules::default());
        assert!(matches!(refused, Err(FrameError::Crop { .. })), "{crop:?}");
    }
}

#[test]
fn a_crop_a_little_off_is_trimmed_and_not_distorted() {
    // A line at 45 degrees stays one only where both directions shrink alike.
    let picture = make::picture(500, 640, |x, y| if x > y { [0; 3] } else { [255; 3] });
    let crop = Crop {
        x: 0,
        y: 0,
        width: 484,
        height: 640,
    };
    let framed = frame(&picture, &crop, &Rules::default()).unwrap();
    let exact = frame(
        &picture,
        &Crop {
            x: 2,
            width: 480,
            ..crop
        },
        &Rules::default(),
    )
    .unwrap();
    assert_eq!(framed, exact);
}

#[test]
fn rules_that_make_no_sense_are_named() {
    let cases = [
        ("version", json!({"version": 2})),
        ("width_px", json!({"width_px": 0, "height_px": 0})),
        ("height_px", json!({"height_px": 600})),
        ("dpi", json!({"dpi": 0})),
        ("quality_min", json!({"quality_min": 96})),
        ("quality_max", json!({"quality_max": 101})),
        ("bytes_soft_min", json!({"bytes_soft_min": 40_961})),
        (
            "aspect_tolerance_permille",
            json!({"aspect_tolerance_permille": 101}),
        ),
        (
            "enlargement_max_percent",
            json!({"enlargement_max_percent": 99}),
        ),
        ("head_top", json!({"head_top": {"min": 110, "max": 50}})),
        ("eye_line", json!({"eye_line": {"min": 200, "max": 641}})),
        ("face_width", json!({"face_width": {"min": 0, "max": 481}})),
    ];
    assert_eq!(Rules::default().check(), Ok(()));
    let picture = make::portrait(480, 640);
    let crop = Crop::largest_centred(480, 640);
    for (field, change) in cases {
        let rules: Rules = serde_json::from_value(change).unwrap();
        assert_eq!(rules.check().unwrap_err().field, field);
        assert!(
            matches!(frame(&picture, &crop, &rules), Err(FrameError::Rules(_))),
            "{field}"
        );
    }
}

#[test]
fn thumbnails_keep_the_proportion_and_are_never_enlarged() {
    let any = Limits {
        min_width: 1,
        min_height: 1,
        ..Limits::default()
    };
    let sizes = [
        ((480, 640), 96, (72, 96)),
        ((800, 600), 80, (80, 60)),
        ((30, 40), 96, (30, 40)),
    ];
    for ((width, height), max_side, expected) in sizes {
        let small = thumbnail(&make::portrait(width, height), max_side).unwrap();
        let small = decode(&small, &any).unwrap();
        assert_eq!((small.width, small.height), expected);
    }
    let thin = thumbnail(&make::portrait(1, 7_000), 100).unwrap();
    assert_eq!(decode(&thin, &any).unwrap().width, 1);
    let refused = thumbnail(&make::portrait(30, 40), 0);
    assert!(matches!(refused, Err(FrameError::Crop { .. })));
}
