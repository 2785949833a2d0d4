//! Tables that are sent as files.

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use domain::sheet::SheetFormat;
use serde::Deserialize;
use service::sheet::SheetFile;
use utoipa::IntoParams;

use crate::schema;

/// How a table is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SheetQuery {
    /// `csv` or `xlsx`.
    #[param(value_type = schema::SheetFormat, inline)]
    pub(crate) format: SheetFormat,
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
