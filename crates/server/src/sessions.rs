//! Where the caller is logged in: `/me/sessions`.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpResponse, delete, get};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use service::Context;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::cookie;
use crate::extract::Student;
use crate::problem::Fault;
use crate::schema;

/// Mounts the operations of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    // The word `others` is no id, so its route comes first.
    config
        .service(list_sessions)
        .service(end_other_sessions)
        .service(end_session)
        .service(end_all_sessions);
}

/// A session that has not ended.
#[derive(Debug, Serialize, ToSchema)]
struct OpenSession {
    /// Its id.
    #[schema(value_type = schema::SessionId)]
    id: String,
    /// The browser's family: `wechat`, `alipay`, `dingtalk`, `qq`, `uc`, `quark`, `xiaomi`, `huawei`, `samsung`, `edge`,
    /// `opera`, `firefox`, `chrome`, `safari` or `other`.
    #[schema(value_type = schema::BrowserFamily)]
    browser: String,
    /// The operating system's family: `harmony`, `android`, `iphone`, `ipad`, `windows`, `mac`, `linux` or `other`.
    #[schema(value_type = schema::SystemFamily)]
    system: String,
    /// When the person logged in.
    #[schema(examples("2026-04-20T08:00:00Z"))]
    began_at: DateTime<Utc>,
    /// When it was last refreshed, which happens every ten minutes of use.
    #[schema(examples("2026-04-20T09:00:00Z"))]
    last_used_at: DateTime<Utc>,
    /// Whether it is the one of this request.
    #[schema(examples(true))]
    is_current: bool,
}

impl From<service::session::OpenSession> for OpenSession {
    fn from(open: service::session::OpenSession) -> Self {
        Self {
            id: open.id.to_string(),
            browser: open.device.browser.as_str().to_owned(),
            system: open.device.system.as_str().to_owned(),
            began_at: open.began_at,
            last_used_at: open.last_used_at,
            is_current: open.is_current,
        }
    }
}

/// Where the caller is logged in.
#[derive(Debug, Serialize, ToSchema)]
struct OpenSessions {
    /// The last used first; at most 20.
    items: Vec<OpenSession>,
}

/// List where I am logged in
#[utoipa::path(tag = "me", operation_id = "list_sessions", security(("session" = [])),
    responses((status = 200, body = OpenSessions, description = "The last used first."), answers::Reader))]
#[get("/me/sessions")]
async fn list_sessions(
    context: Data<Context>,
    student: Student,
) -> Result<Json<OpenSessions>, Fault> {
    let items = service::session::list(&context, &student).await?;
    Ok(Json(OpenSessions {
        items: items.into_iter().map(Into::into).collect(),
    }))
}

/// A session in the path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct SessionPath {
    /// The session.
    #[param(value_type = schema::SessionId, inline)]
    session_id: String,
}

/// Log out one of my devices
///
/// Its access token stops working at once, within 5 s on other server copies.
#[utoipa::path(tag = "me", operation_id = "end_session", params(SessionPath), security(("session" = [])),
    responses((status = 204, description = "Ended; where it was the session of this request, its cookies are removed."),
        answers::Session, answers::Missing))]
#[delete("/me/sessions/{session_id}")]
async fn end_session(
    context: Data<Context>,
    student: Student,
    path: Path<SessionPath>,
) -> Result<HttpResponse, Fault> {
    let is_current = service::session::end_one(&context, &student, &path.session_id).await?;
    let mut response = HttpResponse::NoContent();
    Ok(if is_current {
        cookie::clear(response).finish()
    } else {
        response.finish()
    })
}

/// Log out all my other devices
#[utoipa::path(tag = "me", operation_id = "end_other_sessions", security(("session" = [])),
    responses((status = 204, description = "Only the session of this request is left."), answers::Session))]
#[delete("/me/sessions/others")]
async fn end_other_sessions(
    context: Data<Context>,
    student: Student,
) -> Result<HttpResponse, Fault> {
    service::session::end_others(&context, &student).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Log out everywhere, here too
#[utoipa::path(tag = "me", operation_id = "end_all_sessions", security(("session" = [])),
    responses((status = 204, description = "All sessions have ended; the cookies are removed."), answers::Session))]
#[delete("/me/sessions")]
async fn end_all_sessions(context: Data<Context>, student: Student) -> Result<HttpResponse, Fault> {
    service::session::end_all(&context, &student).await?;
    Ok(cookie::clear(HttpResponse::NoContent()).finish())
}
