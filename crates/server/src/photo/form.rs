//! The form in which a photo comes.

use actix_multipart::form::json::Json as JsonField;
use actix_multipart::form::text::Text as TextField;
use actix_multipart::form::{FieldReader, Limits, MultipartForm, MultipartFormConfig};
use actix_multipart::{Field, MultipartError};
use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_LENGTH;
use actix_web::web::Data;
use actix_web::{Error, FromRequest, HttpRequest};
use domain::{ProblemCode, Refusal};
use futures_util::TryStreamExt;
use futures_util::future::{LocalBoxFuture, Ready, ready};
use serde::{Deserialize, Serialize};
use service::Context;
use service::photo::{Spool, SpooledFile};
use utoipa::ToSchema;

use crate::extract::multipart_fault;
use crate::problem::{BUSY_RETRY_S, Fault};
use crate::schema;

const MEGABYTE: usize = 1024 * 1024;
/// The largest file; `photo`'s own limit, of which a test knows.
const FILE_LIMIT: usize = 10 * MEGABYTE;
/// The largest form: the file and room for the small fields beside it.
const FORM_LIMIT: usize = FILE_LIMIT + 64 * 1024;
/// All fields but the file.
const FIELDS_LIMIT: usize = FORM_LIMIT - FILE_LIMIT;

/// How large an upload may be in all.
pub(crate) fn form_config() -> MultipartFormConfig {
    MultipartFormConfig::default()
        .total_limit(FORM_LIMIT)
        .memory_limit(FIELDS_LIMIT)
        .error_handler(|error, _| multipart_fault(&error).into())
}

/// The crop rectangle, in pixels of the upright original.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Frame {
    /// Left edge.
    #[schema(minimum = 0, examples(10))]
    x: u32,
    /// Upper edge.
    #[schema(minimum = 0, examples(20))]
    y: u32,
    /// Width.
    #[schema(minimum = 1, examples(1200))]
    width: u32,
    /// Height; 4/3 of the width.
    #[schema(minimum = 1, examples(1600))]
    height: u32,
}

impl From<Frame> for photo::Crop {
    fn from(frame: Frame) -> Self {
        Self {
            x: frame.x,
            y: frame.y,
            width: frame.width,
            height: frame.height,
        }
    }
}

impl From<photo::Crop> for Frame {
    fn from(crop: photo::Crop) -> Self {
        Self {
            x: crop.x,
            y: crop.y,
            width: crop.width,
            height: crop.height,
        }
    }
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
    pub(super) image: SpooledImage,
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

/// The file of a form, which is not kept in memory.
#[derive(Debug)]
pub(super) struct SpooledImage(pub(super) SpooledFile);

impl<'t> FieldReader<'t> for SpooledImage {
    type Future = LocalBoxFuture<'t, Result<Self, MultipartError>>;

    fn read_field(request: &'t HttpRequest, field: Field, limits: &'t mut Limits) -> Self::Future {
        Box::pin(spool(request, field, limits))
    }
}

async fn spool(
    request: &HttpRequest,
    mut field: Field,
    limits: &mut Limits,
) -> Result<SpooledImage, MultipartError> {
    let context = request.app_data::<Data<Context>>();
    let context = context.ok_or(MultipartError::Incomplete)?;
    let not_stored = |error: std::io::Error| {
        if let Some(count) = context.warnings_to_write("an uploaded file could not be stored") {
            tracing::warn!(%error, log.count = count, "An uploaded file could not be stored: {error}");
        }
        MultipartError::Field {
            name: "image".to_owned(),
            source: Fault::from(not_now()).into(),
        }
    };
    let mut spool = Spool::create(&context.settings.upload_folder).map_err(not_stored)?;
    while let Some(part) = field.try_next().await? {
        limits.try_consume_limits(part.len(), false)?;
        spool.append(&part).await.map_err(not_stored)?;
    }
    Ok(SpooledImage(spool.finish().await.map_err(not_stored)?))
}

/// A form that is not read yet.
pub(super) struct UnreadForm {
    request: HttpRequest,
    payload: Payload,
}

impl FromRequest for UnreadForm {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        ready(Ok(Self {
            request: request.clone(),
            payload: payload.take(),
        }))
    }
}

impl UnreadForm {
    /// Reads the form, and the file in it into a temporary file.
    pub(super) async fn read(mut self) -> Result<PhotoForm, Error> {
        let request = &self.request;
        if let Some(length) = announced(request).filter(|length| *length > FORM_LIMIT) {
            return Err(Fault::from(too_large(length)).into());
        }
        match MultipartForm::<PhotoForm>::from_request(request, &mut self.payload).await {
            Ok(form) => Ok(form.into_inner()),
            // What is no form at all does not come past the form's own error handler.
            Err(error) => Err(match error.as_error::<MultipartError>() {
                Some(known) => multipart_fault(known).into(),
                None => error,
            }),
        }
    }
}

/// The length of the body, where the client says it.
fn announced(request: &HttpRequest) -> Option<usize> {
    let length = request.headers().get(CONTENT_LENGTH)?;
    length.to_str().ok()?.parse().ok()
}

/// The file cannot be stored at this moment.
fn not_now() -> Refusal {
    Refusal {
        retry_after_s: Some(BUSY_RETRY_S),
        ..ProblemCode::ServerBusy.into()
    }
}

fn too_large(length: usize) -> Refusal {
    Refusal::from(ProblemCode::PhotoTooLarge)
        .with("size_mb", length.div_ceil(MEGABYTE))
        .with("max_mb", FILE_LIMIT / MEGABYTE)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn the_form_takes_what_the_checks_take() {
        assert_eq!(photo::Limits::default().max_bytes, FILE_LIMIT as u64);
    }

    #[rstest]
    #[case::one_byte_too_many(FILE_LIMIT + 1, "11")]
    #[case::whole_megabytes(12 * MEGABYTE, "12")]
    fn the_size_of_a_file_that_is_too_large_is_rounded_up(
        #[case] length: usize,
        #[case] megabytes: &str,
    ) {
        let refusal = too_large(length);
        assert_eq!(refusal.code, ProblemCode::PhotoTooLarge);
        let facts = [
            ("size_mb", megabytes.to_owned()),
            ("max_mb", "10".to_owned()),
        ];
        assert_eq!(refusal.facts, facts);
    }

    #[rstest]
    #[case::number("1024", Some(1024))]
    #[case::nothing("0", Some(0))]
    #[case::negative("-1", None)]
    #[case::no_number("many", None)]
    #[case::too_large("99999999999999999999999", None)]
    fn a_length_is_read_where_it_is_a_number(
        #[case] header: &str,
        #[case] expected: Option<usize>,
    ) {
        let request = TestRequest::get().insert_header((CONTENT_LENGTH, header));
        assert_eq!(announced(&request.to_http_request()), expected);
    }
}
