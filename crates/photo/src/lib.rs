//! The photo standard: what a file is, what a picture measures, whether it may pass, and how it is framed.
//!
//! The same code runs in the browser, which asks before anything is sent, and on the server, which decides.
//! Nothing here reads a clock, the network or a random number, and every sum is either whole or IEEE-exact, so that
//! both sides get the same bytes from the same file.
//!
//! ```text
//! bytes ─ inspect ─▶ FileFacts        header only: type, size, orientation, end of file
//!       └ decode ──▶ Picture          upright, 8-bit RGB
//!                      ├ measure ─▶ Measurements ┬ auto_crop(rules) ───▶ AutoCrop
//!                      │                         └ judge(crop, rules) ─▶ Verdict
//!                      └ frame(crop, rules) ─▶ Framed      480×640, 300 dpi, nothing but the picture
//!
//! strip: the file without metadata, for whoever keeps it
//! Opened: all of it from the bytes, large pictures at half their size
//! ```

mod colour;
mod difference;
mod face;
mod file;
mod finding;
mod frame;
mod gamut;
mod judge;
mod light;
mod measure;
mod net;
mod opened;
mod orientation;
mod picture;
mod pixel;
mod reason;
mod resample;
mod rules;
mod turn;

pub use difference::DifferenceHash;
pub use face::{Area, Detection, Engine, Eye, Face, Found, Mask, MeshPoint, ModelFiles, Point};
pub use file::{Colour, ColourSpace, FileFacts, FileFault, FileType, Kind, Limits, inspect, strip};
pub use finding::{Allowed, Finding, Severity, Unit};
pub use frame::{
    AutoCrop, Crop, FrameError, Framed, MIN_CROP_HEIGHT_PX, MIN_CROP_WIDTH_PX, Missing, auto_crop,
    frame, shrink, thumbnail,
};
pub use judge::{Lines, PhotoOutcome, Verdict, judge};
pub use measure::{
    Around, Backdrop, Border, Cover, FaceBox, Features, Hair, Head, Light, Measurements, Portrait,
    Pose, Sharpness, Spot, Tint, measure,
};
pub use net::ModelError;
pub use opened::Opened;
pub use orientation::Orientation;
#[cfg(not(target_family = "wasm"))]
pub use picture::decode_half;
pub use picture::{Picture, decode};
pub use pixel::Pixel;
pub use reason::Reason;
pub use rules::{Background, Checks, Limit, Range, Rules, RulesError};
pub use turn::turn;
