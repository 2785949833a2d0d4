//! Openids: the page that gives a code, and the calls that turn a code into an openid.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::web::{self, Data, Query, ServiceConfig};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::clock::Seconds;
use crate::fault::Site;
use crate::html::{escape, page, see_other};
use crate::sign::{percent_encode, random_hex, sha256_hex};
use crate::trade::Provider;
use crate::world::{Failure, Record, World, out_of_order};

/// A code can be turned into an openid for 5 min.
const CODE_LIFE_S: i64 = 300;
/// Who opens the page where nobody else is named.
const VISITOR: &str = "1";

/// The routes of `open.weixin.qq.com` and `api.weixin.qq.com`, on the `WeChat` port.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .route("/connect/oauth2/authorize", web::get().to(authorize))
        .route("/sns/oauth2/access_token", web::get().to(access_token))
        .route("/sns/jscode2session", web::get().to(session));
}

/// The codes that were given out, and the openids that came of them.
#[derive(Default)]
pub(crate) struct Codes {
    codes: BTreeMap<String, Code>,
    /// Openid to the only application that it is for.
    openids: BTreeMap<String, String>,
}

#[derive(Clone)]
struct Code {
    appid: String,
    visitor: String,
    expires_at: Seconds,
    is_used: bool,
}

impl Codes {
    /// Gives out a code for a visitor of an application.
    pub(crate) fn give(&mut self, code: String, appid: &str, visitor: &str, now: Seconds) {
        self.codes.retain(|_, code| code.expires_at > now);
        self.codes.insert(
            code,
            Code {
                appid: appid.to_owned(),
                visitor: visitor.to_owned(),
                expires_at: now + CODE_LIFE_S,
                is_used: false,
            },
        );
    }

    /// Turns a code into an openid, once; otherwise the platform's number and words.
    fn redeem(
        &mut self,
        code: &str,
        appid: &str,
        now: Seconds,
    ) -> Result<String, (u32, &'static str)> {
        let invalid = (40029, "invalid code");
        let found = self.codes.get_mut(code).filter(|code| code.appid == appid);
        let found = found.filter(|code| code.expires_at > now).ok_or(invalid)?;
        if std::mem::replace(&mut found.is_used, true) {
            return Err((40163, "code been used"));
        }
        let openid = openid(appid, &found.visitor);
        self.openids.insert(openid.clone(), appid.to_owned());
        Ok(openid)
    }

    /// Whether an openid can be this application's: ours are, where we gave it out for it.
    pub(crate) fn may_belong(&self, openid: &str, appid: &str) -> bool {
        self.openids.get(openid).is_none_or(|owner| owner == appid)
    }
}

/// The same visitor has another openid at each application.
fn openid(appid: &str, visitor: &str) -> String {
    format!(
        "o{}",
        &sha256_hex(format!("{appid} {visitor}").as_bytes())[..27]
    )
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_counts_once_for_its_application_and_five_minutes() {
        let mut codes = Codes::default();
        codes.give("a".into(), "wx1", "1", 0);
        codes.give("b".into(), "wx1", "1", 0);
        assert_eq!(codes.redeem("a", "wx2", 1), Err((40029, "invalid code")));
        let openid = codes.redeem("a", "wx1", 1).unwrap();
        assert_eq!(openid.len(), 28);
        assert_eq!(codes.redeem("a", "wx1", 1), Err((40163, "code been used")));
        assert_eq!(codes.redeem("b", "wx1", 300), Err((40029, "invalid code")));
        assert!(codes.may_belong(&openid, "wx1") && !codes.may_belong(&openid, "wx2"));
    }
}
