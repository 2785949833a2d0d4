//! The clock, the settings, and a fresh start.

use actix_web::HttpResponse;
use actix_web::web::{self, Data, Json, ServiceConfig};
use serde::Deserialize;
use serde_json::json;

use super::answer::error;
use crate::notify;
use crate::world::World;

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/clock", web::post().to(clock))
        .route("/settings", web::post().to(settings))
        .route("/sms_limits", web::post().to(sms_limits))
        .route("/reset", web::post().to(reset));
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

/// What is left out stays as it is; an empty address takes it away.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    wechat_key: Option<String>,
    refund_takes_s: Option<i64>,
    sms_unlimited: Option<bool>,
    aliyun_receipts: Option<String>,
    tencent_receipts: Option<String>,
}

async fn settings(world: Data<World>, asked: Json<Settings>) -> HttpResponse {
    let asked = asked.into_inner();
    let keys = || {
        world
            .keys
            .wechat
            .iter()
            .flat_map(|account| &account.platform)
    };
    let wanted = asked
        .wechat_key
        .as_deref()
        .filter(|serial| !serial.is_empty());
    if wanted.is_some_and(|serial| keys().all(|key| key.serial != serial)) {
        return error(HttpResponse::UnprocessableEntity(), &"没有这个序列号的公钥");
    }
    let mut state = world.state();
    let settings = &mut state.settings;
    let set = |place: &mut Option<String>, value: Option<String>| {
        if let Some(value) = value {
            *place = Some(value).filter(|value| !value.is_empty());
        }
    };
    set(&mut settings.wechat_key, asked.wechat_key);
    set(&mut settings.aliyun_receipts, asked.aliyun_receipts);
    set(&mut settings.tencent_receipts, asked.tencent_receipts);
    settings.refund_takes_s = asked.refund_takes_s.unwrap_or(settings.refund_takes_s);
    settings.is_sms_unlimited = asked.sms_unlimited.unwrap_or(settings.is_sms_unlimited);
    HttpResponse::Ok().json(json!({ "ok": true }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SmsLimits {
    lifted: bool,
}

async fn sms_limits(world: Data<World>, limits: Json<SmsLimits>) -> HttpResponse {
    world.state().settings.is_sms_unlimited = limits.lifted;
    HttpResponse::Ok().json(json!({ "ok": true }))
}

/// Forgets orders, messages, notices, faults and calls; clock and settings stay as they are.
async fn reset(world: Data<World>) -> HttpResponse {
    world.state().reset();
    HttpResponse::Ok().json(json!({ "ok": true }))
}
