//! Scripts for programs that the compiler made, by wasm-bindgen.

use std::path::Path;

use anyhow::{Context, Result};
use clap::ValueEnum;
use wasm_bindgen_cli_support::Bindgen;

use crate::{chunk, glue};

/// Where a program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Host {
    /// The page of a web app, in chunks
    Page,
    /// A classic worker of the web app
    Worker,
    /// Node
    Node,
}

/// Makes `name.js` and `name_bg.wasm` of a program in the folder `to`, for a page also its chunks, with short names between them.
pub(crate) fn bind(program: &Path, name: &str, host: Host, to: &Path) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen.out_name(name).typescript(false);
    match host {
        Host::Node => {
            bindgen.input_path(program).nodejs(true)?;
        }
        Host::Worker => {
            for_browsers(bindgen.input_path(program)).no_modules(true)?;
        }
        Host::Page => {
            let main = chunk::split(program, name, to)?;
            // The chunks use the memory, the table and the stack pointer that the linker exports.
            for_browsers(bindgen.input_path(main).keep_lld_exports(true)).web(true)?;
        }
    }
    bindgen.generate(to).context("running wasm-bindgen")?;
    if host == Host::Page {
        chunk::join_scripts(name, to)?;
        glue::shorten(name, to)?;
    }
    Ok(())
}

/// Without what only a debugger reads.
fn for_browsers(bindgen: &mut Bindgen) -> &mut Bindgen {
    bindgen
        .demangle(false)
        .debug(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .omit_default_module_path(true)
}
