//! The way of a photo through the engine, step by step, so that each step can be timed natively and as wasm.

#[cfg(target_arch = "wasm32")]
mod wasm;

use std::error::Error;

use photo::{Crop, Engine, Framed, Limits, Measurements, ModelFiles, Opened, Rules, Verdict};
use serde_json::json;

/// The longest side of a thumbnail, as the server makes it, in pixels.
const THUMBNAIL_PX: u16 = 240;

/// A photo on its way; each step takes up what the one before it left.
#[derive(Debug)]
pub struct Way {
    engine: Engine,
    rules: Rules,
    opened: Option<Opened>,
    measurements: Option<Measurements>,
    crop: Option<Crop>,
    verdict: Option<Verdict>,
    framed: Option<Framed>,
    thumb: Option<Vec<u8>>,
}

type Step = Result<(), Box<dyn Error>>;

impl Way {
    /// Nothing on its way yet; the rules are the national standard's.
    ///
    /// # Errors
    /// Where the networks cannot be loaded.
    pub fn new(models: &ModelFiles<'_>) -> Result<Self, Box<dyn Error>> {
        Ok(Self {
            engine: Engine::load(models)?,
            rules: Rules::default(),
            opened: None,
            measurements: None,
            crop: None,
            verdict: None,
            framed: None,
            thumb: None,
        })
    }

    /// Decodes a file as the server does, and in a browser as the web app does.
    ///
    /// # Errors
    /// Where it is no usable picture.
    pub fn decode(&mut self, file: &[u8]) -> Step {
        // The last round's pixels go first, as they do where each photo comes by itself.
        self.opened = None;
        let opened = Opened::new(file, &Limits::default(), None, &self.rules)?;
        self.opened = Some(opened);
        Ok(())
    }

    /// Finds the face and measures the picture; finds the frame as well.
    ///
    /// # Errors
    /// Where nothing is decoded.
    pub fn measure(&mut self) -> Step {
        let opened = self.opened.as_ref().ok_or(EARLY)?;
        let measurements = opened.measure(Some(&self.engine));
        self.crop = Some(photo::auto_crop(&measurements, &self.rules).crop);
        self.measurements = Some(measurements);
        Ok(())
    }

    /// Judges what was measured.
    ///
    /// # Errors
    /// Where nothing is measured.
    pub fn judge(&mut self) -> Step {
        let measurements = self.measurements.as_ref().ok_or(EARLY)?;
        let crop = self.crop.ok_or(EARLY)?;
        self.verdict = Some(photo::judge(measurements, &crop, &self.rules));
        Ok(())
    }

    /// Frames the photo: cuts it out, resizes and encodes it.
    ///
    /// # Errors
    /// Where nothing is measured, or the photo cannot be framed.
    pub fn frame(&mut self) -> Step {
        let opened = self.opened.as_ref().ok_or(EARLY)?;
        let crop = self.crop.ok_or(EARLY)?;
        self.framed = Some(opened.frame(&crop, &self.rules)?);
        Ok(())
    }

    /// Makes the thumbnail of the framed photo.
    ///
    /// # Errors
    /// Where nothing is framed.
    pub fn thumb(&mut self) -> Step {
        let framed = self.framed.as_ref().ok_or(EARLY)?;
        self.thumb = Some(photo::thumbnail(&framed.picture, THUMBNAIL_PX)?);
        Ok(())
    }

    /// What was measured, judged and framed, as JSON: the same text for the same file wherever the same networks run.
    ///
    /// # Errors
    /// Where a step is missing.
    pub fn told(&self) -> Result<String, Box<dyn Error>> {
        let framed = self.framed.as_ref().ok_or(EARLY)?;
        let told = json!({
            "measurements": self.measurements.as_ref().ok_or(EARLY)?,
            "verdict": self.verdict.as_ref().ok_or(EARLY)?,
            "quality": framed.quality,
            "checksum": format!("{:016x}", checksum(&framed.jpeg)),
            "thumb": format!("{:016x}", checksum(self.thumb.as_ref().ok_or(EARLY)?)),
        });
        Ok(told.to_string())
    }
}

/// FNV-1a.
fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    })
}

/// A step was asked for before the one that it needs.
const EARLY: &str = "the steps come in order: decode, measure, judge, frame, thumb";
