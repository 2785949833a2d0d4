//! Bundles that were built before, kept in the cache: whoever has the same inputs, such as another checkout, need not build again.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result};

use crate::run::{cache, files_below};

/// So many are kept, those that were used last.
const MOST: usize = 3;

/// Where bundles are kept, each in a folder that is named by its inputs.
#[derive(Debug)]
pub(super) struct Kept(PathBuf);

impl Kept {
    /// Those of this user.
    pub(super) fn open() -> Result<Self> {
        let folder = cache()?.join("web");
        fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }

    /// Puts the bundle of these inputs in place of the folder `dist`; whether there is one.
    pub(super) fn restore(&self, inputs: &str, dist: &Path) -> Result<bool> {
        let kept = self.0.join(inputs);
        if !kept.is_dir() {
            return Ok(false);
        }
        println!(
            "Nothing of the web apps has changed since they were built last: they come from the cache."
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
    pub(super) fn keep(&self, inputs: &str, dist: &Path) -> Result<()> {
        // Another run never sees a part of it.
        let making = tempfile::tempdir_in(&self.0)?;
        copy(dist, making.path())?;
        let kept = self.0.join(inputs);
        if !kept.exists() {
            fs::rename(making.keep(), kept)?;
        }
        let mut all = Vec::new();
        for bundle in fs::read_dir(&self.0)? {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundles_that_were_used_last_come_back_whole() {
        let folder = tempfile::tempdir().unwrap();
        let [shelf, dist] = ["shelf", "dist"].map(|name| folder.path().join(name));
        fs::create_dir(&shelf).unwrap();
        let kept = Kept(shelf);
        for inputs in ["1", "2", "3"] {
            fs::create_dir_all(dist.join("assets")).unwrap();
            fs::write(dist.join("assets/app.js"), inputs).unwrap();
            kept.keep(inputs, &dist).unwrap();
        }
        fs::write(dist.join("stale"), "").unwrap();
        assert!(kept.restore("1", &dist).unwrap());
        assert_eq!(fs::read_to_string(dist.join("assets/app.js")).unwrap(), "1");
        assert!(!dist.join("stale").exists());
        kept.keep("4", &dist).unwrap();
        assert!(!kept.restore("2", &dist).unwrap(), "unused for longest");
        assert!(kept.restore("4", &dist).unwrap());
    }
}
