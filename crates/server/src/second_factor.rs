//! The second factor of staff: `/auth/second-factor`, `/auth/totp-device`, `/auth/recovery-codes`.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, post};
use domain::{FieldError, ProblemCode, Refusal};
use serde::{Deserialize, Serialize};
use service::Context;
use service::staff::SecondFactor;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::extract::Student;
use crate::json_body::Body;
use crate::permitted::AnyFreshStaff;
use crate::problem::Fault;
use crate::text::Text;

/// Mounts the operations of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(create_totp_device)
        .service(confirm_totp_device)
        .service(confirm_second_factor)
        .service(create_recovery_codes);
}

/// A device that is to be set up.
#[derive(Debug, Serialize, ToSchema)]
struct TotpDeviceView {
    /// The secret in base 32, to be typed into an authenticator app.
    #[schema(examples("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"))]
    secret: String,
    /// The same as an address, to be drawn as a QR code.
    #[schema(examples(
        "otpauth://totp/gradphoto:138?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=gradphoto"
    ))]
    uri: String,
}

/// Begin to set up my authenticator
///
/// It proves nothing until `confirm_totp_device`. A first one is set up within 14 days of the invitation, with a code to the
/// phone alone; to replace one, the second factor must be fresh.
#[utoipa::path(tag = "staff", operation_id = "create_totp_device", security(("session" = [])),
    responses((status = 201, body = TotpDeviceView, description = "The secret, which is shown this once."),
        (status = 410, body = crate::problem::Problem, content_type = "application/problem+json",
            description = "The invitation has expired."),
        answers::StaffSession, answers::State))]
#[post("/auth/totp-device")]
async fn create_totp_device(
    context: Data<Context>,
    student: Student,
) -> Result<HttpResponse, Fault> {
    let device = service::staff::begin_device(&context, &student).await?;
    Ok(HttpResponse::Created().json(TotpDeviceView {
        secret: device.secret,
        uri: device.uri,
    }))
}

/// A code of the device.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TotpCode {
    /// The six digits that the authenticator app shows.
    #[schema(min_length = 1, max_length = 20, value_type = String, examples("492039"))]
    code: Text<20>,
}

/// Codes that stand in for the device.
#[derive(Debug, Serialize, ToSchema)]
struct RecoveryCodes {
    /// Ten codes, each of which works once. They cannot be shown again.
    #[schema(examples("7K3M9-QXT42"))]
    recovery_codes: Vec<String>,
}

/// Finish setting up my authenticator
///
/// The session's second factor is confirmed with it.
#[utoipa::path(tag = "staff", operation_id = "confirm_totp_device", request_body = TotpCode, security(("session" = [])),
    responses((status = 200, body = RecoveryCodes, description = "Set up; the recovery codes are shown this once."),
        answers::StaffSession, answers::Body, answers::State))]
#[post("/auth/totp-device/confirm")]
async fn confirm_totp_device(
    context: Data<Context>,
    student: Student,
    body: Body<TotpCode>,
) -> Result<Json<RecoveryCodes>, Fault> {
    let recovery_codes = service::staff::confirm_device(&context, &student, &body.code).await?;
    Ok(Json(RecoveryCodes { recovery_codes }))
}

/// A second factor: one of both.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SecondFactorProof {
    /// The six digits that the authenticator app shows; each code works once.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 20, value_type = Option<String>, examples("492039"))]
    code: Option<Text<20>>,
    /// A recovery code, where the device is not at hand.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 40, value_type = Option<String>, examples("7K3M9-QXT42"))]
    recovery_code: Option<Text<40>>,
}

impl SecondFactorProof {
    fn factor(&self) -> Result<SecondFactor<'_>, Refusal> {
        match (&self.code, &self.recovery_code) {
            (_, Some(code)) => Ok(SecondFactor::RecoveryCode(code)),
            (Some(code), None) => Ok(SecondFactor::Code(code)),
            (None, None) => {
                let error = FieldError::new("/code", ProblemCode::RequestFieldMissing);
                Err(Refusal::field(error.with("field", "code")))
            }
        }
    }
}

/// Confirm my second factor
///
/// Completes the session of a member of staff after the login by phone; later, what concerns sensitive data needs one that
/// was confirmed within ten minutes. Ten tries at once, and one more every five minutes.
#[utoipa::path(tag = "staff", operation_id = "confirm_second_factor", request_body = SecondFactorProof, security(("session" = [])),
    responses((status = 204, description = "Confirmed."), answers::StaffSession, answers::Body, answers::State))]
#[post("/auth/second-factor")]
async fn confirm_second_factor(
    context: Data<Context>,
    student: Student,
    body: Body<SecondFactorProof>,
) -> Result<HttpResponse, Fault> {
    service::staff::confirm(&context, &student, body.factor()?).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Make new recovery codes
///
/// The earlier ones work no more. Needs a fresh second factor.
#[utoipa::path(tag = "staff", operation_id = "create_recovery_codes", security(("session" = [])),
    responses((status = 201, body = RecoveryCodes, description = "The codes, which are shown this once."), answers::StaffSession))]
#[post("/auth/recovery-codes")]
async fn create_recovery_codes(
    context: Data<Context>,
    staff: AnyFreshStaff,
) -> Result<HttpResponse, Fault> {
    let recovery_codes = service::staff::make_recovery_codes(&context, &staff.0).await?;
    Ok(HttpResponse::Created().json(RecoveryCodes { recovery_codes }))
}
