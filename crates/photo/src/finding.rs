//! One rule that a photo does not keep: which, how bad it is, what was measured and what is allowed.

use serde::{Deserialize, Serialize};

use crate::reason::Reason;

/// How bad a finding is, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The photo cannot be accepted, unless a person says that the check is wrong.
    Fail,
    /// A person decides.
    Warn,
}

/// One rule that is not kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule.
    pub code: Reason,
    /// How bad it is.
    pub severity: Severity,
    /// What was measured, in `unit`; absent where nothing could be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measured: Option<i64>,
    /// What is allowed, in `unit`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed: Option<Allowed>,
    /// The unit of the numbers.
    pub unit: Unit,
}

impl Finding {
    /// Whether the photo cannot be accepted for it, whatever a person says.
    pub fn is_final(&self) -> bool {
        self.severity == Severity::Fail && self.code.is_of_file()
    }
}

/// The bounds of a rule, both allowed; an absent one does not bind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allowed {
    /// The least.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
    /// The most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<i64>,
}

/// Declares the enumeration once: its variants and the list of all.
macro_rules! units {
    ($($(#[doc = $text:literal])+ $name:ident,)+) => {
        /// What the numbers of a finding count.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Unit { $($(#[doc = $text])+ $name,)+ }

        impl Unit {
            /// Every unit.
            pub const ALL: &[Self] = &[$(Self::$name),+];
        }
    };
}

units! {
    /// Nothing: there is no number.
    Uncounted,
    /// Bytes.
    Bytes,
    /// Pixels of the original, in all.
    Pixels,
    /// Pixels of the original, across.
    PxWide,
    /// Pixels of the original, down.
    PxHigh,
    /// Pixels of the original, thick.
    PxThick,
    /// Thousandths of width / height.
    PermilleWidthToHeight,
    /// Pixels of the result, from its top edge.
    PxFromTop,
    /// Pixels of the result, across the face.
    PxAcross,
    /// Pixels of the result, from its middle to the right.
    PxRight,
    /// Faces.
    Faces,
    /// Tenths of a degree, clockwise in the picture.
    TenthDegrees,
    /// Tenths of a degree, towards the right of the picture, which is the left of who is seen in it.
    TenthDegreesRight,
    /// Tenths of a degree, upwards.
    TenthDegreesUp,
    /// Degrees of hue.
    Degrees,
    /// Thousandths.
    Permille,
    /// Thousandths of the face that are nearly black.
    PermilleBlack,
    /// Tenths, of a number without a unit.
    Tenths,
    /// Hundredths of a bit.
    HundredthBits,
    /// Tenths of CIE 1976 ΔE or L*.
    TenthDeltaE,
    /// Quality of a JPEG, 1 to 100.
    Quality,
}
