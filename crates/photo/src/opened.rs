//! A file opened for a check, so that the server, the command line and whoever times them see the same.

use crate::face::Engine;
use crate::file::{FileFacts, FileFault, Limits, inspect};
use crate::frame::{AutoCrop, Crop, FrameError, Framed, auto_crop, frame};
use crate::measure::{Measurements, measure};
use crate::picture::{Picture, half, whole};
use crate::rules::Rules;

/// From which longer side on a picture is opened at half its size: twice what the web app sends.
const LARGE_PX: u32 = 3_200;

/// A file opened for a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    facts: FileFacts,
    /// The whole picture, or its half.
    picture: Picture,
}

impl Opened {
    /// Opens a file of which this part will be framed, if that is known: a large picture no larger than its result needs it.
    /// Browsers always open the whole.
    ///
    /// # Errors
    /// As [`decode`](crate::decode).
    pub fn new(
        file: &[u8],
        limits: &Limits,
        crop: Option<&Crop>,
        rules: &Rules,
    ) -> Result<Self, FileFault> {
        let facts = inspect(file, limits)?;
        let is_large = facts.width().max(facts.height()) >= LARGE_PX;
        let is_enough = crop.is_none_or(|crop| crop.half(rules.width_px).is_some());
        let picture = if is_large && is_enough {
            half(file, &facts)?
        } else {
            whole(file, &facts)?
        };
        Ok(Self { facts, picture })
    }

    /// Opens a file, measures it and finds the frame, as they come out where that frame is sent to the server.
    ///
    /// # Errors
    /// As [`decode`](crate::decode).
    pub fn with_auto_crop(
        file: &[u8],
        limits: &Limits,
        engine: &Engine,
        rules: &Rules,
    ) -> Result<(Self, Measurements, AutoCrop), FileFault> {
        let found = |opened: Self| {
            let measurements = opened.measure(Some(engine));
            let auto = auto_crop(&measurements, rules);
            (opened, measurements, auto)
        };
        let first = found(Self::new(file, limits, None, rules)?);
        let crop = first.2.crop;
        if first.0.is_half() && crop.half(rules.width_px).is_none() {
            return Ok(found(Self::new(file, limits, Some(&crop), rules)?));
        }
        Ok(first)
    }

    /// What the file's header says.
    pub fn facts(&self) -> &FileFacts {
        &self.facts
    }

    /// Measures the picture; see [`measure`](crate::measure()).
    pub fn measure(&self, engine: Option<&Engine>) -> Measurements {
        measure(&self.picture, &self.facts, engine)
    }

    /// Frames a part of the original; see [`frame`](crate::frame()).
    ///
    /// # Errors
    /// [`FrameError`].
    pub fn frame(&self, crop: &Crop, rules: &Rules) -> Result<Framed, FrameError> {
        let part = if self.is_half() { crop.halved() } else { *crop };
        frame(&self.picture, &part, rules)
    }

    fn is_half(&self) -> bool {
        self.picture.width < self.facts.width()
    }
}
