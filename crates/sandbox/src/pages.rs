//! The pages for people: overview, inbox, and the cashier that stands for the buyer's phone.

mod cashier;

use std::fmt::Write as _;

use actix_web::HttpResponse;
use actix_web::web::{self, Data, Form, Query, ServiceConfig};
use serde::Deserialize;
use serde_json::json;

use crate::clock::{Seconds, naive_beijing};
use crate::html::{escape, page, see_other};
use crate::notify;
use crate::sms::Message;
use crate::trade::{Provider, Standing, Trade, yuan};
use crate::world::{Call, World};

/// How many calls the overview shows.
const CALLS_SHOWN: usize = 20;

/// The routes of the pages port that people use.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .route("/", web::get().to(overview))
        .route("/style.css", web::get().to(style))
        .route("/clock", web::post().to(advance))
        .route("/inbox", web::get().to(inbox))
        .route("/inbox.json", web::get().to(inbox_json))
        .configure(cashier::routes);
}

async fn style() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/css; charset=utf-8")
        .body(include_str!("style.css"))
}

async fn overview(world: Data<World>) -> HttpResponse {
    let now = world.now();
    let offset_s = world.clock.offset_s();
    let state = world.state();
    let mut trades: Vec<&Trade> = state.trades.values().collect();
    trades.sort_by_key(|trade| std::cmp::Reverse((trade.created_at, &trade.transaction_id)));
    let waiting = state
        .notices
        .iter()
        .filter(|notice| notice.due_at.is_some())
        .count();
    let mut body = format!(
        "<p class=\"muted\">模拟的微信支付、支付宝、短信与验证服务，不涉及真实资金与短信。</p>\
         <h2>时钟</h2><div class=\"card\"><p>{} <span class=\"muted\">（偏移 {offset_s} 秒，\
         待重发通知 {waiting} 条）</span></p><form method=\"post\" action=\"/clock\" class=\"row\">\
         <button name=\"advance_s\" value=\"60\">快进 1 分钟</button>\
         <button name=\"advance_s\" value=\"3600\">快进 1 小时</button>\
         <button name=\"advance_s\" value=\"86400\">快进 1 天</button></form></div><h2>订单</h2>",
        naive_beijing(now)
    );
    body.extend(trades.iter().map(|trade| order_card(trade, now)));
    body.push_str(if trades.is_empty() {
        "<p class=\"card\">还没有订单。</p>"
    } else {
        ""
    });
    body.push_str("<h2>短信</h2>");
    body.push_str(&state.messages.last().map_or_else(no_message, message_card));
    body.push_str("<h2>调用</h2>");
    body.extend(state.calls.iter().rev().take(CALLS_SHOWN).map(call_card));
    if let Some(origin) = &world.app_origin {
        let _ = write!(body, "<p><a href=\"{0}\">回到 {0}</a></p>", escape(origin));
    }
    page("总览", &body)
}

fn order_card(trade: &Trade, now: Seconds) -> String {
    let link = trade
        .codes
        .last()
        .map(|code| format!("<a href=\"/pay/{}\">打开收银台</a>", escape(&code.token)));
    format!(
        "<div class=\"card\"><p><strong>¥{}</strong> {} · {}</p><p>{}</p><p class=\"muted\">{} · {}</p>{}</div>",
        yuan(trade.amount_fen),
        provider_name(trade.provider),
        standing_name(&trade.standing(now)),
        escape(&trade.description),
        escape(&trade.out_trade_no),
        naive_beijing(trade.created_at),
        link.unwrap_or_default(),
    )
}

fn call_card(call: &Call) -> String {
    format!(
        "<p class=\"muted\">{} · {} {} · {} · {} {}</p>",
        naive_beijing(call.at),
        provider_name(call.provider),
        escape(&call.operation),
        escape(&call.subject),
        call.status,
        escape(&call.outcome),
    )
}

fn provider_name(provider: Provider) -> &'static str {
    match provider {
        Provider::Wechat => "微信支付",
        Provider::Alipay => "支付宝",
        Provider::Sms => "短信",
    }
}

fn standing_name(standing: &Standing<'_>) -> &'static str {
    match standing {
        Standing::Unscanned => "未扫码",
        Standing::Waiting => "未支付",
        Standing::Closed => "已关闭",
        Standing::Paid(_) => "已支付",
    }
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

#[derive(Deserialize)]
struct Receiver {
    phone: Option<String>,
}

/// The messages for one number or for all, newest first.
fn received(world: &World, receiver: &Receiver) -> Vec<Message> {
    let is_for = |message: &&Message| {
        receiver
            .phone
            .as_ref()
            .is_none_or(|phone| *phone == message.phone)
    };
    world
        .state()
        .messages
        .iter()
        .rev()
        .filter(is_for)
        .cloned()
        .collect()
}

async fn inbox(world: Data<World>, receiver: Query<Receiver>) -> HttpResponse {
    let messages = received(&world, &receiver);
    let mut body: String = messages.iter().map(message_card).collect();
    if messages.is_empty() {
        body.push_str(&no_message());
    }
    body.push_str("<form action=\"/inbox\"><button class=\"wide\">刷新</button></form>");
    page("短信收件箱", &body)
}

fn no_message() -> String {
    "<p class=\"card\">还没有短信。在登录页获取验证码后刷新本页。</p>".to_owned()
}

fn message_card(message: &Message) -> String {
    let code = message.parameters.get("code");
    let code = code.map(|code| format!("<p class=\"code\">{}</p>", escape(code)));
    format!(
        "<div class=\"card\"><p class=\"muted\">{} · {}</p>{}<p>{}</p></div>",
        escape(&message.phone),
        naive_beijing(message.at),
        code.unwrap_or_default(),
        escape(&message.text),
    )
}

async fn inbox_json(world: Data<World>, receiver: Query<Receiver>) -> HttpResponse {
    HttpResponse::Ok().json(json!({ "messages": received(&world, &receiver) }))
}
