//! The same steps for JavaScript.

use std::error::Error;

use photo::ModelFiles;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

/// A photo on its way.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Way(crate::Way);

#[wasm_bindgen]
impl Way {
    /// Nothing on its way yet; browsers have the first three networks.
    ///
    /// # Errors
    /// Where the networks cannot be loaded.
    #[wasm_bindgen(constructor)]
    pub fn new(
        short_range: &[u8],
        mesh: &[u8],
        segmentation: &[u8],
        full_range: Option<Box<[u8]>>,
        iris: Option<Box<[u8]>>,
    ) -> Result<Way, JsError> {
        let models = ModelFiles {
            short_range,
            mesh,
            segmentation,
            full_range: full_range.as_deref(),
            iris: iris.as_deref(),
        };
        told(crate::Way::new(&models)).map(Self)
    }

    /// As [`crate::Way::decode`].
    pub fn decode(&mut self, file: &[u8]) -> Result<(), JsError> {
        told(self.0.decode(file))
    }

    /// As [`crate::Way::measure`].
    pub fn measure(&mut self) -> Result<(), JsError> {
        told(self.0.measure())
    }

    /// As [`crate::Way::judge`].
    pub fn judge(&mut self) -> Result<(), JsError> {
        told(self.0.judge())
    }

    /// As [`crate::Way::frame`].
    pub fn frame(&mut self) -> Result<(), JsError> {
        told(self.0.frame())
    }

    /// As [`crate::Way::thumb`].
    pub fn thumb(&mut self) -> Result<(), JsError> {
        told(self.0.thumb())
    }

    /// As [`crate::Way::told`].
    pub fn told(&self) -> Result<String, JsError> {
        told(self.0.told())
    }
}

fn told<T>(result: Result<T, Box<dyn Error>>) -> Result<T, JsError> {
    result.map_err(|error| JsError::new(&error.to_string()))
}
