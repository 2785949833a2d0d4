//! A photo as its owner sees it.

use chrono::{DateTime, Utc};
use domain::PhotoId;
use domain::order::OrderNo;
use domain::photo_state::PhotoState;
use domain::submitted_photo::PhotoReview;
use domain::task::PhotoSource;

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

/// A photo, as its owner sees it.
#[derive(Debug, Clone)]
pub struct Photo {
    /// Its id.
    pub id: PhotoId,
    /// Where it is.
    pub state: PhotoState,
    /// The first, second, … of its student.
    pub number: i32,
    /// When it came.
    pub submitted_at: DateTime<Utc>,
    /// When it came into its state.
    pub state_at: DateTime<Utc>,
    /// How the student came by it, as the browser said.
    pub source: PhotoSource,
    /// `pass`, `warn` or `fail`.
    pub outcome: String,
    /// What was found, worst first.
    pub findings: Vec<Finding>,
    /// What its student wrote to the reviewer.
    pub note: Option<String>,
    /// The decision, where there is one.
    pub review: Option<PhotoReview>,
    /// The order of its student.
    pub order_no: Option<OrderNo>,
}

/// A picture to send out.
#[derive(Debug)]
pub struct Image {
    /// `image/jpeg` or `image/png`.
    pub media_type: &'static str,
    /// The file.
    pub content: Content,
}
