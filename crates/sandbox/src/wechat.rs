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

use std::borrow::Cow;
use std::fmt::Write as _;

use actix_web::http::header::HeaderMap;
use actix_web::web::{self, Bytes, Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::Value;

use crate::clock::Seconds;
use crate::fault::{Kind, Site};
use crate::keys::WechatAccount;
use crate::notify;
use crate::trade::Provider;
use crate::world::{Failure, Lost, Record, State, World, out_of_order};

use answer::Signing;
use call::{Call, Operation};

/// The routes of the `WeChat` port.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .configure(oauth::routes)
        .configure(jsapi::h5_route)
        .default_service(web::to(serve));
}

/// An error answer; the platform doesn't sign these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    status: u16,
    code: Cow<'static, str>,
    message: String,
}

impl Refusal {
    fn new(status: u16, code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self {
            status,
            code: code.into(),
            message: message.into(),
        }
    }

    fn parameter(message: impl Into<String>) -> Self {
        Self::new(400, "PARAM_ERROR", message)
    }

    fn not_found() -> Self {
        Self::new(404, "ORDER_NOT_EXIST", "订单不存在")
    }

    /// The refusal with a code that somebody asked for.
    fn coded(code: String) -> Self {
        let status = match code.replace('_', "").as_str() {
            "SYSTEMERROR" | "BANKERROR" => 500,
            "FREQUENCYLIMITED" | "RATELIMITEXCEEDED" => 429,
            "SIGNERROR" => 401,
            "NOTENOUGH" | "RULELIMIT" | "NOAUTH" | "OUTTRADENOUSED" | "TRADEERROR"
            | "ACCOUNTERROR" => 403,
            "ORDERNOTEXIST" | "RESOURCENOTEXISTS" | "MCHNOTEXISTS" => 404,
            "USERPAYING" => 202,
            _ => 400,
        };
        Self::new(status, code, "沙箱按要求返回的错误")
    }
}

/// What a call comes to.
enum Reply {
    /// 200 with this as JSON.
    Json(Value),
    /// 204.
    Empty,
    /// A bill: bytes without a signature.
    File(Vec<u8>),
}

/// What every operation gets to see.
struct Work<'a> {
    world: &'a World,
    account: &'a WechatAccount,
    call: &'a Call,
    query: &'a str,
    body: &'a [u8],
    now: Seconds,
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
    let sent = (&request, body.as_ref());
    let (outcome, is_verified) = perform(&world, sent, &call, site, skew_s).await;
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

/// Lets faults strike, verifies, and does the work; also tells whether the caller's signature was good.
async fn perform(
    world: &World,
    (request, body): (&HttpRequest, &[u8]),
    call: &Call,
    site: Site<'_>,
    skew_s: i64,
) -> (Result<Reply, Refusal>, Option<bool>) {
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
    let outcome = work.run(&mut world.state(), site);
    if outcome.is_ok() && matches!(call.operation, Operation::Create(_)) {
        notify::pay_before_response(world, site).await;
    }
    (outcome, Some(true))
}

impl Work<'_> {
    fn run(&self, state: &mut State, site: Site<'_>) -> Result<Reply, Refusal> {
        state.catch_up(self.now);
        let reply = match self.call.operation {
            Operation::Create(product) => order::create(self, state, product),
            Operation::Query => transaction::query(self, state, site),
            Operation::QueryById => transaction::query_by_id(self, state),
            Operation::Close => order::close(self, state),
            Operation::Refund => refund::make(self, state, site),
            Operation::RefundQuery => refund::query(self, state),
            Operation::AbnormalRefund => refund::apply_abnormal(self, state),
            Operation::TradeBill => bill::trade(self, state, site),
            Operation::FundFlowBill => bill::fund_flow(self, state, site),
            Operation::BillDownload => bill::download(self, state),
            Operation::Certificates => certificates::list(self),
            Operation::Unknown => Err(Refusal::new(404, "RESOURCE_NOT_EXISTS", "请求的资源不存在")),
        }?;
        if let Reply::Json(mut value) = reply {
            if value.get("refund_id").is_some()
                && state.faults.strikes(site, Kind::RefundBothStatuses)
            {
                value["refund_status"] = value["status"].clone();
            }
            if value.pointer("/amount/total").is_some()
                && state.faults.strikes(site, Kind::WrongAmount)
            {
                let total = value["amount"]["total"].as_i64().unwrap_or_default();
                value["amount"]["total"] = (total + 1).into();
            }
            return Ok(Reply::Json(value));
        }
        Ok(reply)
    }

    /// A parameter of the query string.
    fn parameter(&self, name: &str) -> Option<String> {
        let pairs = web::Query::<Vec<(String, String)>>::from_query(self.query).ok()?;
        (pairs.into_inner().into_iter())
            .find(|(found, _)| found == name)
            .map(|(_, value)| value)
    }
}

fn failed(failure: Failure) -> Refusal {
    match failure {
        Failure::Timeout => Refusal::new(504, "TIMEOUT", ""),
        Failure::Internal => Refusal::new(500, "SYSTEM_ERROR", "系统异常，请稍后重试"),
        Failure::BadGateway => Refusal::new(502, "BAD_GATEWAY", ""),
        Failure::Code(code) => Refusal::coded(code),
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// A request as text, for the log.
pub(crate) fn shown(request: &HttpRequest, body: &[u8]) -> String {
    let mut text = format!("{} {}\n", request.method(), request.uri());
    for (name, value) in request.headers() {
        let value = String::from_utf8_lossy(value.as_bytes());
        let _ = writeln!(text, "{name}: {value}");
    }
    text.push('\n');
    text.push_str(&String::from_utf8_lossy(body));
    text
}

#[cfg(test)]
mod tests;
