//! The switches: every fault with a field for its order, and what is armed.

use actix_web::HttpResponse;
use actix_web::web::{self, Data, Form, ServiceConfig};
use serde::Deserialize;

use crate::fault::{FAULTS, Fault, Match, Row, Shown, Takes};
use crate::html::{escape, page, see_other};
use crate::world::World;

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/faults", web::get().to(faults))
        .route("/faults", web::post().to(arm))
        .route("/faults/clear", web::post().to(clear));
}

async fn faults(world: Data<World>) -> HttpResponse {
    let armed: String = world
        .state()
        .faults
        .shown()
        .iter()
        .map(armed_line)
        .collect();
    let armed = if armed.is_empty() {
        "<p>没有。</p>"
    } else {
        &armed
    };
    let rows: String = FAULTS.iter().map(row).collect();
    page(
        "故障",
        &format!(
            "<h2>待触发</h2><div class=\"card\">{armed}<form method=\"post\" action=\"/faults/clear\">\
             <button>全部取消</button></form></div><h2>开关</h2>\
             <p class=\"muted\">留空表示对任何订单的下一次调用或通知生效。</p>{rows}"
        ),
    )
}

fn armed_line(armed: &Shown) -> String {
    let times = (armed.left).map_or_else(|| "一直".to_owned(), |left| format!("{left} 次"));
    let about = [&armed.at.operation, &armed.at.out_trade_no, &armed.at.phone];
    let about: Vec<&str> = about.into_iter().flatten().map(String::as_str).collect();
    let about = escape(&about.join(" "));
    format!("<p>{} · {times} {about}</p>", escape(&armed.fault))
}

fn row(row: &Row) -> String {
    let argument = match row.takes {
        Takes::Nothing => "",
        Takes::MaybeWait | Takes::Wait | Takes::Number => {
            "<label>数值 <input name=\"argument\" inputmode=\"numeric\" size=\"8\"></label>"
        }
        Takes::Code | Takes::MaybeCode(_) => {
            "<label>错误码 <input name=\"argument\" size=\"20\"></label>"
        }
    };
    format!(
        "<form method=\"post\" action=\"/faults\" class=\"card\"><p>{} <span class=\"muted\">{name}</span></p>\
         <div class=\"row\">{argument}<label>操作 <input name=\"operation\" size=\"8\"></label>\
         <label>商户单号 <input name=\"out_trade_no\" size=\"12\"></label>\
         <button name=\"name\" value=\"{name}\">触发一次</button>\
         <button name=\"always\" value=\"{name}\">一直触发</button></div></form>",
        row.says,
        name = row.name,
    )
}

#[derive(Deserialize)]
struct Asked {
    name: Option<String>,
    always: Option<String>,
    #[serde(default)]
    argument: String,
    #[serde(default)]
    operation: String,
    #[serde(default)]
    out_trade_no: String,
}

async fn arm(world: Data<World>, form: Form<Asked>) -> HttpResponse {
    let asked = form.into_inner();
    let left = asked.name.is_some().then_some(1);
    let name = asked.name.or(asked.always).unwrap_or_default();
    let text = match asked.argument.trim() {
        "" => name,
        argument => format!("{name}:{argument}"),
    };
    let said = |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let at = Match {
        operation: said(asked.operation),
        out_trade_no: said(asked.out_trade_no),
        ..Match::default()
    };
    match text.parse::<Fault>() {
        Ok(fault) => {
            world.state().faults.arm(fault, at, left);
            see_other("/faults")
        }
        Err(unknown) => page(
            "无法触发",
            &format!("<p>{}</p>", escape(&unknown.to_string())),
        ),
    }
}

async fn clear(world: Data<World>) -> HttpResponse {
    world.state().faults.clear();
    see_other("/faults")
}
