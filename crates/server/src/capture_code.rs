//! Verification by an image-capture code: `/tasks/{task_id}/capture-codes`.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, post};
use data_encoding::BASE64;
use domain::{FieldError, ProblemCode, Refusal};
use serde::Deserialize;
use service::Context;
use service::capture_code::GivenCode;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::enrolment::EnrolmentView;
use crate::extract::Student;
use crate::json_body::LargeBody;
use crate::path::TaskPath;
use crate::problem::{Fault, lang_of};
use crate::text::Text;

/// Mounts the operation of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(create_capture_enrolment);
}

/// An image-capture code: its text or a picture of it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CaptureCodeInput {
    /// Its text, where there is no picture.
    #[serde(default)]
    #[schema(max_length = 1_024, value_type = Option<String>, examples("GPCC1.eyJzY2hvb2wiOiI5OTkwMSJ9.c2ln"))]
    code: Option<Text<1_024>>,
    /// A picture of it in Base64, where there is no text: JPEG or PNG, at most 1.4 MB and 25 megapixels.
    #[serde(default)]
    #[schema(
        max_length = 1_900_000,
        examples(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP6DwABBQECz6AuzQAAAABJRU5ErkJggg=="
        )
    )]
    image: Option<String>,
}

impl CaptureCodeInput {
    fn given(self) -> Result<GivenCode, Refusal> {
        match (self.code, self.image) {
            (Some(code), None) => Ok(GivenCode::Text((*code).to_owned())),
            (None, Some(image)) => {
                let file = BASE64.decode(image.as_bytes()).map_err(|_| {
                    let error = FieldError::new("/image", ProblemCode::RequestFieldUnreadable);
                    Refusal::field(error.with("field", "image"))
                })?;
                Ok(GivenCode::Picture(file))
            }
            (Some(_), Some(_)) | (None, None) => {
                let error = FieldError::new("/code", ProblemCode::CaptureGiven);
                Err(Refusal::field(error))
            }
        }
    }
}

/// Verify by an image-capture code
///
/// For tasks whose `identity` is `capture_code`. The code names the student and is signed by its issuer, so that no list is
/// needed: a student who is not on the task's list is put on it. A code counts for one account.
#[utoipa::path(tag = "enrolments", operation_id = "create_capture_enrolment", params(TaskPath), request_body = CaptureCodeInput,
    security(("session" = [])),
    responses((status = 201, body = EnrolmentView, description = "Verified; the same code again gives the same enrolment."),
        answers::Session, answers::Missing, answers::Body, answers::State))]
#[post("/tasks/{task_id}/capture-codes")]
async fn create_capture_enrolment(
    context: Data<Context>,
    student: Student,
    path: Path<TaskPath>,
    body: LargeBody<CaptureCodeInput>,
    request: HttpRequest,
) -> Result<HttpResponse, Fault> {
    let given = body.into_inner().given()?;
    let enrolment = Box::pin(service::capture_code::enrol(
        &context,
        &student,
        &path.task_id,
        given,
    ))
    .await?;
    let id = enrolment.id.to_string();
    let enrolment = service::overview::enrolment(&context, &student, &id).await?;
    Ok(HttpResponse::Created().json(EnrolmentView::new(enrolment, lang_of(&request))))
}
