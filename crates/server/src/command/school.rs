//! `gradphoto school`: moving a school from one installation to another. docs/operations.md tells the order.

use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use clap::Subcommand;
use domain::Lang;
use service::school_move::{self as moves, ExportRequest, ImportRequest, MoveError};

use super::money::{By, told};
use super::output::say;
use crate::command::context::open;
use crate::config::Config;

/// What can be done with a school as a whole.
#[derive(Debug, Subcommand)]
pub(super) enum SchoolAction {
    /// Shut a school and write it into a file; then confirm that it arrived, or cancel.
    Export {
        #[command(flatten)]
        by: By,
        /// The school's code, or its id where several have that code.
        #[arg(long)]
        school: String,
        /// The file; it must not exist.
        #[arg(
            long,
            requires = "address",
            required_unless_present_any = ["confirm", "cancel"],
            conflicts_with_all = ["confirm", "cancel"]
        )]
        to: Option<PathBuf>,
        /// The file for the key that opens it, which goes another way than the file; by default its name with `.key`.
        #[arg(long, requires = "to")]
        key: Option<PathBuf>,
        /// The address of the installation to which the school goes, such as `https://photo.example.cn`.
        #[arg(long, requires = "to")]
        address: Option<String>,
        /// The school arrived, and this is the receipt: delete it here, and answer its links with the new address.
        #[arg(long, value_name = "RECEIPT", conflicts_with = "cancel")]
        confirm: Option<String>,
        /// The file was not and will not be taken: the school stays, and is open again.
        #[arg(long)]
        cancel: bool,
    },
    /// Take a school out of a file, all of it or nothing.
    Import {
        #[command(flatten)]
        by: By,
        /// The file.
        file: PathBuf,
        /// The file of the key that opens it; by default the file's name with `.key`.
        #[arg(long)]
        key: Option<PathBuf>,
        /// The file is not taken and will not be: delete what imports of it that failed left in the object store.
        #[arg(long)]
        discard: bool,
    },
}

#[tokio::main]
pub(super) async fn run(action: SchoolAction) -> Result<()> {
    match action {
        SchoolAction::Export {
            by,
            school,
            confirm: Some(receipt),
            ..
        } => confirm(by, &school, &receipt).await,
        SchoolAction::Export {
            by,
            school,
            to: Some(file),
            key,
            address: Some(address),
            ..
        } => {
            let key_file = key.unwrap_or_else(|| beside(&file));
            let request = ExportRequest {
                school: &school,
                address: &address,
                file: &file,
                key_file: &key_file,
                schema: migrations::latest(),
            };
            export(by, request).await
        }
        SchoolAction::Export { by, school, .. } => cancel(by, &school).await,
        SchoolAction::Import {
            by,
            file,
            key,
            discard: is_discarded,
        } => {
            let key_file = key.unwrap_or_else(|| beside(&file));
            let request = ImportRequest {
                file: &file,
                key_file: &key_file,
                schema: migrations::latest(),
            };
            if is_discarded {
                discard(by, request).await
            } else {
                import(by, request).await
            }
        }
    }
}

/// The key's file beside the file of a school.
fn beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".key");
    name.into()
}

async fn export(by: By, request: ExportRequest<'_>) -> Result<()> {
    let actor = by.actor();
    let context = open(&Config::read(by.basics)?).await?;
    let written = Box::pin(moves::export(&context, &actor, request)).await;
    let written = written.map_err(explained)?;
    say!(
        "{} holds {} {}: {} rows and {} objects. The school is shut.",
        request.file.display(),
        written.school.code,
        written.school.name,
        written.rows,
        written.objects
    )?;
    say!(
        "{} opens it: send it another way, and delete both when the school has arrived.",
        request.key_file.display()
    )?;
    say!(
        "Then: gradphoto school import at {}, and here gradphoto school export --school {} --confirm RECEIPT",
        request.address,
        written.school.code
    )?;
    Ok(())
}

async fn cancel(by: By, school: &str) -> Result<()> {
    let actor = by.actor();
    let context = open(&Config::read(by.basics)?).await?;
    let stays = moves::cancel(&context, &actor, school).await;
    let stays = stays.map_err(explained)?;
    say!("{} {} stays, and is open again.", stays.code, stays.name)?;
    Ok(())
}

async fn confirm(by: By, school: &str, receipt: &str) -> Result<()> {
    let actor = by.actor();
    let context = open(&Config::read(by.basics)?).await?;
    let gone = Box::pin(moves::confirm(&context, &actor, school, receipt)).await;
    let gone = gone.map_err(explained)?;
    say!(
        "{} {} has moved. Its rows, keys and objects were deleted here.",
        gone.code,
        gone.name
    )?;
    Ok(())
}

async fn import(by: By, request: ImportRequest<'_>) -> Result<()> {
    let actor = by.actor();
    let context = open(&Config::read(by.basics)?).await?;
    let taken = Box::pin(moves::import(&context, &actor, request)).await;
    let taken = taken.map_err(explained)?;
    let accounts = match taken.joined {
        Some(joined) => format!("{joined} accounts were here already"),
        None => "this file was taken before".to_owned(),
    };
    say!(
        "{} is here: {} rows and {} objects; {accounts}.",
        taken.name,
        taken.rows,
        taken.objects
    )?;
    say!(
        "The receipt for the installation that it came from: {}",
        taken.receipt
    )?;
    Ok(())
}

async fn discard(by: By, request: ImportRequest<'_>) -> Result<()> {
    let actor = by.actor();
    let context = open(&Config::read(by.basics)?).await?;
    let gone = Box::pin(moves::discard_import(&context, &actor, request)).await;
    say!(
        "{} objects that no row names were deleted.",
        gone.map_err(explained)?
    )?;
    Ok(())
}

/// Why it was not done, for a person.
fn explained(error: MoveError) -> anyhow::Error {
    match error {
        MoveError::Failure(failure) => told(failure),
        MoveError::Open(open) => {
            let open = open.iter();
            let open = open.map(|(what, count)| format!("{count} {}", what.label().get(Lang::En)));
            let open: Vec<_> = open.collect();
            anyhow!(
                "the school has {}: wait until they are done or end them, then try again; it is open meanwhile unless it was shut before",
                open.join(", ")
            )
        }
        MoveError::StillShut(why) => explained(*why)
            .context("the school is shut now: export it again, or open it with --cancel"),
        other @ (MoveError::File { .. }
        | MoveError::Named(_)
        | MoveError::Unsuitable(_)
        | MoveError::Damaged(_)
        | MoveError::Chain(_)) => other.into(),
    }
}
