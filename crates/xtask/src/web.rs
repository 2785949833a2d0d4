//! The bundle of both web apps: wasm of the students' pages (in chunks), of those of staff and of the worker that looks at photos, scripts, styles and static
//! files, all precompressed. The programs are compiled here; `crates/bundle` makes files of them.

mod bundler;
mod kept;
mod part;

use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Result, ensure};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::run::{command, files_below, output, root, run};
use crate::{models, setup};

use bundler::CHUNKS;
pub(crate) use bundler::{Purpose, bundler};
use kept::Kept;
use part::{CHECKER, CONSOLE, STUDENT};

/// What the first load may take, compressed with brotli: a ratchet little above what it takes now.
///
/// It is what the login page needs, below the aim of 200 kB: a second of transfer on a phone with 200 kB/s. The static shell
/// paints long before.
const FIRST_LOAD_BUDGET: u64 = 178_000;

/// What all chunks may take together, compressed with brotli: a ratchet 1 % above what they took when it was set.
const CHUNKS_BUDGET: u64 = 466_000;

/// What the console may load before its first page, compressed with brotli.
const CONSOLE_BUDGET: u64 = 175_000;

/// What all chunks of the console may take together, compressed with brotli: staff work at a desk, on a line with 5 Mbit/s
/// that takes a second for them, once for each version.
const CONSOLE_CHUNKS_BUDGET: u64 = 690_000;

/// What the photo page may load besides before it can check a photo, compressed with brotli: 1.7 MB, which is nine seconds
/// on such a phone, once.
const PHOTO_BUDGET: u64 = 1_724_000;

/// The folder below `assets` with what only the photo page loads, as `crates/bundle` lays it out.
const PHOTO: &str = "photo";
/// The folder with the console's page, and below `assets` that with its files.
const CONSOLE_FOLDER: &str = "console";

/// The crates of the web apps, which are built for wasm32 only.
pub(crate) const CRATES: [&str; 4] = ["ui", "student", "console", "checker"];

/// What the bundle depends on, below the repository's root.
const INPUTS: [&str; 9] = [
    ".cargo/config.toml",
    "Cargo.lock",
    "Cargo.toml",
    "crates/client",
    "crates/domain",
    "crates/photo",
    "crates/bundle/src",
    "crates/xtask/src/web",
    "crates/xtask/tools",
];

/// How large the web app's files are.
#[derive(Debug, Default)]
pub(crate) struct Bundle {
    first_load: Size,
    chunks: Size,
    console: Size,
    console_chunks: Size,
    photo: Size,
}

/// Bytes as they are and as they are sent.
#[derive(Debug, Default)]
struct Size {
    raw: u64,
    brotli: u64,
}

impl Bundle {
    /// What the login page needs, in bytes of brotli.
    pub(crate) fn first_load(&self) -> u64 {
        self.first_load.brotli
    }

    /// An error where a part has outgrown its budget.
    pub(crate) fn check_budgets(&self) -> Result<()> {
        for (what, size, budget) in [
            ("the first load", &self.first_load, FIRST_LOAD_BUDGET),
            ("the sum of the chunks", &self.chunks, CHUNKS_BUDGET),
            ("the console's first load", &self.console, CONSOLE_BUDGET),
            (
                "the sum of the console's chunks",
                &self.console_chunks,
                CONSOLE_CHUNKS_BUDGET,
            ),
            ("what the photo page adds", &self.photo, PHOTO_BUDGET),
        ] {
            let brotli = size.brotli;
            ensure!(
                brotli <= budget,
                "{what} is {brotli} bytes of brotli, the budget is {budget}"
            );
        }
        Ok(())
    }
}

impl fmt::Display for Bundle {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            first_load,
            chunks,
            console,
            console_chunks,
            photo,
        } = self;
        writeln!(
            to,
            "First load: {} bytes, {} as brotli (budget {FIRST_LOAD_BUDGET}).",
            first_load.raw, first_load.brotli
        )?;
        writeln!(
            to,
            "Chunks of the other pages: {} bytes, {} as brotli (budget {CHUNKS_BUDGET}).",
            chunks.raw, chunks.brotli
        )?;
        writeln!(
            to,
            "First load of the console: {} bytes, {} as brotli (budget {CONSOLE_BUDGET}).",
            console.raw, console.brotli
        )?;
        writeln!(
            to,
            "Chunks of its pages: {} bytes, {} as brotli (budget {CONSOLE_CHUNKS_BUDGET}).",
            console_chunks.raw, console_chunks.brotli
        )?;
        write!(
            to,
            "Photo page besides: {} bytes, {} as brotli (budget {PHOTO_BUDGET}).",
            photo.raw, photo.brotli
        )
    }
}

/// The bundle, built where an input has changed.
pub(crate) fn build(purpose: Purpose) -> Result<Bundle> {
    let dist = purpose.dist();
    let models = models::models(None)?;
    let optimiser = match purpose {
        Purpose::Release => setup::tools()?.map(|programs| programs.join("wasm-opt")),
        Purpose::Demo => None,
    };
    let inputs = inputs_hash(&models, optimiser.is_some())?;
    let stamp = dist.join(".stamp");
    if fs::read_to_string(&stamp).is_ok_and(|built| built == inputs) {
        return measure(&dist);
    }
    if purpose == Purpose::Release && Kept::open()?.restore(&inputs, &dist)? {
        return measure(&dist);
    }
    let work = tempfile::tempdir()?;
    for part in [STUDENT, CONSOLE, CHECKER] {
        let program = part.compile(purpose)?;
        part.bind(&program, work.path())?;
        if let Some(optimiser) = &optimiser {
            part.optimise(optimiser, work.path())?;
        }
    }
    if dist.exists() {
        fs::remove_dir_all(&dist)?;
    }
    println!("Compressing the web app's files.");
    let mut assemble = bundler()?;
    assemble.arg("assemble").arg("--work").arg(work.path());
    assemble.arg("--frontend").arg(root().join("frontend"));
    for model in models::OF_THE_BROWSER {
        assemble.arg("--model").arg(models.join(model));
    }
    assemble.args(["--compression", purpose.compression()]);
    run(assemble.arg("--to").arg(&dist))?;
    fs::write(stamp, &inputs)?;
    if purpose == Purpose::Release {
        Kept::open()?.keep(&inputs, &dist)?;
    }
    measure(&dist)
}

/// A hash over the compiler and every input's path and content.
fn inputs_hash(models: &Path, optimised: bool) -> Result<String> {
    let root = root();
    let (dist, e2e) = (Purpose::Release.dist(), root.join("frontend/e2e"));
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
    let mut hash = Sha256::new();
    hash.update([u8::from(optimised)]);
    hash.update(output(command("rustc").arg("--verbose").arg("--version"))?);
    for model in models::OF_THE_BROWSER {
        hash.update(Sha256::digest(fs::read(models.join(model))?));
    }
    for file in files {
        hash.update(file.strip_prefix(&root)?.as_os_str().as_encoded_bytes());
        hash.update(Sha256::digest(fs::read(&file)?));
    }
    Ok(HEXLOWER.encode(&hash.finalize()))
}

/// Adds up the page and all that it loads at once, and what it loads to check a photo.
fn measure(dist: &Path) -> Result<Bundle> {
    let mut bundle = Bundle::default();
    let assets = files_below(&dist.join("assets"))?;
    let [photo, chunks, console] =
        [PHOTO, CHUNKS, CONSOLE_FOLDER].map(|folder| dist.join("assets").join(folder));
    let console_chunks = console.join(CHUNKS);
    let page = [dist.join("index.html"), dist.join("index.html.br")];
    let console_page = dist.join(CONSOLE_FOLDER);
    let files = assets.into_iter().chain(page);
    for file in files.chain(files_below(&console_page)?) {
        let bytes = fs::metadata(&file)?.len();
        let size = if file.starts_with(&photo) {
            &mut bundle.photo
        } else if file.starts_with(&chunks) {
            &mut bundle.chunks
        } else if file.starts_with(&console_chunks) {
            &mut bundle.console_chunks
        } else if file.starts_with(&console) || file.starts_with(&console_page) {
            &mut bundle.console
        } else {
            &mut bundle.first_load
        };
        match file.extension().and_then(|extension| extension.to_str()) {
            Some("br") => size.brotli += bytes,
            Some("gz") => {}
            _ => size.raw += bytes,
        }
    }
    Ok(bundle)
}
