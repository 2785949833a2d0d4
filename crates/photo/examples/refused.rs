//! What the files that cost most before they are refused take: time of a processor and memory.
#![expect(clippy::unwrap_used, reason = "an example that cannot go on fails")]

#[path = "../tests/it/header.rs"]
mod header;
#[path = "../tests/it/worst.rs"]
mod worst;

use std::time::Instant;

use peak_alloc::PeakAlloc;
use photo::{FileFault, Limits, decode, decode_half};
use worst::{LARGEST_COSTLY, worst};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

fn main() {
    let (width, height) = LARGEST_COSTLY;
    println!("Costly PNG: at most {width}×{height}.");
    for worst in worst() {
        for (way, decode) in [
            ("whole", decode as fn(&[u8], &Limits) -> _),
            ("half", decode_half),
        ] {
            let before = MEMORY.current_usage();
            MEMORY.reset_peak_usage();
            let began = Instant::now();
            let picture = decode(&worst.file, &Limits::default());
            let ms = began.elapsed().as_millis();
            let megabytes = (MEMORY.peak_usage() - before) / 1_000_000;
            let code = picture.map_err(FileFault::code);
            assert_eq!(code, Err(worst.code), "{}", worst.name);
            let (name, bytes, early) = (worst.name, worst.file.len(), worst.is_seen_early);
            let code = worst.code;
            println!(
                "{ms:>5} ms {megabytes:>4} MB  {name}, {way}: {bytes} bytes, {code}, from the headers: {early}"
            );
        }
    }
}
