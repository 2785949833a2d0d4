//! What a task demands of a photo: data, stored with the task.

mod checks;

use serde::{Deserialize, Serialize};

pub use checks::{Checks, Limit};

/// The rules of one task. The default is the national standard 教毕指〔2017〕99号.
/// Source of every number that is not marked otherwise: `docs/sources.md#photo-standard`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    /// The shape of this document; 1.
    pub version: u16,
    /// Width of the result in pixels; 480.
    pub width_px: u16,
    /// Height of the result in pixels; 640. Always four thirds of the width.
    pub height_px: u16,
    /// Dots per inch written into the result; 300.
    pub dpi: u16,
    /// Lowest JPEG quality; 60.
    pub quality_min: u8,
    /// Highest JPEG quality; 95.
    pub quality_max: u8,
    /// Bytes below which the result is unusually small; 20,480. "Normally", so never a reason to refuse.
    pub bytes_soft_min: u32,
    /// Bytes that the result keeps to where the quality allows it; 40,960.
    pub bytes_soft_max: u32,
    /// By how many thousandths width / height of a crop may differ from 0.75; 10.
    pub aspect_tolerance_permille: u16,
    /// How far a crop may be enlarged, in percent; 120. Up to there it is a warning. Our own choice.
    pub enlargement_max_percent: u16,
    /// Top of the head, in pixels of the result from its top edge; 50 to 110.
    pub head_top: Range,
    /// Eyes, in pixels of the result from its top edge; 200 to 300.
    pub eye_line: Range,
    /// Width of the face in pixels of the result; 180 to 300.
    pub face_width: Range,
    /// How far the middle of the face may be from the middle of the result, in its pixels; 36. Our own choice for
    /// "centred".
    pub off_centre_max: u16,
    /// By how many pixels of the result a line may lie outside its range before that fails instead of warning; 6,
    /// which is how well lines can be measured.
    pub line_tolerance: u16,
    /// What stands behind the head.
    pub background: Background,
    /// How strict the checks of what a picture shows are.
    pub checks: Checks,
}

/// Two bounds, both allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// The least.
    pub min: u16,
    /// The most.
    pub max: u16,
}

/// The colour of the background.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Background {
    /// Red, green, blue; the standard's light blue is 100, 197, 255.
    pub rgb: [u8; 3],
    /// Other colours that are as good; the standard also names white and a light grey.
    #[serde(default)]
    pub or: Vec<[u8; 3]>,
    /// How far the mean may be from it, in CIE 1976 ΔE; 20. Our own choice: the blues that collectors publish differ
    /// by 14 from the standard's, those of ID photos by 25.
    pub tolerance_delta_e: u8,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            version: Self::VERSION,
            width_px: 480,
            height_px: 640,
            dpi: 300,
            quality_min: 60,
            quality_max: 95,
            bytes_soft_min: 20_480,
            bytes_soft_max: 40_960,
            aspect_tolerance_permille: 10,
            enlargement_max_percent: 120,
            head_top: Range { min: 50, max: 110 },
            eye_line: Range { min: 200, max: 300 },
            face_width: Range { min: 180, max: 300 },
            off_centre_max: 36,
            line_tolerance: 6,
            background: Background {
                rgb: [100, 197, 255],
                or: vec![[255, 255, 255], [240, 240, 240]],
                tolerance_delta_e: 20,
            },
            checks: Checks::default(),
        }
    }
}

/// A rule that cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the photo rule `{field}` makes no sense")]
pub struct RulesError {
    /// The field of [`Rules`] that is wrong.
    pub field: &'static str,
}

impl Rules {
    /// The version that this code reads and writes.
    pub const VERSION: u16 = 1;

    /// Checks that the rules can be kept; to be asked before they are stored.
    ///
    /// # Errors
    /// The first field that contradicts the rest.
    pub fn check(&self) -> Result<(), RulesError> {
        let (width, height) = (u32::from(self.width_px), u32::from(self.height_px));
        let checks = [
            ("version", self.version == Self::VERSION),
            ("width_px", (3..=3_000).contains(&width)),
            ("height_px", width * 4 == height * 3),
            ("dpi", self.dpi > 0),
            (
                "quality_min",
                (1..=self.quality_max).contains(&self.quality_min),
            ),
            ("quality_max", self.quality_max <= 100),
            ("bytes_soft_min", self.bytes_soft_min <= self.bytes_soft_max),
            (
                "aspect_tolerance_permille",
                self.aspect_tolerance_permille <= 100,
            ),
            (
                "enlargement_max_percent",
                (100..=400).contains(&self.enlargement_max_percent),
            ),
            ("head_top", self.head_top.is_within(self.height_px)),
            ("eye_line", self.eye_line.is_within(self.height_px)),
            ("face_width", self.face_width.is_within(self.width_px)),
            ("off_centre_max", self.off_centre_max <= self.width_px / 2),
            ("line_tolerance", self.line_tolerance <= 50),
        ];
        match checks.into_iter().find(|(_, holds)| !holds) {
            Some((field, _)) => Err(RulesError { field }),
            None => Ok(()),
        }
    }
}

impl Range {
    fn is_within(self, length: u16) -> bool {
        self.min <= self.max && self.max <= length
    }
}
