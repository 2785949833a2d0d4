//! Changes of number after a report of a lost phone, for the account's owner: `/me/phone-recoveries`.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpResponse, get, post};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use service::Context;
use service::lost_phone::PhoneRecovery;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::extract::Student;
use crate::problem::Fault;
use crate::schema;

/// Mounts the operations of this file.
pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_phone_recoveries)
        .service(refuse_phone_recovery);
}

/// A change of number that is under way.
#[derive(Debug, Serialize, ToSchema)]
struct PhoneRecoveryView {
    /// The reference of the report that asked for it.
    #[schema(value_type = schema::LostPhoneReference)]
    reference: String,
    /// The new number, masked.
    #[schema(examples("139****9007"))]
    new_phone: String,
    /// When the account gets it.
    #[schema(examples("2026-04-22T08:00:00Z"))]
    effective_at: DateTime<Utc>,
}

impl From<PhoneRecovery> for PhoneRecoveryView {
    fn from(recovery: PhoneRecovery) -> Self {
        Self {
            reference: recovery.reference.to_string(),
            new_phone: recovery.new_phone,
            effective_at: recovery.effective_at,
        }
    }
}

/// The changes of number that are under way.
#[derive(Debug, Serialize, ToSchema)]
struct PhoneRecoveryList {
    /// The newest first; usually none.
    #[schema(max_items = 10)]
    items: Vec<PhoneRecoveryView>,
}

/// List the changes of number that were approved for my account
///
/// Somebody reported that they lost the account's number, and two members of staff approved it. Until it takes effect, whoever
/// has the old number can refuse it.
#[utoipa::path(tag = "me", operation_id = "list_phone_recoveries", security(("session" = [])),
    responses((status = 200, body = PhoneRecoveryList, description = "Those that have not taken effect."), answers::Reader))]
#[get("/me/phone-recoveries")]
async fn list_phone_recoveries(
    context: Data<Context>,
    student: Student,
) -> Result<Json<PhoneRecoveryList>, Fault> {
    let found = service::lost_phone::list_own(&context, &student).await?;
    Ok(Json(PhoneRecoveryList {
        items: found.into_iter().map(Into::into).collect(),
    }))
}

/// A change of number in the path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct PhoneRecoveryPath {
    /// The reference of the report that asked for it.
    #[param(value_type = schema::LostPhoneReference, inline)]
    lost_phone_reference: String,
}

/// Refuse a change of number
///
/// The account keeps its number.
#[utoipa::path(tag = "me", operation_id = "refuse_phone_recovery", params(PhoneRecoveryPath), security(("session" = [])),
    responses((status = 204, description = "Refused."), answers::Session, answers::Missing))]
#[post("/me/phone-recoveries/{lost_phone_reference}/refuse")]
async fn refuse_phone_recovery(
    context: Data<Context>,
    student: Student,
    path: Path<PhoneRecoveryPath>,
) -> Result<HttpResponse, Fault> {
    service::lost_phone::refuse(&context, &student, &path.lost_phone_reference).await?;
    Ok(HttpResponse::NoContent().finish())
}
