//! What there is to look at, as JSON.

use actix_web::HttpResponse;
use actix_web::web::{self, Data, Path, Query, ServiceConfig};
use serde::Deserialize;
use serde_json::{Value, json};

use super::answer::error;
use crate::notice::Notice;
use crate::trade::{Phase, Trade};
use crate::world::{Call, State, World};

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/calls", web::get().to(calls))
        .route("/calls/{id}", web::get().to(call))
        .route("/state", web::get().to(state));
}

pub(super) async fn faults(world: Data<World>) -> HttpResponse {
    HttpResponse::Ok().json(json!({ "faults": world.state().faults.shown() }))
}

#[derive(Deserialize)]
struct About {
    subject: Option<String>,
}

async fn calls(world: Data<World>, about: Query<About>) -> HttpResponse {
    let state = world.state();
    let is_wanted = |call: &&Call| {
        (about.subject.as_ref())
            .is_none_or(|subject| [&call.subject, &call.refund].contains(&subject))
    };
    let calls: Vec<&Call> = state.calls.iter().filter(is_wanted).collect();
    HttpResponse::Ok().json(json!({ "calls": calls }))
}

async fn call(world: Data<World>, id: Path<u64>) -> HttpResponse {
    let state = world.state();
    match state.calls.iter().find(|call| call.id == *id) {
        None => error(HttpResponse::NotFound(), &"没有这次调用"),
        Some(call) => {
            let mut shown = json!(call);
            shown["request"] = json!(call.request);
            shown["response"] = json!(call.response);
            HttpResponse::Ok().json(shown)
        }
    }
}

async fn state(world: Data<World>) -> HttpResponse {
    let now = world.now();
    let mut state = world.state();
    state.catch_up(now);
    let orders: Vec<Value> = state
        .trades
        .values()
        .map(|trade| order(trade, now))
        .collect();
    let refunds: Vec<Value> = state.trades.values().flat_map(refunds).collect();
    let notices: Vec<Value> = state.notices.iter().map(notice).collect();
    HttpResponse::Ok().json(json!({
        "now": now, "orders": orders, "refunds": refunds, "notices": notices,
    }))
}

fn order(trade: &Trade, now: i64) -> Value {
    let payment = match &trade.phase {
        Phase::Paid(payment) => Some(payment),
        Phase::Open | Phase::Closed => None,
    };
    json!({
        "provider": trade.key.provider,
        "merchant": trade.key.merchant,
        "out_trade_no": trade.key.number,
        "transaction_id": trade.transaction_id,
        "product": trade.product,
        "amount_fen": trade.amount_fen,
        "standing": State::standing_of(trade, now),
        "paid_at": payment.map(|payment| payment.at),
        "payer": payment.map(|payment| &payment.payer),
        "refunded_fen": trade.refunded_fen(),
        "token": trade.codes.last().map(|code| &code.token),
    })
}

fn refunds(trade: &Trade) -> Vec<Value> {
    (trade.refunds.iter())
        .map(|refund| {
            json!({
                "provider": trade.key.provider,
                "merchant": trade.key.merchant,
                "out_trade_no": trade.key.number,
                "out_refund_no": refund.number,
                "refund_id": refund.id,
                "amount_fen": refund.amount_fen,
                "status": refund.status,
                "from_console": refund.is_from_console,
            })
        })
        .collect()
}

fn notice(notice: &Notice) -> Value {
    json!({
        "id": notice.number,
        "kind": notice.matter.kind(),
        "out_trade_no": notice.matter.key().map(|key| &key.number),
        "out_refund_no": Some(notice.matter.refund()).filter(|number| !number.is_empty()),
        "url": notice.url,
        "tries": notice.tries,
        "due_at": notice.due_at,
        "is_delivered": notice.is_delivered,
    })
}
