//! The chores of gradphoto: a fresh machine needs only `cargo xtask demo` and `cargo xtask test`.

mod attacks;
mod check;
mod cluster;
mod demo;
mod faults;
mod fetch;
mod figures;
mod fuzz;
mod kill;
mod models;
mod openapi;
mod pictures;
mod postgres;
mod product;
mod ratios;
mod readers;
mod run;
mod schemathesis;
mod setup;
mod test;
mod web;

use std::path::PathBuf;

use anyhow::Result;
use clap::Parser;

use ratios::extent::Extent;

/// What can be asked of `cargo xtask`.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", about = "The chores of gradphoto")]
enum Chore {
    /// Install what the other chores need; quick where everything is there
    Setup {
        /// A folder with the files that would be fetched from npm and PyPI, for a machine that reaches neither
        #[arg(long)]
        mirror: Option<PathBuf>,
    },
    /// Build the web app into frontend/dist
    Web,
    /// Write openapi/openapi.json and the client generated from it
    Openapi {
        /// Write nothing; fail and name the files that are stale
        #[arg(long)]
        check: bool,
    },
    /// Run the product with sample data, offline
    Demo {
        /// Port of the product on 127.0.0.1
        #[arg(long, default_value_t = 8080)]
        port: u16,
    },
    /// Run everything that CI checks
    Test {
        /// Run one step alone; may be given several times
        #[arg(long, value_enum)]
        only: Vec<test::Step>,
    },
    /// Leave a picture of every page: on a phone, on a desktop, and there at twice the size
    Screens {
        /// The folder for the pictures
        #[arg(default_value = "data/pictures")]
        folder: PathBuf,
    },
    /// Measure how long a student on a slow phone waits for the login form and for the verdict on a photo
    Slow,
    /// Measure how long a reviewer who works by keyboard waits for the next photo
    Keyboard,
    /// Look for files that stop the photo engine or the readers of CSV, XLSX and DBF
    Fuzz {
        /// For how long
        #[arg(default_value_t = 600)]
        seconds: u32,
    },
    /// Count how often the photo checks find drawn faults, and write docs/figures.md
    Figures {
        /// A folder of further portraits without a fault, on which false alarms are counted
        #[arg(long)]
        portraits: Option<PathBuf>,
    },
    /// Kill the program at 200 random moments between order and paid, and see that nothing is lost
    Kill,
    /// Install the programs that schools read packages with, LibreOffice among them, and have every one of them read some
    Readers,
    /// Attack the program on loopback while students use it, and see that nothing is left behind
    Attacks {
        /// For how long
        #[arg(default_value_t = 600)]
        seconds: u32,
    },
    /// Run three copies with a standby database, an S3 store and nginx, break them one after the other under load, and print a
    /// table of what came of it
    Cluster {
        /// How long the object store is gone, and a copy cut off from the database
        #[arg(long, default_value_t = 30)]
        seconds: u32,
        /// How many students come at a time
        #[arg(long, default_value_t = 12)]
        clients: u32,
        /// Measure the release build, which takes long to make
        #[arg(long)]
        release: bool,
    },
    /// Break disk, database, object store and key file under the program, and print a table of what came of each
    Faults,
    /// Print what the product costs beside what one would otherwise use
    Ratios {
        /// What to compare
        #[arg(value_enum)]
        subject: ratios::Subject,
        /// As little as possible of all that the tests' build can show, to see that it works; writes no figures
        #[arg(long)]
        short: bool,
        /// How many students an import of `roster` has or the school of `size`, or photos a package of `package`, instead of the usual number
        #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
        count: Option<u32>,
    },
    /// Run the quick guards: dependency directions, licences, file rules
    Check,
}

fn main() -> Result<()> {
    match Chore::parse() {
        Chore::Setup { mirror } => setup::everything(mirror.as_deref()),
        Chore::Web => web::build(web::Purpose::Release).map(|bundle| println!("{bundle}")),
        Chore::Openapi { check: true } => openapi::check(),
        Chore::Openapi { check: false } => openapi::write(),
        Chore::Demo { port } => demo::run(port),
        Chore::Test { only } => test::run(&only),
        Chore::Screens { folder } => test::screens(&folder),
        Chore::Slow => test::slow(),
        Chore::Keyboard => test::keyboard(),
        Chore::Fuzz { seconds } => fuzz::run(seconds),
        Chore::Figures { portraits } => figures::write(portraits.as_deref()),
        Chore::Kill => kill::run(),
        Chore::Readers => readers::run(),
        Chore::Attacks { seconds } => attacks::run(seconds),
        Chore::Cluster {
            seconds,
            clients,
            release,
        } => cluster::run(cluster::Trial {
            seconds,
            clients,
            is_release: release,
        }),
        Chore::Faults => faults::run(),
        Chore::Ratios {
            subject,
            short,
            count,
        } => {
            let extent = if short { Extent::Short } else { Extent::Full };
            ratios::run(subject, extent, count)
        }
        Chore::Check => check::run(),
    }
}
