//! The app's program in parts: what the first page needs, and chunks that come when a page of theirs does.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, ensure};
use wasm_split_cli_support::{Options, transform};

use crate::folder::files_below;

/// Below a web app's folder in `assets`: its chunks.
pub(crate) const CHUNKS: &str = "chunk";
/// The script that loads the chunks.
const LOADER: &str = "./load.js";

/// Below the work folder: the chunks of a program.
fn folder(name: &str, work: &Path) -> PathBuf {
    work.join(format!("{name}-chunk"))
}

/// Splits a program at its functions marked `#[wasm_split(…)]`; returns where the part for the first page lies.
///
/// The program must have been linked with `--emit-relocs`.
pub(crate) fn split(program: &Path, name: &str, work: &Path) -> Result<PathBuf> {
    let bytes = fs::read(program).with_context(|| format!("reading {}", program.display()))?;
    let main = work.join(format!("{name}-main.wasm"));
    let folder = folder(name, work);
    let mut options = Options::new(&bytes);
    options.output_dir = &folder;
    options.main_out_path = &main;
    options.link_name = LOADER;
    transform(options).map_err(|error| anyhow!("splitting {}: {error:#}", program.display()))?;
    Ok(main)
}

/// The chunks that [`split`] made of a program.
pub(crate) fn files(name: &str, work: &Path) -> Result<Vec<PathBuf>> {
    let mut files = files_below(&folder(name, work))?;
    files.retain(|file| {
        file.extension()
            .is_some_and(|extension| extension == "wasm")
    });
    Ok(files)
}

/// Puts the loader into the app's script. Each would else have to name the other by a hash of its content.
pub(crate) fn join_scripts(name: &str, work: &Path) -> Result<()> {
    let script = work.join(format!("{name}.js"));
    let loader = fs::read_to_string(folder(name, work).join(LOADER))?;
    let joined = joined(&fs::read_to_string(&script)?, &loader)?;
    fs::write(script, joined).context("writing the app's script")
}

/// The app's script with the loader at its end; the chunks' addresses are placeholders like `{{chunk/split_photo.wasm}}`.
fn joined(script: &str, loader: &str) -> Result<String> {
    let import = format!(" from \"{LOADER}\"");
    let mut joined = "const chunkLoaders = {};\n".to_owned();
    let mut imports = 0;
    for line in script.lines() {
        let imported = line
            .strip_prefix("import * as ")
            .and_then(|rest| rest.split_once(&import));
        if let Some((name, _)) = imported {
            writeln!(joined, "const {name} = chunkLoaders;")?;
            imports += 1;
        } else {
            writeln!(joined, "{line}")?;
        }
    }
    ensure!(imports > 0, "the app's script loads no chunk");
    for line in loader.lines().filter(|line| !line.starts_with("import ")) {
        let line = line
            .replace("export const ", "chunkLoaders.")
            .replace("new URL(\"./", &format!("\"{{{{{CHUNKS}/"))
            .replace("\", import.meta.url)", "}}\"")
            // The page tells the person itself.
            .replace("console.error", "console.warn");
        writeln!(joined, "{line}")?;
    }
    ensure!(
        !joined.contains("import.meta") && !joined.contains("initSync } from"),
        "the loader of the chunks is not written as it was"
    );
    Ok(joined)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loader_becomes_a_part_of_the_script() {
        let script = "import * as import1 from \"./load.js\"\nuse(import1);\n";
        let loader = "import { initSync } from \"./main.js\";\nexport const load_photo = \
                      fetch(new URL(\"./split_photo.wasm\", import.meta.url));\n";
        assert_eq!(
            joined(script, loader).unwrap(),
            "const chunkLoaders = {};\nconst import1 = chunkLoaders;\nuse(import1);\n\
             chunkLoaders.load_photo = fetch(\"{{chunk/split_photo.wasm}}\");\n"
        );
        assert!(joined("use();", loader).is_err(), "nothing is imported");
    }
}
