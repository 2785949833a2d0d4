//! How strict the checks of what a picture shows are.

use serde::{Deserialize, Serialize};

use crate::finding::Severity;

/// From where on a measured number is a warning, and from where on it fails; absent: never.
/// Worse numbers are larger or smaller, as the check says; the limits themselves are still allowed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limit {
    /// What is worse is told, and a person decides.
    pub warn: Option<i32>,
    /// What is worse is refused, unless the student says why the check is wrong and asks a person.
    pub fail: Option<i32>,
}

impl Limit {
    const fn new(warn: i32, fail: i32) -> Self {
        Self {
            warn: Some(warn),
            fail: Some(fail),
        }
    }

    const fn warning(warn: i32) -> Self {
        Self {
            warn: Some(warn),
            fail: None,
        }
    }
}

/// The checks of what a picture shows, and their default limits. What a machine tells well fails; what it tells less
/// well only warns. Source of the limits, where nothing else is said: our own measurements of portraits,
/// `docs/sources.md#photo-measures`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Checks {
    /// A photo without a face.
    pub no_face: Option<Severity>,
    /// A second face in the frame, at least half as large as the first.
    pub many_faces: Option<Severity>,
    /// Head top, eye line, face width and centring outside their ranges by more than the tolerance.
    pub lines: Option<Severity>,
    /// A background of another colour.
    pub bg_color: Option<Severity>,
    /// Most evidence that something hides a part of the face, in thousandths; 1,150 and 1,400. Our own measurements,
    /// `docs/figures.md`, as of the next four.
    pub covered: Limit,
    /// Most strands of hair on a cheek in thousandths; a warning above 100.
    pub hair: Limit,
    /// Most hair before an eye in thousandths; fails above 500.
    pub hair_over_eye: Limit,
    /// Least texture of what is on the head in tenths of CIE L*; a warning below 30. Never a failure: covers worn for
    /// religion, health or custom are allowed.
    pub headwear: Limit,
    /// Most skin beside the face in thousandths; a warning above 100.
    pub skin_beside: Limit,
    /// Most roll in tenths of a degree; 50 and 80, ISO/IEC 19794-5's limit.
    pub tilt: Limit,
    /// Most yaw to either side in tenths of a degree; 140 and 250. ISO's 5° is finer than can be measured.
    pub turn: Limit,
    /// Most pitch up or down in tenths of a degree; 160 and 280.
    pub nod: Limit,
    /// Least opening of the eyes in thousandths; a warning below 230, never a failure.
    pub eyes_open: Limit,
    /// Most gap between the lips in thousandths of the distance from eyes to chin; a warning above 50.
    pub mouth_open: Limit,
    /// Most blur in thousandths; 560 and 750.
    pub blur: Limit,
    /// Least quality of the JPEG that was sent; 50 and 20.
    pub jpeg_quality: Limit,
    /// Most blockiness in thousandths; a warning above 1,500.
    pub blockiness: Limit,
    /// Least colourfulness in tenths of a step of 0 to 255; 120 and 40, below which it is a grey picture.
    pub colourfulness: Limit,
    /// Most distance of the cheeks' hue from that of skin in degrees; a warning above 32.
    pub skin_hue: Limit,
    /// Most nearly white pixels of the face in thousandths before they count as highlights; a warning above 30.
    pub highlight: Limit,
    /// Most nearly white pixels of the face in thousandths before it counts as overexposed; 150 and 300.
    pub bright: Limit,
    /// Least mean brightness of the face in thousandths; fails below 100. Skin differs, so it warns by tones alone.
    pub dark: Limit,
    /// Least tones of the face in hundredths of a bit; a warning below 600.
    pub tones: Limit,
    /// Most nearly black pixels of the face in thousandths; a warning above 250.
    pub black: Limit,
    /// Least brightness of the darker cheek in thousandths of the other; 850 and 300. Only for heads turned little, and
    /// where the cheeks have hardly a tone in common.
    pub half_shadow: Limit,
    /// Most red pixels between the lids in thousandths; a warning above 150.
    pub red_eye: Limit,
    /// Most nearly white pixels around the eyes in thousandths; a warning above 60.
    pub glare: Limit,
    /// Most difference between the skin below the eyes and that of the cheeks in tenths of ΔE; a warning above 200.
    pub lens: Limit,
    /// Least roughness of sharp skin in tenths; a warning below 40.
    pub skin_texture: Limit,
    /// The same by the median, of the cheeks or of the whole face, in tenths; a warning below 30.
    pub skin_grain: Limit,
    /// Most spread of the background in tenths of ΔE; 120 and 250. Strands of hair alone may spread it up to about 200.
    pub bg_spread: Limit,
    /// Most of the background, in thousandths, that differs from the rest by more than ΔE 12; fails above 250.
    pub bg_unlike: Limit,
    /// Most of the background between chin and shoulders, in thousandths, that is something else; 150 and 500.
    pub bg_below: Limit,
    /// Most gradient across the background in tenths of ΔE; 100 and 150.
    pub bg_gradient: Limit,
    /// Most roughness of the background in tenths of ΔE; 25 and 40: something stands there.
    pub bg_rough: Limit,
    /// Most lightness lost beside the head in tenths of L*; a warning above 80.
    pub bg_shadow: Limit,
}

impl Default for Checks {
    fn default() -> Self {
        let fails = Some(Severity::Fail);
        Self {
            no_face: fails,
            many_faces: fails,
            lines: fails,
            bg_color: Some(Severity::Warn),
            covered: Limit::new(1_150, 1_400),
            hair: Limit::warning(100),
            hair_over_eye: Limit {
                warn: None,
                fail: Some(500),
            },
            headwear: Limit::warning(30),
            skin_beside: Limit::warning(100),
            tilt: Limit::new(50, 80),
            turn: Limit::new(140, 250),
            nod: Limit::new(160, 280),
            eyes_open: Limit::warning(230),
            mouth_open: Limit::warning(50),
            blur: Limit::new(560, 750),
            jpeg_quality: Limit::new(50, 20),
            blockiness: Limit::warning(1_500),
            colourfulness: Limit::new(120, 40),
            skin_hue: Limit::warning(32),
            highlight: Limit::warning(30),
            bright: Limit::new(150, 300),
            dark: Limit {
                warn: None,
                fail: Some(100),
            },
            tones: Limit::warning(600),
            black: Limit::warning(250),
            half_shadow: Limit::new(850, 300),
            red_eye: Limit::warning(150),
            glare: Limit::warning(60),
            lens: Limit::warning(200),
            skin_texture: Limit::warning(40),
            skin_grain: Limit::warning(30),
            bg_spread: Limit::new(120, 250),
            bg_unlike: Limit {
                warn: None,
                fail: Some(250),
            },
            bg_below: Limit::new(150, 500),
            bg_gradient: Limit::new(100, 150),
            bg_rough: Limit::new(25, 40),
            bg_shadow: Limit::warning(80),
        }
    }
}
