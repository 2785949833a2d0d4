//! The control API under `/_ctl`: what tests and demos turn and look at. JSON, loopback only, no login.

use std::fmt::Display;

use actix_web::HttpResponse;
use actix_web::web::{self, Data, Json, ServiceConfig};
use serde::Deserialize;
use serde_json::json;

use crate::fault::{Fault, Match};
use crate::notify;
use crate::trade::{Provider, Refusal};
use crate::world::{Buyer, State, World};

/// The control API's part of the pages port.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(
        web::scope("/_ctl")
            .route("/pay", web::post().to(pay))
            .route("/scan", web::post().to(scan))
            .route("/clock", web::post().to(clock))
            .route("/fault", web::post().to(fault))
            .route("/sms_limits", web::post().to(sms_limits))
            .route("/reset", web::post().to(reset))
            .route("/calls", web::get().to(calls)),
    );
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Purchase {
    out_trade_no: String,
    payer: Option<String>,
    #[serde(default)]
    coupon_fen: i64,
}

/// Scans and pays; answers after the first try of the notice.
async fn pay(world: Data<World>, purchase: Json<Purchase>) -> HttpResponse {
    let Purchase {
        out_trade_no,
        payer,
        coupon_fen,
    } = purchase.into_inner();
    let now = world.now();
    let paid = {
        let mut state = world.state();
        key(&mut state, &out_trade_no)
            .and_then(|key| state.scan_and_pay(&key, Buyer { payer, coupon_fen }, now))
    };
    if paid.is_ok() {
        notify::deliver_due(&world).await;
    }
    outcome(paid)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scan {
    out_trade_no: String,
}

async fn scan(world: Data<World>, scan: Json<Scan>) -> HttpResponse {
    let now = world.now();
    let mut state = world.state();
    let trade = state
        .trade_by_number(&scan.out_trade_no)
        .ok_or(Refusal::Unknown);
    outcome(trade.and_then(|trade| trade.scan(None, now)))
}

fn key(state: &mut State, out_trade_no: &str) -> Result<(Provider, String), Refusal> {
    let trade = state
        .trade_by_number(out_trade_no)
        .ok_or(Refusal::Unknown)?;
    Ok((trade.provider, trade.out_trade_no.clone()))
}

fn outcome(outcome: Result<(), Refusal>) -> HttpResponse {
    match outcome {
        Ok(()) => HttpResponse::Ok().json(json!({ "ok": true })),
        Err(refusal @ Refusal::Unknown) => error(HttpResponse::NotFound(), &refusal),
        Err(refusal @ (Refusal::AlreadyPaid | Refusal::Closed | Refusal::CodeExpired)) => {
            error(HttpResponse::Conflict(), &refusal)
        }
    }
}

fn error(mut answer: actix_web::HttpResponseBuilder, error: &impl Display) -> HttpResponse {
    answer.json(json!({ "error": error.to_string() }))
}

/// Either moves the clock on, or sets its distance from the system's time.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Turn {
    AdvanceS(i64),
    OffsetS(i64),
}

/// Turns the clock; answers when all notices that came due were tried.
async fn clock(world: Data<World>, turn: Json<Turn>) -> HttpResponse {
    let turned = match *turn {
        Turn::AdvanceS(by_s) => world.clock.advance(by_s),
        Turn::OffsetS(offset_s) => world.clock.set_offset(offset_s),
    };
    if let Err(failure) = turned {
        return error(HttpResponse::InternalServerError(), &failure);
    }
    notify::deliver_due(&world).await;
    HttpResponse::Ok().json(json!({ "now": world.now(), "offset_s": world.clock.offset_s() }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    #[serde(default, rename = "match")]
    at: Match,
    #[serde(rename = "do")]
    fault: String,
    #[serde(default = "once")]
    times: u32,
}

fn once() -> u32 {
    1
}

async fn fault(world: Data<World>, order: Json<Order>) -> HttpResponse {
    let Order { at, fault, times } = order.into_inner();
    match fault.parse::<Fault>() {
        Ok(fault) => {
            world.state().faults.arm(fault, at, times);
            HttpResponse::Ok().json(json!({ "ok": true }))
        }
        Err(unknown) => error(HttpResponse::UnprocessableEntity(), &unknown),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SmsLimits {
    lifted: bool,
}

async fn sms_limits(world: Data<World>, limits: Json<SmsLimits>) -> HttpResponse {
    world.state().is_sms_unlimited = limits.lifted;
    HttpResponse::Ok().json(json!({ "ok": true }))
}

/// Forgets orders, messages, notices, faults and calls; the clock stays where it is.
async fn reset(world: Data<World>) -> HttpResponse {
    world.state().reset();
    HttpResponse::Ok().json(json!({ "ok": true }))
}

async fn calls(world: Data<World>) -> HttpResponse {
    HttpResponse::Ok().json(json!({ "calls": world.state().calls }))
}
