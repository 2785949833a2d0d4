//! Difference hashes: variants of a photo are near, different people are not; where the photos and the networks are
//! present, which are not part of the repository.

use photo::{Crop, DifferenceHash, Opened, Picture, Rules, decode, frame, shrink};

use crate::make;
use crate::photos::{ANY_SIZE, engine};
use crate::shared::photos;

/// The picture with every value multiplied, in hundredths.
fn brighter(picture: &Picture, percent: u32) -> Picture {
    let value = |value: &u8| u8::try_from(u32::from(*value) * percent / 100).unwrap_or(u8::MAX);
    Picture {
        rgb: picture.rgb.iter().map(value).collect(),
        ..picture.clone()
    }
}

/// The picture as a JPEG no larger than this.
fn written(picture: &Picture, side: u16, quality: u8) -> Picture {
    decode(&shrink(picture, side, quality).unwrap(), &ANY_SIZE).unwrap()
}

fn variants(framed: &Picture) -> Vec<(String, Picture)> {
    let mut variants = Vec::new();
    for percent in [70, 85, 115, 130] {
        variants.push((format!("brightness {percent} %"), brighter(framed, percent)));
    }
    for quality in [30, 60, 90] {
        let jpeg = written(framed, 640, quality);
        variants.push((format!("quality {quality}"), jpeg));
    }
    for side in [160, 320] {
        variants.push((format!("{side} px"), written(framed, side, 85)));
    }
    variants
}

#[test]
fn variants_of_a_portrait_are_near_and_different_people_are_not() {
    let Some(engine) = engine() else { return };
    let rules = Rules::default();
    let mut people: Vec<(String, DifferenceHash)> = Vec::new();
    for (name, bytes) in photos() {
        // Those with `s` are made of one photo, which is none of the others.
        if !name.starts_with("p_") {
            continue;
        }
        let (opened, _, auto) = Opened::with_auto_crop(&bytes, &ANY_SIZE, &engine, &rules).unwrap();
        let framed = opened.frame(&auto.crop, &rules).unwrap().picture;
        let hash = DifferenceHash::of(&framed);
        assert_eq!(DifferenceHash::of_bands(hash.bands()), hash);
        for (variant, picture) in variants(&framed) {
            let distance = hash.distance(&DifferenceHash::of(&picture));
            println!("{name}, {variant}: {distance}");
            assert!(
                hash.is_near(&DifferenceHash::of(&picture)),
                "{name}, {variant}: {distance}"
            );
        }
        for (other, known) in &people {
            let distance = hash.distance(known);
            println!("{name}, {other}: {distance}");
            assert!(
                distance > 2 * DifferenceHash::NEAR_BITS,
                "{name}, {other}: {distance}"
            );
        }
        people.push((name, hash));
    }
}

#[test]
fn noise_is_no_step_and_another_frame_is_another_picture() {
    let noise = |x: u32, _| [100, 197, 255 - u8::from(x.is_multiple_of(2))];
    let plain = DifferenceHash::of(&make::picture(480, 640, noise));
    assert_eq!(plain.bands(), [0; DifferenceHash::BANDS]);
    let drawn = make::portrait(960, 1280);
    let framed = |x, y, width, height| {
        let crop = Crop {
            x,
            y,
            width,
            height,
        };
        let framed = frame(&drawn, &crop, &Rules::default()).unwrap();
        DifferenceHash::of(&framed.picture)
    };
    let whole = framed(0, 0, 960, 1280);
    assert_eq!(whole.distance(&whole), 0);
    assert!(whole.is_near(&DifferenceHash::of(&drawn)), "at any size");
    assert!(!whole.is_near(&framed(240, 320, 720, 960)));
}
