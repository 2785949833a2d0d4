//! The pictures of a photo, as they are sent out.

use crate::object::Content;

/// A picture to send out.
#[derive(Debug)]
pub struct Image {
    /// `image/jpeg` or `image/png`.
    pub media_type: &'static str,
    /// The file.
    pub content: Content,
}
