//! Tables that are sent as files.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse};
use domain::sheet::SheetFormat;
use serde::Deserialize;
use service::sheet::{SheetFile, SheetStyle};
use utoipa::IntoParams;

use crate::problem::lang_of;
use crate::schema;

/// How a table is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SheetQuery {
    /// `csv` or `xlsx`.
    #[param(value_type = schema::SheetFormat, inline)]
    format: SheetFormat,
}

impl SheetQuery {
    /// How the table is written for who asks.
    pub(crate) fn style(&self, request: &HttpRequest) -> SheetStyle {
        SheetStyle {
            format: self.format,
            lang: lang_of(request),
        }
    }
}

/// Sends the file; nobody on the way keeps it.
pub(crate) fn send(file: SheetFile) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, file.format.media_type()))
        .insert_header((
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{}\"", file.name),
        ))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(file.bytes)
}
