//! Random histories of photos, their reviews and their packages: whatever happens in whichever order, each student has one
//! photo that counts, nothing is delivered without its last approval, and packages add up.
//!
//! `GRADPHOTO_SEED=… cargo nextest run -E "binary(review)"` runs the histories of a seed again.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod desk;
mod model;
mod paper;
mod step;

use std::hash::{BuildHasher, RandomState};

use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

use crate::desk::Desk;
use crate::step::{History, histories};

/// Two such runs beside each other make 100,000 histories.
const HISTORIES: u32 = 50_000;

fn check(history: &History) -> Result<(), String> {
    let mut desk = Desk::open(history.order);
    for step in &history.steps {
        desk.take(*step);
        let checked = desk.picture().check();
        checked.map_err(|rule| format!("{rule}, broken by {step:?} in {desk:#?}"))?;
    }
    desk.rest();
    let rests = desk.picture().check_at_rest();
    rests.map_err(|rule| format!("{rule}, broken at rest in {desk:#?}"))
}

fn run(part: u8) {
    let given = std::env::var_os("GRADPHOTO_SEED");
    let seed: u64 = given.map_or_else(
        || RandomState::new().hash_one(part),
        |seed| seed.to_str().unwrap().parse().unwrap(),
    );
    let mut bytes = [part; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let config = Config {
        cases: HISTORIES,
        failure_persistence: None,
        ..Config::default()
    };
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(config, random);
    let ran = runner.run(&histories(), |history| {
        check(&history).map_err(TestCaseError::fail)
    });
    if let Err(failed) = ran {
        panic!("GRADPHOTO_SEED={seed}: {failed}");
    }
}

#[test]
fn reviews_and_packages_stay_right_in_50000_histories_1() {
    run(1);
}

#[test]
fn reviews_and_packages_stay_right_in_50000_histories_2() {
    run(2);
}
