//! The deletion ledger as a file: a restore replays it, so that what was erased after the backup stays erased.

use std::collections::HashSet;
use std::io;
use std::path::Path;

use chrono::{DateTime, TimeDelta};
use domain::retention::CLAIMS_DAYS;

use super::{BackupError, files};
use crate::Context;
use crate::erasure::{self, ErasureEntry};

/// Writes the ledger into a file, one line of JSON for each erasure, oldest first. Lines that are in the file already stay
/// in it, so that the ledger of a database that lost some does not replace one that has them; only those older than the
/// ledger itself is kept are left out. Returns how many lines the file has.
///
/// # Errors
/// [`BackupError::Damaged`] where the file cannot be read; it is then unchanged.
pub async fn export(context: &Context, path: &Path) -> Result<usize, BackupError> {
    let mut entries = erasure::ledger(context, DateTime::UNIX_EPOCH).await?;
    let mut known: HashSet<_> = entries.iter().map(key).collect();
    let oldest = context.now() - TimeDelta::days(CLAIMS_DAYS);
    let earlier = match load(path) {
        Err(BackupError::File { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
            Vec::new()
        }
        read => read?,
    };
    for entry in earlier {
        if entry.at >= oldest && known.insert(key(&entry)) {
            entries.push(entry);
        }
    }
    entries.sort_by_key(|entry| entry.at);
    let mut text = Vec::new();
    for entry in &entries {
        let line = serde_json::to_vec(entry);
        let line = line.map_err(|_| BackupError::Damaged("the ledger cannot be written".into()))?;
        text.extend_from_slice(&line);
        text.push(b'\n');
    }
    files::make_folder(files::folder_of(path))?;
    files::write(path, &text)?;
    Ok(entries.len())
}

/// What a line is about; the first of each counts.
fn key(entry: &ErasureEntry) -> (&'static str, uuid::Uuid) {
    (entry.kind.as_str(), entry.object_id)
}

/// Reads a ledger.
///
/// # Errors
/// [`BackupError::Damaged`] with the first line that cannot be read.
pub fn load(path: &Path) -> Result<Vec<ErasureEntry>, BackupError> {
    let text = std::fs::read_to_string(path).map_err(BackupError::file(path))?;
    let lines = text.lines().enumerate();
    lines
        .map(|(number, line)| {
            serde_json::from_str(line).map_err(|error| {
                let file = path.display();
                BackupError::Damaged(format!("{file}, line {}: {error}", number + 1))
            })
        })
        .collect()
}
