//! The worker that looks at photos, so that the page stays alive meanwhile, and what is said between the two.

mod bytes;

use gloo::worker::{HandlerId, Worker, WorkerScope};
use photo::{
    Engine, FileFault, Limits, Measurements, ModelFiles, decode, inspect, measure, shrink,
};
use serde::{Deserialize, Serialize};

pub use bytes::Bytes;

/// Quality of a shrunk photo; the least that DESIGN asks for. Source: docs/sources.md#photo-measures.
const SHRUNK_QUALITY: u8 = 92;

/// What the page wants.
#[derive(Debug, Serialize, Deserialize)]
pub enum Ask {
    /// To load the networks.
    Load {
        /// Finds faces.
        short_range: Bytes,
        /// Finds the points of a face.
        mesh: Bytes,
        /// Finds the person.
        segmentation: Bytes,
    },
    /// To measure the picture in a file.
    Measure(Bytes),
    /// To make the picture in a file smaller.
    Shrink {
        /// The file.
        file: Bytes,
        /// The longest side of the result, in pixels.
        max_side: u16,
    },
}

/// What the worker says.
#[derive(Debug, Serialize, Deserialize)]
pub enum Told {
    /// Whether the networks are loaded.
    Loaded(bool),
    /// A [`Measured`] as JSON: the messages' own format knows no absent fields.
    Measured(String),
    /// A JPEG file; `None` where none could be made.
    Shrunk(Option<Bytes>),
}

/// What was measured, or why the file could not be decoded.
pub type Measured = Result<Measurements, FileFault>;

/// The worker. Each message carries a number, which its answer repeats.
#[derive(Debug)]
pub struct Checker {
    engine: Option<Engine>,
}

impl Worker for Checker {
    type Message = ();
    type Input = (u32, Ask);
    type Output = (u32, Told);

    fn create(_: &WorkerScope<Self>) -> Self {
        Self { engine: None }
    }

    fn update(&mut self, _: &WorkerScope<Self>, (): ()) {}

    fn received(&mut self, scope: &WorkerScope<Self>, (number, ask): Self::Input, from: HandlerId) {
        scope.respond(from, (number, self.answer(&ask)));
    }
}

impl Checker {
    fn answer(&mut self, ask: &Ask) -> Told {
        match ask {
            Ask::Load {
                short_range,
                mesh,
                segmentation,
            } => {
                let files = ModelFiles {
                    short_range: &short_range.0,
                    mesh: &mesh.0,
                    segmentation: &segmentation.0,
                    full_range: None,
                    iris: None,
                };
                self.engine = Engine::load(&files).ok();
                Told::Loaded(self.engine.is_some())
            }
            Ask::Measure(file) => {
                let measured = self.measured(&file.0);
                // Every field has a form in JSON.
                Told::Measured(serde_json::to_string(&measured).unwrap_or_default())
            }
            Ask::Shrink { file, max_side } => {
                let picture = decode(&file.0, &Limits::default()).ok();
                let jpeg =
                    picture.and_then(|picture| shrink(&picture, *max_side, SHRUNK_QUALITY).ok());
                Told::Shrunk(jpeg.map(Bytes))
            }
        }
    }

    fn measured(&self, file: &[u8]) -> Measured {
        let limits = Limits::default();
        let facts = inspect(file, &limits)?;
        let picture = decode(file, &limits)?;
        Ok(measure(&picture, &facts, self.engine.as_ref()))
    }
}
