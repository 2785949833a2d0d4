//! The photo standard: what a file is, what a picture measures, whether it may pass, and how it is framed.
//!
//! The same code runs in the browser, which asks before anything is sent, and on the server, which decides.
//! Nothing here reads a clock, the network or a random number, and every sum is either whole or IEEE-exact, so that
//! both sides get the same bytes from the same file.
//!
//! ```text
//! bytes ─ inspect ─▶ FileFacts        header only: type, size, orientation, end of file
//!       └ decode ──▶ Picture          upright, 8-bit RGB
//!                      ├ measure ─▶ Measurements ─ judge(crop, rules) ─▶ Verdict
//!                      └ frame(crop, rules) ─▶ Framed      480×640, 300 dpi, nothing but the picture
//! ```

mod file;
mod frame;
mod judge;
mod light;
mod measure;
mod orientation;
mod picture;
mod reason;
mod resample;
mod rules;

pub use file::{Colour, FileFacts, FileFault, FileType, Kind, Limits, inspect};
pub use frame::{
    Crop, FrameError, Framed, MIN_CROP_HEIGHT_PX, MIN_CROP_WIDTH_PX, frame, thumbnail,
};
pub use judge::{Allowed, Finding, Outcome, Severity, Unit, Verdict, judge};
pub use measure::{Border, Measurements, measure};
pub use orientation::Orientation;
pub use picture::{Picture, decode};
pub use reason::Reason;
pub use rules::{Background, Range, Rules, RulesError};
