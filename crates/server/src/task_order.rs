//! The orders of a task, for staff and integrators: `/tasks/{task_id}/orders`.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpRequest, get};
use chrono::{DateTime, Utc};
use domain::access::perm;
use domain::{Lang, OrderId, RefundId};
use serde::{Deserialize, Serialize};
use service::Context;
use service::overview::{TaskOrder, TaskRefund};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::page::{PageQuery, Paged, pages};
use crate::path::TaskPath;
use crate::permitted::Permitted;
use crate::problem::{Fault, lang_of};
use crate::schema;

/// Mounts the operations of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_task_orders)
        .service(get_task_order)
        .service(list_task_refunds);
}

/// An order of a task in the path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct TaskOrderPath {
    /// The task.
    #[param(value_type = schema::TaskId, inline)]
    task_id: String,
    /// The order's number.
    #[param(value_type = schema::OrderNo, inline)]
    order_no: String,
}

/// An order of a task. It names nobody: the roster entry does.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TaskOrderView {
    /// The number that people read.
    #[schema(value_type = schema::OrderNo)]
    order_no: String,
    /// `unpaid`, `paying`, `paid`, `partially_refunded`, `refunded` or `closed`.
    #[schema(value_type = schema::OrderStatus)]
    status: String,
    /// The status, in the caller's language.
    #[schema(examples("已支付"))]
    status_label: String,
    /// Why it was closed.
    #[schema(required = true, value_type = Option<schema::ClosedReason>)]
    closed_reason: Option<String>,
    /// The student of the roster.
    #[schema(value_type = schema::RosterEntryId)]
    roster_entry_id: String,
    /// The student's verification.
    #[schema(value_type = schema::EnrolmentId)]
    enrolment_id: String,
    /// The photo that counts, or else the latest.
    #[schema(required = true, value_type = Option<schema::PhotoId>)]
    photo_id: Option<String>,
    /// The list price, in fen.
    #[schema(minimum = 0, examples(3000))]
    list_fen: i64,
    /// What is due, in fen; 0 where nobody or the school pays.
    #[schema(minimum = 0, examples(3000))]
    due_fen: i64,
    /// What went back, in fen.
    #[schema(minimum = 0, examples(0))]
    refunded_fen: i64,
    /// `student`, `school` or `free`.
    #[schema(value_type = schema::Payer)]
    payer: String,
    /// When it was made.
    #[schema(examples("2026-04-20T08:00:00Z"))]
    created_at: DateTime<Utc>,
    /// Until when it can be paid.
    #[schema(examples("2026-06-30T16:00:00Z"))]
    due_until: DateTime<Utc>,
    /// When it was settled.
    #[schema(required = true, examples("2026-04-20T08:05:00Z"))]
    paid_at: Option<DateTime<Utc>>,
}

impl TaskOrderView {
    /// In the caller's language.
    pub(crate) fn new(order: &TaskOrder, lang: Lang) -> Self {
        Self {
            status: order.status.as_str().to_owned(),
            status_label: order.status.label().get(lang).to_owned(),
            closed_reason: order.closed_reason.map(|reason| reason.as_str().to_owned()),
            roster_entry_id: order.entry_id.to_string(),
            enrolment_id: order.enrolment_id.to_string(),
            photo_id: order.photo_id.map(|id| id.to_string()),
            list_fen: order.list.0,
            due_fen: order.due.0,
            refunded_fen: order.refunded.0,
            payer: order.payer.as_str().to_owned(),
            created_at: order.created_at,
            due_until: order.due_until,
            paid_at: order.paid_at,
            order_no: order.order_no.to_string(),
        }
    }
}

pages! {
    /// A page of the orders of a task, the newest first.
    TaskOrderList of TaskOrderView;
}

/// Money on its way back to a student of a task. It names nobody: its order does.
#[derive(Debug, Serialize, ToSchema)]
struct TaskRefundView {
    /// Its number.
    #[schema(max_length = 64, examples("R20260420000000000001"))]
    refund_no: String,
    /// The order.
    #[schema(value_type = schema::OrderNo)]
    order_no: String,
    /// What goes back, in fen.
    #[schema(minimum = 1, examples(3000))]
    amount_fen: i64,
    /// Why.
    #[schema(value_type = schema::RefundReason)]
    reason: String,
    /// Where it is.
    #[schema(value_type = schema::RefundState)]
    state: String,
    /// The state, in the caller's language.
    #[schema(examples("已退款"))]
    state_label: String,
    /// When it was asked for.
    #[schema(examples("2026-04-20T08:00:00Z"))]
    created_at: DateTime<Utc>,
    /// When the money was back.
    #[schema(required = true, examples("2026-04-20T08:05:00Z"))]
    succeeded_at: Option<DateTime<Utc>>,
}

impl TaskRefundView {
    fn new(refund: TaskRefund, lang: Lang) -> Self {
        Self {
            refund_no: refund.number,
            order_no: refund.order_no.to_string(),
            amount_fen: refund.amount.0,
            reason: refund.reason.as_str().to_owned(),
            state: refund.state.as_str().to_owned(),
            state_label: refund.state.label().get(lang).to_owned(),
            created_at: refund.created_at,
            succeeded_at: refund.succeeded_at,
        }
    }
}

pages! {
    /// A page of the refunds of a task, the newest first.
    TaskRefundList of TaskRefundView;
}

/// List the refunds of a task's orders
#[utoipa::path(tag = "orders", operation_id = "list_task_refunds", params(TaskPath, PageQuery),
    security(("session" = []), ("integrator" = ["orders:read"])),
    responses((status = 200, body = TaskRefundList, description = "A page, the newest first."),
        answers::StaffReader, answers::Missing, answers::Page))]
#[get("/tasks/{task_id}/refunds")]
async fn list_task_refunds(
    context: Data<Context>,
    caller: Permitted<perm::ReadOrders>,
    path: Path<TaskPath>,
    page: Paged<RefundId>,
    request: HttpRequest,
) -> Result<Json<TaskRefundList>, Fault> {
    let (lang, task) = (lang_of(&request), &path.task_id);
    let list = service::overview::task_refunds(&context, caller.actor(), task, &page.0).await?;
    Ok(Json(TaskRefundList::new(list, |refund| {
        TaskRefundView::new(refund, lang)
    })))
}

/// List the orders of a task
#[utoipa::path(tag = "orders", operation_id = "list_task_orders", params(TaskPath, PageQuery),
    security(("session" = []), ("integrator" = ["orders:read"])),
    responses((status = 200, body = TaskOrderList, description = "A page, the newest first."),
        answers::StaffReader, answers::Missing, answers::Page))]
#[get("/tasks/{task_id}/orders")]
async fn list_task_orders(
    context: Data<Context>,
    caller: Permitted<perm::ReadOrders>,
    path: Path<TaskPath>,
    page: Paged<OrderId>,
    request: HttpRequest,
) -> Result<Json<TaskOrderList>, Fault> {
    let (lang, task) = (lang_of(&request), &path.task_id);
    let list = service::overview::task_orders(&context, caller.actor(), task, &page.0).await?;
    Ok(Json(TaskOrderList::new(list, |order| {
        TaskOrderView::new(&order, lang)
    })))
}

/// Read an order of a task
#[utoipa::path(tag = "orders", operation_id = "get_task_order", params(TaskOrderPath),
    security(("session" = []), ("integrator" = ["orders:read"])),
    responses((status = 200, body = TaskOrderView, description = "The order."), answers::StaffReader, answers::Missing))]
#[get("/tasks/{task_id}/orders/{order_no}")]
async fn get_task_order(
    context: Data<Context>,
    caller: Permitted<perm::ReadOrders>,
    path: Path<TaskOrderPath>,
    request: HttpRequest,
) -> Result<Json<TaskOrderView>, Fault> {
    let (task, number) = (&path.task_id, &path.order_no);
    let order = service::overview::task_order(&context, caller.actor(), task, number).await?;
    Ok(Json(TaskOrderView::new(&order, lang_of(&request))))
}
