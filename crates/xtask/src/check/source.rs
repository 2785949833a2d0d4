//! The Rust sources of the workspace, as far as the checks need them.

mod attribute;
mod model;
mod reader;
mod resolve;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

pub(crate) use attribute::{attributes_of, is_for_tests};
pub(crate) use model::{PathUse, SourceFile, Target};

/// All libraries and programs of the workspace, from `cargo metadata`.
///
/// # Errors
/// Where a source file cannot be read or is no Rust.
pub(crate) fn targets(metadata: &Value, root: &Path) -> Result<Vec<Target>> {
    let members = metadata["workspace_members"].as_array();
    let is_ours =
        |package: &&Value| members.is_some_and(|members| members.contains(&package["id"]));
    let mut targets = Vec::new();
    for package in array(&metadata["packages"]).filter(is_ours) {
        let name = package["name"].as_str().unwrap_or_default();
        for target in array(&package["targets"]).filter(|target| is_product(target)) {
            let path = target["src_path"].as_str().unwrap_or_default();
            targets.push(read(name, Path::new(path), root)?);
        }
    }
    Ok(targets)
}

/// Whether a target is built for use, and not a test, a benchmark, an example or a build script.
fn is_product(target: &Value) -> bool {
    array(&target["kind"]).any(|kind| matches!(kind.as_str(), Some("lib" | "rlib" | "bin")))
}

fn array(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// Reads a root file and every module that it leads to.
fn read(package: &str, path: &Path, root: &Path) -> Result<Target> {
    read_with(package, path, &|path| {
        let text =
            fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
        let shown = path.strip_prefix(root).unwrap_or(path);
        parse(&shown.display().to_string(), &text)
    })
}

/// Reads a root file and every module that it leads to; `load` gives the file of a path.
pub(crate) fn read_with(
    package: &str,
    path: &Path,
    load: &dyn Fn(&Path) -> Result<SourceFile>,
) -> Result<Target> {
    let mut target = Target {
        package: package.to_owned(),
        files: vec![load(path)?],
        modules: vec![model::Module::default()],
    };
    let folder = path.parent().map_or_else(PathBuf::new, Path::to_path_buf);
    let mut waiting = vec![(0, folder)];
    while let Some((module, folder)) = waiting.pop() {
        for declared in reader::read_module(&mut target, module) {
            let inside: PathBuf = declared.inside.iter().collect();
            let path = folder.join(inside).join(&declared.name);
            let file = load(&path.with_extension("rs"))?;
            target.modules[declared.module].file = target.files.len();
            target.files.push(file);
            waiting.push((declared.module, path));
        }
    }
    Ok(target)
}

/// A file of the given path and text.
///
/// # Errors
/// Where the text is no Rust.
pub(crate) fn parse(path: &str, text: &str) -> Result<SourceFile> {
    let syntax = syn::parse_file(text).with_context(|| format!("{path} is no Rust"))?;
    Ok(SourceFile {
        path: path.to_owned(),
        syntax,
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A target of the files with the given paths and texts; the first is its root.
    pub(crate) fn target(files: &[(&str, &str)]) -> Target {
        let load = |path: &Path| {
            let wanted = path.display().to_string();
            let found = files.iter().find(|(path, _)| *path == wanted);
            let (path, text) = found.with_context(|| format!("no file {wanted}"))?;
            parse(path, text)
        };
        read_with("example", Path::new(files[0].0), &load).unwrap()
    }

    #[test]
    fn what_is_no_rust_is_named() {
        let error = parse("a.rs", "fn (").err().unwrap();
        assert!(error.to_string().contains("a.rs"));
    }
}
