//! Answers of the control API.

use std::fmt::Display;

use actix_web::HttpResponse;
use serde_json::json;

/// An error with its words.
pub(super) fn error(
    mut answer: actix_web::HttpResponseBuilder,
    error: &impl Display,
) -> HttpResponse {
    answer.json(json!({ "error": error.to_string() }))
}
