//! A double of the captcha service: a token that the product's server can redeem once.

use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, VARY,
};
use actix_web::web::{self, Data, Json, ServiceConfig};
use actix_web::{HttpResponse, HttpResponseBuilder};
use serde::Deserialize;
use serde_json::json;

use crate::html;
use crate::sign::random_hex;
use crate::world::{World, out_of_order};

/// A token can be redeemed for 5 min.
const TOKEN_LIFE_S: i64 = 300;

/// The captcha's part of the pages port.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .route("/captcha", web::get().to(page))
        .service(
            web::resource("/captcha/token")
                .route(web::post().to(issue))
                .route(web::method(actix_web::http::Method::OPTIONS).to(preflight)),
        )
        .route("/captcha/verify", web::post().to(verify));
}

async fn page() -> HttpResponse {
    html::page(
        "滑块验证（模拟）",
        "<p>这里代替正式环境的滑块验证。页面向 <code>POST /captcha/token</code> 取得一次性凭证，\
         服务端向 <code>POST /captcha/verify</code> 核验。</p>\
         <form method=\"post\" action=\"/captcha/token\"><button>取得一个凭证</button></form>",
    )
}

async fn issue(world: Data<World>) -> HttpResponse {
    let token = match random_hex::<16>() {
        Ok(token) => token,
        Err(error) => return out_of_order(error),
    };
    let expires_at = world.now() + TOKEN_LIFE_S;
    world
        .state()
        .captcha_tokens
        .insert(token.clone(), expires_at);
    shared_with_app(&world, HttpResponse::Ok()).json(json!({ "token": token }))
}

async fn preflight(world: Data<World>) -> HttpResponse {
    shared_with_app(&world, HttpResponse::NoContent())
        .insert_header((ACCESS_CONTROL_ALLOW_METHODS, "POST"))
        .insert_header((ACCESS_CONTROL_ALLOW_HEADERS, "content-type"))
        .finish()
}

/// Lets the product's pages read the answer.
fn shared_with_app(world: &World, mut answer: HttpResponseBuilder) -> HttpResponseBuilder {
    let origin = world.app_origin.as_deref().unwrap_or("*");
    answer
        .insert_header((ACCESS_CONTROL_ALLOW_ORIGIN, origin))
        .insert_header((VARY, "Origin"));
    answer
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Redemption {
    token: String,
}

/// True once for each token.
async fn verify(world: Data<World>, redemption: Json<Redemption>) -> HttpResponse {
    let now = world.now();
    let expires_at = world.state().captcha_tokens.remove(&redemption.token);
    HttpResponse::Ok().json(json!({ "ok": expires_at.is_some_and(|end| end > now) }))
}
