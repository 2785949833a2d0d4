//! Makes the web app's files of what the compiler made. `cargo xtask web` calls it; it is a program of its own since its
//! libraries take minutes to compile.

mod assemble;
mod asset;
mod bind;
mod chunk;
mod folder;
mod glue;
mod style;

use std::path::PathBuf;

use anyhow::Result;
use clap::Parser;

use assemble::Parts;
use asset::Compression;
use bind::Host;

/// What can be asked of it.
#[derive(Debug, Parser)]
#[command(
    name = "bundle",
    about = "Makes the web app's files of what the compiler made"
)]
enum Work {
    /// Make a program's script, and split it into chunks where a page uses it
    Bind {
        /// The program (.wasm)
        program: PathBuf,
        /// What its files are called
        #[arg(long)]
        name: String,
        /// Where it runs
        #[arg(long)]
        host: Host,
        /// The folder for what is made
        #[arg(long)]
        to: PathBuf,
    },
    /// Lay out the whole web app
    Assemble {
        /// The folder with what `bind` made
        #[arg(long)]
        work: PathBuf,
        /// The folder `frontend` of the repository
        #[arg(long)]
        frontend: PathBuf,
        /// The networks of the browser
        #[arg(long = "model")]
        models: Vec<PathBuf>,
        /// How small files become
        #[arg(long)]
        compression: Compression,
        /// The folder for the web app
        #[arg(long)]
        to: PathBuf,
    },
}

fn main() -> Result<()> {
    match Work::parse() {
        Work::Bind {
            program,
            name,
            host,
            to,
        } => bind::bind(&program, &name, host, &to),
        Work::Assemble {
            work,
            frontend,
            models,
            compression,
            to,
        } => {
            let parts = Parts {
                work: &work,
                frontend: &frontend,
                models: &models,
            };
            assemble::assemble(&parts, &to, compression)
        }
    }
}
