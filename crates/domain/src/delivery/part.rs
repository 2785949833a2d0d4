//! A part of a package: an archive of its own, for receivers whose systems take no larger one.

use serde::{Deserialize, Serialize};

/// The most parts; the last one holds whatever is left.
pub const MOST_PARTS: usize = 999;

/// An archive of a package that comes as several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryPart {
    /// Its length.
    pub bytes: u64,
    /// SHA-256, in hexadecimal digits.
    pub sha256: String,
}
