//! Why a photo may not be accepted, as far as a machine can tell.

use serde::{Deserialize, Serialize};

/// Writes the words once: the enum, its words and the list of all.
macro_rules! reasons {
    ($($(#[$text:meta])* $name:ident = $word:literal,)*) => {
        /// The automatic reason codes, in the order of the table in `docs/sources.md#photo-reason-codes`; stored and
        /// sent by their words. Those that only people find, `distorted` among them, have no variant here.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Reason {
            $($(#[$text])* #[serde(rename = $word)] $name,)*
        }

        impl Reason {
            /// All of them, in order.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The word that is stored and sent.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)*
                }
            }
        }
    };
}

reasons! {
    /// Neither JPEG nor PNG.
    FileType = "file_type",
    /// Fewer pixels than the result has.
    TooSmallPx = "too_small_px",
    /// Not 3:4, or not inside the picture.
    Aspect = "aspect",
    /// The file is too large, cut off or damaged.
    FileLimit = "file_limit",
    /// A black or white border.
    Border = "border",
    /// No face.
    NoFace = "no_face",
    /// More than one face.
    ManyFaces = "many_faces",
    /// Something before the face.
    FaceCovered = "face_covered",
    /// Top of the head too high or too low.
    HeadTop = "head_top",
    /// Eyes too high or too low.
    EyeLine = "eye_line",
    /// Face too narrow or too wide.
    FaceWidth = "face_width",
    /// Not in the middle.
    NotCentered = "not_centered",
    /// Head tilted.
    Tilt = "tilt",
    /// Background of another colour.
    BgColor = "bg_color",
    /// Background uneven.
    BgUneven = "bg_uneven",
    /// Shadow on the background.
    BgShadow = "bg_shadow",
    /// Something else in the background.
    BgObject = "bg_object",
    /// A hand or a thing beside the face or at the shoulders.
    HandOrObject = "hand_or_object",
    /// Bright spots on the face.
    Highlight = "highlight",
    /// One half of the face in shadow.
    HalfShadow = "half_shadow",
    /// Too dark or too bright.
    DarkBright = "dark_bright",
    /// Red eyes.
    RedEye = "red_eye",
    /// Not sharp.
    Blur = "blur",
    /// Compressed too much.
    LowQuality = "low_quality",
    /// The file names a colour profile that is not known, so that its colours may be wrong.
    ColourProfile = "colour_profile",
    /// The result has more or fewer bytes than usual.
    ResultSize = "result_size",
    /// Grey, or with a strong cast.
    ColourCast = "colour_cast",
    /// Eyes closed.
    EyesClosed = "eyes_closed",
    /// Mouth open.
    MouthOpen = "mouth_open",
    /// Head turned away, up or down.
    NotFrontal = "not_frontal",
    /// Hair in the face.
    Hair = "hair",
    /// Reflections on glasses.
    GlassesGlare = "glasses_glare",
    /// Dark or mirrored glasses.
    TintedLens = "tinted_lens",
    /// Something on the head.
    Headwear = "headwear",
    /// Skin smoothed.
    Retouched = "retouched",
}

impl Reason {
    /// Whether it is a fact about the file or the frame: its format, colour model, size, dimensions, or damage. Of these
    /// a machine has the last word, since it counts them and nobody could print from such a file. All else is told from
    /// what the picture shows, where a machine can be wrong and a person decides.
    pub fn is_of_file(self) -> bool {
        matches!(
            self,
            Self::FileType | Self::TooSmallPx | Self::Aspect | Self::FileLimit
        )
    }
}

impl std::fmt::Display for Reason {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.as_str())
    }
}
