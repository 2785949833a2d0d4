//! How the colours of a file become those of sRGB.

use super::facts::ColourSpace;
use super::icc::{Primaries, Profile, is_grey};

/// How the colours of a file become those of sRGB.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Conversion {
    /// They are those of sRGB, or nothing else is known.
    None,
    /// From Display P3.
    DisplayP3,
    /// From the colours of this profile.
    Profile(Box<Profile>),
    /// They are others, and how they become those of sRGB is not known.
    Unknown,
}

impl Conversion {
    /// What is told of the file.
    pub(super) fn colour_space(&self) -> ColourSpace {
        match self {
            Self::None => ColourSpace::Srgb,
            Self::DisplayP3 | Self::Profile(_) => ColourSpace::Converted,
            Self::Unknown => ColourSpace::Unknown,
        }
    }

    /// How colours of this profile become those of sRGB.
    pub(super) fn of_profile(profile: &[u8]) -> Self {
        if is_grey(profile) {
            // Shades of grey have no colours to convert; their curves differ little.
            return Self::None;
        }
        let Some(profile) = Profile::read(profile) else {
            return Self::Unknown;
        };
        match profile.nearest() {
            Some(Primaries::Srgb) if profile.has_srgb_curve() => Self::None,
            Some(Primaries::DisplayP3) if profile.has_srgb_curve() => Self::DisplayP3,
            Some(Primaries::Srgb | Primaries::DisplayP3) | None => Self::Profile(Box::new(profile)),
        }
    }
}
