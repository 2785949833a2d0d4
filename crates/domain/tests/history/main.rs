//! Random histories of the money of one order: whatever happens, whenever it is told, the books stay right.
//!
//! `GRADPHOTO_SEED=… cargo nextest run -p domain --test history` runs the histories of a seed again.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod model;
mod provider;
mod shop;
mod step;

use std::hash::{BuildHasher, RandomState};

use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

use crate::shop::Shop;
use crate::step::{Step, histories};

/// Four such runs beside each other make 100,000 histories.
const HISTORIES: u32 = 25_000;

fn check(history: &[Step]) -> Result<(), String> {
    let mut shop = Shop::open();
    for step in history {
        let before = shop.picture().clone();
        shop.take(*step);
        sound(&shop, &before).map_err(|rule| format!("{rule}, broken by {step:?} in {shop:#?}"))?;
    }
    let before = shop.picture().clone();
    shop.rest();
    let rests = sound(&shop, &before).and_then(|()| shop.picture().check_at_rest(&shop.moved()));
    rests.map_err(|rule| format!("{rule}, broken at rest in {shop:#?}"))
}

fn sound(shop: &Shop, before: &model::Picture) -> Result<(), String> {
    let now = shop.picture();
    now.check()?;
    now.check_after(before)?;
    now.check_beside(&shop.moved())
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
fn money_stays_right_in_25000_histories_1() {
    run(1);
}

#[test]
fn money_stays_right_in_25000_histories_2() {
    run(2);
}

#[test]
fn money_stays_right_in_25000_histories_3() {
    run(3);
}

#[test]
fn money_stays_right_in_25000_histories_4() {
    run(4);
}
