//! What of a package its receiver has already.

use std::collections::BTreeMap;

use crate::word::words;

words! {
    /// What a package says of a file.
    PackageChange {
        /// It is in the package; it takes the place of a file of the same name.
        Added = "added", "新增", "added";
        /// The receiver has it from an earlier package, with the same row of the table.
        Kept = "kept", "不变", "unchanged";
        /// It counts no more.
        Removed = "removed", "移除", "removed";
    }
}

/// The files that the receiver has, each with what its row said: `R` is alike where photo and row are alike.
#[derive(Debug, Clone)]
pub struct PackageBase<R> {
    files: BTreeMap<String, BaseFile<R>>,
}

#[derive(Debug, Clone)]
struct BaseFile<R> {
    row: R,
    is_listed: bool,
}

impl<R> Default for PackageBase<R> {
    /// The receiver has nothing: what a full package begins with.
    fn default() -> Self {
        Self {
            files: BTreeMap::new(),
        }
    }
}

impl<R: PartialEq> PackageBase<R> {
    /// Adds a file that the receiver has.
    pub fn insert(&mut self, path: String, row: R) {
        let is_listed = false;
        self.files.insert(path, BaseFile { row, is_listed });
    }

    /// Says what becomes of a file that counts now: kept where it and its row are as the receiver has them, else added.
    pub fn list(&mut self, path: &str, row: &R) -> PackageChange {
        match self.files.get_mut(path) {
            Some(file) => {
                file.is_listed = true;
                if file.row == *row {
                    PackageChange::Kept
                } else {
                    PackageChange::Added
                }
            }
            None => PackageChange::Added,
        }
    }

    /// The files that were not listed: they count no more. In the order of their names, with what their rows said.
    pub fn removed(self) -> impl Iterator<Item = (String, R)> {
        let files = self.files.into_iter().filter(|(_, file)| !file.is_listed);
        files.map(|(path, file)| (path, file.row))
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::{btree_map, vec};
    use proptest::prelude::*;

    use super::*;

    type Files = BTreeMap<String, u8>;

    /// A package as its receiver finds it.
    struct Package {
        added: Files,
        removed: Vec<String>,
    }

    fn package(had: &Files, now: &Files) -> Package {
        let mut base = PackageBase::default();
        for (path, row) in had {
            base.insert(path.clone(), *row);
        }
        let is_added = |(path, row): &(&String, &u8)| base.list(path, row) == PackageChange::Added;
        let added = now.iter().filter(is_added);
        let added = added.map(|(path, row)| (path.clone(), *row)).collect();
        Package {
            added,
            removed: base.removed().map(|(path, _)| path).collect(),
        }
    }

    fn apply(mut files: Files, package: Package) -> Files {
        files.retain(|path, _| !package.removed.contains(path));
        files.extend(package.added);
        files
    }

    fn moment() -> impl Strategy<Value = Files> {
        btree_map("[a-e]", 0_u8..3, 0..5)
    }

    proptest! {
        #[test]
        fn all_packages_in_order_are_the_full_one(moments in vec((moment(), any::<bool>()), 1..12)) {
            let (mut received, mut had) = (Files::new(), Files::new());
            for (now, is_full) in moments {
                if is_full {
                    // Whoever takes a full package begins with an empty folder.
                    received = Files::new();
                    had = Files::new();
                }
                received = apply(received, package(&had, &now));
                let full = apply(Files::new(), package(&Files::new(), &now));
                prop_assert_eq!(&received, &full);
                prop_assert_eq!(&received, &now);
                had = now;
            }
        }

        #[test]
        fn what_did_not_change_is_sent_once(now in moment()) {
            let again = package(&now, &now);
            prop_assert!(again.added.is_empty() && again.removed.is_empty());
        }
    }
}
