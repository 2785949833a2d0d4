//! Verifying the audit log at the command line.

use anyhow::{Result, bail};
use clap::Subcommand;
use service::audit::{ChainFault, ChainReport};

use super::open;
use super::output::say;
use crate::config::{Basics, Config};

#[derive(Debug, Subcommand)]
pub(super) enum AuditAction {
    /// Check that no entry of the audit log was changed, removed or moved since it was sealed.
    Verify {
        #[command(flatten)]
        basics: Basics,
    },
}

#[tokio::main]
pub(super) async fn run(action: AuditAction) -> Result<()> {
    let AuditAction::Verify { basics } = action;
    let context = open(&Config::read(basics)?).await?;
    service::audit::seal(&context).await?;
    let report = service::audit::verify(&context).await?;
    for chain in &report.chains {
        say!("{}", line(chain))?;
    }
    if report.unsealed > 0 {
        say!(
            "{} entries were written meanwhile and are not sealed yet",
            report.unsealed
        )?;
    }
    if !report.is_sound() {
        bail!("the audit log was changed");
    }
    say!("The audit log is sound.")?;
    Ok(())
}

fn line(report: &ChainReport) -> String {
    let ChainReport {
        chain,
        checkpoint,
        head,
        fault,
    } = report;
    let first = checkpoint + 1;
    let verdict = fault.map_or_else(|| "sound".to_owned(), told);
    format!("{chain}  entries {first} to {head}  {verdict}")
}

fn told(fault: ChainFault) -> String {
    match fault {
        ChainFault::NoHead => "FAULT: its last place is not recorded".to_owned(),
        ChainFault::HeadSignature => "FAULT: the signature of its end is not ours".to_owned(),
        ChainFault::CheckpointSignature => {
            "FAULT: the signature of its beginning is not ours".to_owned()
        }
        ChainFault::BeforeCheckpoint => "FAULT: a deleted entry is there again".to_owned(),
        ChainFault::Missing { sequence } => format!("FAULT: entry {sequence} is missing"),
        ChainFault::Changed { sequence, id } => {
            format!("FAULT: entry {sequence} ({id}) was changed")
        }
        ChainFault::AfterHead { sequence, id } => {
            format!("FAULT: entry {sequence} ({id}) comes after the signed end")
        }
    }
}
