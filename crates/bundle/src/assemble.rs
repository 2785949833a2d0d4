//! Lays the web app's files out: programs, scripts, styles, networks and static files, all precompressed.
//!
//! Names under `assets/` carry a hash of their content and may be cached for ever; what `frontend/static` holds keeps its
//! name. A name in double braces (`{{app.wasm}}`) in a page or script stands for the file's address.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::asset::{Assets, Compression};
use crate::chunk::{self, CHUNKS};
use crate::folder::files_below;
use crate::style;

/// Below `assets`: what only the photo page loads.
const PHOTO: &str = "photo";

/// Where the parts of the bundle are.
#[derive(Debug)]
pub(crate) struct Parts<'a> {
    /// What wasm-bindgen made of the app and of the checker.
    pub(crate) work: &'a Path,
    /// The folder `frontend` of the repository.
    pub(crate) frontend: &'a Path,
    /// The networks of the browser.
    pub(crate) models: &'a [PathBuf],
}

/// Lays out the bundle in the folder `dist`.
pub(crate) fn assemble(parts: &Parts<'_>, dist: &Path, compression: Compression) -> Result<()> {
    let Parts {
        work,
        frontend,
        models,
    } = *parts;
    let mut assets = Assets::new(dist, compression);
    assets.keep_below(&work.join("snippets"), "assets/snippets")?;
    assets.keep_below(&frontend.join("static"), "")?;
    assets.hashed("app.wasm", &fs::read(work.join("app_bg.wasm"))?)?;
    for chunk in chunk::files(work)? {
        let name = file_name(&chunk)?;
        assets.hashed(&format!("{CHUNKS}/{name}"), &fs::read(&chunk)?)?;
    }
    let script = assets.fill(&fs::read_to_string(work.join("app.js"))?)?;
    assets.hashed("app.js", script.as_bytes())?;
    assets.hashed(
        "style.css",
        style::join(&frontend.join("style"))?.as_bytes(),
    )?;
    for model in models {
        let name = file_name(model)?;
        assets.hashed(&format!("{PHOTO}/{name}"), &fs::read(model)?)?;
    }
    let checker = fs::read(work.join("checker_bg.wasm"))?;
    assets.hashed(&format!("{PHOTO}/checker.wasm"), &checker)?;
    let checker = fs::read(work.join("checker.js"))?;
    assets.hashed(&format!("{PHOTO}/checker.js"), &checker)?;
    let load = assets.fill(&fs::read_to_string(frontend.join("worker/load.js"))?)?;
    assets.hashed(&format!("{PHOTO}/load.js"), load.as_bytes())?;
    for script in files_below(frontend)?
        .iter()
        .filter(|file| is_script_of(frontend, file))
    {
        let text = assets.fill(&fs::read_to_string(script)?)?;
        assets.hashed(file_name(script)?, text.as_bytes())?;
    }
    let page = assets.fill(&fs::read_to_string(frontend.join("index.html"))?)?;
    assets.keep("index.html", page.as_bytes())
}

/// The last part of a path.
fn file_name(file: &Path) -> Result<&str> {
    file.file_name()
        .and_then(|name| name.to_str())
        .context("a file's name is UTF-8")
}

/// `boot.js` and its like lie beside `index.html`.
fn is_script_of(frontend: &Path, file: &Path) -> bool {
    file.parent() == Some(frontend) && file.extension().is_some_and(|extension| extension == "js")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frontend() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../frontend")
    }

    #[test]
    fn the_page_names_the_hashed_files() {
        let folder = tempfile::tempdir().unwrap();
        let [work, models, dist] = ["work", "models", "dist"].map(|name| folder.path().join(name));
        fs::create_dir(&work).unwrap();
        fs::create_dir(&models).unwrap();
        let networks = [
            "face_detection_short_range.tflite",
            "face_landmark.tflite",
            "selfie_segmentation.tflite",
        ];
        let models = networks.map(|name| models.join(name));
        for model in &models {
            fs::write(model, "TFL3").unwrap();
        }
        fs::write(work.join("app.js"), "export default () => {};").unwrap();
        fs::write(work.join("app_bg.wasm"), b"\0asm").unwrap();
        fs::write(work.join("checker.js"), "let wasm_bindgen;").unwrap();
        fs::write(work.join("checker_bg.wasm"), b"\0asm").unwrap();

        let parts = Parts {
            work: &work,
            frontend: &frontend(),
            models: &models,
        };
        assemble(&parts, &dist, Compression::Quick).unwrap();

        let page = fs::read_to_string(dist.join("index.html")).unwrap();
        assert!(!page.contains("{{"), "every placeholder is filled");
        let addresses = page.split('"').filter(|part| part.starts_with("/assets/"));
        let files: Vec<_> = addresses.map(|address| dist.join(&address[1..])).collect();
        assert_eq!(
            files.len(),
            10,
            "style, app.js, app.wasm, boot.js, solve.js, the worker's script and program, three networks"
        );
        assert!(files.iter().all(|file| file.is_file()), "{files:?}");
        assert!(dist.join("index.html.br").is_file() && dist.join("index.html.gz").is_file());
    }

    #[test]
    fn the_page_obeys_the_content_policy() {
        let page = fs::read_to_string(frontend().join("index.html")).unwrap();
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
