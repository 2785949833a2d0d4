//! The cashier: what the buyer sees after the scan, or in the browser.

use actix_web::HttpResponse;
use actix_web::web::{self, Data, Form, Path, Query, ServiceConfig};
use serde::Deserialize;

use super::name::provider_name;
use crate::alipay::return_address;
use crate::clock::{Seconds, naive_beijing};
use crate::html::{escape, page, page_with_outcome, see_other};
use crate::money::yuan;
use crate::notify;
use crate::sign::percent_encode;
use crate::trade::{PayRefusal, Trade, TradeStanding, token_of};
use crate::world::{Buyer, World};

/// The way back that means: tell the window that opened this one.
const BRIDGE: &str = "bridge:";

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

/// Where the buyer came from.
#[derive(Deserialize)]
struct Back {
    #[serde(default)]
    back: String,
}

impl Back {
    /// The address, where it is one.
    fn link(&self) -> Option<&str> {
        ["http://", "https://"]
            .iter()
            .any(|scheme| self.back.starts_with(scheme))
            .then_some(self.back.as_str())
    }
}

/// Opening the page is the scan.
async fn open(world: Data<World>, token: Path<String>, back: Query<Back>) -> HttpResponse {
    let now = world.now();
    let mut state = world.state();
    state.catch_up(now);
    let Some(trade) = state.trade_by_token(&token) else {
        return page("订单不存在", "<p>请回到订单页刷新二维码后重新扫码。</p>");
    };
    match trade.scan(Some(&token), now) {
        Ok(()) => page("确认付款", &confirm(trade, &token, &back.back)),
        Err(refusal) => {
            let is_paid = refusal == PayRefusal::AlreadyPaid;
            let link = way_back(&world, trade, &back, is_paid, now);
            let body = format!("{}{link}", facts(trade, now));
            if is_paid && back.back == BRIDGE {
                return page_with_outcome("支付成功", &body, "ok");
            }
            page(&refusal.to_string(), &body)
        }
    }
}

/// A link to the merchant; after a payment by Alipay with its signed parameters.
fn way_back(world: &World, trade: &Trade, back: &Back, is_paid: bool, now: Seconds) -> String {
    let account = world.keys.alipay(&trade.key.merchant).filter(|_| is_paid);
    let signed = account.and_then(|account| return_address(account, trade, now).ok()?);
    let address = signed.as_deref().or(back.link());
    let link = address.map(|address| {
        format!(
            "<p><a class=\"wide\" href=\"{}\">返回商家</a></p>",
            escape(address)
        )
    });
    link.unwrap_or_default()
}

fn confirm(trade: &Trade, token: &str, back: &str) -> String {
    let token = escape(token);
    let hidden = format!(
        "<input type=\"hidden\" name=\"back\" value=\"{}\">",
        escape(back)
    );
    format!(
        "<div class=\"card\"><p class=\"muted\">{}</p><p class=\"amount\">¥{}</p><dl><dt>商品</dt><dd>{}</dd>\
         <dt>商户单号</dt><dd>{}</dd></dl></div>\
         <form method=\"post\" action=\"/pay/{token}/pay\">{hidden}<button class=\"main\">支付</button></form>\
         <form method=\"post\" action=\"/pay/{token}/cancel\">{hidden}<button class=\"wide\">取消</button></form>\
         <p class=\"muted\">这是模拟收银台，不会扣款。</p>",
        provider_name(trade.key.provider),
        yuan(trade.amount_fen),
        escape(&trade.description),
        escape(&trade.key.number),
    )
}

fn facts(trade: &Trade, now: Seconds) -> String {
    let paid = match trade.standing(now) {
        TradeStanding::Paid(payment) => format!(
            "<p class=\"good\">✓ 支付成功</p><dl><dt>支付时间</dt><dd>{}</dd><dt>交易单号</dt><dd>{}</dd></dl>",
            naive_beijing(payment.at),
            escape(&trade.transaction_id)
        ),
        TradeStanding::Unscanned | TradeStanding::Waiting | TradeStanding::Closed => String::new(),
    };
    format!(
        "<div class=\"card\"><p class=\"amount\">¥{}</p><p>{}</p><p class=\"muted\">{}</p>{paid}</div>",
        yuan(trade.amount_fen),
        escape(&trade.description),
        escape(&trade.key.number),
    )
}

/// Pays and shows the page again, after the first try of the notice. The body may be empty.
async fn pay(world: Data<World>, token: Path<String>, back: Option<Form<Back>>) -> HttpResponse {
    let now = world.now();
    let paid = {
        let mut state = world.state();
        let key = state.trade_by_token(&token).map(|trade| trade.key.clone());
        key.ok_or(PayRefusal::Unknown)
            .and_then(|key| state.pay(&key, Buyer::default(), now))
    };
    match paid {
        Ok(()) => notify::deliver_due(&world).await,
        Err(refusal) => tracing::info!(%refusal, "the cashier took no money"),
    }
    let back = back.map(|form| form.into_inner().back).unwrap_or_default();
    let back = (!back.is_empty()).then(|| format!("?back={}", percent_encode(&back)));
    see_other(&format!("/pay/{token}{}", back.unwrap_or_default()))
}

/// Leaves the order as it is.
async fn cancel(world: Data<World>, token: Path<String>, back: Option<Form<Back>>) -> HttpResponse {
    let now = world.now();
    let back = back.map_or_else(
        || Back {
            back: String::new(),
        },
        Form::into_inner,
    );
    match world.state().trade_by_token(&token) {
        None => see_other("/"),
        Some(trade) => {
            let link = way_back(&world, trade, &back, false, now);
            let body = format!("{}{link}", facts(trade, now));
            if back.back == BRIDGE {
                return page_with_outcome("已取消支付", &body, "cancel");
            }
            page("已取消支付", &body)
        }
    }
}
