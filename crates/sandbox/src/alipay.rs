//! Alipay's V2 gateway: one address for all methods; a trade exists only from the moment the buyer opens it.

mod bill;
mod call;
mod gateway;
pub(crate) mod notice;
mod refund;
mod trade;
mod work;

use actix_web::http::header::{DATE, HeaderValue};
use actix_web::web::{self, Bytes, Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Value, json};

use crate::clock::http_date;
use crate::fault::{Kind, Site};
use crate::html::{escape, page, see_other};
use crate::notify;
use crate::provider::Provider;
use crate::request_text::shown;
use crate::sign::{CryptoError, percent_encode, random_hex};
use crate::world::{Failure, Lost, Record, State, World, out_of_order};

use call::{Call, Content};
use gateway::{GatewayError, Pairs};
use work::{Answer, Common, Work};

pub(crate) use trade::return_address;

/// The routes of the Alipay port.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .route("/gateway.do", web::post().to(serve))
        .route("/gateway.do", web::get().to(serve))
        .route("/bill/{token}", web::get().to(bill::download));
}

async fn serve(world: Data<World>, request: HttpRequest, body: Bytes) -> HttpResponse {
    let read = |text: &str| web::Query::<Pairs>::from_query(text).map(web::Query::into_inner);
    let pairs = read(request.query_string()).and_then(|mut pairs| {
        pairs.extend(read(&String::from_utf8_lossy(&body))?);
        Ok(pairs)
    });
    let common = pairs
        .map_err(|error| GatewayError::parameter(error.to_string()))
        .and_then(|pairs| gateway::check(&world, pairs));
    let call = common.and_then(|common| Ok((Call::parse(&common)?, common)));
    let (call, common) = match call {
        Ok(parsed) => parsed,
        Err(refused) => {
            let response = gateway::error_answer(&refused);
            let site = Site {
                provider: Provider::Alipay,
                operation: "gateway",
                merchant: "",
                subject: "",
                refund: "",
            };
            let record = Record {
                status: 200,
                outcome: refused.sub_code.to_owned(),
                is_verified: Some(!gateway::is_unverified(&refused)),
                request: shown(&request, &body),
                response: response.clone(),
            };
            world.record(site, record);
            if request.method() == actix_web::http::Method::GET {
                return page(
                    "支付请求有误",
                    &format!("<p>{}</p>", escape(refused.sub_code)),
                );
            }
            return gateway::json(response);
        }
    };
    answer(&world, &call, &common, shown(&request, &body)).await
}

/// Lets faults strike, does the work, signs and records the answer.
async fn answer(world: &World, call: &Call, common: &Common, request: String) -> HttpResponse {
    let site = Site {
        provider: Provider::Alipay,
        operation: call.name(),
        merchant: &common.app_id,
        subject: &call.number,
        refund: &call.refund,
    };
    let finished = match finish(world, call, common, site).await {
        Ok(finished) => finished,
        Err(error) => return out_of_order(error),
    };
    let (status, code, text, mut response) = match finished {
        Finished::Failed(status, code) => {
            let is_page = code == "http_502_html";
            let body = if is_page {
                "<html><h1>502 Bad Gateway</h1></html>"
            } else {
                ""
            };
            let failed = actix_web::http::StatusCode::from_u16(status).unwrap_or_default();
            (
                status,
                code,
                body.to_owned(),
                HttpResponse::build(failed).body(body),
            )
        }
        Finished::Cashier(address) => (303, "303".to_owned(), address.clone(), see_other(&address)),
        Finished::Json(code, (text, bytes), is_cut_off) => {
            let response = if is_cut_off {
                crate::cut::response(HttpResponse::Ok(), &Bytes::from(bytes))
            } else {
                gateway::json(bytes)
            };
            (200, code, text, response)
        }
    };
    let record = Record {
        status,
        outcome: code,
        is_verified: Some(true),
        request,
        response: text,
    };
    world.record(site, record);
    if let Ok(date) = HeaderValue::from_str(&http_date(world.now())) {
        response.headers_mut().insert(DATE, date);
    }
    response
}

/// What goes back: a failure, a redirect, or a text with its code.
enum Finished {
    Failed(u16, String),
    Cashier(String),
    Json(String, (String, Vec<u8>), bool),
}

async fn finish(
    world: &World,
    call: &Call,
    common: &Common,
    site: Site<'_>,
) -> Result<Finished, CryptoError> {
    let failure = match world.fails_before(site).await {
        Some(Failure::Timeout) => return Ok(Finished::Failed(504, "TIMEOUT".to_owned())),
        Some(Failure::Internal) => return Ok(Finished::Failed(500, "http_500".to_owned())),
        Some(Failure::BadGateway) => {
            return Ok(Finished::Failed(502, "http_502_html".to_owned()));
        }
        Some(Failure::Code(code)) => Some(coded(code)),
        None => None,
    };
    let Some(account) = world.keys.alipay(&common.app_id) else {
        return Ok(Finished::Failed(500, "no account".to_owned()));
    };
    let work = Work {
        world,
        account,
        common,
        token: random_hex::<12>()?,
        now: world.now(),
    };
    let answer = match failure {
        Some(answer) => answer,
        None => run(&work, &mut world.state(), call, site),
    };
    if matches!(
        (&answer, &call.content),
        (Answer::Success(_), Content::Precreate(_))
    ) {
        notify::pay_before_response(world, site).await;
    }
    let lost = world.fails_after(site).await;
    if lost == Some(Lost::Timeout) {
        return Ok(Finished::Failed(504, "TIMEOUT".to_owned()));
    }
    let code = answer.code().to_owned();
    if let Answer::Cashier(address) = answer {
        return Ok(Finished::Cashier(address));
    }
    let oddity = gateway::Oddity {
        is_badly_signed: world.strikes(site, Kind::BadSignature),
        is_garbled: lost == Some(Lost::Garbled),
        is_gbk: world.strikes(site, Kind::Gbk),
    };
    let inner = envelope(answer, call);
    let made = gateway::signed_answer(&work, &inner, oddity)?;
    Ok(Finished::Json(code, made, lost == Some(Lost::CutOff)))
}

/// The answer with a code that somebody asked for.
fn coded(code: String) -> Answer {
    if code == "20000" || code.starts_with("isp.unknow") {
        return Answer::Unavailable;
    }
    Answer::Refused(code, "沙箱按要求返回的错误".to_owned())
}

fn run(work: &Work<'_>, state: &mut State, call: &Call, site: Site<'_>) -> Answer {
    state.catch_up(work.now);
    let answer = match &call.content {
        Content::Precreate(order) => trade::precreate(work, state, order),
        Content::Page(order) => cashier(work, trade::page(work, state, order)),
        Content::Query(by) => trade::query(work, state, by),
        Content::Close(by) => trade::close(work, state, by),
        Content::Cancel(by) => refund::cancel(work, state, by),
        Content::Refund(order) => refund::make(work, state, order, site),
        Content::RefundQuery(by) => refund::query(work, state, by),
        Content::Bill(order) => bill::offer(work, state, order, site),
    };
    if let Answer::Success(mut fields) = answer {
        if fields["total_amount"].is_string() && state.faults.strikes(site, Kind::WrongAmount) {
            let told = fields["total_amount"].as_str().and_then(crate::money::fen);
            fields["total_amount"] = json!(crate::money::yuan(told.unwrap_or_default() + 1));
        }
        return Answer::Success(fields);
    }
    answer
}

/// The way of the buyer's browser: to the cashier, or to an error.
fn cashier(work: &Work<'_>, made: Result<(String, Option<String>), Answer>) -> Answer {
    let (token, quit_url) = match made {
        Ok(made) => made,
        Err(answer) => return answer,
    };
    let back = quit_url.map(|url| format!("?back={}", percent_encode(&url)));
    let pages = &work.world.addresses.pages;
    Answer::Cashier(format!("{pages}/pay/{token}{}", back.unwrap_or_default()))
}

/// The inner object of the answer, in the shapes in which real ones were recorded.
fn envelope(answer: Answer, call: &Call) -> Value {
    match answer {
        Answer::Success(mut fields) => {
            fields["code"] = json!("10000");
            fields["msg"] = json!("Success");
            fields
        }
        Answer::Refused(sub_code, message) => {
            let mut fields = match call.content {
                Content::Query(_) => trade::without_amounts(),
                Content::Precreate(_)
                | Content::Page(_)
                | Content::Close(_)
                | Content::Cancel(_)
                | Content::Refund(_)
                | Content::RefundQuery(_)
                | Content::Bill(_) => json!({}),
            };
            if !call.number.is_empty() {
                fields["out_trade_no"] = json!(call.number);
            }
            fields["code"] = json!("40004");
            fields["msg"] = json!("Business Failed");
            fields["sub_code"] = json!(sub_code);
            fields["sub_msg"] = json!(message);
            fields
        }
        Answer::Unavailable | Answer::Cashier(_) => json!({
            "code": "20000", "msg": "Service Currently Unavailable",
            "sub_code": "isp.unknow-error", "sub_msg": "系统繁忙",
        }),
    }
}

#[cfg(test)]
mod tests;
