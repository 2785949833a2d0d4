//! What is shown of a photo: what was found on it, and its pictures.

use domain::submitted_photo::StoredFinding;

use crate::object::Content;

/// Something that was found on a photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The reason code.
    pub code: String,
    /// `fail` or `warn`.
    pub severity: String,
    /// What was measured.
    pub measured: Option<i64>,
    /// The least that is allowed.
    pub min: Option<i64>,
    /// The most that is allowed.
    pub max: Option<i64>,
    /// The unit of the numbers.
    pub unit: String,
}

impl From<StoredFinding> for Finding {
    fn from(stored: StoredFinding) -> Self {
        Self {
            code: stored.code,
            severity: stored.severity,
            measured: stored.measured,
            min: stored.allowed.and_then(|allowed| allowed.min),
            max: stored.allowed.and_then(|allowed| allowed.max),
            unit: stored.unit,
        }
    }
}

/// A picture to send out.
#[derive(Debug)]
pub struct Image {
    /// `image/jpeg` or `image/png`.
    pub media_type: &'static str,
    /// The file.
    pub content: Content,
}
