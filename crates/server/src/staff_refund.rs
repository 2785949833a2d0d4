//! Refunds for finance and operators: `/staff/refunds`, and asking for one of an order.

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, Utc};
use domain::access::perm;
use domain::refund::{RefundRequester, RefundState};
use domain::{Fen, Lang, RefundId, ResponsiblePerson, SchoolId};
use serde::{Deserialize, Serialize};
use service::Context;
use service::refund::{self, ListedRefund, RefundRequest, RefundSearch};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::idempotency::{RequiredIdempotencyKey, RequiredIdempotencyKeyHeader};
use crate::json_body::Body;
use crate::page::{PageQuery, Paged, pages};
use crate::path::OrderPath;
use crate::permitted::{FreshStaff, Staff};
use crate::problem::{Fault, lang_of};
use crate::schema;
use crate::text::Text;

/// Mounts the operations of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_refunds)
        .service(create_refund)
        .service(approve_refund)
        .service(decline_refund);
}

/// A refund in the path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct RefundPath {
    /// Our number of the refund.
    #[param(value_type = schema::OutRefundNo, inline)]
    out_refund_no: String,
}

/// A refund, as staff see it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StaffRefundView {
    /// Our number of it.
    #[schema(value_type = schema::OutRefundNo)]
    out_refund_no: String,
    /// The order.
    #[schema(value_type = schema::OrderNo)]
    order_no: String,
    /// Whose account the money leaves.
    #[schema(value_type = schema::Provider)]
    provider: String,
    /// How much goes back, in fen.
    #[schema(minimum = 1, examples(700))]
    amount_fen: i64,
    /// Where it is.
    #[schema(value_type = schema::RefundState)]
    state: String,
    /// The state, in the caller's language.
    #[schema(examples("已退款"))]
    state_label: String,
    /// Why.
    #[schema(value_type = schema::RefundReason)]
    reason: String,
    /// Why, in the caller's language.
    #[schema(examples("服务问题"))]
    reason_label: String,
    /// Why, in words; empty for what the rules asked for.
    #[schema(examples("照片未能使用"))]
    note: String,
    /// Whether a second person must agree first.
    #[schema(examples(true))]
    waits_for_approval: bool,
    /// How colleagues call who asked for it; null where no person did.
    #[schema(required = true, examples("李会计"))]
    requested_by: Option<String>,
    /// The account of who asked for it, where that is staff. They cannot approve it.
    #[schema(required = true, value_type = Option<schema::AccountId>)]
    requested_by_id: Option<String>,
    /// When it was asked for.
    #[schema(examples("2026-04-20T08:10:00Z"))]
    requested_at: DateTime<Utc>,
    /// How colleagues call the second person.
    #[schema(required = true, examples("王会计"))]
    approved_by: Option<String>,
    /// When they agreed.
    #[schema(required = true, examples("2026-04-20T08:20:00Z"))]
    approved_at: Option<DateTime<Utc>>,
    /// When the money was back.
    #[schema(required = true, examples("2026-04-20T08:21:00Z"))]
    succeeded_at: Option<DateTime<Utc>>,
    /// What went wrong last, in the provider's words.
    #[schema(required = true, examples("NOT_ENOUGH"))]
    last_error: Option<String>,
}

impl StaffRefundView {
    /// In the caller's language.
    pub(crate) fn new(refund: ListedRefund, lang: Lang) -> Self {
        let account = match &refund.requested_by {
            RefundRequester::Person(person) => ResponsiblePerson::account_id(person),
            RefundRequester::System | RefundRequester::Console => None,
        };
        Self {
            order_no: refund.order_no.to_string(),
            provider: refund.provider.as_str().to_owned(),
            amount_fen: refund.amount.0,
            state: refund.state.as_str().to_owned(),
            state_label: refund.state.label().get(lang).to_owned(),
            reason: refund.reason.as_str().to_owned(),
            reason_label: refund.reason.label().get(lang).to_owned(),
            waits_for_approval: refund.waits_for_approval,
            requested_by: refund.requester_name,
            requested_by_id: account.map(|id| id.to_string()),
            requested_at: refund.requested_at,
            approved_at: refund.approval.map(|approval| approval.at),
            approved_by: refund.approver_name,
            succeeded_at: refund.succeeded_at,
            last_error: refund.last_error,
            note: refund.note,
            out_refund_no: refund.out_refund_no,
        }
    }
}

pages! {
    /// A page of refunds, the newest first.
    StaffRefundList of StaffRefundView;
}

/// Which refunds are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct RefundQuery {
    /// Those of this school.
    #[param(value_type = Option<schema::SchoolId>, inline)]
    school_id: Option<SchoolId>,
    /// Those in this state.
    #[param(value_type = Option<schema::RefundState>, inline)]
    state: Option<RefundState>,
    /// Only those that wait for a second person.
    #[serde(default)]
    #[param(required = false, default = false, example = true)]
    waits_for_approval: bool,
}

/// List refunds
#[utoipa::path(tag = "money", operation_id = "list_refunds", params(RefundQuery, PageQuery), security(("session" = [])),
    responses((status = 200, body = StaffRefundList, description = "A page, the newest first."), answers::StaffReader, answers::Page))]
#[get("/staff/refunds")]
async fn list_refunds(
    context: Data<Context>,
    staff: Staff<perm::RequestRefunds>,
    query: Query<RefundQuery>,
    page: Paged<RefundId>,
    request: HttpRequest,
) -> Result<Json<StaffRefundList>, Fault> {
    let search = RefundSearch {
        school_id: query.school_id,
        state: query.state,
        waits_for_approval: query.waits_for_approval,
    };
    let found = refund::page(&context, staff.actor(), search, &page.0).await?;
    let lang = lang_of(&request);
    Ok(Json(StaffRefundList::new(found, |refund| {
        StaffRefundView::new(refund, lang)
    })))
}

/// A refund that is asked for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewRefund {
    /// Our number of the payment; left out, the one that settled the order.
    #[serde(default)]
    #[schema(max_length = 64, value_type = Option<String>, examples("10001260420T7K3M9QXT01"))]
    out_trade_no: Option<Text<64>>,
    /// How much, in fen; left out, all that is left.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 100_000_000, examples(700))]
    amount_fen: Option<i64>,
    /// Why; those that the rules use by themselves are refused.
    #[schema(value_type = schema::RefundReason)]
    reason: Text<40>,
    /// Why, in words: 1 to 80 characters.
    #[schema(min_length = 1, max_length = 80, value_type = String, examples("照片未能使用"))]
    note: Text<400>,
}

/// What came of asking.
#[derive(Debug, Serialize, ToSchema)]
struct RefundAsked {
    /// The refund; null where the order cost the student nothing, so that it was voided and no money moves.
    #[schema(required = true)]
    refund: Option<StaffRefundView>,
    /// Whether the order was voided.
    #[schema(examples(false))]
    is_voided: bool,
}

/// Ask for a refund of an order
///
/// Above the configured amount a second person must approve it. Needs a fresh second factor.
#[utoipa::path(tag = "money", operation_id = "create_refund",
    params(OrderPath, RequiredIdempotencyKeyHeader),
    request_body = NewRefund, security(("session" = [])),
    responses((status = 201, body = RefundAsked, description = "Recorded; the money moves in the background."),
        answers::StaffSession, answers::Missing, answers::Keyed, answers::Body, answers::State))]
#[post("/staff/orders/{order_no}/refunds")]
async fn create_refund(
    context: Data<Context>,
    staff: FreshStaff<perm::RequestRefunds>,
    path: Path<OrderPath>,
    key: RequiredIdempotencyKey,
    body: Body<NewRefund>,
    request: HttpRequest,
) -> Result<HttpResponse, Fault> {
    let key = key.0.request().key;
    let ask = RefundRequest {
        order_no: &path.order_no,
        out_trade_no: body.out_trade_no.as_deref(),
        amount: body.amount_fen.map(Fen),
        reason: &body.reason,
        note: &body.note,
        key: key.as_deref(),
    };
    let asked = Box::pin(refund::request(&context, staff.actor(), ask)).await?;
    let lang = lang_of(&request);
    Ok(HttpResponse::Created().json(RefundAsked {
        is_voided: asked.is_none(),
        refund: asked.map(|refund| StaffRefundView::new(refund, lang)),
    }))
}

/// Approve a colleague's refund
///
/// Refused to who asked for it. Needs a fresh second factor.
#[utoipa::path(tag = "money", operation_id = "approve_refund", params(RefundPath), security(("session" = [])),
    responses((status = 200, body = StaffRefundView, description = "Approved; the money moves in the background."),
        answers::StaffSession, answers::Missing, answers::State))]
#[post("/staff/refunds/{out_refund_no}/approve")]
async fn approve_refund(
    context: Data<Context>,
    staff: FreshStaff<perm::DecideRefunds>,
    path: Path<RefundPath>,
    request: HttpRequest,
) -> Result<Json<StaffRefundView>, Fault> {
    let number = &path.out_refund_no;
    let approved = Box::pin(refund::approve(&context, staff.actor(), number)).await?;
    Ok(Json(StaffRefundView::new(approved, lang_of(&request))))
}

/// Why a refund is declined.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RefundDecline {
    /// Why, in words: 1 to 80 characters.
    #[schema(min_length = 1, max_length = 80, value_type = String, examples("已寄出"))]
    note: Text<400>,
}

/// Decline a colleague's refund
///
/// Its money can be asked for again. Needs a fresh second factor.
#[utoipa::path(tag = "money", operation_id = "decline_refund", params(RefundPath), request_body = RefundDecline,
    security(("session" = [])),
    responses((status = 200, body = StaffRefundView, description = "Declined."),
        answers::StaffSession, answers::Missing, answers::Body, answers::State))]
#[post("/staff/refunds/{out_refund_no}/decline")]
async fn decline_refund(
    context: Data<Context>,
    staff: FreshStaff<perm::DecideRefunds>,
    path: Path<RefundPath>,
    body: Body<RefundDecline>,
    request: HttpRequest,
) -> Result<Json<StaffRefundView>, Fault> {
    let (number, note) = (&path.out_refund_no, &body.note);
    let declined = refund::decline(&context, staff.actor(), number, note);
    let declined = Box::pin(declined).await?;
    Ok(Json(StaffRefundView::new(declined, lang_of(&request))))
}
