//! The networks that find faces, when they are needed.

use std::fmt;
use std::sync::OnceLock;

use photo::{Engine, ModelError};

use crate::Failure;

/// The engine of a copy of the server. It is loaded when the first photo comes: a copy that examines none has no memory for it.
pub struct PhotoEngine {
    load: fn() -> Result<Engine, ModelError>,
    loaded: OnceLock<Engine>,
}

impl PhotoEngine {
    /// An engine that `load` will load, which takes some tens of milliseconds.
    pub fn new(load: fn() -> Result<Engine, ModelError>) -> Self {
        Self {
            load,
            loaded: OnceLock::new(),
        }
    }

    /// The engine.
    ///
    /// # Errors
    /// [`Failure::Fault`] where the program was built with other files than the pinned ones.
    pub fn get(&self) -> Result<&Engine, Failure> {
        if let Some(engine) = self.loaded.get() {
            return Ok(engine);
        }
        let engine = (self.load)();
        let engine = engine.map_err(|_| Failure::Fault("the photo engine cannot be loaded"))?;
        // Two photos may come at once: one engine is kept.
        Ok(self.loaded.get_or_init(|| engine))
    }
}

impl fmt::Debug for PhotoEngine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_loaded = self.loaded.get().is_some();
        f.debug_struct("PhotoEngine")
            .field("is_loaded", &is_loaded)
            .finish_non_exhaustive()
    }
}
