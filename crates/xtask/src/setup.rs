//! Installing what the chores need; every part looks first and says what it does.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::run::{cache, command, output, root, run, succeeds, which};
use crate::{models, pictures, postgres};

/// The target the web app is built for.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Everything that `cargo xtask test` needs. Networks and pictures come from the folder `mirror` where one is given.
pub(crate) fn everything(mirror: Option<&Path>) -> Result<()> {
    // First what a plain `cargo build` needs.
    let models = models::models(mirror)?;
    wasm_target()?;
    cpp_compiler()?;
    tools()?;
    schemathesis()?;
    browser()?;
    postgres_programs()?;
    jpeg_programs()?;
    let portrait = pictures::portrait(mirror)?;
    let groups = pictures::groups(mirror)?;
    node_modules(&root().join("frontend/e2e"))?;
    println!(
        "Everything is there. The networks are in {}, the pictures of groups in {}, the test portrait is {}.",
        models.display(),
        groups.display(),
        portrait.display()
    );
    Ok(())
}

/// The standard library for wasm32.
pub(crate) fn wasm_target() -> Result<()> {
    let libraries = output(command("rustc").args(["--print", "target-libdir", "--target", WASM]))?;
    if Path::new(libraries.trim()).is_dir() {
        return Ok(());
    }
    println!("Adding the Rust target {WASM}.");
    run(command("rustup").args(["target", "add", WASM]))
}

/// The Node programs of `crates/xtask/tools`, in the cache; `None` where there is no npm.
pub(crate) fn tools() -> Result<Option<PathBuf>> {
    if which(&["npm"]).is_none() {
        println!("npm is missing: the web app would be built without wasm-opt, and larger.");
        return Ok(None);
    }
    let folder = node_programs("tools", "crates/xtask/tools", &[])?;
    Ok(Some(folder.join("node_modules/.bin")))
}

/// Lighthouse with the script that calls it, in the cache.
pub(crate) fn lighthouse() -> Result<PathBuf> {
    let script = "measure.js";
    let folder = node_programs("lighthouse", "crates/xtask/tools/lighthouse", &[script])?;
    Ok(folder.join(script))
}

/// Installs the packages that the folder `source` of the repository names, in the folder `name` of the cache, with these scripts beside them.
fn node_programs(name: &str, source: &str, scripts: &[&str]) -> Result<PathBuf> {
    let (source, folder) = (root().join(source), cache()?.join(name));
    fs::create_dir_all(&folder)?;
    for name in ["package.json", "package-lock.json"].iter().chain(scripts) {
        fs::copy(source.join(name), folder.join(name))?;
    }
    node_modules(&folder)?;
    Ok(folder)
}

/// Schemathesis in a virtual environment of Python, in the cache; the environment keeps a copy of the list that it was made
/// from, which tells whether it is current.
pub(crate) fn schemathesis() -> Result<PathBuf> {
    let list = root().join("crates/xtask/tools/schemathesis.txt");
    let wanted = fs::read(&list).with_context(|| format!("reading {}", list.display()))?;
    let folder = cache()?.join("schemathesis");
    let (installed, bin) = (folder.join(".gradphoto-lock"), folder.join("bin"));
    if !fs::read(&installed).is_ok_and(|list| list == wanted) {
        println!("Installing Schemathesis from PyPI.");
        let made = run(command("python3")
            .args(["-m", "venv", "--clear"])
            .arg(&folder))
        .and_then(|()| {
            run(command(bin.join("pip"))
                .args([
                    "install",
                    "--quiet",
                    "--disable-pip-version-check",
                    "--requirement",
                ])
                .arg(&list))
        });
        made.context(
            "Schemathesis needs python3 (3.10 or later) with venv and pip (Debian: python3-venv) and PyPI within reach",
        )?;
        fs::write(installed, wanted)?;
    }
    Ok(bin.join("schemathesis"))
}

/// A Chromium and a Chinese font.
pub(crate) fn browser() -> Result<PathBuf> {
    const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];
    let has_font =
        || output(Command::new("fc-list").arg(":lang=zh")).is_ok_and(|fonts| !fonts.is_empty());
    if which(&NAMES).is_none() || !has_font() {
        apt(
            "a browser with a Chinese font",
            &["chromium", "fonts-noto-cjk"],
        )?;
    }
    match which(&NAMES) {
        Some(browser) => Ok(browser),
        None => bail!("Chromium is still missing"),
    }
}

/// What compiles libFuzzer and the server's allocator.
pub(crate) fn cpp_compiler() -> Result<()> {
    if which(&["c++", "g++", "clang++"]).is_none() {
        apt("a C++ compiler", &["g++"])?;
    }
    if which(&["make"]).is_none() {
        apt("make", &["make"])?;
    }
    Ok(())
}

/// The server programs of `PostgreSQL`.
pub(crate) fn postgres_programs() -> Result<()> {
    if postgres::programs().is_none() {
        apt("PostgreSQL's server programs", &["postgresql"])?;
    }
    Ok(())
}

/// The proxy in front of several copies.
pub(crate) fn nginx() -> Result<()> {
    if which(&["nginx"]).is_none() && !Path::new("/usr/sbin/nginx").is_file() {
        apt("nginx", &["nginx-light"])?;
    }
    Ok(())
}

/// libjpeg-turbo's programs, which the tests compare our decoding with.
pub(crate) fn jpeg_programs() -> Result<()> {
    if which(&["cjpeg"]).is_none() || which(&["djpeg"]).is_none() {
        apt("libjpeg-turbo's programs", &["libjpeg-turbo-progs"])?;
    }
    Ok(())
}

/// What schools read packages with: the tests skip those that are missing. LibreOffice alone is 280 MB.
pub(crate) fn readers() -> Result<()> {
    const PROGRAMS: [(&str, &[&str]); 5] = [
        ("unzip", &["unzip"]),
        ("python3", &["python3"]),
        ("openssl", &["openssl"]),
        ("java", &["default-jdk-headless"]),
        (
            "soffice",
            &["libreoffice-calc-nogui", "libreoffice-base-drivers"],
        ),
    ];
    for (program, packages) in PROGRAMS {
        if which(&[program]).is_none() {
            apt(program, packages)?;
        }
    }
    Ok(())
}

/// The packages that a folder's lock file names; npm leaves a copy of what it installed, which tells whether that is current.
pub(crate) fn node_modules(folder: &Path) -> Result<()> {
    let installed = folder.join("node_modules/.gradphoto-lock");
    let lock = folder.join("package-lock.json");
    let wanted = fs::read(&lock).with_context(|| format!("reading {}", lock.display()))?;
    if fs::read(&installed).is_ok_and(|lock| lock == wanted) {
        return Ok(());
    }
    println!("Installing the Node packages of {}.", folder.display());
    run(command("npm").current_dir(folder).args([
        "ci",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
    ]))?;
    Ok(fs::write(installed, wanted)?)
}

/// Installs Debian packages; only root can, everybody else is told.
fn apt(what: &str, packages: &[&str]) -> Result<()> {
    let is_root = output(Command::new("id").arg("-u")).is_ok_and(|user| user.trim() == "0");
    if !is_root || which(&["apt-get"]).is_none() {
        bail!(
            "{what} is missing; on Debian: sudo apt-get install {}",
            packages.join(" ")
        );
    }
    println!("Installing {what}: {}.", packages.join(" "));
    let install = || {
        let mut install = command("apt-get");
        install.env("DEBIAN_FRONTEND", "noninteractive").args([
            "install",
            "--yes",
            "--no-install-recommends",
            "-qq",
        ]);
        install.args(packages);
        install
    };
    if succeeds(&mut install()) {
        return Ok(());
    }
    run(command("apt-get").args(["update", "-qq"]))?;
    run(&mut install())
}
