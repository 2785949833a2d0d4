//! `WeChat` Pay `APIv3`: create (Native), query and close, every 2xx answer signed.

mod authorization;
pub(crate) mod notice;
mod order;

use actix_web::http::StatusCode;
use actix_web::web::{self, Bytes, Data, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::clock::{Seconds, rfc3339_beijing};
use crate::fault::{Fault, Site};
use crate::keys::{Keys, WechatMerchant};
use crate::notify;
use crate::sign::{CryptoError, random_hex};
use crate::trade::{Phase, Provider, Standing, Trade};
use crate::world::{State, World, out_of_order};

use order::{NativeOrder, create};

/// The routes of the `WeChat` port.
pub(crate) fn routes(config: &mut ServiceConfig) {
    const BY_NUMBER: &str = "/v3/pay/transactions/out-trade-no/{out_trade_no}";
    config
        .route("/v3/pay/transactions/native", web::post().to(native))
        .route(BY_NUMBER, web::get().to(query))
        .route(&format!("{BY_NUMBER}/close"), web::post().to(close))
        .default_service(web::to(|| async {
            error_answer(&Refusal::new(
                404,
                "RESOURCE_NOT_EXISTS",
                "请求的资源不存在",
            ))
        }));
}

/// An error answer; the platform doesn't sign these.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    status: u16,
    code: &'static str,
    message: String,
}

impl Refusal {
    fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
        }
    }

    fn parameter(message: impl Into<String>) -> Self {
        Self::new(400, "PARAM_ERROR", message)
    }

    fn not_found() -> Self {
        Self::new(404, "ORDER_NOT_EXIST", "订单不存在")
    }
}

/// A success; 204 has no body.
struct Success(Option<Value>);

async fn native(world: Data<World>, request: HttpRequest, body: Bytes) -> HttpResponse {
    let now = world.now();
    let order = authorization::check(&world, &request, &body, now)
        .and_then(|()| NativeOrder::parse(&body, &world.keys.merchant.wechat));
    let subject = order
        .as_ref()
        .map_or_else(|_| String::new(), |(order, _)| order.out_trade_no.clone());
    let site = Site {
        provider: Provider::Wechat,
        operation: "native",
        subject: &subject,
    };
    let token = match random_hex::<8>() {
        Ok(token) => token,
        Err(error) => return out_of_order(error),
    };
    serve(&world, site, order, |state, (order, parameters)| {
        create(state, order, parameters, token, now)
    })
    .await
}

async fn query(
    world: Data<World>,
    request: HttpRequest,
    out_trade_no: Path<String>,
    body: Bytes,
) -> HttpResponse {
    let now = world.now();
    let merchant = &world.keys.merchant.wechat;
    let input = authorization::check(&world, &request, &body, now).and_then(|()| {
        let is_ours = request.query_string() == format!("mchid={}", merchant.mchid);
        is_ours
            .then_some(())
            .ok_or_else(|| Refusal::parameter("mchid 缺失或不正确"))
    });
    let site = Site {
        provider: Provider::Wechat,
        operation: "query",
        subject: &out_trade_no,
    };
    serve(&world, site, input, |state, ()| {
        let key = (Provider::Wechat, out_trade_no.clone());
        let trade = state.trades.get(&key).ok_or_else(Refusal::not_found)?;
        Ok(Success(Some(transaction(trade, merchant, now))))
    })
    .await
}

async fn close(
    world: Data<World>,
    request: HttpRequest,
    out_trade_no: Path<String>,
    body: Bytes,
) -> HttpResponse {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Closing {
        mchid: String,
    }
    let now = world.now();
    let input = authorization::check(&world, &request, &body, now).and_then(|()| {
        let closing: Closing =
            serde_json::from_slice(&body).map_err(|error| Refusal::parameter(error.to_string()))?;
        let is_ours = closing.mchid == world.keys.merchant.wechat.mchid;
        is_ours
            .then_some(())
            .ok_or_else(|| Refusal::parameter("mchid 不正确"))
    });
    let site = Site {
        provider: Provider::Wechat,
        operation: "close",
        subject: &out_trade_no,
    };
    serve(&world, site, input, |state, ()| {
        let key = (Provider::Wechat, out_trade_no.clone());
        let trade = state.trades.get_mut(&key).ok_or_else(Refusal::not_found)?;
        if matches!(trade.phase, Phase::Paid(_)) {
            return Err(Refusal::new(400, "ORDER_PAID", "该订单已支付"));
        }
        trade.phase = Phase::Closed;
        Ok(Success(None))
    })
    .await
}

/// Lets faults strike, does the work, and signs and records the answer.
async fn serve<T>(
    world: &World,
    site: Site<'_>,
    input: Result<T, Refusal>,
    effect: impl FnOnce(&mut State, T) -> Result<Success, Refusal>,
) -> HttpResponse {
    if world.fails_before(site).await {
        world.record(site, 500, "fault http_500");
        return error_answer(&Refusal::new(500, "SYSTEM_ERROR", "系统异常，请稍后重试"));
    }
    let outcome = input.and_then(|input| effect(&mut world.state(), input));
    if outcome.is_ok() && site.operation == "native" {
        notify::pay_before_response(world, site).await;
    }
    if world.fails_after(site).await {
        world.record(site, 504, "fault timeout_after_effect");
        return HttpResponse::GatewayTimeout().finish();
    }
    match outcome {
        Ok(Success(value)) => {
            let status = if value.is_some() { 200 } else { 204 };
            world.record(site, status, "OK");
            let is_badly_signed = world.strikes(site, &Fault::BadSignature);
            let body = value.map(|value| value.to_string()).unwrap_or_default();
            signed_answer(world, body, is_badly_signed).unwrap_or_else(out_of_order)
        }
        Err(refusal) => {
            world.record(site, refusal.status, refusal.code);
            error_answer(&refusal)
        }
    }
}

fn error_answer(refusal: &Refusal) -> HttpResponse {
    let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::BAD_REQUEST);
    HttpResponse::build(status).json(json!({ "code": refusal.code, "message": refusal.message }))
}

/// 200 with `body`, or 204 where it is empty; signed over exactly these bytes.
fn signed_answer(
    world: &World,
    body: String,
    is_badly_signed: bool,
) -> Result<HttpResponse, CryptoError> {
    let mut answer = if body.is_empty() {
        HttpResponse::NoContent()
    } else {
        HttpResponse::Ok()
    };
    for (name, value) in signature_headers(&world.keys, world.now(), &body, is_badly_signed)? {
        answer.insert_header((name, value));
    }
    answer.insert_header(("Request-ID", random_hex::<12>()?));
    if body.is_empty() {
        return Ok(answer.finish());
    }
    Ok(answer
        .content_type("application/json; charset=utf-8")
        .body(body))
}

/// The platform's headers for `body`; a bad signature is one of other bytes.
fn signature_headers(
    keys: &Keys,
    now: Seconds,
    body: &str,
    is_badly_signed: bool,
) -> Result<[(&'static str, String); 5], CryptoError> {
    let nonce = random_hex::<16>()?;
    let other_bytes = if is_badly_signed { "?" } else { "" };
    let message = format!(
        "{}{other_bytes}",
        signed_message(&now.to_string(), &nonce, body)
    );
    Ok([
        ("Wechatpay-Signature", keys.wechat_signer.sign(&message)?),
        (
            "Wechatpay-Signature-Type",
            "WECHATPAY2-SHA256-RSA2048".to_owned(),
        ),
        ("Wechatpay-Serial", keys.wechat_serial.clone()),
        ("Wechatpay-Timestamp", now.to_string()),
        ("Wechatpay-Nonce", nonce),
    ])
}

/// What the platform signs in answers and notices.
fn signed_message(timestamp: &str, nonce: &str, body: &str) -> String {
    format!("{timestamp}\n{nonce}\n{body}\n")
}

/// The order as query and notice show it.
fn transaction(trade: &Trade, merchant: &WechatMerchant, now: Seconds) -> Value {
    let mut shown = json!({
        "appid": merchant.appid,
        "mchid": merchant.mchid,
        "out_trade_no": trade.out_trade_no,
        "attach": trade.attach,
        "amount": { "total": trade.amount_fen, "currency": "CNY" },
        "promotion_detail": [],
    });
    match trade.standing(now) {
        Standing::Unscanned | Standing::Waiting => {
            shown["trade_state"] = json!("NOTPAY");
            shown["trade_state_desc"] = json!("订单未支付");
        }
        Standing::Closed => {
            shown["trade_state"] = json!("CLOSED");
            shown["trade_state_desc"] = json!("订单已关闭");
        }
        Standing::Paid(payment) => {
            shown["trade_state"] = json!("SUCCESS");
            shown["trade_state_desc"] = json!("支付成功");
            shown["trade_type"] = json!("NATIVE");
            shown["bank_type"] = json!("OTHERS");
            shown["transaction_id"] = json!(trade.transaction_id);
            shown["success_time"] = json!(rfc3339_beijing(payment.at));
            shown["payer"] = json!({ "openid": payment.payer });
            shown["amount"]["payer_total"] = json!(trade.amount_fen - payment.coupon_fen);
            shown["amount"]["payer_currency"] = json!("CNY");
        }
    }
    shown
}

#[cfg(test)]
mod tests;
