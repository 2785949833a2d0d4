//! `gradphoto keys`: making keys, changing them, and bringing what is stored under the new ones.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use clap::{Subcommand, ValueEnum};
use providers::SystemRandom;
use providers::keys::{KeyFile, KeyFileError, KeyPurpose};
use service::keys::{DestroyRequest, KeyCounts};

use super::money::By;
use super::output::say;
use crate::command::context::open;
use crate::config::{Basics, Config};

/// What can be done with the key file.
#[derive(Debug, Subcommand)]
pub(super) enum KeysAction {
    /// Make a new key file, readable by its owner alone; one that is there is left as it is.
    New {
        /// Where.
        path: PathBuf,
    },
    /// Add the next key of a purpose. Copy the file to every server and restart each, then activate it.
    Rotate {
        #[command(flatten)]
        basics: Basics,
        /// Which key; all of them where none is named.
        #[arg(long, value_enum)]
        purpose: Option<Purpose>,
        /// Activate it at once, as where one server runs alone; restart it afterwards.
        #[arg(long)]
        now: bool,
    },
    /// Use the next key that every server knows. Copy the file and restart the servers again.
    Activate {
        #[command(flatten)]
        basics: Basics,
        /// Which key; all that were rotated where none is named.
        #[arg(long, value_enum)]
        purpose: Option<Purpose>,
    },
    /// Bring what is under old keys under the active ones, while the servers run.
    Rewrap {
        #[command(flatten)]
        basics: Basics,
    },
    /// Write the wrapped data keys into a new file of a folder, as a backup does; for databases that have backups of their
    /// own.
    Save {
        #[command(flatten)]
        basics: Basics,
        /// The folder; the newest file in it counts for every backup.
        folder: PathBuf,
    },
    /// Destroy the keys of a task that is over. Its roster, photos and questions can never be read again, not even from
    /// a backup.
    Destroy {
        #[command(flatten)]
        by: By,
        /// The task.
        #[arg(long)]
        task: String,
        /// Why, in at most 200 characters; the audit log keeps it.
        #[arg(long)]
        reason: String,
        /// That you know that nobody can undo it.
        #[arg(long, required = true)]
        irrevocably: bool,
    },
    /// Open what is stored and tell how much of it is under old keys.
    Check {
        #[command(flatten)]
        basics: Basics,
    },
}

/// What a key is for.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Purpose {
    /// Wraps the data keys in the database.
    KeyEncryption,
    /// Finds accounts by phone.
    PhoneIndex,
    /// Protects one-time codes; those under way at the change must be asked for again.
    OtpPepper,
    /// Signs access tokens.
    TokenSigning,
}

impl From<Purpose> for KeyPurpose {
    fn from(purpose: Purpose) -> Self {
        match purpose {
            Purpose::KeyEncryption => Self::KeyEncryption,
            Purpose::PhoneIndex => Self::PhoneIndex,
            Purpose::OtpPepper => Self::OtpPepper,
            Purpose::TokenSigning => Self::TokenSigning,
        }
    }
}

#[tokio::main]
pub(super) async fn run(action: KeysAction) -> Result<()> {
    match action {
        KeysAction::New { path } => new(&path),
        KeysAction::Rotate {
            basics,
            purpose,
            now,
        } => rotate(&Config::read(basics)?.key_file(), purpose, now),
        KeysAction::Activate { basics, purpose } => {
            activate(&Config::read(basics)?.key_file(), purpose)
        }
        KeysAction::Rewrap { basics } => rewrap(&Config::read(basics)?).await,
        KeysAction::Save { basics, folder } => save(&Config::read(basics)?, &folder).await,
        KeysAction::Destroy {
            by,
            task,
            reason,
            irrevocably: _,
        } => {
            let actor = by.actor();
            let context = open(&Config::read(by.basics)?).await?;
            let request = DestroyRequest {
                task_id: &task,
                reason: &reason,
            };
            let count = service::keys::destroy(&context, &actor, request).await?;
            say!("{task}: {count} keys were destroyed. Servers forget them within a minute.")?;
            say!(
                "Run gradphoto backup or keys save, and delete the files of data keys that it names."
            )?;
            Ok(())
        }
        KeysAction::Check { basics } => check(&Config::read(basics)?).await,
    }
}

fn new(path: &Path) -> Result<()> {
    KeyFile::create(path, &SystemRandom).with_context(|| format!("making {}", path.display()))?;
    say!(
        "{} has new keys. Keep a copy elsewhere: without it nothing can be read.",
        path.display()
    )?;
    Ok(())
}

/// The named purpose, or all.
fn purposes(purpose: Option<Purpose>) -> Vec<KeyPurpose> {
    purpose.map_or_else(
        || KeyPurpose::ALL.to_vec(),
        |purpose| vec![KeyPurpose::from(purpose)],
    )
}

fn rotate(path: &Path, purpose: Option<Purpose>, now: bool) -> Result<()> {
    for purpose in purposes(purpose) {
        KeyFile::rotate(path, purpose, &SystemRandom)
            .with_context(|| format!("changing {}", path.display()))?;
    }
    if now {
        return activate(path, purpose);
    }
    say!(
        "Copy {} to every server and restart each, then run: gradphoto keys activate",
        path.display()
    )?;
    Ok(())
}

fn activate(path: &Path, purpose: Option<Purpose>) -> Result<()> {
    let mut count = 0;
    for one in purposes(purpose) {
        match KeyFile::activate(path, one) {
            Ok(()) => count += 1,
            // Where none was named, only what was rotated is meant.
            Err(KeyFileError::NoNext(_)) if purpose.is_none() => {}
            Err(error) => {
                return Err(error).with_context(|| format!("changing {}", path.display()));
            }
        }
    }
    ensure!(
        count > 0,
        "no key was rotated: run gradphoto keys rotate first"
    );
    say!(
        "Copy {} to every server and restart each, then run: gradphoto keys rewrap",
        path.display()
    )?;
    Ok(())
}

async fn rewrap(config: &Config) -> Result<()> {
    let counts = service::keys::rewrap(&*open(config).await?).await?;
    say!("Brought under the active keys: {}", told(counts))?;
    Ok(())
}

async fn save(config: &Config, folder: &Path) -> Result<()> {
    let context = open(config).await?;
    let saved = service::backup::save_data_keys(&context, folder).await?;
    super::backup::print_keys(&saved)
}

async fn check(config: &Config) -> Result<()> {
    let counts = service::keys::check(&*open(config).await?).await?;
    say!("What is stored opens. Under old keys: {}", told(counts))?;
    if counts.total() > 0 {
        say!("Run: gradphoto keys rewrap")?;
    } else {
        say!("Old keys are needed by backups alone.")?;
    }
    Ok(())
}

fn told(counts: KeyCounts) -> String {
    format!(
        "{} data keys, {} phones; of tasks: {} document numbers, {} student numbers, {} texts, {} files",
        counts.data_keys,
        counts.phones,
        counts.numbers,
        counts.student_numbers,
        counts.task_values,
        counts.task_files
    )
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn what_was_sealed_anew_is_counted_by_kind() {
        let counts = KeyCounts {
            data_keys: 1,
            phones: 2,
            numbers: 3,
            student_numbers: 4,
            task_values: 5,
            task_files: 6,
        };
        let expected = "1 data keys, 2 phones; of tasks: 3 document numbers, 4 student numbers, 5 texts, 6 files";
        assert_eq!(told(counts), expected);
        assert_eq!(counts.total(), 21);
    }

    #[rstest]
    #[case::all(None, KeyPurpose::ALL.len())]
    #[case::one(Some(Purpose::PhoneIndex), 1)]
    fn a_purpose_that_is_not_named_is_all(#[case] named: Option<Purpose>, #[case] count: usize) {
        assert_eq!(purposes(named).len(), count);
    }
}
