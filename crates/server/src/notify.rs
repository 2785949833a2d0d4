//! Notices of the payment providers: `/notify`. No session, no origin check, the raw body.

use actix_web::http::header::{ContentType, RETRY_AFTER};
use actix_web::web::{Bytes, Data, Path};
use actix_web::{Error, HttpRequest, HttpResponse, HttpResponseBuilder, post};
use chrono::TimeDelta;
use domain::ProblemCode;
use domain::limit::whole_seconds;
use domain::payment::{MerchantAccount, Provider};
use serde::{Deserialize, Serialize};
use service::Context;
use service::notice::{Receipt, WechatHeaders};
use utoipa::{IntoParams, IntoResponses, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::notice_limit::{NoticeAddress, NoticeLimits};
use crate::problem::{Problem, lang_of};
use crate::schema;

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
    #[param(min_length = 1, max_length = 128, example = "k3v9q2m8x7")]
    account: String,
}

/// Why a notice was not taken, in the form that the providers expect. Source: docs/sources.md#wechat-notices.
#[derive(Debug, Serialize, ToSchema)]
struct NoticeRefusal {
    /// Always `FAIL`.
    #[schema(value_type = schema::NoticeFailure)]
    code: &'static str,
    /// What happened, in a few words.
    #[schema(value_type = String, examples("通知签名无效"))]
    message: &'static str,
    /// What happened, for programs; stable.
    #[schema(value_type = schema::ProblemCode)]
    problem: &'static str,
}

fn refused(problem: ProblemCode, request: &HttpRequest) -> NoticeRefusal {
    NoticeRefusal {
        code: "FAIL",
        message: problem.title().get(lang_of(request)),
        problem: problem.as_str(),
    }
}

/// The answer, still without a body, to a notice whose body is too large or ended too early.
fn unreadable(error: &Error) -> HttpResponseBuilder {
    HttpResponse::build(error.as_response_error().status_code())
}

/// The answer, still without a body, to a notice that comes too soon.
fn put_off(wait: TimeDelta) -> HttpResponseBuilder {
    let mut response = HttpResponse::TooManyRequests();
    response.insert_header((RETRY_AFTER, whole_seconds(wait)));
    response
}

/// The refusals of both addresses for `WeChat` Pay.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "read by the API document alone")]
enum WechatRefusals {
    /// The signature is invalid.
    #[response(
        status = 401,
        description = "The signature is invalid.",
        content_type = "application/json"
    )]
    Signature(NoticeRefusal),
    /// Too slow.
    #[response(
        status = 408,
        description = "The body did not arrive in time.",
        content_type = "application/problem+json"
    )]
    TooSlow(Problem),
    /// Larger than any notice.
    #[response(
        status = 413,
        description = "Larger than any notice.",
        content_type = "application/json"
    )]
    TooLarge(NoticeRefusal),
    /// Too many at once.
    #[response(
        status = 429,
        description = "Too many at once; send it again.",
        content_type = "application/json"
    )]
    TooMany(NoticeRefusal),
    /// Not stored.
    #[response(
        status = 500,
        description = "Not stored; send it again.",
        content_type = "application/json"
    )]
    NotStored(NoticeRefusal),
}

/// The longest header of a notice that is read, in bytes: a signature by a key of 4096 bits has 684. A longer one counts as
/// missing, so that nobody fills the log with it.
const HEADER_LIMIT: usize = 1_024;

fn header(request: &HttpRequest, name: &str) -> String {
    request
        .headers()
        .get(name)
        .and_then(|value| value.to_str().ok())
        .filter(|value| value.len() <= HEADER_LIMIT)
        .unwrap_or_default()
        .to_owned()
}

/// The account that an address names, where it names one. The database is not asked: strangers would make it work. Accounts that
/// schools were given share the limit of addresses that nobody knows, unless this server knows them already.
fn known(context: &Context, provider: Provider, name: &str) -> Option<String> {
    let account = MerchantAccount { provider, name };
    context.merchants.knows(account).then(|| name.to_owned())
}

/// Take a payment notice of `WeChat` Pay
#[utoipa::path(tag = "notices", operation_id = "notify_wechat_payment", params(AccountPath),
    request_body(content = inline(schema::WechatNotice), content_type = "application/json"),
    responses((status = 204, description = "Stored."),
        (status = 200, content_type = "text/xml", body = String, description = "A notice in the old form, which is not believed.",
            example = json!("<xml><return_code><![CDATA[SUCCESS]]></return_code></xml>")),
        WechatRefusals))]
#[post("/wechat/{account}/pay")]
async fn notify_wechat_payment(
    context: Data<Context>,
    limits: Data<NoticeLimits>,
    path: Path<AccountPath>,
    request: HttpRequest,
    body: Result<Bytes, Error>,
) -> HttpResponse {
    match body {
        Ok(body) => wechat(&context, &limits, &path.account, &request, &body).await,
        Err(error) => unreadable(&error).json(refused(ProblemCode::RequestTooLarge, &request)),
    }
}

/// Take a refund notice of `WeChat` Pay
#[utoipa::path(tag = "notices", operation_id = "notify_wechat_refund", params(AccountPath),
    request_body(content = inline(schema::WechatNotice), content_type = "application/json"),
    responses((status = 204, description = "Stored."),
        (status = 200, content_type = "text/xml", body = String, description = "A notice in the old form, which is not believed.",
            example = json!("<xml><return_code><![CDATA[SUCCESS]]></return_code></xml>")),
        WechatRefusals))]
#[post("/wechat/{account}/refund")]
async fn notify_wechat_refund(
    context: Data<Context>,
    limits: Data<NoticeLimits>,
    path: Path<AccountPath>,
    request: HttpRequest,
    body: Result<Bytes, Error>,
) -> HttpResponse {
    match body {
        Ok(body) => wechat(&context, &limits, &path.account, &request, &body).await,
        Err(error) => unreadable(&error).json(refused(ProblemCode::RequestTooLarge, &request)),
    }
}

/// Either address takes either notice: what it is about stands in it, signed.
async fn wechat(
    context: &Context,
    limits: &NoticeLimits,
    account: &str,
    request: &HttpRequest,
    body: &[u8],
) -> HttpResponse {
    let headers = WechatHeaders {
        serial: header(request, "Wechatpay-Serial"),
        timestamp: header(request, "Wechatpay-Timestamp"),
        nonce: header(request, "Wechatpay-Nonce"),
        signature: header(request, "Wechatpay-Signature"),
    };
    let is_old_form = providers::wechat_pay::is_v2_xml(body);
    let address = NoticeAddress {
        sender: "wechat",
        account: known(context, Provider::WechatPay, account),
        is_old_form,
    };
    if let Err(wait) = limits.take(address, context.now()) {
        return put_off(wait).json(refused(ProblemCode::RequestTooMany, request));
    }
    match service::notice::wechat(context, account, &headers, body).await {
        Receipt::Stored => HttpResponse::NoContent().finish(),
        Receipt::OldForm => HttpResponse::Ok()
            .content_type("text/xml")
            .body(service::notice::OLD_FORM_ANSWER),
        Receipt::Refused => {
            HttpResponse::Unauthorized().json(refused(ProblemCode::NoticeSignature, request))
        }
        Receipt::TryAgain => {
            HttpResponse::InternalServerError().json(refused(ProblemCode::ServerError, request))
        }
    }
}

/// Take a notice of Alipay
#[utoipa::path(tag = "notices", operation_id = "notify_alipay", params(AccountPath),
    request_body(content = inline(schema::AlipayNotice), content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, content_type = "text/plain", body = inline(schema::AlipayAnswer), description = "`success` when stored, else `fail`."),
        (status = 408, content_type = "application/problem+json", body = Problem, description = "The body did not arrive in time."),
        (status = 413, content_type = "text/plain", body = inline(schema::AlipayAnswer), description = "`fail`: larger than any notice."),
        (status = 429, content_type = "text/plain", body = inline(schema::AlipayAnswer), description = "`fail`: too many at once; send it again.")))]
#[post("/alipay/{account}")]
async fn notify_alipay(
    context: Data<Context>,
    limits: Data<NoticeLimits>,
    path: Path<AccountPath>,
    body: Result<Bytes, Error>,
) -> HttpResponse {
    let body = match body {
        Ok(body) => body,
        Err(error) => {
            return unreadable(&error)
                .content_type(ContentType::plaintext())
                .body("fail");
        }
    };
    let address = NoticeAddress {
        sender: "alipay",
        account: known(&context, Provider::Alipay, &path.account),
        is_old_form: false,
    };
    if let Err(wait) = limits.take(address, context.now()) {
        return put_off(wait)
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
    #[param(value_type = schema::SmsService, inline)]
    service: String,
    /// The secret part of the address that the service was given.
    #[param(min_length = 1, max_length = 128, example = "k3v9q2m8x7")]
    secret: String,
}

/// Take receipts of text messages
///
/// Nothing signs them: they are kept for statistics and grant nothing.
#[utoipa::path(tag = "notices", operation_id = "notify_sms", params(ReceiptPath),
    request_body(content = inline(schema::Receipts), content_type = "application/json"),
    responses((status = 200, content_type = "application/json", body = inline(schema::ReceiptAnswer), description = "Taken; the answer that the service expects."),
        (status = 404, content_type = "application/json", body = NoticeRefusal, description = "No such address, or the receipts cannot be read."),
        (status = 408, content_type = "application/problem+json", body = Problem, description = "The body did not arrive in time."),
        (status = 413, content_type = "application/json", body = NoticeRefusal, description = "Larger than any receipt."),
        (status = 429, content_type = "application/json", body = NoticeRefusal, description = "Too many at once; send them again.")))]
#[post("/sms/{service}/{secret}")]
async fn notify_sms(
    context: Data<Context>,
    limits: Data<NoticeLimits>,
    path: Path<ReceiptPath>,
    request: HttpRequest,
    body: Result<Bytes, Error>,
) -> HttpResponse {
    let body = match body {
        Ok(body) => body,
        Err(error) => {
            return unreadable(&error).json(refused(ProblemCode::RequestTooLarge, &request));
        }
    };
    let address = NoticeAddress {
        sender: "sms",
        account: None,
        is_old_form: false,
    };
    if let Err(wait) = limits.take(address, context.now()) {
        return put_off(wait).json(refused(ProblemCode::RequestTooMany, &request));
    }
    match service::login::take_receipts(&context, &path.service, &path.secret, &body).await {
        Some(answer) => HttpResponse::Ok()
            .content_type(ContentType::json())
            .body(answer),
        None => HttpResponse::NotFound().json(refused(ProblemCode::RequestPath, &request)),
    }
}
