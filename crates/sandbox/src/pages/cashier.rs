//! The cashier: what the buyer's phone shows after the scan.

use actix_web::HttpResponse;
use actix_web::web::{self, Data, Path, Query, ServiceConfig};
use serde::Deserialize;

use super::provider_name;
use crate::clock::{Seconds, naive_beijing};
use crate::html::{escape, page, see_other};
use crate::notify;
use crate::trade::{Provider, Refusal, Standing, Trade, token_of, yuan};
use crate::world::{Buyer, World};

/// The cashier's routes.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/cashier", web::get().to(resolve))
        .route("/pay/{token}", web::get().to(open))
        .route("/pay/{token}/pay", web::post().to(pay))
        .route("/pay/{token}/cancel", web::post().to(cancel));
}

#[derive(Deserialize)]
struct Scanned {
    code: String,
}

/// From what a QR code holds to its cashier page.
async fn resolve(scanned: Query<Scanned>) -> HttpResponse {
    match token_of(&scanned.code) {
        Some(token) => see_other(&format!("/pay/{token}")),
        None => page("无法识别", "<p>这不是沙箱发出的付款二维码。</p>"),
    }
}

/// Opening the page is the scan.
async fn open(world: Data<World>, token: Path<String>) -> HttpResponse {
    let now = world.now();
    let mut state = world.state();
    let Some(trade) = state.trade_by_token(&token) else {
        return page("订单不存在", "<p>请回到订单页刷新二维码后重新扫码。</p>");
    };
    match trade.scan(Some(&token), now) {
        Ok(()) => page("确认付款", &confirm(trade, &token)),
        Err(refusal) => page(&refusal.to_string(), &facts(trade, now)),
    }
}

fn confirm(trade: &Trade, token: &str) -> String {
    let token = escape(token);
    format!(
        "<div class=\"card\"><p class=\"muted\">{}</p><p class=\"amount\">¥{}</p><dl><dt>商品</dt><dd>{}</dd>\
         <dt>商户单号</dt><dd>{}</dd></dl></div>\
         <form method=\"post\" action=\"/pay/{token}/pay\"><button class=\"main\">支付</button></form>\
         <form method=\"post\" action=\"/pay/{token}/cancel\"><button class=\"wide\">取消</button></form>\
         <p class=\"muted\">这是模拟收银台，不会扣款。</p>",
        provider_name(trade.provider),
        yuan(trade.amount_fen),
        escape(&trade.description),
        escape(&trade.out_trade_no),
    )
}

fn facts(trade: &Trade, now: Seconds) -> String {
    let paid = match trade.standing(now) {
        Standing::Paid(payment) => format!(
            "<p class=\"good\">✓ 支付成功</p><dl><dt>支付时间</dt><dd>{}</dd><dt>交易单号</dt><dd>{}</dd></dl>",
            naive_beijing(payment.at),
            escape(&trade.transaction_id)
        ),
        Standing::Unscanned | Standing::Waiting | Standing::Closed => String::new(),
    };
    format!(
        "<div class=\"card\"><p class=\"amount\">¥{}</p><p>{}</p><p class=\"muted\">{}</p>{paid}</div>",
        yuan(trade.amount_fen),
        escape(&trade.description),
        escape(&trade.out_trade_no),
    )
}

/// Pays and shows the page again, after the first try of the notice.
async fn pay(world: Data<World>, token: Path<String>) -> HttpResponse {
    let now = world.now();
    let paid = {
        let mut state = world.state();
        let key = state.trade_by_token(&token).map(|trade| key_of(trade));
        key.ok_or(Refusal::Unknown)
            .and_then(|key| state.pay(&key, Buyer::default(), now))
    };
    match paid {
        Ok(()) => notify::deliver_due(&world).await,
        Err(refusal) => tracing::info!(%refusal, "the cashier took no money"),
    }
    see_other(&format!("/pay/{token}"))
}

fn key_of(trade: &Trade) -> (Provider, String) {
    (trade.provider, trade.out_trade_no.clone())
}

/// Leaves the order as it is.
async fn cancel(world: Data<World>, token: Path<String>) -> HttpResponse {
    let now = world.now();
    match world.state().trade_by_token(&token) {
        Some(trade) => page("已取消支付", &facts(trade, now)),
        None => see_other("/"),
    }
}
