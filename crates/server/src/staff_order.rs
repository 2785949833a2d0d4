//! The orders of all tasks that staff may read: `/staff/orders`.

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpRequest, get};
use chrono::{DateTime, Utc};
use domain::access::perm;
use domain::order::{OrderLine, OrderState};
use domain::payment::Attempt;
use domain::{Lang, OrderId, OrderTimelineEntry, SchoolId, TaskId};
use serde::{Deserialize, Serialize};
use service::Context;
use service::overview::{self, StaffOrder, StaffOrderDetails, StaffOrderSearch};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::money_case::MoneyCaseView;
use crate::page::{PageQuery, Paged, pages};
use crate::path::OrderPath;
use crate::permitted::Staff;
use crate::problem::{Fault, lang_of};
use crate::schema;
use crate::staff_refund::StaffRefundView;
use crate::task_order::TaskOrderView;
use crate::text::Text;

/// Mounts the operations of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_staff_orders).service(get_staff_order);
}

/// An order in a list of staff. It names nobody: the roster entry does.
#[derive(Debug, Serialize, ToSchema)]
struct StaffOrderView {
    /// The order.
    order: TaskOrderView,
    /// The school.
    #[schema(value_type = schema::SchoolId)]
    school_id: String,
    /// Its name.
    #[schema(examples("北京大学"))]
    school_name: String,
    /// The task.
    #[schema(value_type = schema::TaskId)]
    task_id: String,
    /// Its name.
    #[schema(examples("2026届毕业生图像采集"))]
    task_name: String,
    /// Who took the money that settled it.
    #[schema(required = true, value_type = Option<schema::Provider>)]
    provider: Option<String>,
    /// Whether a person must look at its payments.
    #[schema(examples(false))]
    needs_review: bool,
}

impl StaffOrderView {
    fn new(order: StaffOrder, lang: Lang) -> Self {
        Self {
            order: TaskOrderView::new(&order.order, lang),
            school_id: order.school_id.to_string(),
            school_name: order.school_name,
            task_id: order.task_id.to_string(),
            task_name: order.task_name,
            provider: order.provider.map(|one| one.as_str().to_owned()),
            needs_review: order.needs_review,
        }
    }
}

pages! {
    /// A page of orders, the newest first.
    StaffOrderList of StaffOrderView;
}

/// Which orders are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct StaffOrderQuery {
    /// Of this school.
    #[param(value_type = Option<schema::SchoolId>, inline)]
    school_id: Option<SchoolId>,
    /// Of this task.
    #[param(value_type = Option<schema::TaskId>, inline)]
    task_id: Option<TaskId>,
    /// In this state.
    #[param(value_type = Option<schema::OrderState>, inline)]
    state: Option<OrderState>,
    /// Only those whose payments a person must look at.
    #[serde(default)]
    #[param(required = false, default = false, example = true)]
    needs_review: bool,
    /// The number of the order, of a payment (ours or the provider's) or of a refund.
    #[param(max_length = 64, value_type = Option<String>, example = "10001-260420-7K3M9QXT")]
    number: Option<Text<64>>,
    /// Made at this moment or later.
    #[param(example = "2026-04-01T00:00:00Z")]
    since: Option<DateTime<Utc>>,
    /// Made before this moment.
    #[param(example = "2026-05-01T00:00:00Z")]
    until: Option<DateTime<Utc>>,
}

/// List the orders of all tasks
///
/// Officers see those of their school, finance and operators all.
#[utoipa::path(tag = "money", operation_id = "list_staff_orders", params(StaffOrderQuery, PageQuery), security(("session" = [])),
    responses((status = 200, body = StaffOrderList, description = "A page, the newest first."), answers::StaffReader, answers::Page))]
#[get("/staff/orders")]
async fn list_staff_orders(
    context: Data<Context>,
    staff: Staff<perm::ReadOrders>,
    query: Query<StaffOrderQuery>,
    page: Paged<OrderId>,
    request: HttpRequest,
) -> Result<Json<StaffOrderList>, Fault> {
    let search = StaffOrderSearch {
        school_id: query.school_id,
        task_id: query.task_id,
        state: query.state,
        needs_review: query.needs_review,
        number: query.number.as_deref(),
        since: query.since,
        until: query.until,
    };
    let found = overview::staff_orders(&context, staff.actor(), search, &page.0).await?;
    let lang = lang_of(&request);
    Ok(Json(StaffOrderList::new(found, |order| {
        StaffOrderView::new(order, lang)
    })))
}

/// What a line of an order charges.
#[derive(Debug, Serialize, ToSchema)]
struct OrderLineView {
    /// What for.
    #[schema(value_type = schema::FeeCode)]
    code: String,
    /// What for, in the caller's language.
    #[schema(examples("图像采集费"))]
    label: String,
    /// How much, in fen.
    #[schema(minimum = 0, examples(3000))]
    amount_fen: i64,
}

impl OrderLineView {
    fn new(line: &OrderLine, lang: Lang) -> Self {
        Self {
            code: line.code.as_str().to_owned(),
            label: line.code.label().get(lang).to_owned(),
            amount_fen: line.amount.0,
        }
    }
}

/// A try to pay an order.
#[derive(Debug, Serialize, ToSchema)]
struct AttemptView {
    /// Our number of it at the provider.
    #[schema(examples("10001260420T7K3M9QXT01"))]
    out_trade_no: String,
    /// The provider's number, once it has one.
    #[schema(required = true, examples("4200002216202604201234567890"))]
    provider_number: Option<String>,
    /// The provider.
    #[schema(value_type = schema::Provider)]
    provider: String,
    /// The way to pay.
    #[schema(value_type = schema::PaymentProduct)]
    product: String,
    /// The configured merchant account.
    #[schema(examples("main"))]
    merchant_account: String,
    /// Where it is.
    #[schema(value_type = schema::AttemptState)]
    state: String,
    /// The state, in the caller's language.
    #[schema(examples("已支付"))]
    state_label: String,
    /// What is asked for, in fen.
    #[schema(minimum = 0, examples(3000))]
    amount_fen: i64,
    /// What came, in fen.
    #[schema(minimum = 0, examples(3000))]
    received_fen: i64,
    /// When it was begun.
    #[schema(examples("2026-04-20T08:00:00Z"))]
    created_at: DateTime<Utc>,
    /// When the provider took the money.
    #[schema(required = true, examples("2026-04-20T08:05:00Z"))]
    paid_at: Option<DateTime<Utc>>,
    /// What went wrong last, in the provider's words.
    #[schema(required = true, examples("SYSTEM_ERROR"))]
    last_error: Option<String>,
}

impl AttemptView {
    fn new(attempt: Attempt, lang: Lang) -> Self {
        Self {
            provider: attempt.provider.as_str().to_owned(),
            product: attempt.product.as_str().to_owned(),
            state: attempt.state.as_str().to_owned(),
            state_label: attempt.state.label().get(lang).to_owned(),
            amount_fen: attempt.amount.0,
            received_fen: attempt.received().0,
            created_at: attempt.created_at,
            paid_at: attempt.paid_at,
            merchant_account: attempt.merchant_account,
            out_trade_no: attempt.out_trade_no,
            provider_number: attempt.provider_txn_id,
            last_error: attempt.last_error,
        }
    }
}

/// Something that happened to an order.
#[derive(Debug, Serialize, ToSchema)]
struct OrderMomentView {
    /// When.
    #[schema(examples("2026-04-20T08:05:00Z"))]
    at: DateTime<Utc>,
    /// What.
    #[schema(value_type = schema::OrderMoment)]
    moment: String,
    /// What, in the caller's language.
    #[schema(examples("收到款项"))]
    label: String,
    /// Our number of the payment or refund.
    #[schema(required = true, examples("10001260420T7K3M9QXT01"))]
    number: Option<String>,
    /// How much, in fen.
    #[schema(required = true, examples(3000))]
    amount_fen: Option<i64>,
}

impl OrderMomentView {
    fn new(entry: OrderTimelineEntry, lang: Lang) -> Self {
        Self {
            at: entry.at,
            moment: entry.moment.as_str().to_owned(),
            label: entry.moment.label().get(lang).to_owned(),
            number: entry.number,
            amount_fen: entry.amount.map(|amount| amount.0),
        }
    }
}

/// An order with all that is known of its money.
#[derive(Debug, Serialize, ToSchema)]
struct StaffOrderDetailsView {
    /// The order.
    order: StaffOrderView,
    /// What is charged.
    lines: Vec<OrderLineView>,
    /// The tries to pay, oldest first.
    attempts: Vec<AttemptView>,
    /// The refunds, oldest first.
    refunds: Vec<StaffRefundView>,
    /// What a person must look at, or has looked at, oldest first.
    cases: Vec<MoneyCaseView>,
    /// What happened, oldest first.
    timeline: Vec<OrderMomentView>,
}

impl StaffOrderDetailsView {
    fn new(details: StaffOrderDetails, lang: Lang) -> Self {
        let refunds = details.refunds.into_iter();
        let cases = details.cases.into_iter();
        let attempts = details.attempts.into_iter();
        let timeline = details.timeline.into_iter();
        let lines = details.lines.iter();
        Self {
            order: StaffOrderView::new(details.order, lang),
            lines: lines.map(|one| OrderLineView::new(one, lang)).collect(),
            attempts: attempts.map(|one| AttemptView::new(one, lang)).collect(),
            refunds: refunds.map(|one| StaffRefundView::new(one, lang)).collect(),
            cases: cases.map(|one| MoneyCaseView::new(one, lang)).collect(),
            timeline: timeline
                .map(|one| OrderMomentView::new(one, lang))
                .collect(),
        }
    }
}

/// Read an order with all that is known of its money
#[utoipa::path(tag = "money", operation_id = "get_staff_order", params(OrderPath), security(("session" = [])),
    responses((status = 200, body = StaffOrderDetailsView, description = "The order."), answers::StaffReader, answers::Missing))]
#[get("/staff/orders/{order_no}")]
async fn get_staff_order(
    context: Data<Context>,
    staff: Staff<perm::ReadOrders>,
    path: Path<OrderPath>,
    request: HttpRequest,
) -> Result<Json<StaffOrderDetailsView>, Fault> {
    let details = overview::staff_order(&context, staff.actor(), &path.order_no);
    let details = Box::pin(details).await?;
    let lang = lang_of(&request);
    Ok(Json(StaffOrderDetailsView::new(details, lang)))
}
