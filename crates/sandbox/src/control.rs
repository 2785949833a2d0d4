//! The control API under `/_ctl`: what tests and demos turn and look at. JSON, loopback only, no login.

mod answer;
mod turn;
mod view;

use actix_web::HttpResponse;
use actix_web::web::{self, Data, Json, ServiceConfig};
use serde::Deserialize;
use serde_json::json;

use crate::capture_code::{CodeContent, issue};
use crate::console_refund::from_console;
use crate::fault::{Fault, Match};
use crate::notice::Matter;
use crate::notify;
use crate::refund::Status;
use crate::trade::{PayRefusal, Phase};
use crate::world::{Buyer, World};

use answer::error;

/// The control API's part of the pages port.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(
        web::scope("/_ctl")
            .route("/pay", web::post().to(pay))
            .route("/scan", web::post().to(scan))
            .route("/refund", web::post().to(refund))
            .route("/refund_from_console", web::post().to(refund_from_console))
            .route("/finish", web::post().to(finish))
            .route("/capture_code", web::post().to(capture_code))
            .route("/notify", web::post().to(notify_again))
            .route("/fault", web::post().to(fault))
            .route("/fault", web::delete().to(clear_faults))
            .route("/faults", web::get().to(view::faults))
            .route("/faults", web::delete().to(clear_faults))
            .configure(turn::routes)
            .configure(view::routes),
    );
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Purchase {
    out_trade_no: String,
    payer: Option<String>,
    #[serde(default)]
    coupon_fen: i64,
    #[serde(default)]
    after_close: bool,
}

/// Opens and pays; answers after the first try of the notice.
async fn pay(world: Data<World>, purchase: Json<Purchase>) -> HttpResponse {
    let purchase = purchase.into_inner();
    let buyer = Buyer {
        payer: purchase.payer,
        coupon_fen: purchase.coupon_fen,
        is_late: purchase.after_close,
    };
    let now = world.now();
    let paid = {
        let mut state = world.state();
        (state.key_by_number(&purchase.out_trade_no))
            .and_then(|key| state.scan_and_pay(&key, buyer, now))
    };
    if paid.is_ok() {
        notify::deliver_due(&world).await;
    }
    outcome(paid)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    out_trade_no: String,
}

async fn scan(world: Data<World>, order: Json<Order>) -> HttpResponse {
    let now = world.now();
    let mut state = world.state();
    let trade = state
        .trade_by_number(&order.out_trade_no)
        .ok_or(PayRefusal::Unknown);
    outcome(trade.and_then(|trade| trade.scan(None, now)))
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum End {
    Success,
    Abnormal,
    Closed,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RefundEnd {
    out_refund_no: String,
    to: End,
}

/// Decides a refund; answers after the first try of its notice.
async fn refund(world: Data<World>, asked: Json<RefundEnd>) -> HttpResponse {
    let status = match asked.to {
        End::Success => Status::Success,
        End::Abnormal => Status::Abnormal,
        End::Closed => Status::Closed,
    };
    let is_decided = decide(&world, &asked.out_refund_no, status);
    if !is_decided {
        return error(HttpResponse::NotFound(), &"退款单不存在或已成功");
    }
    notify::deliver_due(&world).await;
    outcome(Ok(()))
}

/// Ends a refund that isn't done; false where there is none.
pub(crate) fn decide(world: &World, out_refund_no: &str, status: Status) -> bool {
    let now = world.now();
    let mut state = world.state();
    let is_it = |refund: &crate::refund::Refund| {
        refund.number == out_refund_no && refund.status != Status::Success
    };
    let found = state.trades.values_mut().find_map(|trade| {
        let refund = trade.refunds.iter_mut().find(|refund| is_it(refund))?;
        refund.end(status, now);
        Some(Matter::Refund(trade.key.clone(), refund.number.clone()))
    });
    match found {
        Some(matter) => {
            state.tell(matter, now);
            true
        }
        None => false,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConsoleRefund {
    out_trade_no: String,
    /// All that is left where nothing is said.
    refund_fen: Option<i64>,
    #[serde(default)]
    reason: String,
}

async fn refund_from_console(world: Data<World>, asked: Json<ConsoleRefund>) -> HttpResponse {
    let now = world.now();
    let made = {
        let mut state = world.state();
        state.catch_up(now);
        let found = state.trade_by_number(&asked.out_trade_no);
        let found = found.map(|trade| (trade.key.clone(), trade.amount_fen - trade.claimed_fen()));
        let Some((key, rest_fen)) = found else {
            return outcome(Err(PayRefusal::Unknown));
        };
        let amount_fen = asked.refund_fen.unwrap_or(rest_fen);
        from_console(&mut state, &key, amount_fen, &asked.reason, now)
    };
    let Some(out_refund_no) = made else {
        return error(HttpResponse::Conflict(), &"订单未支付，或余额不足以退款");
    };
    notify::deliver_due(&world).await;
    HttpResponse::Ok().json(json!({ "ok": true, "out_refund_no": out_refund_no }))
}

/// Makes an image-capture code.
async fn capture_code(world: Data<World>, content: Json<CodeContent>) -> HttpResponse {
    match issue(&world, &content) {
        Ok(code) => HttpResponse::Ok().json(json!({ "code": code })),
        Err(_) => HttpResponse::InternalServerError().finish(),
    }
}

/// Ends Alipay's time for refunds now.
async fn finish(world: Data<World>, order: Json<Order>) -> HttpResponse {
    let now = world.now();
    {
        let mut state = world.state();
        let found = state.trade_by_number(&order.out_trade_no);
        let found = found.and_then(|trade| match &mut trade.phase {
            Phase::Paid(payment) => {
                payment.is_finished = true;
                Some(trade.key.clone())
            }
            Phase::Open | Phase::Closed => None,
        });
        let Some(key) = found else {
            return outcome(Err(PayRefusal::Unknown));
        };
        state.tell(Matter::Finished(key), now);
    }
    notify::deliver_due(&world).await;
    outcome(Ok(()))
}

/// Sends all notices of an order again, with their old numbers.
async fn notify_again(world: Data<World>, order: Json<Order>) -> HttpResponse {
    let now = world.now();
    let mut count = 0;
    for notice in &mut world.state().notices {
        let key = notice.matter.key();
        if key.is_some_and(|key| key.number == order.out_trade_no) {
            notice.due_at = Some(now);
            count += 1;
        }
    }
    notify::deliver_due(&world).await;
    HttpResponse::Ok().json(json!({ "ok": true, "notices": count }))
}

fn outcome(outcome: Result<(), PayRefusal>) -> HttpResponse {
    match outcome {
        Ok(()) => HttpResponse::Ok().json(json!({ "ok": true })),
        Err(refusal @ PayRefusal::Unknown) => error(HttpResponse::NotFound(), &refusal),
        Err(refusal @ (PayRefusal::AlreadyPaid | PayRefusal::Closed | PayRefusal::CodeExpired)) => {
            error(HttpResponse::Conflict(), &refusal)
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Request {
    #[serde(default, rename = "match")]
    at: Match,
    #[serde(rename = "do")]
    fault: String,
    #[serde(default = "once")]
    times: u32,
    /// Until it is taken away, whatever `times` says.
    #[serde(default)]
    always: bool,
}

fn once() -> u32 {
    1
}

async fn fault(world: Data<World>, request: Json<Request>) -> HttpResponse {
    let request = request.into_inner();
    match request.fault.parse::<Fault>() {
        Ok(fault) => {
            let left = (!request.always).then_some(request.times);
            world.state().faults.arm(fault, request.at, left);
            HttpResponse::Ok().json(json!({ "ok": true }))
        }
        Err(unknown) => error(HttpResponse::UnprocessableEntity(), &unknown),
    }
}

async fn clear_faults(world: Data<World>) -> HttpResponse {
    world.state().faults.clear();
    HttpResponse::Ok().json(json!({ "ok": true }))
}
