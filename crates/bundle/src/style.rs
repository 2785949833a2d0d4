//! The web app's one style sheet.

use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::folder::files_below;

/// All `*.css` of the folder in the order of their names, without comments and indentation.
pub(crate) fn join(folder: &Path) -> Result<String> {
    let mut sheet = String::new();
    for file in files_below(folder)?
        .iter()
        .filter(|file| file.extension().is_some_and(|is| is == "css"))
    {
        sheet.push_str(&shorten(&fs::read_to_string(file)?));
    }
    Ok(sheet)
}

/// Drops comments, indentation and empty lines; brotli does the rest.
fn shorten(css: &str) -> String {
    let mut parts = css.split("/*");
    let mut bare = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        bare.push_str(part.split_once("*/").map_or("", |(_, rest)| rest));
    }
    let mut short = String::with_capacity(bare.len());
    for line in bare.lines().map(str::trim).filter(|line| !line.is_empty()) {
        short.push_str(line);
        short.push('\n');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_go() {
        assert_eq!(
            shorten("/* tokens */\n:root {\n    --ink: #123; /* text */\n}\n\n"),
            ":root {\n--ink: #123;\n}\n"
        );
    }

    #[test]
    fn sheets_are_joined_by_name() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("20-page.css"), "b {}").unwrap();
        fs::write(folder.path().join("10-token.css"), "a {}").unwrap();
        fs::write(folder.path().join("notes.txt"), "c").unwrap();
        assert_eq!(join(folder.path()).unwrap(), "a {}\nb {}\n");
        assert_eq!(join(&folder.path().join("missing")).unwrap(), "");
    }
}
