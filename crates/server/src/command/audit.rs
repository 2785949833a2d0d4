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

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use domain::AuditEventId;

    use super::*;

    fn id() -> AuditEventId {
        AuditEventId::new(chrono::DateTime::UNIX_EPOCH, [7; 10])
    }

    #[rstest]
    #[case(ChainFault::NoHead, "FAULT: its last place is not recorded")]
    #[case(
        ChainFault::HeadSignature,
        "FAULT: the signature of its end is not ours"
    )]
    #[case(
        ChainFault::CheckpointSignature,
        "FAULT: the signature of its beginning is not ours"
    )]
    #[case(ChainFault::BeforeCheckpoint, "FAULT: a deleted entry is there again")]
    #[case(ChainFault::Missing { sequence: 7 }, "FAULT: entry 7 is missing")]
    #[case(ChainFault::Changed { sequence: 7, id: id() }, &format!("FAULT: entry 7 ({}) was changed", id()))]
    #[case(
        ChainFault::AfterHead { sequence: 8, id: id() },
        &format!("FAULT: entry 8 ({}) comes after the signed end", id())
    )]
    fn a_fault_of_the_log_is_told_with_its_place(
        #[case] fault: ChainFault,
        #[case] expected: &str,
    ) {
        assert_eq!(told(fault), expected);
    }
}
