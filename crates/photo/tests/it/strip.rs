//! A stripped file shows the same picture and holds nothing else.

use photo::{Crop, FileFacts, Limits, Opened, Rules, decode, inspect, strip};

use crate::make::{self, portrait, with_orientation};

/// What a camera and editors leave in a file.
const SECRET: &[u8] = b"GPS 39.9N 116.4E, Li Hua's phone";

fn segment(marker: u8, payload: &[u8]) -> Vec<u8> {
    let length = u16::try_from(payload.len() + 2).unwrap();
    [&[0xFF, marker][..], &length.to_be_bytes(), payload].concat()
}

/// The file with a segment of every sort that holds the secret, and more behind its end.
fn burdened(jpeg: &[u8]) -> Vec<u8> {
    let mut file = jpeg[..2].to_vec();
    for (marker, start) in [
        (0xE0, &b"JFXX\0"[..]),
        (0xE1, b"http://ns.adobe.com/xap/1.0/\0"),
        (0xE2, b"MPF\0"),
        (0xED, b"Photoshop 3.0\0"),
        (0xEF, b""),
        (0xFE, b""),
    ] {
        file.extend(segment(marker, &[start, SECRET].concat()));
    }
    file.extend(&jpeg[2..]);
    file.extend(SECRET);
    file
}

fn holds(file: &[u8], what: &[u8]) -> bool {
    file.windows(what.len()).any(|window| window == what)
}

/// Strips a file and makes sure that the picture is the same; gives what is left.
fn stripped(name: &str, file: &[u8]) -> Vec<u8> {
    let limits = Limits {
        min_width: 1,
        min_height: 1,
        ..Limits::default()
    };
    let before = inspect(file, &limits).unwrap();
    let left = strip(file, &before).unwrap();
    let after = inspect(&left, &limits).unwrap();
    let expected = FileFacts {
        trailing_bytes: 0,
        ..before
    };
    assert_eq!(after, expected, "{name}");
    let pictures = (
        decode(file, &limits).unwrap(),
        decode(&left, &limits).unwrap(),
    );
    assert!(pictures.0 == pictures.1, "{name}: the pixels differ");
    // Twice is once.
    assert_eq!(strip(&left, &after).unwrap(), left, "{name}");
    left
}

#[test]
fn nothing_but_the_picture_and_how_it_stands_is_left_of_a_jpeg() {
    let plain = make::jpeg(&portrait(480, 640));
    assert_eq!(stripped("plain", &plain), plain);
    for layers in [
        make::jpeg(&portrait(480, 640)),
        make::progressive(&portrait(480, 640)),
    ] {
        for turn in 1..=8 {
            let file = burdened(&with_orientation(&layers, turn));
            let left = stripped(&format!("turn {turn}"), &file);
            assert!(!holds(&left, b"Li Hua") && !holds(&left, b"Photoshop"));
            assert_eq!(holds(&left, b"Exif"), turn != 1);
        }
    }
}

#[test]
fn a_thumbnail_in_a_jfif_segment_goes() {
    let plain = make::jpeg(&portrait(480, 640));
    let mut jfif = b"JFIF\0\x01\x01\0\0\x01\0\x01\x03\x03".to_vec();
    jfif.extend([200; 27]);
    let file = [&plain[..2], &segment(0xE0, &jfif), &plain[2..]].concat();
    let left = stripped("thumbnail", &file);
    assert!(!holds(&left, &[200; 27]));
}

#[test]
fn a_file_without_its_end_marker_gets_one() {
    let plain = make::jpeg(&portrait(480, 640));
    let cut = &plain[..plain.len() - 2];
    assert_eq!(stripped("no end", cut), plain);
}

#[test]
fn texts_and_times_go_from_a_png_and_colours_stay() {
    // Stored lying; the block says how it stands.
    let picture = portrait(640, 480);
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, 640, 480);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let text = String::from_utf8(SECRET.to_vec()).unwrap();
    encoder
        .add_text_chunk("Comment".to_owned(), text.clone())
        .unwrap();
    encoder
        .add_itxt_chunk("XML:com.adobe.xmp".to_owned(), text)
        .unwrap();
    encoder.set_source_gamma(png::ScaledFloat::new(0.45455));
    let mut writer = encoder.write_header().unwrap();
    let exif = [
        b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0",
        SECRET,
    ]
    .concat();
    writer
        .write_chunk(png::chunk::ChunkType(*b"eXIf"), &exif)
        .unwrap();
    writer.write_image_data(&picture.rgb).unwrap();
    drop(writer);
    file.extend(SECRET);
    assert!(holds(&file, b"Li Hua"));
    let left = stripped("png", &file);
    assert!(!holds(&left, b"Li Hua") && holds(&left, b"gAMA"));
    assert!(decode(&left, &Limits::default()).is_ok_and(|turned| turned.width == 480));
    let without_end = &left[..left.len() - 12];
    assert_eq!(stripped("no end", without_end), left);
}

#[test]
fn real_photos_show_and_measure_the_same() {
    let rules = Rules::default();
    for (name, file) in crate::shared::photos() {
        let Ok(before) = Opened::new(&file, &Limits::default(), None::<&Crop>, &rules) else {
            continue;
        };
        let left = stripped(&name, &file);
        assert!(left.len() <= file.len() + 96, "{name}");
        let after = Opened::new(&left, &Limits::default(), None, &rules).unwrap();
        assert_eq!(after.measure(None), before.measure(None), "{name}");
    }
}
