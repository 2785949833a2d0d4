//! Notices of the payment providers: `/notify`. No session, no origin check, the raw body.

use actix_web::http::header::ContentType;
use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse, post};
use domain::ProblemCode;
use serde::Deserialize;
use service::Context;
use service::notice::{Receipt, WechatHeaders};
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::problem::lang_of;

/// Mounts the operations of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(notify_wechat_payment).service(notify_alipay);
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

/// Take a payment notice of `WeChat` Pay
#[utoipa::path(tag = "notices", operation_id = "notify_wechat_payment", params(AccountPath),
    request_body(content = String, content_type = "application/json"),
    responses((status = 204, description = "Stored."),
        (status = 401, content_type = "application/json", body = String, description = "The signature is invalid: `{\"code\":\"FAIL\",…}`."),
        (status = 413, content_type = "text/plain", body = String, description = "Larger than any notice."),
        (status = 500, content_type = "application/json", body = String, description = "Not stored; send it again.")))]
#[post("/wechat/{account}/pay")]
async fn notify_wechat_payment(
    context: Data<Context>,
    path: Path<AccountPath>,
    request: HttpRequest,
    body: Bytes,
) -> HttpResponse {
    let headers = WechatHeaders {
        serial: header(&request, "Wechatpay-Serial"),
        timestamp: header(&request, "Wechatpay-Timestamp"),
        nonce: header(&request, "Wechatpay-Nonce"),
        signature: header(&request, "Wechatpay-Signature"),
    };
    let fail = |problem: ProblemCode| {
        let message = problem.title().get(lang_of(&request));
        // Source of code and message: docs/sources.md#wechat-notices; which problem it is stands beside them.
        serde_json::json!({ "code": "FAIL", "message": message, "problem": problem.as_str() })
    };
    match service::notice::wechat_payment(&context, &path.account, &headers, &body).await {
        Receipt::Stored => HttpResponse::NoContent().finish(),
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
        (status = 413, content_type = "text/plain", body = String, description = "Larger than any notice.")))]
#[post("/alipay/{account}")]
async fn notify_alipay(
    context: Data<Context>,
    path: Path<AccountPath>,
    body: Bytes,
) -> HttpResponse {
    let answer = match service::notice::alipay(&context, &path.account, &body).await {
        Receipt::Stored => "success",
        Receipt::Refused | Receipt::TryAgain => "fail",
    };
    HttpResponse::Ok()
        .content_type(ContentType::plaintext())
        .body(answer)
}
