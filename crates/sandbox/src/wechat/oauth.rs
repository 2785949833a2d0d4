//! Openids: the page that gives a code, and the calls that turn a code into an openid.

use actix_web::HttpResponse;
use actix_web::web::{self, Data, Query, ServiceConfig};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::fault::Site;
use crate::html::{escape, page, see_other};
use crate::provider::Provider;
use crate::sign::{percent_encode, random_hex};
use crate::world::{Failure, Record, World, out_of_order};

/// Who opens the page where nobody else is named.
const VISITOR: &str = "1";

/// The routes of `open.weixin.qq.com` and `api.weixin.qq.com`, on the `WeChat` port.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .route("/connect/oauth2/authorize", web::get().to(authorize))
        .route("/sns/oauth2/access_token", web::get().to(access_token))
        .route("/sns/jscode2session", web::get().to(session));
}

#[derive(Deserialize)]
struct Authorization {
    appid: String,
    redirect_uri: String,
    response_type: String,
    scope: String,
    #[serde(default)]
    state: String,
    /// Not the platform's: who is to be the visitor.
    visitor: Option<String>,
}

/// `snsapi_base` leads straight back; `snsapi_userinfo` asks first.
async fn authorize(world: Data<World>, asked: Query<Authorization>) -> HttpResponse {
    let is_address = ["http://", "https://"]
        .iter()
        .any(|scheme| asked.redirect_uri.starts_with(scheme));
    let wrong = [
        (
            world.keys.wechat_app(&asked.appid).is_none(),
            "appid 不存在",
        ),
        (!is_address, "redirect_uri 不合法"),
        (asked.response_type != "code", "response_type 须为 code"),
        (
            !["snsapi_base", "snsapi_userinfo"].contains(&asked.scope.as_str()),
            "scope 不合法",
        ),
        (asked.state.len() > 128, "state 不得超过 128 字节"),
    ];
    if let Some((_, message)) = wrong.iter().find(|(is_wrong, _)| *is_wrong) {
        return page("无法授权", &format!("<p>{}</p>", escape(message)));
    }
    let code = match random_hex::<16>() {
        Ok(code) => code,
        Err(error) => return out_of_order(error),
    };
    let now = world.now();
    let visitor = asked.visitor.as_deref().unwrap_or(VISITOR);
    (world.state().oauth).give(code.clone(), &asked.appid, visitor, now);
    let (address, fragment) = match asked.redirect_uri.split_once('#') {
        Some((address, fragment)) => (address, format!("#{fragment}")),
        None => (asked.redirect_uri.as_str(), String::new()),
    };
    let joint = if address.contains('?') { '&' } else { '?' };
    let state = percent_encode(&asked.state);
    let back = format!("{address}{joint}code={code}&state={state}{fragment}");
    if asked.scope == "snsapi_base" {
        return see_other(&back);
    }
    let link = format!("<p><a href=\"{}\">同意授权</a></p>", escape(&back));
    page("授权登录", &link)
}

#[derive(Deserialize)]
struct Redemption {
    appid: String,
    secret: String,
    #[serde(alias = "js_code")]
    code: String,
    grant_type: String,
}

async fn access_token(world: Data<World>, asked: Query<Redemption>) -> HttpResponse {
    redeem(&world, &asked, "oauth_token", |openid, token| {
        json!({
            "access_token": token, "expires_in": 7200, "refresh_token": token,
            "openid": openid, "scope": "snsapi_base",
        })
    })
    .await
}

async fn session(world: Data<World>, asked: Query<Redemption>) -> HttpResponse {
    redeem(
        &world,
        &asked,
        "jscode2session",
        |openid, token| json!({ "openid": openid, "session_key": token }),
    )
    .await
}

/// Errors come with HTTP 200, as the platform sends them.
async fn redeem(
    world: &World,
    asked: &Redemption,
    operation: &str,
    success: impl FnOnce(&str, &str) -> Value,
) -> HttpResponse {
    let site = Site {
        provider: Provider::Wechat,
        operation,
        merchant: &asked.appid,
        subject: "",
        refund: "",
    };
    let failure = world.fails_before(site).await;
    let token = match random_hex::<16>() {
        Ok(token) => token,
        Err(error) => return out_of_order(error),
    };
    let (status, body) = match failure {
        Some(Failure::Code(code)) => (200, errcode(code.parse().unwrap_or(40029), "sandbox")),
        Some(Failure::Timeout) => (504, Value::Null),
        Some(Failure::Internal | Failure::BadGateway) => (500, Value::Null),
        None => match openid_for(world, asked) {
            Ok(openid) => (200, success(&openid, &token)),
            Err((code, message)) => (200, errcode(code, message)),
        },
    };
    world.record(
        site,
        Record {
            status,
            outcome: body["errcode"]
                .as_u64()
                .map_or_else(|| "OK".to_owned(), |code| code.to_string()),
            is_verified: None,
            request: format!(
                "appid={} code={} grant_type={}",
                asked.appid, asked.code, asked.grant_type
            ),
            response: body.to_string(),
        },
    );
    let code = actix_web::http::StatusCode::from_u16(status);
    HttpResponse::build(code.unwrap_or_default()).json(body)
}

fn openid_for(world: &World, asked: &Redemption) -> Result<String, (u32, &'static str)> {
    let account = (world.keys.wechat_app(&asked.appid)).ok_or((40013, "invalid appid"))?;
    if account.app_secret != asked.secret {
        return Err((40125, "invalid appsecret"));
    }
    if asked.grant_type != "authorization_code" {
        return Err((40002, "invalid grant_type"));
    }
    let now = world.now();
    (world.state().oauth).redeem(&asked.code, &asked.appid, now)
}

fn errcode(code: u32, message: &str) -> Value {
    json!({ "errcode": code, "errmsg": message })
}
