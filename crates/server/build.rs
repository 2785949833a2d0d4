//! Says where the networks are that `src/models.rs` compiles in: what `GRADPHOTO_MODELS` names, else the cache that
//! `cargo xtask setup` fills.

use std::env;
use std::path::PathBuf;

const FILES: [&str; 5] = [
    "face_detection_short_range.tflite",
    "face_detection_full_range.tflite",
    "face_landmark.tflite",
    "iris_landmark.tflite",
    "selfie_segmentation.tflite",
];

fn main() {
    println!("cargo::rerun-if-env-changed=GRADPHOTO_MODELS");
    println!("cargo::rerun-if-env-changed=XDG_CACHE_HOME");
    let Some(folder) = folder() else {
        println!(
            "cargo::error=no home folder is known: set GRADPHOTO_MODELS to the folder with the networks"
        );
        return;
    };
    for name in FILES {
        let file = folder.join(name);
        println!("cargo::rerun-if-changed={}", file.display());
        if !file.is_file() {
            println!(
                "cargo::error={} is missing: run `cargo xtask setup` first",
                file.display()
            );
        }
    }
    println!("cargo::rustc-env=GRADPHOTO_MODELS={}", folder.display());
}

fn folder() -> Option<PathBuf> {
    if let Some(chosen) = env::var_os("GRADPHOTO_MODELS") {
        return Some(chosen.into());
    }
    let cache = match env::var_os("XDG_CACHE_HOME") {
        Some(cache) => PathBuf::from(cache),
        None => env::home_dir()?.join(".cache"),
    };
    Some(cache.join("gradphoto/models"))
}
