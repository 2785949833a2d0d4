//! The form in which a photo comes.

use actix_multipart::MultipartError;
use actix_multipart::form::bytes::Bytes as BytesField;
use actix_multipart::form::json::Json as JsonField;
use actix_multipart::form::text::Text as TextField;
use actix_multipart::form::{MultipartForm, MultipartFormConfig};
use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_LENGTH;
use actix_web::{Error, FromRequest, HttpRequest};
use domain::{ProblemCode, Refusal};
use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::extract::multipart_fault;
use crate::problem::Fault;
use crate::schema;

const MEGABYTE: usize = 1024 * 1024;
/// The largest file; `photo`'s own limit, of which a test knows.
const FILE_LIMIT: usize = 10 * MEGABYTE;
/// The largest form: the file and room for the small fields beside it.
const FORM_LIMIT: usize = FILE_LIMIT + 64 * 1024;
/// Of a form that is too large, so much is read before the connection is closed.
const PATIENCE: usize = 64 * MEGABYTE;

/// How large an upload may be in all.
pub(crate) fn form_config() -> MultipartFormConfig {
    MultipartFormConfig::default()
        .total_limit(FORM_LIMIT)
        .memory_limit(FORM_LIMIT)
        .error_handler(|error, _| multipart_fault(&error).into())
}

/// The crop rectangle, in pixels of the upright original.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Frame {
    /// Left edge.
    pub(super) x: u32,
    /// Upper edge.
    pub(super) y: u32,
    /// Width.
    pub(super) width: u32,
    /// Height; 4/3 of the width.
    pub(super) height: u32,
}

/// A photo on its way in.
#[derive(Debug, MultipartForm)]
#[multipart(deny_unknown_fields, duplicate_field = "deny")]
pub(super) struct PhotoForm {
    pub(super) upload_id: TextField<String>,
    pub(super) frame: JsonField<Frame>,
    pub(super) source: Option<TextField<String>>,
    pub(super) note: Option<TextField<String>>,
    #[multipart(limit = "10MiB")]
    pub(super) image: BytesField,
}

/// A photo on its way in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "describes the form to the API document")]
pub(super) struct NewPhoto {
    /// The client's own id of this upload; sending it again makes no second photo.
    #[schema(value_type = schema::UploadId)]
    upload_id: String,
    /// The crop rectangle as JSON: `{"x":…,"y":…,"width":…,"height":…}` in pixels of the upright original.
    #[schema(
        max_length = 200,
        examples("{\"x\":0,\"y\":0,\"width\":480,\"height\":640}")
    )]
    frame: String,
    /// `camera` where it was taken on the photo page, else `file`, which is what nothing means.
    #[schema(value_type = Option<schema::PhotoSource>)]
    source: Option<String>,
    /// A note to the reviewer, at most 200 characters. With at least 5, which say why the automatic check is wrong, a
    /// photo that fails it is taken for a person to decide, unless the file or the frame itself is at fault
    /// (`file_type`, `too_small_px`, `aspect`, `file_limit`).
    #[schema(max_length = 200, examples("背景是白墙，不是灰色。"))]
    note: Option<String>,
    /// JPEG or PNG, at most 10 MB and 40 megapixels.
    #[schema(value_type = String, format = Binary)]
    image: Vec<u8>,
}

/// A form that was read.
#[derive(Debug)]
pub(super) struct PhotoUpload(pub(super) PhotoForm);

impl FromRequest for PhotoUpload {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self, Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        Box::pin(read(request.clone(), payload.take()))
    }
}

async fn read(request: HttpRequest, mut payload: Payload) -> Result<PhotoUpload, Error> {
    if let Some(length) = announced(&request).filter(|length| *length > FORM_LIMIT) {
        drain(payload).await;
        return Err(Fault::from(too_large(length)).into());
    }
    match MultipartForm::<PhotoForm>::from_request(&request, &mut payload).await {
        Ok(form) => Ok(PhotoUpload(form.into_inner())),
        // What is no form at all does not come past the form's own error handler.
        Err(error) => Err(match error.as_error::<MultipartError>() {
            Some(known) => multipart_fault(known).into(),
            None => error,
        }),
    }
}

/// The length of the body, where the client says it.
fn announced(request: &HttpRequest) -> Option<usize> {
    let length = request.headers().get(CONTENT_LENGTH)?;
    length.to_str().ok()?.parse().ok()
}

/// Reads and forgets: who is still sending when the connection closes never sees the answer.
async fn drain(mut payload: Payload) {
    let mut read = 0;
    while let Some(Ok(part)) = payload.next().await {
        read += part.len();
        if read > PATIENCE {
            return;
        }
    }
}

fn too_large(length: usize) -> Refusal {
    Refusal::from(ProblemCode::PhotoTooLarge)
        .with("size_mb", length.div_ceil(MEGABYTE))
        .with("max_mb", FILE_LIMIT / MEGABYTE)
}

#[cfg(test)]
mod tests {
    use super::FILE_LIMIT;

    #[test]
    fn the_form_takes_what_the_checks_take() {
        assert_eq!(photo::Limits::default().max_bytes, FILE_LIMIT as u64);
    }
}
