//! Orders: `/orders`.

mod money;
mod payment;

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpRequest, get, patch, post};
use chrono::{DateTime, Utc};
use domain::{Lang, OrderId};
use serde::{Deserialize, Serialize};
use service::Context;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use self::money::{NewsView, RefundView};
pub(crate) use self::payment::PaymentWays;
use crate::answers;
use crate::extract::Student;
use crate::json_body::Body;
use crate::page::{PageQuery, Paged, pages};
use crate::path::OrderPath;
use crate::problem::{Fault, lang_of};
use crate::schema;
use crate::school::FeeLineView;

/// Mounts the operations of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_orders)
        .service(get_order)
        .service(update_order_contact)
        .service(close_order);
    payment::routes(config);
}

/// An order, as its owner sees it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OrderView {
    /// The number that people read: `10001-260420-7K3M9QXT`.
    #[schema(value_type = schema::OrderNo)]
    order_no: String,
    /// `unpaid`, `paying`, `paid`, `partially_refunded`, `refunded` or `closed`.
    #[schema(value_type = schema::OrderStatus)]
    status: String,
    /// The status, in the caller's language.
    #[schema(examples("待支付"))]
    status_label: String,
    /// Why it was closed.
    #[schema(required = true, value_type = Option<schema::ClosedReason>)]
    closed_reason: Option<String>,
    /// The enrolment.
    #[schema(value_type = schema::EnrolmentId)]
    enrolment_id: String,
    /// The school's name.
    #[schema(examples("北京大学"))]
    school_name: String,
    /// The task's name.
    #[schema(examples("2026届毕业生图像采集"))]
    task_name: String,
    /// The student's name.
    #[schema(examples("李华"))]
    student_name: String,
    /// The document number, masked.
    #[schema(examples("1101**********002X"))]
    document_number: String,
    /// The level.
    #[schema(value_type = schema::EducationLevel)]
    level: String,
    /// What is charged.
    lines: Vec<FeeLineView>,
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
    /// The phone for messages, masked.
    #[schema(examples("138****8000"))]
    phone: String,
    /// For messages.
    #[schema(required = true, examples("li.hua@example.edu.cn"))]
    email: Option<String>,
    /// For prints.
    #[schema(required = true, examples("北京市海淀区学院路38号"))]
    address: Option<String>,
    /// The photo that counts, or else the latest.
    #[schema(required = true, value_type = Option<schema::PhotoId>)]
    photo_id: Option<String>,
    /// The photo's state.
    #[schema(required = true, value_type = Option<schema::PhotoState>)]
    photo_state: Option<String>,
    /// When it was made.
    #[schema(examples("2026-04-20T08:00:00Z"))]
    created_at: DateTime<Utc>,
    /// Until when it can be paid.
    #[schema(examples("2026-04-20T08:30:00Z"))]
    due_until: DateTime<Utc>,
    /// When it was settled.
    #[schema(required = true, examples("2026-04-20T08:05:00Z"))]
    paid_at: Option<DateTime<Utc>>,
    /// Which provider was paid: `wechat_pay` or `alipay`.
    #[schema(required = true, value_type = Option<schema::Provider>)]
    paid_with: Option<String>,
    /// Whether a person at the bureau looks at its payment.
    #[schema(examples(false))]
    needs_review: bool,
    /// Changes with every change; send it back with a change.
    #[schema(minimum = 1, examples(3))]
    version: i32,
    /// What the student must know about the money.
    news: Vec<NewsView>,
    /// Money that went or goes back, oldest first.
    refunds: Vec<RefundView>,
}

impl OrderView {
    /// An order in the caller's language.
    pub(crate) fn new(order: service::overview::OrderDetails, lang: Lang) -> Self {
        Self {
            order_no: order.order_no.to_string(),
            status: order.status.as_str().to_owned(),
            status_label: order.status.label().get(lang).to_owned(),
            closed_reason: order.closed_reason.map(|reason| reason.as_str().to_owned()),
            enrolment_id: order.enrolment_id.to_string(),
            school_name: order.school_name,
            task_name: order.task_name,
            student_name: order.student_name,
            document_number: order.document_number,
            level: order.level.as_str().to_owned(),
            lines: order
                .lines
                .iter()
                .map(|line| FeeLineView::new(*line, lang))
                .collect(),
            list_fen: order.list.0,
            due_fen: order.due.0,
            refunded_fen: order.refunded.0,
            payer: order.payer.as_str().to_owned(),
            phone: order.phone.masked(),
            email: order.contact.email,
            address: order.contact.address,
            photo_id: order.photo.as_ref().map(|photo| photo.0.to_string()),
            photo_state: order.photo.map(|photo| photo.1.as_str().to_owned()),
            created_at: order.created_at,
            due_until: order.due_until,
            paid_at: order.paid_at,
            paid_with: order.paid_with.map(|provider| provider.as_str().to_owned()),
            needs_review: order.needs_review,
            version: order.version,
            news: NewsView::all(&order.news, lang),
            refunds: RefundView::all(&order.refunds, lang),
        }
    }
}

pages! {
    /// A page of my orders, newest first.
    Orders of OrderView;
}

/// List my orders
#[utoipa::path(tag = "orders", operation_id = "list_orders", params(PageQuery), security(("session" = [])),
    responses((status = 200, body = Orders, description = "A page, newest first."), answers::Reader, answers::Page))]
#[get("/me/orders")]
async fn list_orders(
    context: Data<Context>,
    student: Student,
    page: Paged<OrderId>,
    request: HttpRequest,
) -> Result<Json<Orders>, Fault> {
    let lang = lang_of(&request);
    let orders = service::overview::orders(&context, &student, &page.0).await?;
    Ok(Json(Orders::new(orders, |order| {
        OrderView::new(order, lang)
    })))
}

/// Read one of my orders
#[utoipa::path(tag = "orders", operation_id = "get_order", params(OrderPath), security(("session" = [])),
    responses((status = 200, body = OrderView, description = "The order."), answers::Reader, answers::Missing))]
#[get("/orders/{order_no}")]
async fn get_order(
    context: Data<Context>,
    student: Student,
    path: Path<OrderPath>,
    request: HttpRequest,
) -> Result<Json<OrderView>, Fault> {
    let order = service::overview::order(&context, &student, &path.order_no).await?;
    Ok(Json(OrderView::new(order, lang_of(&request))))
}

/// The contact data of an order.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OrderContact {
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

/// Change the contact data of an unpaid order
#[utoipa::path(tag = "orders", operation_id = "update_order_contact", params(OrderPath), request_body = OrderContact,
    security(("session" = [])),
    responses((status = 200, body = OrderView, description = "The order as it is now."),
        answers::Session, answers::Missing, answers::Body, answers::State))]
#[patch("/orders/{order_no}")]
async fn update_order_contact(
    context: Data<Context>,
    student: Student,
    path: Path<OrderPath>,
    body: Body<OrderContact>,
    request: HttpRequest,
) -> Result<Json<OrderView>, Fault> {
    let change = service::order::ContactChange {
        email: &body.email,
        address: &body.address,
        version: body.version,
    };
    service::order::update_contact(&context, &student, &path.order_no, change).await?;
    let order = service::overview::order(&context, &student, &path.order_no).await?;
    Ok(Json(OrderView::new(order, lang_of(&request))))
}

/// Close an unpaid order; no money moves
#[utoipa::path(tag = "orders", operation_id = "close_order", params(OrderPath), security(("session" = [])),
    responses((status = 200, body = OrderView, description = "Closed; closing again changes nothing."),
        answers::Session, answers::Missing, answers::State, answers::Outside))]
#[post("/orders/{order_no}/close")]
async fn close_order(
    context: Data<Context>,
    student: Student,
    path: Path<OrderPath>,
    request: HttpRequest,
) -> Result<Json<OrderView>, Fault> {
    service::order::close(&context, &student, &path.order_no).await?;
    let order = service::overview::order(&context, &student, &path.order_no).await?;
    Ok(Json(OrderView::new(order, lang_of(&request))))
}
