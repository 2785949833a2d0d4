//! Paying an order: `/orders/{order_no}/payments`.

use actix_web::http::header::USER_AGENT;
use actix_web::web::{Data, Json, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, Utc};
use domain::Lang;
use domain::payment::{Device, Provider};
use serde::{Deserialize, Serialize};
use service::Context;
use service::payment::{Begun, Shown, Status, Ways, WechatReturn};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::money::NewsView;
use crate::answers;
use crate::extract::{Address, Student};
use crate::idempotency::{self, RequiredIdempotencyKey, RequiredIdempotencyKeyHeader};
use crate::json_body::Body;
use crate::path::OrderPath;
use crate::problem::{Fault, lang_of};
use crate::schema;
use crate::text::Text;

/// Mounts the operations of this file.
pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(create_payment)
        .service(get_payment_ways)
        .service(get_payment_status)
        .service(confirm_payment)
        .service(get_wechat_authorisation);
}

/// How a person wants to pay.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewPayment {
    /// `wechat_pay` or `alipay`.
    #[schema(value_type = schema::Provider)]
    provider: String,
    /// `native`, `h5`, `jsapi`, `precreate`, `page` or `wap`; left out, the server chooses what works in this browser.
    #[schema(value_type = Option<schema::PaymentProduct>)]
    product: Option<String>,
    /// Inside `WeChat`: what it sent the browser back with.
    wechat: Option<WechatCode>,
}

/// What `WeChat` sent the browser back with.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WechatCode {
    /// The parameter `code`.
    #[schema(max_length = 512, value_type = String, examples("061kXq0w3d8Yj13mR01w3fJ5Qz2kXq0K"))]
    code: Text<512>,
    /// The parameter `state`.
    #[schema(max_length = 512, value_type = String, examples("b7Qn2dP0s5k"))]
    state: Text<512>,
}

/// A payment that waits to be made.
#[derive(Debug, Serialize, ToSchema)]
struct PaymentView {
    /// Which attempt it is; null in the repeated answer to a request from before answers named it.
    #[schema(required = true, value_type = Option<schema::AttemptId>)]
    payment_id: Option<String>,
    /// `wechat_pay` or `alipay`.
    #[schema(value_type = schema::Provider)]
    provider: String,
    /// `native`, `h5`, `jsapi`, `precreate`, `page` or `wap`.
    #[schema(value_type = schema::PaymentProduct)]
    product: String,
    /// What to do with it: draw `qr`, go to `redirect`, or hand `jsapi` to `WeChat`.
    #[schema(value_type = schema::CredentialKind)]
    credential: String,
    /// What the QR code says; the provider's own scheme.
    #[schema(required = true, examples("weixin://wxpay/bizpayurl?pr=p4lpSuKzz"))]
    qr_content: Option<String>,
    /// The address to go to.
    #[schema(
        required = true,
        format = "uri",
        examples("https://openapi.alipay.com/gateway.do?app_id=2021000000000001")
    )]
    redirect_url: Option<String>,
    /// What `WeixinJSBridge.invoke("getBrandWCPayRequest", …)` wants.
    #[schema(required = true)]
    jsapi: Option<JsapiView>,
    /// How much, in fen.
    #[schema(minimum = 0, examples(3000))]
    amount_fen: i64,
    /// Until when it can be paid so.
    #[schema(examples("2026-04-20T08:30:00Z"))]
    expires_at: DateTime<Utc>,
    /// Outside production: the sandbox's cashier for this code.
    #[schema(
        required = true,
        format = "uri",
        examples("http://127.0.0.1:8091/cashier/1")
    )]
    sandbox_cashier_url: Option<String>,
}

/// What `WeChat`'s own payment window wants; the names are its own.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct JsapiView {
    /// The application.
    #[schema(examples("wx8888888888888888"))]
    app_id: String,
    /// Unix seconds, as a text.
    #[schema(pattern = "^[0-9]{10,}$", examples("1776672000"))]
    time_stamp: String,
    /// A random text.
    #[schema(examples("5K8264ILTKCH16CQ2502SI8ZNMTM67VS"))]
    nonce_str: String,
    /// `prepay_id=…`
    #[schema(examples("prepay_id=wx201410272009395522657a690389285100"))]
    package: String,
    /// `RSA`
    #[schema(pattern = "^RSA$", examples("RSA"))]
    sign_type: String,
    /// The signature.
    #[schema(examples("oR9d8PuhnIc+YZ8cBHFCwfgpaK9gd7vaRvkYD7rthRAZ/X+QBhcCYL21N7cHCTUxbQ=="))]
    pay_sign: String,
}

impl From<Begun> for PaymentView {
    fn from(begun: Begun) -> Self {
        let product = begun.payment.product;
        let (mut qr_content, mut redirect_url, mut jsapi) = (None, None, None);
        match begun.shown {
            Shown::Qr(content) => qr_content = Some(content),
            Shown::Redirect(address) => redirect_url = Some(address),
            Shown::Jsapi(signed) => {
                jsapi = Some(JsapiView {
                    app_id: signed.app_id,
                    time_stamp: signed.time_stamp,
                    nonce_str: signed.nonce_str,
                    package: signed.package,
                    sign_type: signed.sign_type,
                    pay_sign: signed.pay_sign,
                });
            }
        }
        Self {
            payment_id: begun.payment.attempt_id.map(|id| id.to_string()),
            provider: begun.payment.provider.as_str().to_owned(),
            product: product.as_str().to_owned(),
            credential: product.credential().as_str().to_owned(),
            qr_content,
            redirect_url,
            jsapi,
            amount_fen: begun.payment.amount.0,
            expires_at: begun.payment.expires_at,
            sandbox_cashier_url: begun.payment.sandbox_cashier_url,
        }
    }
}

/// Begin to pay an order
///
/// Asking again for the same way to pay while it still works gives the same payment. Another way closes the first.
#[utoipa::path(tag = "orders", operation_id = "create_payment",
    params(OrderPath, RequiredIdempotencyKeyHeader),
    request_body = NewPayment, security(("session" = [])),
    responses((status = 201, body = PaymentView, description = "Do with it what `credential` says."),
        answers::Session, answers::Missing, answers::Body, answers::State, answers::Outside))]
#[post("/orders/{order_no}/payments")]
async fn create_payment(
    context: Data<Context>,
    student: Student,
    path: Path<OrderPath>,
    key: RequiredIdempotencyKey,
    address: Address,
    body: Body<NewPayment>,
    request: HttpRequest,
) -> Result<HttpResponse, Fault> {
    let wechat = body.wechat.as_ref();
    let ask = service::payment::PaymentRequest {
        order_no: &path.order_no,
        provider: &body.provider,
        product: body.product.as_deref(),
        device: device_of(&request),
        address: address.0,
        wechat: wechat.map(|sent| WechatReturn {
            code: &sent.code,
            state: &sent.state,
        }),
        request: &key.0.request(),
    };
    let begun = service::payment::create(&context, &student, ask).await?;
    let mut answer = idempotency::mark(HttpResponse::Created(), begun.is_replayed);
    Ok(answer.json(PaymentView::from(begun)))
}

/// What the browser says of itself.
fn device_of(request: &HttpRequest) -> Device {
    let user_agent = request.headers().get(USER_AGENT);
    let user_agent = user_agent.and_then(|value| value.to_str().ok());
    Device::of(user_agent.unwrap_or_default())
}

/// Who can take the money, as seen from this browser.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PaymentWays {
    /// `wechat_pay` and `alipay`, as far as they can be paid in this browser.
    #[schema(value_type = Vec<schema::Provider>)]
    here: Vec<String>,
    /// Those that can be paid, but from another browser.
    #[schema(value_type = Vec<schema::Provider>)]
    elsewhere: Vec<String>,
}

impl From<Ways> for PaymentWays {
    fn from(ways: Ways) -> Self {
        let words = |providers: Vec<Provider>| {
            let words = providers.iter().map(|one| one.as_str().to_owned());
            words.collect()
        };
        Self {
            here: words(ways.here),
            elsewhere: words(ways.elsewhere),
        }
    }
}

/// Ask which providers can be paid in this browser
#[utoipa::path(tag = "orders", operation_id = "get_payment_ways", params(OrderPath), security(("session" = [])),
    responses((status = 200, body = PaymentWays, description = "The providers, by what the browser says of itself."),
        answers::Reader, answers::Missing))]
#[get("/orders/{order_no}/payment-ways")]
async fn get_payment_ways(
    context: Data<Context>,
    student: Student,
    path: Path<OrderPath>,
    request: HttpRequest,
) -> Result<Json<PaymentWays>, Fault> {
    let device = device_of(&request);
    let ways = service::payment::ways(&context, &student, &path.order_no, device).await?;
    Ok(Json(ways.into()))
}

/// Whether an order is paid.
#[derive(Debug, Serialize, ToSchema)]
struct PaymentStatus {
    /// As in the order.
    #[schema(value_type = schema::OrderStatus)]
    status: String,
    /// The status, in the caller's language.
    #[schema(examples("已支付"))]
    status_label: String,
    /// The attempt that can be paid now, as `payment_id` of the answer that began it; a code of any other is no longer
    /// to be shown. Null where there is none.
    #[schema(required = true, value_type = Option<schema::AttemptId>)]
    open_payment_id: Option<String>,
    /// When the provider was last asked; null where it never was.
    #[schema(required = true, examples("2026-04-20T08:05:00Z"))]
    asked_at: Option<DateTime<Utc>>,
    /// Whether money came that goes back, because the order was settled already.
    #[schema(examples(false))]
    has_surplus: bool,
    /// Whether a person at the bureau looks at the payment.
    #[schema(examples(false))]
    needs_review: bool,
    /// What the student must know about the money.
    news: Vec<NewsView>,
}

impl PaymentStatus {
    fn new(found: &Status, lang: Lang) -> Self {
        Self {
            status: found.status.as_str().to_owned(),
            status_label: found.status.label().get(lang).to_owned(),
            open_payment_id: found.open_attempt.map(|id| id.to_string()),
            asked_at: found.asked_at,
            has_surplus: found.has_surplus,
            needs_review: found.needs_review,
            news: NewsView::all(&found.news, lang),
        }
    }
}

/// Ask whether an order is paid; asks the provider too, at most every three seconds
#[utoipa::path(tag = "orders", operation_id = "get_payment_status", params(OrderPath), security(("session" = [])),
    responses((status = 200, body = PaymentStatus, description = "The status now."), answers::Reader, answers::Missing))]
#[get("/orders/{order_no}/payment-status")]
async fn get_payment_status(
    context: Data<Context>,
    student: Student,
    path: Path<OrderPath>,
    request: HttpRequest,
) -> Result<Json<PaymentStatus>, Fault> {
    let found = service::payment::status(&context, &student, &path.order_no).await?;
    Ok(Json(PaymentStatus::new(&found, lang_of(&request))))
}

/// Say that I have paid
///
/// Asks the providers about every attempt of the last two days, also about those that were closed; each at most every
/// three seconds.
#[utoipa::path(tag = "orders", operation_id = "confirm_payment", params(OrderPath), security(("session" = [])),
    responses((status = 200, body = PaymentStatus, description = "The status now."), answers::Session, answers::Missing))]
#[post("/orders/{order_no}/payments/confirm")]
async fn confirm_payment(
    context: Data<Context>,
    student: Student,
    path: Path<OrderPath>,
    request: HttpRequest,
) -> Result<Json<PaymentStatus>, Fault> {
    let found = service::payment::confirm(&context, &student, &path.order_no).await?;
    Ok(Json(PaymentStatus::new(&found, lang_of(&request))))
}

/// Where `WeChat` says who pays.
#[derive(Debug, Serialize, ToSchema)]
struct WechatAuthorisation {
    /// Send the browser there; it comes back to the order's page with `code` and `state`.
    #[schema(
        format = "uri",
        examples("https://open.weixin.qq.com/connect/oauth2/authorize?appid=wx8888888888888888")
    )]
    url: String,
}

/// Ask where `WeChat` tells who pays, for paying inside it
#[utoipa::path(tag = "orders", operation_id = "get_wechat_authorisation", params(OrderPath), security(("session" = [])),
    responses((status = 200, body = WechatAuthorisation, description = "The address."),
        answers::Reader, answers::Missing, answers::Outside))]
#[get("/orders/{order_no}/wechat-authorisation")]
async fn get_wechat_authorisation(
    context: Data<Context>,
    student: Student,
    path: Path<OrderPath>,
) -> Result<Json<WechatAuthorisation>, Fault> {
    let url = service::payment::wechat_authorisation(&context, &student, &path.order_no).await?;
    Ok(Json(WechatAuthorisation { url }))
}
