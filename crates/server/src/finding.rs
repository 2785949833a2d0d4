//! What was found on a photo, as answers tell it.

use domain::submitted_photo::StoredFinding;
use serde::Serialize;
use utoipa::ToSchema;

use crate::schema;

/// Something that was found on a photo.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FindingView {
    /// What, such as `too_small_px`; stable.
    #[schema(value_type = schema::FindingCode)]
    pub(crate) code: String,
    /// `fail` or `warn`; on a photo that was taken, `fail` is what its student contests in the note.
    #[schema(value_type = schema::Severity)]
    pub(crate) severity: String,
    /// What was measured; null where there is no number.
    #[schema(required = true, examples(400))]
    pub(crate) measured: Option<i64>,
    /// The least that is allowed.
    #[schema(required = true, examples(480))]
    pub(crate) min: Option<i64>,
    /// The most that is allowed.
    #[schema(required = true, examples(10_485_760))]
    pub(crate) max: Option<i64>,
    /// The unit of the numbers.
    #[schema(value_type = schema::Unit)]
    pub(crate) unit: String,
}

impl From<&StoredFinding> for FindingView {
    fn from(finding: &StoredFinding) -> Self {
        let bounds = finding.allowed;
        Self {
            code: finding.code.clone(),
            severity: finding.severity.clone(),
            measured: finding.measured,
            min: bounds.and_then(|bounds| bounds.min),
            max: bounds.and_then(|bounds| bounds.max),
            unit: finding.unit.clone(),
        }
    }
}

impl From<&photo::Finding> for FindingView {
    fn from(finding: &photo::Finding) -> Self {
        let bounds = finding.allowed;
        Self {
            code: finding.code.to_string(),
            severity: schema::word(finding.severity),
            measured: finding.measured,
            min: bounds.and_then(|bounds| bounds.min),
            max: bounds.and_then(|bounds| bounds.max),
            unit: schema::word(finding.unit),
        }
    }
}
