//! What the product costs, beside what one would otherwise use or what cannot be spared: measured in the same run, as ratios.

mod line;
mod load;
mod memory;
mod photo;
mod program;
pub(crate) mod python;
mod reads;
pub(crate) mod same;
mod served;
mod table;
mod wasm;
mod webhook;
mod webhooks;

use anyhow::Result;
use clap::ValueEnum;

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
    /// Taking a notice of a payment
    Webhook,
    /// Telling a receiver of what happened
    Webhooks,
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
            Self::Webhook => "Notices of payments",
            Self::Webhooks => "Webhooks",
            Self::Memory => "Memory",
            Self::Load => "Under load",
        }
    }

    fn measure(self) -> Result<Vec<Line>> {
        match self {
            Self::All => Ok(Vec::new()),
            Self::Photo => photo::compare(),
            Self::Reads => reads::compare(),
            Self::Webhook => webhook::compare(),
            Self::Webhooks => webhooks::compare(),
            Self::Memory => memory::measure(),
            Self::Load => load::measure(),
        }
    }
}

/// Measures and prints a subject's figures, and writes them into docs/performance.md.
pub(crate) fn run(subject: Subject) -> Result<()> {
    let subjects = match subject {
        Subject::All => Subject::value_variants(),
        Subject::Photo
        | Subject::Reads
        | Subject::Webhook
        | Subject::Webhooks
        | Subject::Memory
        | Subject::Load => &[subject],
    };
    for subject in subjects {
        let around = Circumstances::begin();
        let lines = subject.measure()?;
        // Where something is missing, which was said, what stands there stays.
        if !lines.is_empty() {
            table::write(subject.title(), &lines, &around)?;
        }
    }
    Ok(())
}
