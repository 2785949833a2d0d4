//! The files of a folder.

use std::path::{Path, PathBuf};

use anyhow::Result;
use walkdir::WalkDir;

/// All files below a folder, sorted; none where the folder is missing.
pub(crate) fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut files = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}
