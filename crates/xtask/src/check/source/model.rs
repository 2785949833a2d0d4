//! What the checks know of a library or a program.

use std::collections::{BTreeMap, BTreeSet};

/// A library or a program: its files, and its modules with the root first.
pub(crate) struct Target {
    /// The package's name.
    pub(crate) package: String,
    /// The files, each parsed once; a module's `file` is a place in this list.
    pub(crate) files: Vec<SourceFile>,
    /// The modules: those that are files, and those that are written inside one.
    pub(crate) modules: Vec<Module>,
}

/// A source file.
pub(crate) struct SourceFile {
    /// Its path from the repository's root, as git prints it.
    pub(crate) path: String,
    /// What it says.
    pub(crate) syntax: syn::File,
}

/// A module and what is written in it. Parts that only tests compile are left out.
#[derive(Debug, Default)]
pub(crate) struct Module {
    /// The module it is declared in; none for the root.
    pub(crate) parent: Option<usize>,
    /// The file it is written in.
    pub(crate) file: usize,
    /// The modules it declares, by name.
    pub(crate) children: BTreeMap<String, usize>,
    /// The names of the types, functions, constants and macros it defines.
    pub(crate) items: BTreeSet<String>,
    /// The names it brings in with `use`; one name may mean a type and a function at once.
    pub(crate) imports: BTreeMap<String, Vec<Import>>,
    /// What it brings in with `use …::*`.
    pub(crate) globs: Vec<Import>,
    /// The paths it uses.
    pub(crate) uses: Vec<PathUse>,
}

/// One name that a `use` brings in.
#[derive(Debug, Clone)]
pub(crate) struct Import {
    /// What it stands for.
    pub(crate) used: PathUse,
    /// Whether others can reach the name through this module.
    pub(crate) is_public: bool,
}

/// A path at a place in a file.
#[derive(Debug, Clone)]
pub(crate) struct PathUse {
    /// Its words: `crate::order::find` has three.
    pub(crate) segments: Vec<String>,
    /// The line it stands in, from 1.
    pub(crate) line: usize,
}
