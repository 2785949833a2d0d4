//! The files against a decoder and another encoder, and the tables against what defines them.

use jpeg_encoder::{ChromaSubsamplingMethod, ColorType, Encoder, SamplingFactor};

use super::blocks::{BLOCK, ORDER};
use super::*;
use crate::file::Limits;
use crate::picture::decode;

fn picture(width: u32, height: u32, colour: impl Fn(u32, u32) -> [u8; 3]) -> Picture {
    let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    Picture {
        width,
        height,
        rgb: places.flat_map(|(x, y)| colour(x, y)).collect(),
    }
}

/// Something with edges, slopes and grain.
fn scene(width: u32, height: u32) -> Picture {
    picture(width, height, |x, y| {
        let [grain, ..] = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)).to_be_bytes();
        let slope = u8::try_from((x + 2 * y) * 160 / (width + 2 * height)).unwrap() + grain / 16;
        let is_inside = x.abs_diff(width / 2).pow(2) + y.abs_diff(height / 2).pow(2) < width * 9;
        if is_inside {
            [slope, 180, 60]
        } else {
            [90, slope, 200]
        }
    })
}

fn written(picture: &Picture, quality: u8) -> Picture {
    read(&Coefficients::of(picture).file(quality, 300))
}

/// The picture of a file of any size.
fn read(jpeg: &[u8]) -> Picture {
    let limits = Limits {
        min_width: 1,
        min_height: 1,
        ..Limits::default()
    };
    decode(jpeg, &limits).unwrap()
}

fn mean_difference(one: &Picture, other: &Picture) -> f64 {
    assert_eq!((one.width, one.height), (other.width, other.height));
    let differences = one
        .rgb
        .iter()
        .zip(&other.rgb)
        .map(|(a, b)| f64::from(a.abs_diff(*b)));
    differences.sum::<f64>() / f64::from(one.width * one.height * 3)
}

#[test]
fn it_is_as_good_and_as_small_as_another_encoder() {
    let scene = scene(330, 410);
    for quality in [10, 60, 85, 95] {
        let mut theirs = Vec::new();
        let mut encoder = Encoder::new(&mut theirs, quality);
        encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
        encoder.set_chroma_subsampling_method(ChromaSubsamplingMethod::Average);
        encoder
            .encode(&scene.rgb, 330, 410, ColorType::Rgb)
            .unwrap();
        let ours = Coefficients::of(&scene).file(quality, 300);
        assert!(
            ours.len() * 100 <= theirs.len() * 102,
            "{} {}",
            ours.len(),
            theirs.len()
        );
        let theirs = read(&theirs);
        let (ours, theirs) = (
            mean_difference(&scene, &written(&scene, quality)),
            mean_difference(&scene, &theirs),
        );
        assert!(ours <= theirs * 1.02 + 0.01, "{quality}: {ours} {theirs}");
    }
}

#[test]
fn the_counted_size_is_just_below_the_true_one() {
    let coefficients = Coefficients::of(&scene(480, 640));
    for quality in [40, 60, 88, 95] {
        let (least, true_size) = (
            coefficients.least_bytes(quality),
            coefficients.file(quality, 300).len(),
        );
        assert!(
            (least..least + least / 10).contains(&true_size),
            "{least} {true_size}"
        );
    }
}

/// The strongest blocks that there are, all waves both ways at the finest quality, one after the other.
#[test]
fn every_level_has_a_code() {
    let sign = |at: u32, wave: u32| cosine_sign(wave * (2 * (at % 8) + 1));
    let extreme = picture(8 * 64, 32, |x, y| {
        let wave = x / 8;
        let rises = sign(x, wave % 8) * sign(y, wave / 8) * [1, -1][(y / 8 % 2) as usize];
        [if rises < 0 { 0 } else { 255 }; 3]
    });
    let flat = |value: u8| {
        picture(48, 48, move |x, y| {
            if (x / 8 + y / 8) % 2 == 0 {
                [value; 3]
            } else {
                [255 - value; 3]
            }
        })
    };
    for picture in [extreme, flat(0), flat(255), scene(1, 1), scene(17, 15)] {
        let difference = mean_difference(&picture, &written(&picture, 100));
        assert!(
            difference < 2.0,
            "{}×{}: {difference}",
            picture.width,
            picture.height
        );
    }
}

/// The sign of the cosine of so many sixteenths of half a turn.
fn cosine_sign(sixteenths: u32) -> i32 {
    if matches!(sixteenths % 32, 9..=23) {
        -1
    } else {
        1
    }
}

#[test]
fn the_tables_are_whole() {
    for table in &TABLES {
        let many: usize = table.lengths.iter().map(|&many| usize::from(many)).sum();
        assert_eq!(many, table.symbols.len());
        let shares: u32 = (1..)
            .zip(table.lengths)
            .map(|(bits, many)| u32::from(many) << (16 - bits))
            .sum();
        assert!(shares < 1 << 16, "no code is all ones");
        let sizes = if table.name < 16 { 0..=11 } else { 1..=10 };
        let runs = if table.name < 16 { 0..=0 } else { 0..=15 };
        for run in runs {
            for size in sizes.clone() {
                assert!(table.symbols.contains(&(run << 4 | size)), "{run} {size}");
            }
        }
    }
    let mut places = ORDER;
    assert_eq!(ORDER[..10], [0, 1, 8, 16, 9, 2, 3, 10, 17, 24]);
    places.sort_unstable();
    assert!(places.into_iter().eq(0..BLOCK));
}
