//! Prints what is found and measured in photos, to the bit: `checksum MODELS PHOTO…`.
//!
//! Built for this machine and for WebAssembly (`checksum.mjs` runs that), it shows that the server and the browser
//! see the same.

use std::error::Error;
use std::path::Path;

use photo::{Engine, Found, Limits, ModelFiles, decode, inspect, measure};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments
        .next()
        .ok_or("the folder with the models comes first")?;
    let read = |name: &str| std::fs::read(Path::new(&folder).join(name).with_extension("tflite"));
    let files = ModelFiles {
        short_range: &read("face_detection_short_range")?,
        mesh: &read("face_landmark")?,
        segmentation: &read("selfie_segmentation")?,
        full_range: Some(&read("face_detection_full_range")?),
        iris: Some(&read("iris_landmark")?),
    };
    let engine = Engine::load(&files)?;
    for path in arguments {
        let bytes = std::fs::read(&path)?;
        match look(&engine, &bytes) {
            Ok((found, measured)) => println!("{path} {:016x} {measured}", checksum(&found)),
            Err(fault) => println!("{path} {fault}"),
        }
    }
    Ok(())
}

/// What is found in a photo, and its measurements as JSON.
fn look(engine: &Engine, bytes: &[u8]) -> Result<(Found, String), Box<dyn Error>> {
    let limits = Limits::default();
    let facts = inspect(bytes, &limits)?;
    let picture = decode(bytes, &limits)?;
    let measured = measure(&picture, &facts, Some(engine));
    Ok((engine.find(&picture), serde_json::to_string(&measured)?))
}

/// FNV-1a over all numbers as they are written shortest, which tells every two of them apart.
fn checksum(found: &Found) -> u64 {
    format!("{found:?}")
        .bytes()
        .fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
        })
}
