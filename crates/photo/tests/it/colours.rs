//! Colours of files that are not sRGB.
#![expect(clippy::float_arithmetic, reason = "a curve is computed")]

use photo::{ColourSpace, Limits, Picture, decode, decode_half, inspect};

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
    jpeg_of(COLOURS.map(|(p3, _)| p3), payloads)
}

/// Squares of these colours as a JPEG file with these payloads of APP2.
fn jpeg_of(colours: [[u8; 3]; 4], payloads: &[Vec<u8>]) -> Vec<u8> {
    let squares = make::picture(SIDE * 4, SIDE, |x, _| colours[(x / SIDE) as usize]);
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

/// Skin, background and a grey as Adobe RGB stores them, and as sRGB does, computed with the published matrices.
const FROM_ADOBE: [([u8; 3], [u8; 3]); 4] = [
    ([200, 150, 130], [217, 151, 130]),
    ([128, 128, 128], [129, 129, 129]),
    ([60, 120, 200], [0, 121, 204]),
    ([150, 195, 235], [128, 196, 237]),
];

#[test]
fn other_profiles_of_three_primaries_are_turned_into_srgb() {
    let power = b"curv\0\0\0\0\0\0\0\x01\x02\x33".as_slice();
    let formula = formula(0, &[0x0002_3333]);
    for curve in [power, &formula] {
        let profile = profile(ADOBE_RGB, curve);
        let file = jpeg_of(FROM_ADOBE.map(|(adobe, _)| adobe), &[part(1, 1, &profile)]);
        assert_eq!(space(&file), ColourSpace::Converted);
        for picture in [
            decode(&file, &any_size()).unwrap(),
            decode_half(&file, &any_size()).unwrap(),
        ] {
            assert!(
                shows(&picture, FROM_ADOBE.map(|(_, srgb)| srgb)),
                "{curve:?}"
            );
        }
    }
}

#[test]
fn a_camera_may_name_adobe_rgb_without_its_profile() {
    let adobe = jpeg_of(FROM_ADOBE.map(|(adobe, _)| adobe), &[]);
    let named = with_exif_colours(&adobe, 0xFFFF, Some(*b"R03\0"));
    assert_eq!(space(&named), ColourSpace::Converted);
    let picture = decode(&named, &any_size()).unwrap();
    assert!(shows(&picture, FROM_ADOBE.map(|(_, srgb)| srgb)));
    for (value, name, expected) in [
        (0xFFFF, None, ColourSpace::Unknown),
        (0xFFFF, Some(*b"R98\0"), ColourSpace::Unknown),
        (1, None, ColourSpace::Srgb),
    ] {
        assert_eq!(space(&with_exif_colours(&adobe, value, name)), expected);
    }
}

#[test]
fn colours_of_an_unknown_profile_are_left_alone_and_told() {
    let mut lab = profile(DISPLAY_P3, &formula(3, &FORMULA));
    lab[20..24].copy_from_slice(b"Lab ");
    let mut bright = DISPLAY_P3;
    bright[0][0] *= 2;
    for profile in [lab, profile(bright, &formula(3, &FORMULA)), Vec::new()] {
        let file = file(&[part(1, 1, &profile)]);
        assert_eq!(space(&file), ColourSpace::Unknown, "{profile:?}");
        let picture = decode(&file, &any_size()).unwrap();
        assert!(shows(&picture, COLOURS.map(|(p3, _)| p3)), "{profile:?}");
    }
}

#[test]
fn srgb_and_grey_profiles_change_nothing() {
    const SRGB: Primaries = [
        [28_578, 14_581, 912],
        [25_238, 46_981, 6_362],
        [9_376, 3_973, 46_787],
    ];
    let mut grey = profile(ADOBE_RGB, &formula(3, &FORMULA));
    grey[16..20].copy_from_slice(b"GRAY");
    for profile in [profile(SRGB, &points(1024)), grey] {
        let file = file(&[part(1, 1, &profile)]);
        assert_eq!(space(&file), ColourSpace::Srgb);
        let picture = decode(&file, &any_size()).unwrap();
        assert!(shows(&picture, COLOURS.map(|(p3, _)| p3)));
    }
}

#[test]
fn the_profile_of_a_png_counts_as_well() {
    let squares = make::picture(SIDE * 4, SIDE, |x, _| COLOURS[(x / SIDE) as usize].0);
    let size = (squares.width, squares.height);
    let plain = make::png(
        size,
        png::ColorType::Rgb,
        png::BitDepth::Eight,
        &squares.rgb,
    );
    let profile = profile(DISPLAY_P3, &formula(3, &FORMULA));
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, &profile).unwrap();
    let iccp = [b"P3\0\0".as_slice(), &packed.finish().unwrap()].concat();
    for (name, data, expected) in [
        (b"iCCP", iccp, ColourSpace::Converted),
        (b"cICP", vec![12, 13, 0, 1], ColourSpace::Converted),
        (b"cICP", vec![1, 13, 0, 1], ColourSpace::Srgb),
        (b"cICP", vec![9, 16, 0, 1], ColourSpace::Unknown),
        (b"iCCP", b"broken\0\0abc".to_vec(), ColourSpace::Unknown),
    ] {
        // Behind the first chunk, which has the size: signature, length, name, 13 bytes, checksum.
        let chunk = chunk(*name, &data);
        let file = [&plain[..33], &chunk, &plain[33..]].concat();
        assert_eq!(space(&file), expected, "{}", String::from_utf8_lossy(name));
        let colours = if expected == ColourSpace::Converted {
            COLOURS.map(|(_, srgb)| srgb)
        } else {
            COLOURS.map(|(p3, _)| p3)
        };
        assert!(shows(&decode(&file, &any_size()).unwrap(), colours));
    }
}

fn chunk(name: [u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    let mut crc = flate2::Crc::new();
    crc.update(&name);
    crc.update(data);
    [&length, &name[..], data, &crc.sum().to_be_bytes()].concat()
}

fn space(file: &[u8]) -> ColourSpace {
    inspect(file, &any_size()).unwrap().colour_space
}

/// The file with an EXIF block that says this colour space and, where one is given, names these rules.
fn with_exif_colours(jpeg: &[u8], space: u16, rules: Option<[u8; 4]>) -> Vec<u8> {
    let entry = |tag: u16, kind: u16, value: [u8; 4]| {
        let [tag, kind] = [tag, kind].map(u16::to_be_bytes);
        [&tag[..], &kind, &1_u32.to_be_bytes(), &value].concat()
    };
    let directory = |entries: &[Vec<u8>]| {
        let count = u16::try_from(entries.len()).unwrap().to_be_bytes();
        [&count[..], &entries.concat(), &[0; 4]].concat()
    };
    let [high, low] = space.to_be_bytes();
    // Directories of one, two and one entries begin at 8, 26 and 56.
    let first = directory(&[entry(0x8769, 4, 26_u32.to_be_bytes())]);
    let exif = directory(&[
        entry(0xA001, 3, [high, low, 0, 0]),
        entry(0xA005, 4, 56_u32.to_be_bytes()),
    ]);
    let named = rules.map_or_else(Vec::new, |rules| directory(&[entry(1, 2, rules)]));
    let payload = [b"Exif\0\0MM\0*\0\0\0\x08".as_slice(), &first, &exif, &named].concat();
    let length = u16::try_from(payload.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], b"\xFF\xE1", &length, &payload, &jpeg[2..]].concat()
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
