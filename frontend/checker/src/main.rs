//! The worker that looks at photos, as a program of its own.

use checker::Checker;
use gloo::worker::Registrable;

fn main() {
    Checker::registrar().register();
}
