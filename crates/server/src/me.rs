//! The personal centre: `/me`.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpResponse, delete, get, patch, post};
use chrono::{DateTime, Utc};
use domain::AuditEventId;
use serde::{Deserialize, Serialize};
use service::Context;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::cookie;
use crate::extract::{Caller, Student};
use crate::json_body::Body;
use crate::login::SmsChallenge;
use crate::page::{PageQuery, Paged, pages};
use crate::problem::Fault;
use crate::schema;
use crate::text::Text;

/// Mounts the operations of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(get_me)
        .service(update_me)
        .service(create_consent)
        .service(withdraw_consent)
        .service(create_phone_change)
        .service(confirm_phone_change)
        .service(create_export)
        .service(list_access_log);
}

/// The caller's account.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Me {
    /// The account.
    #[schema(value_type = schema::AccountId)]
    id: String,
    /// The phone, masked: `138****8000`.
    #[schema(examples("138****8000"))]
    phone: String,
    /// `zh-CN` or `en`.
    #[schema(value_type = schema::Language)]
    language: String,
    /// For messages.
    #[schema(required = true, max_length = 254, examples("li.hua@example.edu.cn"))]
    email: Option<String>,
    /// For prints.
    #[schema(required = true, max_length = 200, examples("北京市海淀区学院路38号"))]
    address: Option<String>,
    /// The consents that hold now.
    consents: Vec<ConsentView>,
    /// Whether the account gets another number soon, since somebody reported its phone as lost; `list_phone_recoveries` says
    /// which, and when.
    #[schema(examples(false))]
    has_phone_recovery: bool,
    /// When the account was made.
    #[schema(examples("2026-04-20T08:00:00Z"))]
    created_at: DateTime<Utc>,
    /// Changes with every change; send it back with a change.
    #[schema(minimum = 1, examples(3))]
    version: i32,
}

/// A consent that holds.
#[derive(Debug, Serialize, ToSchema)]
struct ConsentView {
    /// `service_agreement` or `face_photo`.
    #[schema(value_type = schema::AgreementDocument)]
    document: String,
    /// The version that was agreed to.
    #[schema(value_type = schema::AgreementVersion)]
    version: String,
    /// Whether this is the current version.
    #[schema(examples(true))]
    is_current: bool,
    /// When.
    #[schema(examples("2026-04-20T08:00:00Z"))]
    granted_at: DateTime<Utc>,
}

impl From<service::me::Me> for Me {
    fn from(me: service::me::Me) -> Self {
        let consent = |consent: domain::agreement::Consent| ConsentView {
            document: consent.document.as_str().to_owned(),
            is_current: consent.is_current(),
            version: consent.version,
            granted_at: consent.granted_at,
        };
        Self {
            id: me.id.to_string(),
            phone: me.phone.masked(),
            language: me.language.tag().to_owned(),
            email: me.contact.email,
            address: me.contact.address,
            consents: me.consents.into_iter().map(consent).collect(),
            has_phone_recovery: me.has_phone_recovery,
            created_at: me.created_at,
            version: me.version,
        }
    }
}

/// Read my account
#[utoipa::path(tag = "me", operation_id = "get_me", security(("session" = [])),
    responses((status = 200, body = Me, description = "The account."), answers::Reader))]
#[get("/me")]
async fn get_me(context: Data<Context>, student: Student) -> Result<Json<Me>, Fault> {
    Ok(Json(service::me::get(&context, &student).await?.into()))
}

/// The data that a person can change.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MeChange {
    /// `zh-CN` or `en`.
    #[schema(value_type = schema::Language)]
    language: String,
    /// Empty for none.
    #[schema(max_length = 254, examples("li.hua@example.edu.cn"))]
    email: String,
    /// Empty for none.
    #[schema(max_length = 200, examples("北京市海淀区学院路38号"))]
    address: String,
    /// The version that was read.
    #[schema(minimum = 1, examples(3))]
    version: i32,
}

/// Change my language and contact data
#[utoipa::path(tag = "me", operation_id = "update_me", request_body = MeChange, security(("session" = [])),
    responses((status = 200, body = Me, description = "The account as it is now."),
        answers::Session, answers::Body, answers::State))]
#[patch("/me")]
async fn update_me(
    context: Data<Context>,
    student: Student,
    body: Body<MeChange>,
) -> Result<Json<Me>, Fault> {
    let change = service::me::Change {
        language: &body.language,
        email: &body.email,
        address: &body.address,
        version: body.version,
    };
    service::me::update(&context, &student, change).await?;
    Ok(Json(service::me::get(&context, &student).await?.into()))
}

/// Agreement to a document.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewConsent {
    /// `service_agreement` or `face_photo`.
    #[schema(value_type = schema::AgreementDocument)]
    document: String,
    /// The version that the person read.
    #[schema(value_type = schema::AgreementVersion)]
    version: String,
}

/// Agree to a document
#[utoipa::path(tag = "me", operation_id = "create_consent", request_body = NewConsent, security(("session" = [])),
    responses((status = 204, description = "Stored with version and time."), answers::Session, answers::Body))]
#[post("/me/consents")]
async fn create_consent(
    context: Data<Context>,
    student: Student,
    body: Body<NewConsent>,
) -> Result<HttpResponse, Fault> {
    service::consent::grant(&context, &student, &body.document, &body.version).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// A document in the path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct ConsentPath {
    /// `face_photo`.
    #[param(value_type = schema::AgreementDocument, inline)]
    document: String,
}

/// Withdraw the consent to handle my portrait
#[utoipa::path(tag = "me", operation_id = "withdraw_consent", params(ConsentPath), security(("session" = [])),
    responses((status = 204, description = "Withdrawn; photos are no longer handled."),
        answers::Session, answers::Missing))]
#[delete("/me/consents/{document}")]
async fn withdraw_consent(
    context: Data<Context>,
    student: Student,
    path: Path<ConsentPath>,
) -> Result<HttpResponse, Fault> {
    service::consent::withdraw(&context, &student, &path.document).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// A change of phone.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewPhoneChange {
    /// The account's number, typed in full.
    #[schema(min_length = 1, max_length = 40, examples("13800138000"))]
    old_phone: String,
    /// The number to change to.
    #[schema(min_length = 1, max_length = 40, examples("13900139000"))]
    new_phone: String,
    /// The token of a captcha, where one is asked for: a solved challenge as JSON in base 64.
    #[serde(default)]
    #[schema(max_length = 4096, value_type = Option<String>, examples("eyJhbGdvcml0aG0iOiJTSEEtMjU2In0="))]
    captcha_token: Option<Text<4096>>,
}

/// A change of phone in progress: a code is on its way to either number.
#[derive(Debug, Serialize, ToSchema)]
struct PhoneChange {
    /// Names the change when the codes are typed.
    #[schema(value_type = schema::PhoneChangeId)]
    id: String,
    /// The code to the old number.
    old: SmsChallenge,
    /// The code to the new number.
    new: SmsChallenge,
}

/// Begin a change of phone: a code goes to either number
#[utoipa::path(tag = "me", operation_id = "create_phone_change", request_body = NewPhoneChange, security(("session" = [])),
    responses((status = 202, body = PhoneChange, description = "Both codes are on their way."),
        answers::Session, answers::Body, answers::Outside))]
#[post("/me/phone-changes")]
async fn create_phone_change(
    context: Data<Context>,
    student: Student,
    caller: Caller,
    body: Body<NewPhoneChange>,
) -> Result<HttpResponse, Fault> {
    let ask = service::phone_change::PhoneChangeRequest {
        old_phone: &body.old_phone,
        new_phone: &body.new_phone,
        captcha_token: body.captcha_token.as_deref(),
    };
    let begun = service::phone_change::begin(&context, &student, &caller.0, ask).await?;
    Ok(HttpResponse::Accepted()
        .cookie(cookie::browser(&caller.0.browser))
        .json(PhoneChange {
            id: begun.id.to_string(),
            old: begun.old.into(),
            new: begun.new.into(),
        }))
}

/// A change of phone in the path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct PhoneChangePath {
    /// The change.
    #[param(value_type = schema::PhoneChangeId, inline)]
    phone_change_id: String,
}

/// The codes that came to both numbers.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PhoneChangeCodes {
    /// The six digits sent to the old number.
    #[schema(value_type = schema::SmsCode)]
    old_code: String,
    /// The six digits sent to the new number.
    #[schema(value_type = schema::SmsCode)]
    new_code: String,
}

/// Finish a change of phone; all sessions end
#[utoipa::path(tag = "me", operation_id = "confirm_phone_change", params(PhoneChangePath),
    request_body = PhoneChangeCodes, security(("session" = [])),
    responses((status = 204, description = "Changed; log in with the new number."),
        (status = 410, body = crate::problem::Problem, content_type = "application/problem+json",
            description = "A code or the change itself is too old, used or burnt."),
        answers::Session, answers::Body, answers::State))]
#[post("/me/phone-changes/{phone_change_id}/confirm")]
async fn confirm_phone_change(
    context: Data<Context>,
    student: Student,
    caller: Caller,
    path: Path<PhoneChangePath>,
    body: Body<PhoneChangeCodes>,
) -> Result<HttpResponse, Fault> {
    let codes = service::phone_change::Codes {
        old: &body.old_code,
        new: &body.new_code,
    };
    service::phone_change::confirm(&context, &student, &caller.0, &path.phone_change_id, codes)
        .await?;
    Ok(cookie::clear(HttpResponse::NoContent()).finish())
}

/// Everything that is stored about the caller.
#[derive(Debug, Serialize, ToSchema)]
struct Export {
    /// When it was drawn up.
    #[schema(examples("2026-04-20T08:00:00Z"))]
    made_at: DateTime<Utc>,
    /// The data, by kind; photos by their address.
    #[schema(value_type = schema::ExportData, inline)]
    data: serde_json::Value,
}

/// Export everything that is stored about me
#[utoipa::path(tag = "me", operation_id = "create_export", security(("session" = [])),
    responses((status = 200, body = Export, description = "The data."), answers::Session))]
#[post("/me/exports")]
async fn create_export(context: Data<Context>, student: Student) -> Result<Json<Export>, Fault> {
    let export = Box::pin(service::overview::export(&context, &student)).await?;
    Ok(Json(Export {
        made_at: export.made_at,
        data: export.data,
    }))
}

/// Somebody looked at or changed something of the caller's.
#[derive(Debug, Serialize, ToSchema)]
struct AccessView {
    /// When.
    #[schema(examples("2026-04-20T08:00:00Z"))]
    at: DateTime<Utc>,
    /// `self`, `staff`, `operator`, `integrator`, `system`, or `visitor` for somebody who was not logged in.
    #[schema(value_type = schema::Actor)]
    actor: String,
    /// What, such as `photo.viewed`.
    #[schema(pattern = "^[a-z_]+([.][a-z_]+)+$", examples("photo.viewed"))]
    action: String,
    /// Why, where a reason was asked for.
    #[schema(required = true, examples("学生来电咨询"))]
    reason: Option<String>,
}

pages! {
    /// A page of the access log, newest first.
    AccessLog of AccessView;
}

/// See who looked at my data
#[utoipa::path(tag = "me", operation_id = "list_access_log", params(PageQuery), security(("session" = [])),
    responses((status = 200, body = AccessLog, description = "A page, newest first."), answers::Reader, answers::Page))]
#[get("/me/access-log")]
async fn list_access_log(
    context: Data<Context>,
    student: Student,
    page: Paged<AuditEventId>,
) -> Result<Json<AccessLog>, Fault> {
    let log = service::me::access_log(&context, &student, &page.0).await?;
    Ok(Json(AccessLog::new(log, |entry| AccessView {
        at: entry.at,
        actor: entry.actor,
        action: entry.action,
        reason: entry.reason,
    })))
}
