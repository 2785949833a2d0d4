//! What a notice of `WeChat` Pay costs beside what cannot be spared: reading it beside checking its signature alone, and
//! taking it over HTTP beside putting the same rows into the same database.
//!
//! `cargo xtask ratios webhook` runs it on `SQLite` and on a `PostgreSQL` of its own. Ours and the other take turns in every
//! pass, and each pass gives a ratio: the load of the machine moves both.
#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on ends")]
#![expect(clippy::float_arithmetic, reason = "ratios are no money")]

mod reading;
#[path = "../../tests/it/signed.rs"]
mod signed;
mod storing;

use std::time::Duration;

/// How often each comparison is made.
const PASSES: usize = 9;

/// How many a second, ours and the other's, in each pass.
struct Compared {
    what: String,
    passes: Vec<(f64, f64)>,
}

impl Compared {
    fn new(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            passes: Vec::new(),
        }
    }

    /// Takes what so many of ours and of the other's took.
    fn add(&mut self, count: u32, (ours, other): (Duration, Duration)) {
        let rate = |took: Duration| f64::from(count) / took.as_secs_f64();
        self.passes.push((rate(ours), rate(other)));
    }

    fn print(&self) {
        let mut ratios: Vec<f64> = self
            .passes
            .iter()
            .map(|(ours, other)| ours / other)
            .collect();
        ratios.sort_by(f64::total_cmp);
        let best = |pick: fn(&(f64, f64)) -> f64| self.passes.iter().map(pick).fold(0.0, f64::max);
        println!(
            "{:<52} {:.2} ({:.2} to {:.2})   {:>6.0} beside {:>6.0} a second",
            self.what,
            ratios[ratios.len() / 2],
            ratios[0],
            ratios[ratios.len() - 1],
            best(|pass| pass.0),
            best(|pass| pass.1),
        );
    }
}

fn main() {
    println!(
        "Ratios of throughput: the median, the least and the greatest of {PASSES} passes; then the best rates."
    );
    reading::compare().print();
    for compared in storing::compare(None) {
        compared.print();
    }
    let postgres = std::env::var_os("TEST_DATABASE_URL");
    if let Some(url) = postgres.and_then(|url| url.into_string().ok()) {
        for compared in storing::compare(Some(url)) {
            compared.print();
        }
    }
}
