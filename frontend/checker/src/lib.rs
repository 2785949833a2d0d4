//! The worker that looks at photos, so that the page stays alive meanwhile, and what is said between the two.

mod bytes;

use domain::{CameraHint, Lang};
use gloo::worker::{HandlerId, Worker, WorkerScope};
use photo::{
    Engine, FileFault, Head, Limits, Measurements, ModelFiles, Rules, decode, inspect, measure,
    shrink,
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
    /// To say what would make the picture better that is about to be taken.
    Hint(Frame),
}

/// What the camera sees at a moment.
#[derive(Debug, Serialize, Deserialize)]
pub struct Frame {
    /// A smaller copy of it, as a JPEG file.
    pub copy: Bytes,
    /// How wide it is itself, in pixels.
    pub width_px: u32,
    /// Whether it is shown with left as right.
    pub is_mirrored: bool,
    /// The task's rules as JSON.
    pub rules: String,
    /// What the person speaks.
    pub lang: Lang,
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
    /// What to do before the picture is taken; the words are here, so that the pages need not bring them.
    Hint {
        /// In words.
        text: String,
        /// Whether it can be taken now.
        is_ready: bool,
    },
}

/// What was measured, or why the file could not be decoded.
pub type Measured = Result<Measurements, FileFault>;

/// The worker. Each message carries a number, which its answer repeats.
#[derive(Debug)]
pub struct Checker {
    engine: Option<Engine>,
    /// The head in the last frame of the camera.
    head: Option<Head>,
}

impl Worker for Checker {
    type Message = ();
    type Input = (u32, Ask);
    type Output = (u32, Told);

    fn create(_: &WorkerScope<Self>) -> Self {
        Self {
            engine: None,
            head: None,
        }
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
                let measured = self.measured(&file.0, &Limits::default());
                // Every field has a form in JSON.
                Told::Measured(serde_json::to_string(&measured).unwrap_or_default())
            }
            Ask::Shrink { file, max_side } => {
                let picture = decode(&file.0, &Limits::default()).ok();
                let jpeg =
                    picture.and_then(|picture| shrink(&picture, *max_side, SHRUNK_QUALITY).ok());
                Told::Shrunk(jpeg.map(Bytes))
            }
            Ask::Hint(frame) => {
                let hint = self.hint(frame);
                Told::Hint {
                    text: hint.label().get(frame.lang).to_owned(),
                    is_ready: hint == CameraHint::Ready,
                }
            }
        }
    }

    fn measured(&self, file: &[u8], limits: &Limits) -> Measured {
        let facts = inspect(file, limits)?;
        let picture = decode(file, limits)?;
        Ok(measure(&picture, &facts, self.engine.as_ref()))
    }

    fn hint(&mut self, frame: &Frame) -> CameraHint {
        // A copy is no photo, so it may be small.
        let limits = Limits {
            min_width: 1,
            min_height: 1,
            ..Limits::default()
        };
        let Ok(seen) = self.measured(&frame.copy.0, &limits) else {
            return CameraHint::NoFace;
        };
        let rules: Rules = serde_json::from_str(&frame.rules).unwrap_or_default();
        let hint = CameraHint::about(&seen, self.head.as_ref(), frame.width_px, &rules);
        self.head = seen.portrait.map(|portrait| portrait.head);
        if frame.is_mirrored {
            hint.mirrored()
        } else {
            hint
        }
    }
}
