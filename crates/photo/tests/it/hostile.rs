//! Hostile files: good ones, changed at random in the ways in which files are broken and forged. Nothing may panic, and
//! what is decoded keeps to its limits. The changes are the same in every run.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use photo::{Crop, Limits, Picture, Rules, decode, frame, thumbnail};

use crate::photos::engine;
use crate::upload::take;
use crate::{make, shared};

/// Changed files in a run; `GRADPHOTO_FUZZ_ROUNDS` asks for more.
const ROUNDS: u64 = 2_000;
/// Where the changes begin; `GRADPHOTO_FUZZ_SEED` gives others.
const SEED: u64 = 2_017_099;

/// What programs stumble over: ends of ranges, signs, and the markers of JPEG. Source: `docs/sources.md#photo-jpeg-markers`.
const BYTES: [u8; 14] = [
    0x00, 0x01, 0x7F, 0x80, 0xFE, 0xFF, 0xC0, 0xC2, 0xC4, 0xD8, 0xD9, 0xDA, 0xDB, 0xE1,
];

/// Marsaglia's xorshift64.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end.max(1) as u64).unwrap()
    }

    fn part(&mut self, length: usize) -> std::ops::Range<usize> {
        let from = self.below(length);
        let most = (length - from).min(1 << self.below(10));
        from..from + self.below(most + 1)
    }
}

/// A few small files of every sort that is accepted, where the fuzzer begins as well.
fn corpus() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let entries = std::fs::read_dir(folder).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let files = paths.iter().map(std::fs::read);
    files.collect::<Result<_, _>>().unwrap()
}

/// Breaks a file in one way.
fn change(file: &mut Vec<u8>, other: &[u8], chance: &mut Chance) {
    if file.is_empty() {
        file.extend_from_slice(other);
    }
    // Half of the changes hit the headers, where they matter most.
    let reach = if chance.below(2) == 0 {
        file.len().min(700)
    } else {
        file.len()
    };
    let place = chance.below(reach);
    match chance.below(7) {
        0 => file[place] ^= 1 << chance.below(8),
        1 => file[place] = BYTES[chance.below(BYTES.len())],
        2 => file.truncate(place),
        3 => drop(file.drain(chance.part(reach))),
        4 => {
            let again = file[chance.part(reach)].to_vec();
            drop(file.splice(place..place, again));
        }
        5 => {
            let foreign = other[chance.part(other.len())].to_vec();
            let end = (place + foreign.len()).min(file.len());
            drop(file.splice(place..end, foreign));
        }
        _ => {
            let number = BYTES[chance.below(BYTES.len())];
            let end = (place + 4).min(file.len());
            file[place..end].fill(number);
        }
    }
}

/// Blocks in which every coefficient of a JPEG is as large as it can be, one after the other, finely for brightness and
/// twice as large for colour.
fn harshest(dark: [u8; 3], bright: [u8; 3]) -> Picture {
    make::picture(480, 640, |x, y| {
        let block = x / 16 + y / 16 * 30;
        let (across, down) = (block % 8, block / 8 % 8);
        // The sign of a cosine of the transform, at a pixel of a block of eight.
        let is_negative = |place: u32, wave: u32| matches!((2 * place + 1) * wave % 32 / 8, 1 | 2);
        let zoom = 1 + block / 64 % 2;
        let (x, y) = (x / zoom % 8, y / zoom % 8);
        let is_bright = is_negative(x, across) != is_negative(y, down);
        if is_bright == block.is_multiple_of(2) {
            bright
        } else {
            dark
        }
    })
}

#[test]
fn the_harshest_pictures_are_encoded_at_every_quality() {
    let colours = [
        ([0, 0, 0], [255, 255, 255]),
        ([0, 0, 255], [255, 255, 0]),
        ([255, 0, 0], [0, 255, 255]),
    ];
    for (dark, bright) in colours {
        let picture = harshest(dark, bright);
        for quality in [60, 75, 90, 94, 95, 98, 100] {
            let rules = Rules {
                quality_min: quality,
                quality_max: quality,
                ..Rules::default()
            };
            let framed = frame(&picture, &Crop::largest_centred(480, 640), &rules).unwrap();
            let again = decode(&framed.jpeg, &Limits::default()).unwrap();
            let off = again.rgb.iter().zip(&picture.rgb);
            let off: u64 = off.map(|(&a, &b)| u64::from(a.abs_diff(b))).sum();
            let mean = off / again.rgb.len() as u64;
            // Colour is stored at half the size; a code that is not in the tables would leave nothing alike.
            assert!(mean < 80, "{dark:?} {bright:?} {quality}: {mean}");
        }
    }
}

fn number_from(name: &str, otherwise: u64) -> u64 {
    let text = std::env::var_os(name).map(|text| text.into_string().unwrap());
    text.map_or(otherwise, |text| text.parse().unwrap())
}

#[test]
fn changed_files_are_refused_or_taken_and_never_stop_the_program() {
    let rounds = number_from("GRADPHOTO_FUZZ_ROUNDS", ROUNDS);
    let seed = number_from("GRADPHOTO_FUZZ_SEED", SEED);
    println!("{rounds} rounds, seed {seed}");
    let corpus = corpus();
    for file in &corpus {
        assert_eq!(take(file, None), "decoded");
    }
    let mut chance = Chance(seed);
    let mut outcomes = BTreeSet::new();
    for _ in 0..rounds {
        let mut file = corpus[chance.below(corpus.len())].clone();
        let other = &corpus[chance.below(corpus.len())];
        for _ in 0..=chance.below(4) {
            change(&mut file, other, &mut chance);
        }
        outcomes.insert(take(&file, None));
    }
    println!("{outcomes:?}");
    // The changes reach the decoder and every fault that a change of these files can make.
    for outcome in [
        "decoded",
        "truncated",
        "damaged",
        "not_an_image",
        "too_many_pixels",
    ] {
        assert!(outcomes.contains(outcome), "{outcome} in {outcomes:?}");
    }
}

#[test]
fn changed_portraits_are_measured_with_all_networks_and_never_stop_the_program() {
    let (Some(engine), Some(portrait)) = (engine(), shared::photo("p_nasa_astronaut.jpg")) else {
        return;
    };
    let rounds = number_from("GRADPHOTO_FUZZ_ROUNDS", ROUNDS) / 50;
    // 512×512 px: too small to be sent, large enough to be measured.
    let any_size = Limits {
        min_width: 1,
        min_height: 1,
        ..Limits::default()
    };
    let picture = decode(&portrait, &any_size).unwrap();
    let small = thumbnail(&picture, 320).unwrap();
    let mut chance = Chance(number_from("GRADPHOTO_FUZZ_SEED", SEED));
    assert_eq!(take(&small, Some(&engine)), "decoded");
    let mut measured = 0;
    for _ in 0..rounds {
        let mut file = small.clone();
        change(&mut file, &small, &mut chance);
        measured += u64::from(take(&file, Some(&engine)) == "decoded");
    }
    println!("{measured} of {rounds} were measured");
    assert!(measured * 3 > rounds, "{measured} of {rounds}");
}
