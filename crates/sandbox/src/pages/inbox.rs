//! The messages that students would get on their phones.

use actix_web::HttpResponse;
use actix_web::web::{self, Data, Query, ServiceConfig};
use serde::Deserialize;
use serde_json::json;

use crate::clock::naive_beijing;
use crate::html::{escape, page};
use crate::message::Message;
use crate::world::World;

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/inbox", web::get().to(inbox))
        .route("/inbox.json", web::get().to(inbox_json));
}

#[derive(Deserialize)]
struct Receiver {
    phone: Option<String>,
}

/// The messages for one number or for all, newest first.
fn received(world: &World, receiver: &Receiver) -> Vec<Message> {
    let is_for =
        |message: &&Message| (receiver.phone.as_ref()).is_none_or(|phone| *phone == message.phone);
    let state = world.state();
    (state.messages.iter().rev())
        .filter(is_for)
        .cloned()
        .collect()
}

async fn inbox(world: Data<World>, receiver: Query<Receiver>) -> HttpResponse {
    let messages = received(&world, &receiver);
    let mut body: String = messages.iter().map(card).collect();
    if messages.is_empty() {
        body.push_str(&none());
    }
    body.push_str("<form action=\"/inbox\"><button class=\"wide\">刷新</button></form>");
    page("短信收件箱", &body)
}

pub(super) fn none() -> String {
    "<p class=\"card\">还没有短信。在登录页获取验证码后刷新本页。</p>".to_owned()
}

pub(super) fn card(message: &Message) -> String {
    let code = message.parameters.get("code");
    let code = code.map(|code| format!("<p class=\"code\">{}</p>", escape(code)));
    let failure = message.failure.as_ref();
    let failure = failure.map(|why| format!("<p class=\"bad\">未送达：{}</p>", escape(why)));
    format!(
        "<div class=\"card\"><p class=\"muted\">{} · {}</p>{}<p>{}</p>{}</div>",
        escape(&message.phone),
        naive_beijing(message.at),
        code.unwrap_or_default(),
        escape(&message.text),
        failure.unwrap_or_default(),
    )
}

async fn inbox_json(world: Data<World>, receiver: Query<Receiver>) -> HttpResponse {
    HttpResponse::Ok().json(json!({ "messages": received(&world, &receiver) }))
}
