//! What about money a person must look at: `/staff/money-cases`.

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, Utc};
use domain::access::perm;
use domain::money_case::{CaseKind, CaseState};
use domain::page::SortedPlace;
use domain::{Lang, MoneyCaseId, ProblemCode, SchoolId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use service::Context;
use service::money_case::{self, Case, CaseSearch};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::json_body::Body;
use crate::page::{PageQuery, Paged, pages};
use crate::permitted::Staff;
use crate::problem::{Fault, lang_of};
use crate::schema;
use crate::text::Text;

/// Mounts the operations of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_money_cases).service(resolve_money_case);
}

/// A case in the path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct MoneyCasePath {
    /// The case.
    #[param(value_type = schema::MoneyCaseId, inline)]
    money_case_id: String,
}

/// A case about money.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MoneyCaseView {
    /// The case.
    #[schema(value_type = schema::MoneyCaseId)]
    id: String,
    /// What is the matter.
    #[schema(value_type = schema::CaseKind)]
    kind: String,
    /// What is the matter, in the caller's language.
    #[schema(examples("退款未成功"))]
    kind_label: String,
    /// What a person can do about it, in the caller's language.
    #[schema(examples("在商户平台查看退款单。"))]
    advice: String,
    /// Whether it waits for somebody.
    #[schema(value_type = schema::CaseState)]
    state: String,
    /// The provider.
    #[schema(value_type = schema::Provider)]
    provider: String,
    /// The configured merchant account.
    #[schema(examples("main"))]
    merchant_account: String,
    /// The order, where one of ours is concerned.
    #[schema(required = true, value_type = Option<schema::OrderNo>)]
    order_no: Option<String>,
    /// The money in question, in fen.
    #[schema(required = true, examples(2000))]
    amount_fen: Option<i64>,
    /// The numbers by which it is found at the provider.
    #[schema(value_type = schema::CaseFacts)]
    facts: Value,
    /// Whether a message opened it that proves nothing: look it up at the provider first.
    #[schema(examples(false))]
    is_unverified: bool,
    /// When it was first met.
    #[schema(examples("2026-04-20T08:10:00Z"))]
    opened_at: DateTime<Utc>,
    /// How often it was met.
    #[schema(minimum = 1, examples(1))]
    seen_count: i32,
    /// When it ended; null while it is open.
    #[schema(required = true, examples("2026-04-21T02:00:00Z"))]
    resolved_at: Option<DateTime<Utc>>,
    /// How colleagues call who resolved it; null where it settled itself.
    #[schema(required = true, examples("李会计"))]
    resolved_by: Option<String>,
    /// How it was resolved.
    #[schema(required = true, examples("已在商户平台退回"))]
    resolution: Option<String>,
}

impl MoneyCaseView {
    /// In the caller's language.
    pub(crate) fn new(case: Case, lang: Lang) -> Self {
        let state = match &case.resolution {
            Some(_) => CaseState::Resolved,
            None => CaseState::Open,
        };
        let (provider, account) = case.merchant;
        Self {
            id: case.id.to_string(),
            kind: case.kind.as_str().to_owned(),
            kind_label: case.kind.label().get(lang).to_owned(),
            advice: case.kind.advice().get(lang).to_owned(),
            state: state.as_str().to_owned(),
            provider: provider.as_str().to_owned(),
            merchant_account: account,
            order_no: case.order_no.map(|number| number.to_string()),
            amount_fen: case.amount.map(|amount| amount.0),
            facts: case.facts,
            is_unverified: case.is_unverified,
            opened_at: case.opened_at,
            seen_count: case.seen_count,
            resolved_at: case.resolution.as_ref().map(|resolution| resolution.at),
            resolved_by: case.resolution.as_ref().and_then(|it| it.by.clone()),
            resolution: case.resolution.and_then(|resolution| resolution.text),
        }
    }
}

pages! {
    /// A page of cases about money, the oldest first.
    MoneyCaseList of MoneyCaseView;
}

/// Which cases are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct MoneyCaseQuery {
    /// Open ones, or those that ended; left out, open ones.
    #[param(value_type = Option<schema::CaseState>, inline)]
    state: Option<CaseState>,
    /// Of this kind.
    #[param(value_type = Option<schema::CaseKind>, inline)]
    kind: Option<CaseKind>,
    /// About orders of this school.
    #[param(value_type = Option<schema::SchoolId>, inline)]
    school_id: Option<SchoolId>,
}

/// List cases about money
#[utoipa::path(tag = "money", operation_id = "list_money_cases", params(MoneyCaseQuery, PageQuery), security(("session" = [])),
    responses((status = 200, body = MoneyCaseList, description = "A page, the oldest first."), answers::StaffReader, answers::Page))]
#[get("/staff/money-cases")]
async fn list_money_cases(
    context: Data<Context>,
    staff: Staff<perm::ResolveMoneyCases>,
    query: Query<MoneyCaseQuery>,
    page: Paged<SortedPlace<DateTime<Utc>, MoneyCaseId>>,
    request: HttpRequest,
) -> Result<Json<MoneyCaseList>, Fault> {
    let search = CaseSearch {
        state: query.state.unwrap_or(CaseState::Open),
        kind: query.kind,
        school_id: query.school_id,
    };
    let found = money_case::page(&context, staff.actor(), search, &page.0).await?;
    let lang = lang_of(&request);
    Ok(Json(MoneyCaseList::new(found, |case| {
        MoneyCaseView::new(case, lang)
    })))
}

/// How a case was resolved.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CaseResolved {
    /// How, in words: 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200, value_type = String, examples("已在商户平台退回"))]
    note: Text<1000>,
}

/// Resolve a case about money
#[utoipa::path(tag = "money", operation_id = "resolve_money_case", params(MoneyCasePath), request_body = CaseResolved,
    security(("session" = [])),
    responses((status = 204, description = "Resolved."), answers::StaffSession, answers::Missing, answers::Body))]
#[post("/staff/money-cases/{money_case_id}/resolve")]
async fn resolve_money_case(
    context: Data<Context>,
    staff: Staff<perm::ResolveMoneyCases>,
    path: Path<MoneyCasePath>,
    body: Body<CaseResolved>,
) -> Result<HttpResponse, Fault> {
    let id: MoneyCaseId = path
        .money_case_id
        .parse()
        .map_err(|_| ProblemCode::CaseUnknown)?;
    money_case::resolve(&context, staff.actor(), id, &body.note).await?;
    Ok(HttpResponse::NoContent().finish())
}
