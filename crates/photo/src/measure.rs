//! Numbers about a picture; what they mean is for [`judge`](crate::judge()) to say.

mod around;
mod backdrop;
mod bar;
mod border;
mod cover;
mod eyes;
mod hair;
mod head;
mod light;
mod patch;
mod plane;
mod pose;
mod sharp;
mod statistics;

use serde::{Deserialize, Serialize};

use crate::face::{Detection, Engine, Face, Found};
use crate::file::{ColourSpace, FileFacts, Kind};
use crate::orientation::Orientation;
use crate::picture::{Picture, half_of};
pub use around::Around;
pub use backdrop::Backdrop;
pub use border::Border;
pub use cover::Cover;
use cover::Skin;
pub use eyes::Features;
pub use hair::Hair;
pub use head::{Head, Spot};
pub use light::{Light, Tint};
use patch::Patch;
pub use pose::Pose;
pub use sharp::Sharpness;
use statistics::rounded;

/// About how long the longer side of the picture is in which faces are looked for, in pixels. The networks see at most
/// 256 pixels, so more would only cost time.
const REDUCED_SIDE: u32 = 800;
/// Below this distance between the eyes in the reduced picture, the face is cut from the whole one, in pixels.
const EYES_APART: f32 = 100.0;
/// Pitch from which on a face may stand on its head instead, in degrees: the mesh then finds an upright one in it.
const DOUBTFUL_PITCH: f32 = 20.0;
/// Below which score of the detector a face may stand on its head instead. Of the portraits marked by hand those that
/// stand upright have 0.72 to 0.93, and those that the mesh reads as upright upside down 0.50 to 0.70.
const DOUBTFUL_SCORE: f32 = 0.75;
/// From which presence on a face is believed that is seen in a turned picture alone.
const SURE_PRESENCE: f32 = 0.9;
/// Up to which roll a face counts as upright, in degrees: half a quarter turn.
pub(crate) const UPRIGHT_ROLL: f32 = 45.0;

/// What was measured, in pixels of the upright original where nothing else is said.
///
/// The same file gives the same numbers on every machine, as far as the same models are loaded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Measurements {
    /// Width of the picture.
    pub width_px: u32,
    /// Height of the picture.
    pub height_px: u32,
    /// The strips of black or white along its edges.
    pub border: Border,
    /// The quality that a JPEG was written with, 1 to 100; `None` for other files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jpeg_quality: Option<u8>,
    /// How visible the blocks of a JPEG are; 1 where they are not. `None` for other files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blockiness: Option<f32>,
    /// Which colours the file's numbers stood for.
    #[serde(default)]
    pub colour_space: ColourSpace,
    /// All faces, the surest first; `None` where none were looked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub faces: Option<Vec<FaceBox>>,
    /// The main face; `None` where there is none, or none was looked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub portrait: Option<Portrait>,
    /// By how many degrees the picture must be turned clockwise for a face to be seen in it: 90, 180 or 270. `None`
    /// where one is seen as it stands, or in no way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turn_degrees: Option<u16>,
}

/// A face that a detector sees.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct FaceBox {
    /// How sure the detector is, 0 to 1.
    pub score: f32,
    /// Left edge.
    pub left: f32,
    /// Upper edge, at the brows.
    pub top: f32,
    /// Right edge.
    pub right: f32,
    /// Lower edge, at the chin.
    pub bottom: f32,
}

/// The main face and what is around it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Portrait {
    /// How sure it is that this is a face, 0.5 to 1.
    pub presence: f32,
    /// Its lines.
    pub head: Head,
    /// How it is turned.
    pub pose: Pose,
    /// Eyes, glasses and mouth.
    pub features: Features,
    /// The light on it.
    pub light: Light,
    /// Its colours.
    pub tint: Tint,
    /// How sharp it is.
    pub sharpness: Sharpness,
    /// What is behind it; `None` where too little is seen of that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backdrop: Option<Backdrop>,
    /// What hides a part of it; `None` where it was measured before this was looked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover: Option<Cover>,
    /// Hair in it; `None` as above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hair: Option<Hair>,
    /// What is on the head and beside it; `None` as above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub around: Option<Around>,
}

/// Measures a picture: with the engine everything, without it what needs no face. `facts` are those of its file, of
/// which the picture may be the half.
pub fn measure(picture: &Picture, facts: &FileFacts, engine: Option<&Engine>) -> Measurements {
    let unit = unit(picture, facts);
    let is_whole = unit == 1;
    let (width_px, height_px) = if is_whole {
        (picture.width, picture.height)
    } else {
        (facts.width(), facts.height())
    };
    let mut measured = Measurements {
        width_px,
        height_px,
        border: border::border(picture).times(unit),
        jpeg_quality: facts.jpeg_quality,
        colour_space: facts.colour_space,
        blockiness: (facts.kind == Kind::Jpeg && is_whole)
            .then(|| sharp::blockiness(picture, facts.orientation)),
        faces: None,
        portrait: None,
        turn_degrees: None,
    };
    if let Some(engine) = engine {
        let by = (picture.width.max(picture.height) / REDUCED_SIDE).clamp(1, 256);
        let shrunk = (by > 1).then(|| plane::shrink(picture, by as usize));
        let views = Views {
            picture,
            reduced: shrunk.as_ref().unwrap_or(picture),
            by,
            unit,
        };
        let (boxes, portrait) = look(&views, engine);
        if portrait.is_none() {
            measured.turn_degrees = turn_to_a_face(views.reduced, engine);
        }
        (measured.faces, measured.portrait) = (Some(boxes), portrait);
    }
    measured
}

/// How many pixels of the original one of the picture stands for, along a side.
fn unit(picture: &Picture, facts: &FileFacts) -> u32 {
    let (width, height) = (facts.width(), facts.height());
    let is_half =
        picture.width < width && half_of(width, height) == (picture.width, picture.height);
    if is_half { 2 } else { 1 }
}

/// A picture as it was decoded, and reduced by a whole factor.
struct Views<'a> {
    picture: &'a Picture,
    reduced: &'a Picture,
    /// Pixels of the picture along the side of a reduced one.
    by: u32,
    /// Pixels of the original along the side of one of the picture.
    unit: u32,
}

impl Views<'_> {
    /// Pixels of the original along the side of a reduced one.
    #[expect(clippy::cast_precision_loss, reason = "the factor is at most 512")]
    fn scale(&self) -> f32 {
        (self.by * self.unit) as f32
    }
}

/// Looks for faces in the reduced picture, where they are in doubt also upside down.
fn look(views: &Views<'_>, engine: &Engine) -> (Vec<FaceBox>, Option<Portrait>) {
    let (faces, mut portrait) = seen(views, &engine.find(views.reduced));
    if let Some(portrait) = &mut portrait {
        let pitch = |portrait: &Portrait| portrait.pose.pitch.abs();
        let (is_bowed, is_unsure) = (
            pitch(portrait) > DOUBTFUL_PITCH,
            score(&faces) < DOUBTFUL_SCORE,
        );
        if is_bowed || is_unsure {
            let (others, other) = seen_alone(&views.reduced.turned(Orientation::HalfTurn), engine);
            let is_better = |other: &Portrait| {
                let is_straighter = is_bowed && pitch(other) < pitch(portrait);
                let is_surer = is_unsure && score(&others) > score(&faces);
                other.presence >= portrait.presence && (is_straighter || is_surer)
            };
            if let Some(other) = other.filter(is_better) {
                portrait.pose.roll = over(other.pose.roll);
            }
        }
    }
    (faces, portrait)
}

/// The score of the surest face.
fn score(faces: &[FaceBox]) -> f32 {
    faces.first().map_or(0.0, |face| face.score)
}

/// The roll before the half turn after which this one was measured; 180 where the person is upside down.
#[expect(clippy::float_arithmetic, reason = "one IEEE-exact sum")]
fn over(roll: f32) -> f32 {
    if roll.abs() < UPRIGHT_ROLL {
        180.0
    } else if roll < 0.0 {
        roll + 180.0
    } else {
        roll - 180.0
    }
}

/// What is seen in a reduced picture, in its own pixels.
fn seen_alone(reduced: &Picture, engine: &Engine) -> (Vec<FaceBox>, Option<Portrait>) {
    let views = Views {
        picture: reduced,
        reduced,
        by: 1,
        unit: 1,
    };
    seen(&views, &engine.find(reduced))
}

/// The turn after which the surest face is seen upright, in degrees clockwise.
fn turn_to_a_face(reduced: &Picture, engine: &Engine) -> Option<u16> {
    let turns = [
        (90, Orientation::QuarterTurn),
        (180, Orientation::HalfTurn),
        (270, Orientation::QuarterTurnBack),
    ];
    let mut surest = (SURE_PRESENCE, None);
    for (degrees, orientation) in turns {
        let (_, Some(portrait)) = seen_alone(&reduced.turned(orientation), engine) else {
            continue;
        };
        let is_upright = portrait.pose.roll.abs() < UPRIGHT_ROLL;
        if is_upright && portrait.presence > surest.0 {
            surest = (portrait.presence, Some(degrees));
        }
    }
    surest.1
}

/// What was found in the reduced picture, in pixels of the original.
fn seen(views: &Views<'_>, found: &Found) -> (Vec<FaceBox>, Option<Portrait>) {
    let boxes = found.faces.iter();
    let faces = boxes.map(|face| face_box(face, views.scale())).collect();
    let face = found.face.as_ref();
    let portrait = face.and_then(|face| portrait(views, face, found));
    (faces, portrait)
}

#[expect(clippy::float_arithmetic, reason = "one IEEE-exact multiplication")]
fn face_box(face: &Detection, scale: f32) -> FaceBox {
    let place = |length: f32| rounded(length * scale);
    FaceBox {
        score: rounded(face.score),
        left: place(face.area.left),
        top: place(face.area.top),
        right: place(face.area.right),
        bottom: place(face.area.bottom),
    }
}

#[expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "one IEEE-exact division; the factor is at most 256"
)]
fn portrait(views: &Views<'_>, face: &Face, found: &Found) -> Option<Portrait> {
    let mask = found.mask.as_ref();
    let (reduced, scale) = (views.reduced, views.scale());
    let size = reduced.size();
    let head = head::head(face, mask, size, scale)?;
    let patch = if views.by == 1 || head.eye_distance_px / scale >= EYES_APART {
        Patch::cut(reduced, face, 1.0)?
    } else {
        Patch::cut(views.picture, face, views.by as f32)?
    };
    Some(Portrait {
        presence: rounded(face.presence),
        head,
        pose: pose::pose(&face.mesh)?,
        features: eyes::features(face, &patch),
        light: light::light(&patch),
        tint: light::tint(&patch),
        sharpness: sharp::sharpness(&patch),
        backdrop: mask.and_then(|mask| backdrop::backdrop(reduced, mask, &head, scale)),
        cover: Some(cover::cover(face, &patch, &found.faces, mask, size)),
        hair: Some(hair::hair(&patch)),
        around: Some(around::around(
            reduced,
            mask,
            &head,
            &Skin::of(&patch),
            scale,
        )),
    })
}
