//! The pages that people use: overview, orders, calls, inbox, faults, and the cashier.

mod calls;
mod capture_codes;
mod cashier;
mod faults;
mod inbox;
mod name;
mod orders;

use std::fmt::Write as _;

use actix_web::HttpResponse;
use actix_web::web::{self, Data, Form, ServiceConfig};
use serde::Deserialize;

use crate::clock::naive_beijing;
use crate::html::{escape, page, see_other};
use crate::notify;
use crate::wechat::jsapi;
use crate::world::World;

/// How many calls and orders the overview shows.
const SHOWN: usize = 20;

/// The routes of the pages port that people use.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .route("/", web::get().to(overview))
        .route("/style.css", web::get().to(style))
        .route("/clock", web::post().to(advance))
        .configure(calls::routes)
        .configure(capture_codes::routes)
        .configure(cashier::routes)
        .configure(faults::routes)
        .configure(inbox::routes)
        .configure(orders::routes)
        .configure(jsapi::bridge_routes);
}

async fn style() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/css; charset=utf-8")
        .body(include_str!("style.css"))
}

async fn overview(world: Data<World>) -> HttpResponse {
    let now = world.now();
    let offset_s = world.clock.offset_s();
    let mut state = world.state();
    state.catch_up(now);
    let waiting = (state.notices.iter())
        .filter(|notice| notice.due_at.is_some())
        .count();
    let armed = state.faults.shown().len();
    let mut body = format!(
        "<p class=\"muted\">模拟的微信支付、支付宝、短信与验证服务，不涉及真实资金与短信。</p>\
         <h2>时钟</h2><div class=\"card\"><p>{} <span class=\"muted\">（偏移 {offset_s} 秒，\
         待发通知 {waiting} 条，<a class=\"inline\" href=\"/faults\">待触发故障 {armed} 项</a>）</span></p>\
         <form method=\"post\" action=\"/clock\" class=\"row\">\
         <button name=\"advance_s\" value=\"60\">快进 1 分钟</button>\
         <button name=\"advance_s\" value=\"3600\">快进 1 小时</button>\
         <button name=\"advance_s\" value=\"86400\">快进 1 天</button></form></div><h2>订单</h2>",
        naive_beijing(now)
    );
    body.push_str(&orders::cards(&state, now, SHOWN));
    body.push_str("<h2>短信</h2>");
    body.push_str(&state.messages.last().map_or_else(inbox::none, inbox::card));
    body.push_str("<h2>调用</h2>");
    body.extend(state.calls.iter().rev().take(SHOWN).map(calls::card));
    if let Some(origin) = &world.app_origin {
        let _ = write!(body, "<p><a href=\"{0}\">回到 {0}</a></p>", escape(origin));
    }
    page("总览", &body)
}

#[derive(Deserialize)]
struct Advance {
    advance_s: i64,
}

async fn advance(world: Data<World>, form: Form<Advance>) -> HttpResponse {
    if let Err(error) = world.clock.advance(form.advance_s) {
        tracing::error!(%error, "the clock's file cannot be written");
        return HttpResponse::InternalServerError().finish();
    }
    notify::deliver_due(&world).await;
    see_other("/")
}
