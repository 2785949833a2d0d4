//! Notices of the payment providers: `/notify`. No session, no origin check, the raw body.

use actix_web::http::header::ContentType;
use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse, post};
use domain::ProblemCode;
use domain::payment::Provider;
use serde::Deserialize;
use service::Context;
use service::notice::{Receipt, WechatHeaders};
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::notice_limit::NoticeLimits;
use crate::problem::lang_of;

/// Mounts the operations of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(notify_wechat_payment)
        .service(notify_wechat_refund)
        .service(notify_alipay)
        .service(notify_sms);
}

/// A merchant account in the path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct AccountPath {
    /// The random part of the address that the provider was given.
    account: String,
}

fn header(request: &HttpRequest, name: &str) -> String {
    request
        .headers()
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .to_owned()
}

/// The account that an address names, where it names one.
fn known<'a>(context: &Context, provider: Provider, account: &'a str) -> Option<&'a str> {
    let merchant = context.merchants.by_account(provider, account);
    merchant.map(|_| account)
}

/// Take a payment notice of `WeChat` Pay
#[utoipa::path(tag = "notices", operation_id = "notify_wechat_payment", params(AccountPath),
    request_body(content = String, content_type = "application/json"),
    responses((status = 204, description = "Stored."),
        (status = 200, content_type = "text/xml", body = String, description = "A notice in the old form, which is not believed."),
        (status = 401, content_type = "application/json", body = String, description = "The signature is invalid: `{\"code\":\"FAIL\",…}`."),
        (status = 413, content_type = "text/plain", body = String, description = "Larger than any notice."),
        (status = 429, content_type = "application/json", body = String, description = "Too many at once; send it again."),
        (status = 500, content_type = "application/json", body = String, description = "Not stored; send it again.")))]
#[post("/wechat/{account}/pay")]
async fn notify_wechat_payment(
    context: Data<Context>,
    limits: Data<NoticeLimits>,
    path: Path<AccountPath>,
    request: HttpRequest,
    body: Bytes,
) -> HttpResponse {
    wechat(&context, &limits, &path.account, (&request, &body)).await
}

/// Take a refund notice of `WeChat` Pay
#[utoipa::path(tag = "notices", operation_id = "notify_wechat_refund", params(AccountPath),
    request_body(content = String, content_type = "application/json"),
    responses((status = 204, description = "Stored."),
        (status = 200, content_type = "text/xml", body = String, description = "A notice in the old form, which is not believed."),
        (status = 401, content_type = "application/json", body = String, description = "The signature is invalid: `{\"code\":\"FAIL\",…}`."),
        (status = 413, content_type = "text/plain", body = String, description = "Larger than any notice."),
        (status = 429, content_type = "application/json", body = String, description = "Too many at once; send it again."),
        (status = 500, content_type = "application/json", body = String, description = "Not stored; send it again.")))]
#[post("/wechat/{account}/refund")]
async fn notify_wechat_refund(
    context: Data<Context>,
    limits: Data<NoticeLimits>,
    path: Path<AccountPath>,
    request: HttpRequest,
    body: Bytes,
) -> HttpResponse {
    wechat(&context, &limits, &path.account, (&request, &body)).await
}

/// Either address takes either notice: what it is about stands in it, signed.
async fn wechat(
    context: &Context,
    limits: &NoticeLimits,
    account: &str,
    (request, body): (&HttpRequest, &[u8]),
) -> HttpResponse {
    let headers = WechatHeaders {
        serial: header(request, "Wechatpay-Serial"),
        timestamp: header(request, "Wechatpay-Timestamp"),
        nonce: header(request, "Wechatpay-Nonce"),
        signature: header(request, "Wechatpay-Signature"),
    };
    let fail = |problem: ProblemCode| {
        let message = problem.title().get(lang_of(request));
        // Source of code and message: docs/sources.md#wechat-notices; which problem it is stands beside them.
        serde_json::json!({ "code": "FAIL", "message": message, "problem": problem.as_str() })
    };
    let is_old_form = providers::wechat_pay::is_v2_xml(body);
    if !limits.takes(
        "wechat",
        known(context, Provider::WechatPay, account),
        is_old_form,
    ) {
        return HttpResponse::TooManyRequests().json(fail(ProblemCode::RequestTooMany));
    }
    match service::notice::wechat(context, account, &headers, body).await {
        Receipt::Stored => HttpResponse::NoContent().finish(),
        Receipt::OldForm => HttpResponse::Ok()
            .content_type("text/xml")
            .body(service::notice::OLD_FORM_ANSWER),
        Receipt::Refused => HttpResponse::Unauthorized().json(fail(ProblemCode::NoticeSignature)),
        Receipt::TryAgain => {
            HttpResponse::InternalServerError().json(fail(ProblemCode::ServerError))
        }
    }
}

/// Take a notice of Alipay
#[utoipa::path(tag = "notices", operation_id = "notify_alipay", params(AccountPath),
    request_body(content = String, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, content_type = "text/plain", body = String, description = "`success` when stored, else `fail`."),
        (status = 413, content_type = "text/plain", body = String, description = "Larger than any notice."),
        (status = 429, content_type = "text/plain", body = String, description = "Too many at once; send it again.")))]
#[post("/alipay/{account}")]
async fn notify_alipay(
    context: Data<Context>,
    limits: Data<NoticeLimits>,
    path: Path<AccountPath>,
    body: Bytes,
) -> HttpResponse {
    if !limits.takes(
        "alipay",
        known(&context, Provider::Alipay, &path.account),
        false,
    ) {
        return HttpResponse::TooManyRequests()
            .content_type(ContentType::plaintext())
            .body("fail");
    }
    let answer = match service::notice::alipay(&context, &path.account, &body).await {
        Receipt::Stored => "success",
        Receipt::Refused | Receipt::TryAgain | Receipt::OldForm => "fail",
    };
    HttpResponse::Ok()
        .content_type(ContentType::plaintext())
        .body(answer)
}

/// The service that sends a receipt, and the secret part of its address.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct ReceiptPath {
    /// `aliyun` or `tencent`.
    service: String,
    /// The secret part of the address that the service was given.
    secret: String,
}

/// Take receipts of text messages
///
/// Nothing signs them: they are kept for statistics and grant nothing.
#[utoipa::path(tag = "notices", operation_id = "notify_sms", params(ReceiptPath),
    request_body(content = String, content_type = "application/json"),
    responses((status = 200, content_type = "application/json", body = String, description = "Taken."),
        (status = 413, content_type = "text/plain", body = String, description = "Larger than any receipt."),
        (status = 429, content_type = "application/json", body = String, description = "Too many at once; send them again."),
        (status = 404, content_type = "application/json", body = String, description = "No such address, or the receipts cannot be read.")))]
#[post("/sms/{service}/{secret}")]
async fn notify_sms(
    context: Data<Context>,
    limits: Data<NoticeLimits>,
    path: Path<ReceiptPath>,
    body: Bytes,
) -> HttpResponse {
    if !limits.takes("sms", None, false) {
        return HttpResponse::TooManyRequests()
            .json(serde_json::json!({ "code": "FAIL", "message": "too many at once" }));
    }
    match service::login::take_receipts(&context, &path.service, &path.secret, &body).await {
        Some(answer) => HttpResponse::Ok()
            .content_type(ContentType::json())
            .body(answer),
        None => HttpResponse::NotFound()
            .json(serde_json::json!({ "code": "FAIL", "message": "no such address" })),
    }
}
