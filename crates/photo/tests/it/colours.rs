//! Colours of files that are not sRGB.
#![expect(clippy::float_arithmetic, reason = "a curve is computed")]

use photo::{Limits, Picture, decode, decode_half};

use crate::make;

/// Skin, shadow, background and hair of a portrait as Display P3 stores them, and as sRGB does.
const COLOURS: [([u8; 3], [u8; 3]); 4] = [
    ([210, 160, 140], [219, 157, 136]),
    ([120, 80, 65], [127, 78, 62]),
    ([117, 195, 247], [87, 197, 252]),
    ([40, 40, 40], [40, 40, 40]),
];
/// The side of an even square of each.
const SIDE: u32 = 64;

/// A formula for the curve, as phones write it.
const FORMULA: [u32; 5] = [
    0x0002_6666,
    0x0000_F2A7,
    0x0000_0D59,
    0x0000_13D0,
    0x0000_0A5B,
];

fn formula(kind: u8, numbers: &[u32]) -> Vec<u8> {
    let numbers = numbers.iter().flat_map(|number| number.to_be_bytes());
    let head = [b"para\0\0\0\0".as_slice(), &[0, kind, 0, 0]].concat();
    head.into_iter().chain(numbers).collect()
}

/// The curve point by point.
fn points(count: u32) -> Vec<u8> {
    let point = |place: u32| {
        let value = f64::from(place) / f64::from(count - 1);
        let light = if value <= 0.040_45 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        };
        format!("{:.0}", light * 65_535.0).parse::<u16>().unwrap()
    };
    let points = (0..count).flat_map(|place| point(place).to_be_bytes());
    let head = [b"curv\0\0\0\0".as_slice(), &count.to_be_bytes()].concat();
    head.into_iter().chain(points).collect()
}

/// Primaries in 65,536ths.
type Primaries = [[i32; 3]; 3];

const DISPLAY_P3: Primaries = [
    [33_759, 15_807, -69],
    [19_135, 45_367, 2_745],
    [10_296, 4_363, 51_385],
];
const ADOBE_RGB: Primaries = [
    [39_960, 20_389, 1_276],
    [13_453, 41_009, 3_989],
    [9_783, 4_138, 48_796],
];

/// A profile of these primaries with one curve for all.
fn profile(primaries: Primaries, curve: &[u8]) -> Vec<u8> {
    let place = |xyz: [i32; 3]| {
        let numbers = xyz.iter().flat_map(|number| number.to_be_bytes());
        let head = b"XYZ \0\0\0\0".iter().copied();
        head.chain(numbers).collect::<Vec<u8>>()
    };
    let [red, green, blue] = primaries.map(place);
    let tags: [(&[u8], &[u8]); 6] = [
        (b"rXYZ", &red),
        (b"gXYZ", &green),
        (b"bXYZ", &blue),
        (b"rTRC", curve),
        (b"gTRC", curve),
        (b"bTRC", curve),
    ];
    let mut file = vec![0; 128];
    file[16..24].copy_from_slice(b"RGB XYZ ");
    file[36..40].copy_from_slice(b"acsp");
    file.extend(6_u32.to_be_bytes());
    let number = |length: usize| u32::try_from(length).unwrap().to_be_bytes();
    let mut data: Vec<u8> = Vec::new();
    for (name, content) in tags {
        file.extend(name);
        file.extend(number(132 + 6 * 12 + data.len()));
        file.extend(number(content.len()));
        data.extend(content);
    }
    file.extend(data);
    file
}

/// The squares as a JPEG file with these payloads of APP2.
fn file(payloads: &[Vec<u8>]) -> Vec<u8> {
    let squares = make::picture(SIDE * 4, SIDE, |x, _| COLOURS[(x / SIDE) as usize].0);
    let jpeg = make::jpeg(&squares);
    let segments = payloads.iter().flat_map(|payload| {
        let length = u16::try_from(payload.len() + 2).unwrap().to_be_bytes();
        [b"\xFF\xE2", &length[..], payload].concat()
    });
    let segments: Vec<u8> = segments.collect();
    [&jpeg[..2], &segments, &jpeg[2..]].concat()
}

/// A part of a profile, as it lies in a file.
fn part(number: u8, count: u8, part: &[u8]) -> Vec<u8> {
    [b"ICC_PROFILE\0".as_slice(), &[number, count], part].concat()
}

fn any_size() -> Limits {
    Limits {
        min_width: 1,
        min_height: 1,
        ..Limits::default()
    }
}

/// Whether the squares are these colours, as nearly as a JPEG keeps them.
fn shows(picture: &Picture, expected: [[u8; 3]; 4]) -> bool {
    let (wide, side) = (picture.width as usize, picture.height as usize);
    expected.iter().enumerate().all(|(square, colour)| {
        let middle = (side / 2 * wide + square * side + side / 2) * 3;
        let pixel = &picture.rgb[middle..middle + 3];
        pixel.iter().zip(colour).all(|(a, b)| a.abs_diff(*b) <= 3)
    })
}

#[test]
fn display_p3_is_turned_into_srgb() {
    let long = formula(4, &[&FORMULA[..], &[0, 0]].concat());
    for curve in [formula(3, &FORMULA), long, points(1024), points(256)] {
        let profile = profile(DISPLAY_P3, &curve);
        let file = file(&[part(1, 1, &profile)]);
        for picture in [
            decode(&file, &any_size()).unwrap(),
            decode_half(&file, &any_size()).unwrap(),
        ] {
            assert!(shows(&picture, COLOURS.map(|(_, srgb)| srgb)), "{curve:?}");
        }
    }
}

#[test]
fn a_profile_may_come_in_parts() {
    let profile = profile(DISPLAY_P3, &points(1024));
    let (first, rest) = profile.split_at(200);
    let (second, third) = rest.split_at(1_000);
    let parts = [part(1, 3, first), part(2, 3, second), part(3, 3, third)];
    let [one, two, three] = parts;
    let other = b"MPF\0 something else".to_vec();
    let is_srgb = |payloads: &[Vec<u8>]| {
        let picture = decode(&file(payloads), &any_size()).unwrap();
        let [p3, srgb] = [COLOURS.map(|(p3, _)| p3), COLOURS.map(|(_, srgb)| srgb)];
        assert!(shows(&picture, p3) != shows(&picture, srgb));
        shows(&picture, srgb)
    };
    assert!(is_srgb(&[one.clone(), two.clone(), other, three.clone()]));
    assert!(is_srgb(&[three.clone(), one.clone(), two.clone()]));
    assert!(!is_srgb(&[one.clone(), three.clone()]), "one is missing");
    assert!(
        !is_srgb(&[one.clone(), one, two, three]),
        "one stands twice"
    );
}

#[test]
fn other_profiles_are_left_alone() {
    let mut gamma = FORMULA;
    gamma[0] = 0x0002_3333;
    let good = profile(DISPLAY_P3, &formula(3, &FORMULA));
    let mut grey = good.clone();
    grey[16..20].copy_from_slice(b"GRAY");
    for profile in [
        profile(ADOBE_RGB, &formula(3, &FORMULA)),
        profile(DISPLAY_P3, &formula(3, &gamma)),
        profile(DISPLAY_P3, &formula(0, &gamma)),
        profile(
            DISPLAY_P3,
            &[b"curv\0\0\0\0\0\0\0\x01\x02\x33".as_slice()].concat(),
        ),
        profile(DISPLAY_P3, &points(8)),
        profile(DISPLAY_P3, b"curv\0\0\0\0\0\0\0\0"),
        grey,
        Vec::new(),
    ] {
        let picture = decode(&file(&[part(1, 1, &profile)]), &any_size()).unwrap();
        assert!(shows(&picture, COLOURS.map(|(p3, _)| p3)), "{profile:?}");
    }
}

#[test]
fn a_hostile_profile_stops_nothing() {
    let good = profile(DISPLAY_P3, &points(64));
    for cut in 0..good.len().min(300) {
        assert!(decode(&file(&[part(1, 1, &good[..cut])]), &any_size()).is_ok());
    }
    for place in 128..204 {
        let mut profile = good.clone();
        profile[place] = 0xFF;
        assert!(decode(&file(&[part(1, 1, &profile)]), &any_size()).is_ok());
    }
    for (number, count) in [(0, 0), (0, 1), (1, 0), (2, 1), (255, 255)] {
        assert!(decode(&file(&[part(number, count, &good)]), &any_size()).is_ok());
    }
    assert!(decode(&file(&[b"ICC_PROFILE\0".to_vec()]), &any_size()).is_ok());
}
