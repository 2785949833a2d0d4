//! `gradphoto`: the whole product in one binary.

fn main() -> anyhow::Result<std::process::ExitCode> {
    server::run()
}
