//! `gradphoto`: the whole product in one binary.

fn main() -> anyhow::Result<()> {
    server::run()
}
