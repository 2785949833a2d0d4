//! Alipay's V2 gateway: precreate, query and close; a trade exists only from its scan on.

mod call;
mod gateway;
pub(crate) mod notice;

use actix_web::HttpResponse;
use actix_web::web::{self, Data, ServiceConfig};
use serde_json::{Value, json};

use crate::clock::{Seconds, naive_beijing, parse_naive_beijing};
use crate::fault::{Fault, Site};
use crate::notify;
use crate::sign::{CryptoError, random_hex};
use crate::trade::{Code, Expiry, Phase, Provider, Standing, Trade, fen, yuan};
use crate::world::{State, World, out_of_order};

use call::{ByNumber, Call, Precreate, TRADE_LIFE_S, span_s};
use gateway::Common;

/// A QR code can be scanned for 2 h where the merchant says nothing.
const CODE_LIFE_S: i64 = 2 * 3600;
/// The routes of the Alipay port.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.route("/gateway.do", web::post().to(serve));
}

/// A business answer: 10000 with fields, or 40004 with a `sub_code`.
#[derive(Debug, PartialEq, Eq)]
enum Answer {
    Success(Value),
    Refused(&'static str, &'static str),
}

async fn serve(
    world: Data<World>,
    query: web::Query<Pairs>,
    form: web::Form<Pairs>,
) -> HttpResponse {
    let common = gateway::check(
        &world,
        query.into_inner().into_iter().chain(form.into_inner()),
    );
    let (common, call) =
        match common.and_then(|common| Call::parse(&common).map(|call| (common, call))) {
            Ok(parsed) => parsed,
            Err(refused) => {
                let site = Site {
                    provider: Provider::Alipay,
                    operation: "gateway",
                    subject: "",
                };
                world.record(site, 200, refused.sub_code);
                return gateway::error_answer(&refused);
            }
        };
    let site = Site {
        provider: Provider::Alipay,
        operation: call.name(),
        subject: call.out_trade_no(),
    };
    if world.fails_before(site).await {
        world.record(site, 500, "fault http_500");
        return HttpResponse::InternalServerError().finish();
    }
    let answer = match perform(&world, &common, &call) {
        Ok(answer) => answer,
        Err(error) => return out_of_order(error),
    };
    if matches!((&answer, &call), (Answer::Success(_), Call::Precreate(_))) {
        notify::pay_before_response(&world, site).await;
    }
    if world.fails_after(site).await {
        world.record(site, 504, "fault timeout_after_effect");
        return HttpResponse::GatewayTimeout().finish();
    }
    let sub_code = match &answer {
        Answer::Success(_) => "10000",
        Answer::Refused(sub_code, _) => sub_code,
    };
    world.record(site, 200, sub_code);
    let is_badly_signed = world.strikes(site, &Fault::BadSignature);
    gateway::signed_answer(
        &world.keys,
        &common.method,
        &envelope(answer),
        is_badly_signed,
    )
    .unwrap_or_else(out_of_order)
}

/// Decoded form fields, in the order in which they came.
type Pairs = Vec<(String, String)>;

fn perform(world: &World, common: &Common, call: &Call) -> Result<Answer, CryptoError> {
    let now = world.now();
    let token = format!("bax{}", random_hex::<8>()?);
    let mut state = world.state();
    Ok(match call {
        Call::Precreate(order) => precreate(&mut state, common, order, token, now),
        Call::Query(ByNumber { out_trade_no }) => query(&state, out_trade_no, now),
        Call::Close(ByNumber { out_trade_no }) => close(&mut state, out_trade_no, now),
    })
}

/// Gives out a QR code. No trade is made: query and close don't know the number until the scan.
fn precreate(
    state: &mut State,
    common: &Common,
    order: &Precreate,
    token: String,
    now: Seconds,
) -> Answer {
    let span = |text: &Option<String>| text.as_deref().and_then(|text| span_s(text, now));
    let end = order.time_expire.as_deref().and_then(parse_naive_beijing);
    let code_end = now + span(&order.qr_code_timeout_express).unwrap_or(CODE_LIFE_S);
    let code = Code {
        token,
        expires_at: end.map_or(code_end, |end| end.min(code_end)),
    };
    let parameters = json!([common.biz_content, common.notify_url]);
    let key = (Provider::Alipay, order.out_trade_no.clone());
    let trade = if let Some(trade) = state.trades.get_mut(&key) {
        match trade.standing(now) {
            Standing::Paid(_) => {
                return Answer::Refused("ACQ.TRADE_HAS_SUCCESS", "交易已被支付");
            }
            Standing::Closed => return Answer::Refused("ACQ.TRADE_HAS_CLOSE", "交易已经关闭"),
            Standing::Unscanned | Standing::Waiting if trade.parameters != parameters => {
                return Answer::Refused("ACQ.CONTEXT_INCONSISTENT", "交易信息被篡改");
            }
            Standing::Unscanned | Standing::Waiting => {}
        }
        trade.codes.push(code);
        trade
    } else {
        let transaction_id = state.next_transaction_id(Provider::Alipay, now);
        state.trades.entry(key).or_insert(Trade {
            provider: Provider::Alipay,
            out_trade_no: order.out_trade_no.clone(),
            amount_fen: fen(&order.total_amount).unwrap_or_default(),
            description: order.subject.clone(),
            attach: String::new(),
            notify_url: common.notify_url.clone(),
            parameters,
            created_at: now,
            codes: vec![code],
            scanned_at: None,
            expiry: Expiry {
                at: end,
                after_scan_s: Some(span(&order.timeout_express).unwrap_or(TRADE_LIFE_S)),
            },
            phase: Phase::Open,
            transaction_id,
        })
    };
    let qr_code = trade.code_content();
    Answer::Success(json!({ "out_trade_no": order.out_trade_no, "qr_code": qr_code }))
}

const NOT_EXIST: Answer = Answer::Refused("ACQ.TRADE_NOT_EXIST", "交易不存在");

/// The trade, where a buyer has scanned it.
fn query(state: &State, out_trade_no: &str, now: Seconds) -> Answer {
    let key = (Provider::Alipay, out_trade_no.to_owned());
    let scanned = state
        .trades
        .get(&key)
        .filter(|trade| trade.scanned_at.is_some());
    let Some(trade) = scanned else {
        return NOT_EXIST;
    };
    let total = yuan(trade.amount_fen);
    let mut shown = json!({
        "out_trade_no": trade.out_trade_no,
        "trade_no": trade.transaction_id,
        "total_amount": total,
        "buyer_logon_id": "stu***@example.com",
    });
    shown["trade_status"] = match trade.standing(now) {
        Standing::Unscanned | Standing::Waiting => json!("WAIT_BUYER_PAY"),
        Standing::Closed => json!("TRADE_CLOSED"),
        Standing::Paid(payment) => {
            shown["receipt_amount"] = json!(total);
            shown["buyer_pay_amount"] = json!(yuan(trade.amount_fen - payment.coupon_fen));
            shown["buyer_user_id"] = json!(payment.payer);
            shown["send_pay_date"] = json!(naive_beijing(payment.at));
            json!("TRADE_SUCCESS")
        }
    };
    Answer::Success(shown)
}

/// Closes a scanned, unpaid trade. An unscanned code stays payable, as with the real gateway.
fn close(state: &mut State, out_trade_no: &str, now: Seconds) -> Answer {
    let key = (Provider::Alipay, out_trade_no.to_owned());
    let scanned = state
        .trades
        .get_mut(&key)
        .filter(|trade| trade.scanned_at.is_some());
    let Some(trade) = scanned else {
        return NOT_EXIST;
    };
    match trade.standing(now) {
        Standing::Paid(_) => Answer::Refused("ACQ.TRADE_HAS_SUCCESS", "交易已被支付"),
        Standing::Closed => Answer::Refused("ACQ.TRADE_STATUS_ERROR", "交易状态不合法"),
        Standing::Unscanned | Standing::Waiting => {
            trade.phase = Phase::Closed;
            Answer::Success(
                json!({ "out_trade_no": out_trade_no, "trade_no": trade.transaction_id }),
            )
        }
    }
}

/// The inner object of the answer.
fn envelope(answer: Answer) -> Value {
    match answer {
        Answer::Success(mut fields) => {
            fields["code"] = json!("10000");
            fields["msg"] = json!("Success");
            fields
        }
        Answer::Refused(sub_code, message) => json!({
            "code": "40004", "msg": "Business Failed", "sub_code": sub_code, "sub_msg": message,
        }),
    }
}

#[cfg(test)]
mod tests;
