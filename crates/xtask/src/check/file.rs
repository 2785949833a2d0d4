//! Rules about files: short, introduced by a sentence, without notes to ourselves.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::run::{command, output, root};

/// A file of ours is read at once or split.
const MOST_LINES: usize = 500;
const SOURCES: [&str; 6] = ["*.rs", "*.css", "*.js", "*.mjs", "*.ts", "*.toml"];
/// Written by programs.
const GENERATED: [&str; 2] = [
    "crates/client/src/generated.rs",
    "crates/client/src/generated/",
];
/// In two halves, since this file is looked at as well.
const NOTES: [&str; 2] = [concat!("TO", "DO"), concat!("FIX", "ME")];

/// One sentence for every file that breaks a rule; looks at what git tracks and at what it would add.
pub(crate) fn faults() -> Result<Vec<String>> {
    let mut list = command("git");
    list.args([
        "ls-files",
        "--cached",
        "--others",
        "--exclude-standard",
        "--",
    ])
    .args(SOURCES);
    let mut faults = Vec::new();
    for path in output(&mut list)?.lines() {
        let file = root().join(path);
        // A deleted file stays listed until the deletion is committed.
        if file.exists()
            && !GENERATED
                .iter()
                .any(|generated| path.starts_with(generated))
        {
            let text = fs::read_to_string(&file).with_context(|| format!("reading {path}"))?;
            faults.extend(faults_of(path, &text));
        }
    }
    Ok(faults)
}

fn faults_of(path: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let lines = text.lines().count();
    if lines > MOST_LINES {
        faults.push(format!("{path}: {lines} lines, {MOST_LINES} at most"));
    }
    let is_rust = Path::new(path)
        .extension()
        .is_some_and(|extension| extension == "rs");
    if is_rust && !text.starts_with("//! ") {
        faults.push(format!("{path}: does not begin with a //! line"));
    }
    for (number, line) in text.lines().enumerate() {
        if NOTES.iter().any(|note| line.contains(note)) {
            faults.push(format!("{path}:{}: an open note", number + 1));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_good_file_passes() {
        assert!(faults_of("a.rs", "//! What it is.\nfn a() {}\n").is_empty());
        assert!(faults_of("a.css", "a {}\n").is_empty());
    }

    #[test]
    fn every_rule_is_named() {
        assert_eq!(
            faults_of("a.rs", "fn a() {}"),
            ["a.rs: does not begin with a //! line"]
        );
        assert_eq!(
            faults_of("a.js", &"a();\n".repeat(501)),
            ["a.js: 501 lines, 500 at most"]
        );
        assert_eq!(
            faults_of("a.js", &format!("a();\n// {}: more", NOTES[0])),
            ["a.js:2: an open note"]
        );
    }
}
