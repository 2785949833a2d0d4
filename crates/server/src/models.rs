//! The networks that find faces, compiled into the program. Source: `docs/sources.md#models`.

use photo::{Engine, ModelError, ModelFiles};

macro_rules! model {
    ($name:literal) => {
        include_bytes!(concat!(env!("GRADPHOTO_MODELS"), "/", $name))
    };
}

/// The engine with all five networks. Takes some tens of milliseconds: to be loaded once and shared.
///
/// # Errors
/// Where the program was built with other files than the pinned ones.
pub(crate) fn engine() -> Result<Engine, ModelError> {
    Engine::load(&ModelFiles {
        short_range: model!("face_detection_short_range.tflite"),
        mesh: model!("face_landmark.tflite"),
        segmentation: model!("selfie_segmentation.tflite"),
        full_range: Some(model!("face_detection_full_range.tflite")),
        iris: Some(model!("iris_landmark.tflite")),
    })
}
