//! `WeChat` Pay `APIv3`: one door for all calls, every 2xx answer but a bill signed.

mod answer;
mod authorization;
mod bill;
mod call;
mod certificates;
pub(crate) mod jsapi;
pub(crate) mod notice;
pub(crate) mod oauth;
mod order;
mod refund;
mod transaction;
mod work;

use actix_web::web::{self, Bytes, Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};

use crate::fault::{Kind, Site};
use crate::notify;
use crate::provider::Provider;
use crate::request_text::{header, shown};
use crate::world::{Failure, Lost, Record, State, World, out_of_order};

use answer::Signing;
use call::{Call, Operation};
use work::{Reply, WechatError, Work};

/// The routes of the `WeChat` port.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .configure(oauth::routes)
        .configure(jsapi::h5_route)
        .default_service(web::to(serve));
}

async fn serve(world: Data<World>, request: HttpRequest, body: Bytes) -> HttpResponse {
    let call = Call::of(request.method().as_str(), request.path(), &body);
    let mchid = authorization::mchid(request.headers());
    let site = Site {
        provider: Provider::Wechat,
        operation: call.operation.name(),
        merchant: &mchid,
        subject: &call.number,
        refund: &call.refund,
    };
    let skew_s = world.number(site, Kind::ClockSkew).unwrap_or_default();
    let sent = Sent {
        request: &request,
        body: &body,
        call: &call,
        site,
    };
    let (outcome, is_verified) = perform(&world, &sent, skew_s).await;
    let lost = match &outcome {
        Ok(_) => world.fails_after(site).await,
        Err(_) => None,
    };
    let signing = Signing {
        account: world.keys.wechat(&mchid),
        asked: header(request.headers(), "wechatpay-serial"),
        spoilt: world.state().faults.spoilt(site),
        skew_s,
    };
    let answer = match answer::finish(&world, outcome, lost, &signing) {
        Ok(answer) => answer,
        Err(error) => return out_of_order(error),
    };
    let record = Record {
        status: answer.status,
        outcome: answer.code.clone(),
        is_verified,
        request: shown(&request, &body),
        response: answer.shown(),
    };
    world.record(site, record);
    answer.into_response(lost == Some(Lost::CutOff))
}

/// A call as it was sent, and what faults know it by.
struct Sent<'a> {
    request: &'a HttpRequest,
    body: &'a [u8],
    call: &'a Call,
    site: Site<'a>,
}

/// Lets faults strike, verifies, and does the work; also tells whether the caller's signature was good.
async fn perform(
    world: &World,
    sent: &Sent<'_>,
    skew_s: i64,
) -> (Result<Reply, WechatError>, Option<bool>) {
    let Sent {
        request,
        body,
        call,
        site,
    } = *sent;
    if let Some(failure) = world.fails_before(site).await {
        return (Err(failed(failure)), None);
    }
    let now = world.now() + skew_s;
    let account = match authorization::check(world, request, body, now) {
        Ok(account) => account,
        Err(refusal) => return (Err(refusal), Some(false)),
    };
    let work = Work {
        world,
        account,
        call,
        query: request.query_string(),
        body,
        now: world.now(),
    };
    let outcome = run(&work, &mut world.state(), site);
    if outcome.is_ok() && matches!(call.operation, Operation::Create(_)) {
        notify::pay_before_response(world, site).await;
    }
    (outcome, Some(true))
}

fn run(work: &Work<'_>, state: &mut State, site: Site<'_>) -> Result<Reply, WechatError> {
    state.catch_up(work.now);
    let reply = match work.call.operation {
        Operation::Create(product) => order::create(work, state, product),
        Operation::Query => transaction::query(work, state, site),
        Operation::QueryById => transaction::query_by_id(work, state),
        Operation::Close => order::close(work, state),
        Operation::Refund => refund::make(work, state, site),
        Operation::RefundQuery => refund::query(work, state),
        Operation::AbnormalRefund => refund::apply_abnormal(work, state),
        Operation::TradeBill => bill::trade(work, state, site),
        Operation::FundFlowBill => bill::fund_flow(work, state, site),
        Operation::BillDownload => bill::download(work, state),
        Operation::Certificates => certificates::list(work),
        Operation::Unknown => Err(WechatError::new(
            404,
            "RESOURCE_NOT_EXISTS",
            "请求的资源不存在",
        )),
    }?;
    if let Reply::Json(mut value) = reply {
        if value.get("refund_id").is_some() && state.faults.strikes(site, Kind::RefundBothStatuses)
        {
            value["refund_status"] = value["status"].clone();
        }
        if value.pointer("/amount/total").is_some() && state.faults.strikes(site, Kind::WrongAmount)
        {
            let total = value["amount"]["total"].as_i64().unwrap_or_default();
            value["amount"]["total"] = (total + 1).into();
        }
        return Ok(Reply::Json(value));
    }
    Ok(reply)
}

fn failed(failure: Failure) -> WechatError {
    match failure {
        Failure::Timeout => WechatError::new(504, "TIMEOUT", ""),
        Failure::Internal => WechatError::new(500, "SYSTEM_ERROR", "系统异常，请稍后重试"),
        Failure::BadGateway => WechatError::new(502, "BAD_GATEWAY", ""),
        Failure::Code(code) => WechatError::coded(code),
    }
}

#[cfg(test)]
mod tests;
