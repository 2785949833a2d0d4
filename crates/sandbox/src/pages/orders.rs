//! Orders and refunds, newest first; a refund that isn't done can be decided here.

use actix_web::HttpResponse;
use actix_web::web::{self, Data, Form, ServiceConfig};
use serde::Deserialize;

use super::name::provider_name;
use crate::clock::{Seconds, naive_beijing};
use crate::control::decide;
use crate::html::{escape, page, see_other};
use crate::money::yuan;
use crate::notify;
use crate::refund::{Refund, Status};
use crate::trade::{Trade, TradeStanding};
use crate::world::{State, World};

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/orders", web::get().to(orders))
        .route("/orders/refund", web::post().to(end_refund));
}

async fn orders(world: Data<World>) -> HttpResponse {
    let now = world.now();
    let mut state = world.state();
    state.catch_up(now);
    page("订单与退款", &cards(&state, now, usize::MAX))
}

/// The newest orders with their refunds.
pub(super) fn cards(state: &State, now: Seconds, most: usize) -> String {
    let mut trades: Vec<&Trade> = state.trades.values().collect();
    trades.sort_by_key(|trade| std::cmp::Reverse((trade.created_at, &trade.transaction_id)));
    if trades.is_empty() {
        return "<p class=\"card\">还没有订单。</p>".to_owned();
    }
    (trades.into_iter().take(most))
        .map(|trade| card(trade, now))
        .collect()
}

fn card(trade: &Trade, now: Seconds) -> String {
    let is_open = matches!(
        trade.standing(now),
        TradeStanding::Unscanned | TradeStanding::Waiting
    );
    let link = (trade.codes.last())
        .filter(|_| is_open)
        .map(|code| format!("<a href=\"/pay/{}\">打开收银台</a>", escape(&code.token)));
    let refunds: String = trade.refunds.iter().map(refund).collect();
    format!(
        "<div class=\"card\"><p><strong>¥{}</strong> {} {} · {}</p><p>{}</p>\
         <p class=\"muted\">{} · {} · 商户 {}</p>{}{refunds}</div>",
        yuan(trade.amount_fen),
        provider_name(trade.key.provider),
        trade.product.operation(),
        standing_name(&trade.standing(now)),
        escape(&trade.description),
        escape(&trade.key.number),
        naive_beijing(trade.created_at),
        escape(&trade.key.merchant),
        link.unwrap_or_default(),
    )
}

fn refund(refund: &Refund) -> String {
    let number = escape(&refund.number);
    let (name, is_done) = match refund.status {
        Status::Processing => ("退款中", false),
        Status::Success => ("已退款", true),
        Status::Abnormal => ("退款异常", false),
        Status::Closed => ("退款关闭", true),
    };
    let button =
        |to: &str, label: &str| format!("<button name=\"to\" value=\"{to}\">{label}</button>");
    let form = format!(
        "<form method=\"post\" action=\"/orders/refund\" class=\"row\">\
         <input type=\"hidden\" name=\"out_refund_no\" value=\"{number}\">{}{}{}</form>",
        button("success", "退款成功"),
        button("abnormal", "退款异常"),
        button("closed", "退款关闭"),
    );
    format!(
        "<p>{name} ¥{} <span class=\"muted\">{number}</span></p>{}",
        yuan(refund.amount_fen),
        if is_done { String::new() } else { form },
    )
}

fn standing_name(standing: &TradeStanding<'_>) -> &'static str {
    match standing {
        TradeStanding::Unscanned => "未扫码",
        TradeStanding::Waiting => "未支付",
        TradeStanding::Closed => "已关闭",
        TradeStanding::Paid(_) => "已支付",
    }
}

#[derive(Deserialize)]
struct End {
    out_refund_no: String,
    to: String,
}

async fn end_refund(world: Data<World>, form: Form<End>) -> HttpResponse {
    let status = match form.to.as_str() {
        "success" => Status::Success,
        "abnormal" => Status::Abnormal,
        _ => Status::Closed,
    };
    if decide(&world, &form.out_refund_no, status) {
        notify::deliver_due(&world).await;
    }
    see_other("/orders")
}
