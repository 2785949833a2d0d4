//! Lays the web app's files out: programs, scripts, styles, networks and static files, all precompressed.
//!
//! Names under `assets/` carry a hash of their content and may be cached for ever; what `frontend/static` holds keeps its
//! name. A name in double braces (`{{app.wasm}}`) in a page or script stands for the file's address.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::asset::{Assets, Compression};
use crate::chunk::{self, CHUNKS};
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

/// A web app: a page of its own with its program and its style sheet.
struct WebApp {
    /// The folder below `frontend` with its page and its styles, which follow those of `frontend/style`.
    source: &'static str,
    /// What wasm-bindgen called its program.
    program: &'static str,
    /// Where its page and, below `assets`, its files go; empty for the root.
    folder: &'static str,
}

/// The students' web app, and that of staff.
const WEB_APPS: [WebApp; 2] = [
    WebApp {
        source: "student",
        program: "app",
        folder: "",
    },
    WebApp {
        source: "console",
        program: "console",
        folder: "console/",
    },
];

/// The scripts of both web apps, in the order in which they may name each other.
const SCRIPTS: [&str; 2] = ["ui/boot.js", "ui/solve.js"];

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
    for model in models {
        let name = file_name(model)?;
        assets.hashed(&format!("{PHOTO}/{name}"), &fs::read(model)?)?;
    }
    for extension in ["wasm", "js"] {
        let of_bindgen = if extension == "wasm" { "_bg" } else { "" };
        let checker = fs::read(work.join(format!("checker{of_bindgen}.{extension}")))?;
        assets.hashed(&format!("{PHOTO}/checker.{extension}"), &checker)?;
    }
    let load = assets.fill(&fs::read_to_string(frontend.join("checker/load.js"))?)?;
    assets.hashed(&format!("{PHOTO}/load.js"), load.as_bytes())?;
    for script in SCRIPTS.map(|script| frontend.join(script)) {
        let text = assets.fill(&fs::read_to_string(&script)?)?;
        assets.hashed(file_name(&script)?, text.as_bytes())?;
    }
    for app in &WEB_APPS {
        app.assemble(parts, &mut assets)?;
    }
    assets.finish()
}

impl WebApp {
    /// Adds its program, its script, its style sheet, and the page that names them.
    fn assemble(&self, parts: &Parts<'_>, assets: &mut Assets) -> Result<()> {
        let Self {
            source,
            program,
            folder,
        } = *self;
        let source = parts.frontend.join(source);
        for chunk in chunk::files(program, parts.work)? {
            let name = file_name(&chunk)?;
            assets.hashed(&format!("{folder}{CHUNKS}/{name}"), &fs::read(&chunk)?)?;
        }
        let wasm = fs::read(parts.work.join(format!("{program}_bg.wasm")))?;
        assets.hashed(&format!("{folder}app.wasm"), &wasm)?;
        let script = fs::read_to_string(parts.work.join(format!("{program}.js")))?;
        let own_chunks = format!("{{{{{folder}{CHUNKS}/");
        let script = script.replace(&format!("{{{{{CHUNKS}/"), &own_chunks);
        let script = assets.fill(&script)?;
        assets.hashed(&format!("{folder}app.js"), script.as_bytes())?;
        let shared = style::join(&parts.frontend.join("style"))?;
        let style = shared + &style::join(&source.join("style"))?;
        assets.hashed(&format!("{folder}style.css"), style.as_bytes())?;
        let page = assets.fill(&fs::read_to_string(source.join("index.html"))?)?;
        assets.keep(&format!("{folder}index.html"), page.as_bytes())
    }
}

/// The last part of a path.
fn file_name(file: &Path) -> Result<&str> {
    file.file_name()
        .and_then(|name| name.to_str())
        .context("a file's name is UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::folder::files_below;

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
        for program in ["app", "console", "checker"] {
            fs::write(
                work.join(format!("{program}.js")),
                "export default () => {};",
            )
            .unwrap();
            fs::write(work.join(format!("{program}_bg.wasm")), b"\0asm").unwrap();
        }
        let chunks = work.join("console-chunk");
        fs::create_dir(&chunks).unwrap();
        fs::write(chunks.join("split_money.wasm"), b"\0asm").unwrap();
        let script = "fetch(\"{{chunk/split_money.wasm}}\");";
        fs::write(work.join("console.js"), script).unwrap();

        let parts = Parts {
            work: &work,
            frontend: &frontend(),
            models: &models,
        };
        assemble(&parts, &dist, Compression::Quick).unwrap();

        // Style, app.js, app.wasm, boot.js, solve.js; for students also the worker's script and program, three networks.
        for (name, count) in [("index.html", 10), ("console/index.html", 5)] {
            let page = fs::read_to_string(dist.join(name)).unwrap();
            assert!(!page.contains("{{"), "{name}: every placeholder is filled");
            let addresses = page.split('"').filter(|part| part.starts_with("/assets/"));
            let files: Vec<_> = addresses.map(|address| dist.join(&address[1..])).collect();
            assert_eq!(files.len(), count, "{name}: {files:?}");
            assert!(files.iter().all(|file| file.is_file()), "{files:?}");
            assert!(dist.join(format!("{name}.br")).is_file());
            assert!(dist.join(format!("{name}.gz")).is_file());
        }
        let console = files_below(&dist.join("assets/console")).unwrap();
        let script = console
            .iter()
            .find(|file| file.extension().is_some_and(|is| is == "js"));
        let script = fs::read_to_string(script.unwrap()).unwrap();
        let chunk = script.split('"').nth(1).unwrap();
        assert!(
            chunk.starts_with("/assets/console/chunk/split_money-"),
            "{chunk}"
        );
        assert!(dist.join(&chunk[1..]).is_file(), "{chunk}");
    }

    #[test]
    fn the_pages_obey_the_content_policy() {
        for app in &WEB_APPS {
            let page = frontend().join(app.source).join("index.html");
            let page = fs::read_to_string(page).unwrap();
            assert!(
                !page.contains("style=") && !page.contains("<style"),
                "{}: no inline style",
                app.source
            );
            let mut scripts = page.split("<script").skip(1);
            assert!(
                scripts.all(|script| script.contains("src=")),
                "{}: no inline script",
                app.source
            );
        }
    }
}
