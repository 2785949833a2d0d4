//! The web app's bundle: wasm, scripts, styles and static files under `frontend/dist`, precompressed.
//!
//! Names under `assets/` carry a hash of their content and may be cached for ever; what `frontend/static` holds keeps its
//! name. A name in double braces (`{{app.wasm}}`) in a page or script stands for the file's address.

mod asset;
mod style;

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use aws_lc_rs::digest::{self, SHA256};
use data_encoding::HEXLOWER;
use wasm_bindgen_cli_support::Bindgen;

use crate::run::{cargo, command, files_below, root, run, target};
use crate::setup;

use asset::Assets;

/// What the first load may take, compressed with brotli: a ratchet 1 % above what it takes now.
///
/// The aim is at most 380 kB: on a phone with 200 kB/s and 150 ms a round trip, four round trips leave 1.9 s of transfer for an app
/// that is to work within 2.5 s. The static shell paints long before either.
const FIRST_LOAD_BUDGET: u64 = 379_000;

/// What Chromium 96 and Safari 15 understand; `--all-features` would let wasm-opt write what they refuse.
const WASM_FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// What the bundle depends on, below the repository's root.
const INPUTS: [&str; 6] = [
    "Cargo.lock",
    "Cargo.toml",
    "crates/client",
    "crates/domain",
    "crates/photo",
    "crates/xtask/src/web",
];

/// How large the files of the first load are.
#[derive(Debug)]
pub(crate) struct Bundle {
    raw: u64,
    brotli: u64,
}

impl Bundle {
    /// An error where the first load has outgrown its budget.
    pub(crate) fn check_budget(&self) -> Result<()> {
        ensure!(
            self.brotli <= FIRST_LOAD_BUDGET,
            "the first load is {} bytes of brotli, the budget is {FIRST_LOAD_BUDGET}",
            self.brotli
        );
        Ok(())
    }
}

impl fmt::Display for Bundle {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            to,
            "First load: {} bytes, {} as brotli (budget {FIRST_LOAD_BUDGET}).",
            self.raw, self.brotli
        )
    }
}

/// The bundle, built where an input has changed.
pub(crate) fn build() -> Result<Bundle> {
    let dist = dist();
    let optimiser = setup::tools()?.map(|programs| programs.join("wasm-opt"));
    let inputs = inputs_hash(optimiser.is_some())?;
    let stamp = dist.join(".stamp");
    if fs::read_to_string(&stamp).is_ok_and(|built| built == inputs) {
        return measure(&dist);
    }
    let work = tempfile::tempdir()?;
    compile()?;
    bind(work.path())?;
    if let Some(optimiser) = optimiser {
        optimise(&optimiser, work.path())?;
    }
    if dist.exists() {
        fs::remove_dir_all(&dist)?;
    }
    assemble(work.path(), &root().join("frontend"), &dist)?;
    fs::write(stamp, inputs)?;
    measure(&dist)
}

/// Where the bundle lies.
pub(crate) fn dist() -> PathBuf {
    root().join("frontend/dist")
}

/// A hash over every input's path and content.
fn inputs_hash(optimised: bool) -> Result<String> {
    let root = root();
    let (dist, e2e) = (dist(), root.join("frontend/e2e"));
    let mut files = files_below(&root.join("frontend"))?;
    files.retain(|file| !file.starts_with(&dist) && !file.starts_with(&e2e));
    for input in INPUTS {
        let path = root.join(input);
        if path.is_file() {
            files.push(path);
        } else {
            files.extend(files_below(&path)?);
        }
    }
    let mut hash = digest::Context::new(&SHA256);
    hash.update(&[u8::from(optimised)]);
    for file in files {
        hash.update(file.strip_prefix(&root)?.as_os_str().as_encoded_bytes());
        hash.update(digest::digest(&SHA256, &fs::read(&file)?).as_ref());
    }
    Ok(HEXLOWER.encode(hash.finish().as_ref()))
}

fn compile() -> Result<()> {
    run(cargo().args([
        "build",
        "--package",
        "frontend",
        "--profile",
        "web",
        "--target",
        setup::WASM,
    ]))
}

/// Makes `app.js` and `app_bg.wasm` of what the compiler made.
fn bind(work: &Path) -> Result<()> {
    let module = target()?.join(setup::WASM).join("web/frontend.wasm");
    Bindgen::new()
        .input_path(module)
        .out_name("app")
        .web(true)?
        .typescript(false)
        .demangle(false)
        .debug(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .omit_default_module_path(true)
        .generate(work)
        .context("running wasm-bindgen")
}

fn optimise(optimiser: &Path, work: &Path) -> Result<()> {
    let module = work.join("app_bg.wasm");
    run(command(optimiser)
        .arg("-Oz")
        .args(WASM_FEATURES)
        .arg(&module)
        .arg("-o")
        .arg(&module))
}

/// Lays out `dist` from what wasm-bindgen made and what `frontend` holds.
fn assemble(work: &Path, frontend: &Path, dist: &Path) -> Result<()> {
    let mut assets = Assets::new(dist);
    assets.keep_below(&work.join("snippets"), "assets/snippets")?;
    assets.keep_below(&frontend.join("static"), "")?;
    assets.hashed("app.wasm", &fs::read(work.join("app_bg.wasm"))?)?;
    assets.hashed("app.js", &fs::read(work.join("app.js"))?)?;
    assets.hashed(
        "style.css",
        style::join(&frontend.join("style"))?.as_bytes(),
    )?;
    for script in files_below(frontend)?
        .iter()
        .filter(|file| is_script_of(frontend, file))
    {
        let name = script
            .file_name()
            .and_then(|name| name.to_str())
            .context("a script's name is UTF-8")?;
        let text = assets.fill(&fs::read_to_string(script)?)?;
        assets.hashed(name, text.as_bytes())?;
    }
    let page = assets.fill(&fs::read_to_string(frontend.join("index.html"))?)?;
    assets.keep("index.html", page.as_bytes())
}

/// `boot.js` and its like lie beside `index.html`.
fn is_script_of(frontend: &Path, file: &Path) -> bool {
    file.parent() == Some(frontend) && file.extension().is_some_and(|extension| extension == "js")
}

/// Adds up the page and all that it loads at once.
fn measure(dist: &Path) -> Result<Bundle> {
    let mut bundle = Bundle { raw: 0, brotli: 0 };
    let assets = files_below(&dist.join("assets"))?;
    for file in assets
        .into_iter()
        .chain([dist.join("index.html"), dist.join("index.html.br")])
    {
        let bytes = fs::metadata(&file)?.len();
        match file.extension().and_then(|extension| extension.to_str()) {
            Some("br") => bundle.brotli += bytes,
            Some("gz") => {}
            _ => bundle.raw += bytes,
        }
    }
    Ok(bundle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_the_hashed_files() {
        let folder = tempfile::tempdir().unwrap();
        let (work, dist) = (folder.path().join("work"), folder.path().join("dist"));
        fs::create_dir(&work).unwrap();
        fs::write(work.join("app.js"), "export default () => {};").unwrap();
        fs::write(work.join("app_bg.wasm"), b"\0asm").unwrap();

        assemble(&work, &root().join("frontend"), &dist).unwrap();

        let page = fs::read_to_string(dist.join("index.html")).unwrap();
        assert!(!page.contains("{{"), "every placeholder is filled");
        let addresses = page.split('"').filter(|part| part.starts_with("/assets/"));
        let files: Vec<_> = addresses.map(|address| dist.join(&address[1..])).collect();
        assert_eq!(files.len(), 4, "style, app.js, app.wasm, boot.js");
        assert!(files.iter().all(|file| file.is_file()), "{files:?}");
        assert!(dist.join("index.html.br").is_file() && dist.join("index.html.gz").is_file());
    }

    #[test]
    fn the_page_obeys_the_content_policy() {
        let page = fs::read_to_string(root().join("frontend/index.html")).unwrap();
        assert!(
            !page.contains("style=") && !page.contains("<style"),
            "no inline style"
        );
        assert!(
            page.split("<script")
                .skip(1)
                .all(|script| script.contains("src=")),
            "no inline script"
        );
    }
}
