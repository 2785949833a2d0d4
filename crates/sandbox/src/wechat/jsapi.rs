//! The ways in that run in the buyer's browser: the H5 page, and the bridge of `WeChat`'s own browser.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, REFERER, USER_AGENT};
use actix_web::web::{self, Data, Query, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use crate::html::{escape, page, see_other};
use crate::sign::percent_encode;
use crate::world::World;

/// The page behind `h5_url`, on the `WeChat` port.
pub(crate) fn h5_route(config: &mut ServiceConfig) {
    config.route("/cgi-bin/mmpayweb-bin/checkmweb", web::get().to(open_h5));
}

/// The pretend bridge, on the pages port.
pub(crate) fn bridge_routes(config: &mut ServiceConfig) {
    config
        .route("/jsapi", web::get().to(open_jsapi))
        .route(
            "/bridge.js",
            web::get().to(async || script(include_str!("bridge.js"))),
        )
        .route(
            "/done.js",
            web::get().to(async || script(include_str!("done.js"))),
        );
}

fn script(text: &'static str) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/javascript; charset=utf-8"))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(text)
}

#[derive(Deserialize)]
struct H5 {
    prepay_id: String,
    redirect_url: Option<String>,
}

/// Opens the cashier, as the real page does: for other browsers than `WeChat`'s, coming from the merchant's page.
async fn open_h5(world: Data<World>, request: HttpRequest, asked: Query<H5>) -> HttpResponse {
    let header = |name| {
        request
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    if header(REFERER).is_none_or(str::is_empty) {
        return page(
            "商家参数格式有误",
            "<p>请联系商家解决（缺少 Referer）。</p>",
        );
    }
    if header(USER_AGENT).is_some_and(|agent| agent.contains("MicroMessenger")) {
        return page("请在微信外打开", "<p>请在微信外打开订单，进行支付。</p>");
    }
    let back = asked.redirect_url.as_deref();
    see_other(&cashier(&world, &asked.prepay_id, back))
}

/// The address of the cashier, with the way back.
fn cashier(world: &World, token: &str, back: Option<&str>) -> String {
    let token: String = token.chars().filter(char::is_ascii_alphanumeric).collect();
    let back = back.map(|back| format!("?back={}", percent_encode(back)));
    let pages = &world.addresses.pages;
    format!("{pages}/pay/{token}{}", back.unwrap_or_default())
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Jsapi {
    app_id: String,
    time_stamp: String,
    nonce_str: String,
    package: String,
    sign_type: String,
    pay_sign: String,
    back: Option<String>,
}

impl Jsapi {
    /// What the merchant signs for the bridge.
    fn signed_message(&self) -> String {
        bridge_message(
            &self.app_id,
            &self.time_stamp,
            &self.nonce_str,
            &self.package,
        )
    }
}

/// What the merchant signs for the bridge.
pub(super) fn bridge_message(
    app_id: &str,
    time_stamp: &str,
    nonce_str: &str,
    package: &str,
) -> String {
    format!("{app_id}\n{time_stamp}\n{nonce_str}\n{package}\n")
}

/// Checks what the merchant's page handed to the bridge, and opens the cashier.
async fn open_jsapi(world: Data<World>, asked: Query<Jsapi>) -> HttpResponse {
    let account = world.keys.wechat_app(&asked.app_id);
    let prepay_id = asked.package.strip_prefix("prepay_id=");
    let merchant = prepay_id.and_then(|token| {
        let mut state = world.state();
        state
            .trade_by_token(token)
            .map(|trade| trade.key.merchant.clone())
    });
    let is_signed = account.is_some_and(|account| {
        (account.merchant).is_signed(&asked.signed_message(), &asked.pay_sign)
    });
    let wrong = [
        (account.is_none(), "appId 不存在"),
        (asked.sign_type != "RSA", "signType 须为 RSA"),
        (!is_signed, "支付验证签名失败"),
        (merchant.is_none(), "该 prepay_id 不存在"),
        (
            merchant != account.map(|account| account.config.mchid.clone()),
            "prepay_id 与 appId 不属于同一商户",
        ),
    ];
    if let Some((_, message)) = wrong.iter().find(|(is_wrong, _)| *is_wrong) {
        return page("调起支付失败", &format!("<p>{}</p>", escape(message)));
    }
    let token = prepay_id.unwrap_or_default();
    see_other(&cashier(&world, token, asked.back.as_deref()))
}
