//! What the product costs, beside what one would otherwise use or what cannot be spared: measured in the same run, as ratios.

pub(crate) mod extent;
mod line;
mod load;
mod memory;
mod package;
mod photo;
mod program;
pub(crate) mod python;
mod reads;
mod roster;
pub(crate) mod same;
mod served;
mod size;
mod table;
mod wasm;
mod web;
mod webhook;
mod webhooks;

use anyhow::Result;
use clap::ValueEnum;

use extent::Extent;
use line::Line;
use table::Circumstances;

/// What can be compared.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Subject {
    /// Everything below, one after the other
    All,
    /// Checking and framing a photo
    Photo,
    /// Answering the pages of a student
    Reads,
    /// What a phone loads before the login page, and what Lighthouse says of it
    Web,
    /// Importing a roster
    Roster,
    /// The pages of a large school
    Size,
    /// Taking a notice of a payment
    Webhook,
    /// Telling a receiver of what happened
    Webhooks,
    /// Making a package of photos
    Package,
    /// What the server keeps in memory, at rest and after students used it
    Memory,
    /// How long students wait when the server has much to do
    Load,
}

impl Subject {
    /// The title of its section in the table.
    fn title(self) -> &'static str {
        match self {
            Self::All => "All",
            Self::Photo => "Photos",
            Self::Reads => "Pages of a student",
            Self::Web => "First load",
            Self::Roster => "Import of a roster",
            Self::Size => "A large school",
            Self::Webhook => "Notices of payments",
            Self::Webhooks => "Webhooks",
            Self::Package => "Packages",
            Self::Memory => "Memory",
            Self::Load => "Under load",
        }
    }

    /// Whether it can be measured with the build that tests use. Of the others, the engine for photos runs in the step `wasm` and
    /// webhooks in `webhook_rate::`, with programs of their own, the step `web` holds the bytes of the web app, and notices of payments are a
    /// benchmark, which is built for release.
    fn has_short_form(self) -> bool {
        match self {
            Self::Reads | Self::Roster | Self::Size | Self::Package | Self::Memory | Self::Load => {
                true
            }
            Self::All | Self::Photo | Self::Web | Self::Webhook | Self::Webhooks => false,
        }
    }

    fn measure(self, extent: Extent, count: Option<u32>) -> Result<Vec<Line>> {
        match self {
            Self::All => Ok(Vec::new()),
            Self::Photo => photo::compare(),
            Self::Reads => reads::compare(extent),
            Self::Web => web::measure(),
            Self::Roster => roster::compare(extent, count),
            Self::Size => size::compare(extent, count),
            Self::Webhook => webhook::compare(),
            Self::Webhooks => webhooks::compare(),
            Self::Package => package::compare(extent, count),
            Self::Memory => memory::measure(extent),
            Self::Load => load::measure(extent),
        }
    }
}

/// Measures and prints a subject's figures, and writes them into docs/performance.md; `count` is how many
/// students or photos the one subject has that takes many.
///
/// A short run shows that the comparisons work. What it prints says nothing about speed and is written nowhere.
pub(crate) fn run(subject: Subject, extent: Extent, count: Option<u32>) -> Result<()> {
    let subjects = match subject {
        // Without itself, which is the first.
        Subject::All => &Subject::value_variants()[1..],
        Subject::Photo
        | Subject::Reads
        | Subject::Web
        | Subject::Roster
        | Subject::Size
        | Subject::Webhook
        | Subject::Webhooks
        | Subject::Package
        | Subject::Memory
        | Subject::Load => &[subject],
    };
    for &subject in subjects {
        match extent {
            Extent::Full => {
                let around = Circumstances::begin();
                let lines = subject.measure(extent, count)?;
                // Where something is missing, which was said, what stands there stays.
                if !lines.is_empty() {
                    table::write(subject.title(), &lines, &around)?;
                }
            }
            Extent::Short if subject.has_short_form() => {
                println!("{}:", subject.title());
                subject.measure(extent, count)?;
            }
            Extent::Short => println!("{}: no short form.", subject.title()),
        }
    }
    Ok(())
}
