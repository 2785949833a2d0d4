//! The same steps for JavaScript.

use std::error::Error;

use photo::ModelFiles;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

/// A photo on its way, with the networks that browsers have.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Way(crate::Way);

#[wasm_bindgen]
impl Way {
    /// Nothing on its way yet.
    ///
    /// # Errors
    /// Where the networks cannot be loaded.
    #[wasm_bindgen(constructor)]
    pub fn new(short_range: &[u8], mesh: &[u8], segmentation: &[u8]) -> Result<Way, JsError> {
        let models = ModelFiles {
            short_range,
            mesh,
            segmentation,
            full_range: None,
            iris: None,
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

    /// As [`crate::Way::measurements`], as a text.
    pub fn measurements(&self) -> Result<String, JsError> {
        told(self.0.measurements()).map(|json| json.to_string())
    }
}

fn told<T>(result: Result<T, Box<dyn Error>>) -> Result<T, JsError> {
    result.map_err(|error| JsError::new(&error.to_string()))
}
