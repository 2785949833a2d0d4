//! `gradphoto`: the whole product in one binary.

use tikv_jemallocator::Jemalloc;

/// Gives back what a peak took, which glibc keeps: docs/decisions/0026-allocator.md. Its settings are in `.cargo/config.toml`.
#[global_allocator]
static ALLOCATOR: Jemalloc = Jemalloc;

fn main() -> anyhow::Result<std::process::ExitCode> {
    server::run()
}
