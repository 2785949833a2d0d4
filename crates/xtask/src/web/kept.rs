//! Bundles that were built before, kept in the cache: whoever has the same inputs, such as another checkout, need not build again.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result};

use crate::run::{cache, files_below};

/// So many are kept, those that were used last.
const MOST: usize = 3;

fn shelf() -> Result<PathBuf> {
    let shelf = cache()?.join("web");
    fs::create_dir_all(&shelf)?;
    Ok(shelf)
}

/// Puts the bundle of these inputs in place of the folder `dist`; whether there is one.
pub(super) fn restore(inputs: &str, dist: &Path) -> Result<bool> {
    let kept = shelf()?.join(inputs);
    if !kept.is_dir() {
        return Ok(false);
    }
    println!(
        "Nothing of the web app has changed since it was built last: taking it from the cache."
    );
    if dist.exists() {
        fs::remove_dir_all(dist)?;
    }
    copy(&kept, dist)?;
    // Used now: it stays longest.
    File::open(&kept)?.set_modified(SystemTime::now())?;
    Ok(true)
}

/// Keeps a bundle, and forgets those that were not used for longest.
pub(super) fn keep(inputs: &str, dist: &Path) -> Result<()> {
    let shelf = shelf()?;
    // Another run never sees a part of it.
    let making = tempfile::tempdir_in(&shelf)?;
    copy(dist, making.path())?;
    let kept = shelf.join(inputs);
    if !kept.exists() {
        fs::rename(making.keep(), kept)?;
    }
    let mut all = Vec::new();
    for bundle in fs::read_dir(&shelf)? {
        let bundle = bundle?;
        all.push((bundle.metadata()?.modified()?, bundle.path()));
    }
    all.sort_unstable();
    let surplus = all.len().saturating_sub(MOST);
    for (_, bundle) in &all[..surplus] {
        fs::remove_dir_all(bundle).with_context(|| format!("removing {}", bundle.display()))?;
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    for file in files_below(from)? {
        let copied = to.join(file.strip_prefix(from)?);
        if let Some(folder) = copied.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::copy(&file, &copied).with_context(|| format!("copying {}", file.display()))?;
    }
    Ok(())
}
