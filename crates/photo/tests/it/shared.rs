//! Real photos, where the folder with them is present; they are not part of the repository.

use std::path::PathBuf;

use photo::{
    Border, Crop, FileFault, Kind, Limits, Orientation, PhotoOutcome, Rules, decode, frame,
    inspect, judge, thumbnail,
};
use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

use crate::make;

fn folder() -> PathBuf {
    PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/photos"
    ))
}

/// The photo with this name; `None`, with a line that says so, where it is not there.
pub(crate) fn photo(name: &str) -> Option<Vec<u8>> {
    let bytes = std::fs::read(folder().join(name)).ok();
    if bytes.is_none() {
        println!("skipped: {name} is not there");
    }
    bytes
}

/// All photos, with their names.
pub(crate) fn photos() -> Vec<(String, Vec<u8>)> {
    let Ok(entries) = std::fs::read_dir(folder()) else {
        println!("skipped: the folder of photos is not there");
        return Vec::new();
    };
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| name != "manifest.csv").collect();
    names.sort();
    names
        .into_iter()
        .map(|name| (name.clone(), photo(&name).unwrap()))
        .collect()
}

#[test]
fn each_photo_is_framed_or_refused_as_its_name_says() {
    for (name, bytes) in photos() {
        match (name.as_str(), decode(&bytes, &Limits::default())) {
            ("s_cmyk.jpg", fault) => assert_eq!(fault, Err(FileFault::Cmyk)),
            (_, Err(fault)) => {
                assert!(
                    matches!(fault, FileFault::TooSmall { .. }),
                    "{name}: {fault}"
                );
            }
            (_, Ok(picture)) => {
                let (crop, rules) = (
                    Crop::largest_centred(picture.width, picture.height),
                    Rules::default(),
                );
                let framed = frame(&picture, &crop, &rules).unwrap();
                assert!(
                    (60..=95).contains(&framed.quality),
                    "{name}: {}",
                    framed.quality
                );
                let fits = framed.jpeg.len() <= 40_960;
                assert!(
                    fits != framed.over_size && (fits || framed.quality == 60),
                    "{name}"
                );
                let is_usual = (20_480..=40_960).contains(&framed.jpeg.len());
                assert_eq!(framed.finding(&rules).is_none(), is_usual, "{name}");
                println!(
                    "{name}: quality {}, {} bytes",
                    framed.quality,
                    framed.jpeg.len()
                );
                assert!(inspect(&framed.jpeg, &Limits::default()).is_ok(), "{name}");
                assert!(!thumbnail(&picture, 96).unwrap().is_empty(), "{name}");
            }
        }
    }
}

#[test]
fn no_photo_without_a_border_is_said_to_have_one() {
    for (name, bytes) in photos() {
        if let Ok(picture) = decode(&bytes, &Limits::default()) {
            assert_eq!(make::measured(&picture).border, Border::default(), "{name}");
        }
    }
}

#[test]
fn a_good_photo_passes() {
    if let Some(bytes) = photo("s_ok_480x640.jpg") {
        let picture = decode(&bytes, &Limits::default()).unwrap();
        let crop = Crop::largest_centred(480, 640);
        let verdict = judge(&make::measured(&picture), &crop, &Rules::default());
        assert_eq!(verdict.outcome, PhotoOutcome::Pass, "{verdict:?}");
    }
}

#[test]
fn a_photo_that_is_cut_off_is_a_fault_wherever_the_cut_is() {
    for (name, bytes) in photos() {
        if decode(&bytes, &Limits::default()).is_err() || name == "s_trailing_zip.jpg" {
            continue;
        }
        for percent in [30, 60, 95] {
            let cut = &bytes[..bytes.len() * percent / 100];
            assert_eq!(
                decode(cut, &Limits::default()),
                Err(FileFault::Truncated),
                "{name}"
            );
        }
    }
}

#[test]
fn the_special_files_are_what_they_are() {
    let inspected = |name| Some(inspect(&photo(name)?, &Limits::default()));
    if let Some(facts) = inspected("s_exif_orient6.jpg") {
        let facts = facts.unwrap();
        assert_eq!(facts.orientation, Orientation::QuarterTurn);
        assert_eq!((facts.stored_width, facts.stored_height), (640, 480));
        assert_eq!((facts.width(), facts.height()), (480, 640));
    }
    if let Some(facts) = inspected("s_png_named.jpg") {
        assert_eq!(facts.unwrap().kind, Kind::Png);
    }
    if let Some(facts) = inspected("s_trailing_zip.jpg") {
        assert!(facts.unwrap().trailing_bytes > 1_000);
    }
    if let Some(fault) = inspected("s_small_120x160.jpg") {
        let expected = FileFault::TooSmall {
            width: 120,
            height: 160,
            min_width: 480,
            min_height: 640,
        };
        assert_eq!(fault, Err(expected));
    }
}

#[test]
fn a_turned_photo_decodes_to_the_same_picture_as_the_upright_one() {
    if let (Some(turned), Some(upright)) = (photo("s_exif_orient6.jpg"), photo("s_ok_480x640.jpg"))
    {
        let [turned, upright] =
            [turned, upright].map(|bytes| decode(&bytes, &Limits::default()).unwrap());
        let differences = turned
            .rgb
            .iter()
            .zip(&upright.rgb)
            .map(|(a, b)| u64::from(a.abs_diff(*b)));
        // Both were encoded on their own, so they are alike and not equal.
        let mean = differences.sum::<u64>() / upright.rgb.len() as u64;
        assert!(mean <= 2, "the mean difference is {mean}");
    }
}

#[test]
fn the_decoder_gives_the_same_bytes_with_and_without_special_instructions() {
    let portable = DecoderOptions::default()
        .set_use_unsafe(false)
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    for (name, bytes) in photos() {
        match inspect(&bytes, &Limits::default()) {
            Ok(facts) if facts.kind == Kind::Jpeg && facts.orientation == Orientation::Upright => {
                let stream = ZCursor::new(bytes.as_slice());
                let mut decoder = JpegDecoder::new_with_options(stream, portable);
                let picture = decode(&bytes, &Limits::default()).unwrap();
                assert!(decoder.decode().unwrap() == picture.rgb, "{name}");
            }
            _ => println!("{name} is another sort of file"),
        }
    }
}
