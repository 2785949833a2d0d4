//! The switches: one form for any fault, and what is armed; in Chinese and English.

use actix_web::http::header::ACCEPT_LANGUAGE;
use actix_web::web::{self, Data, Form, Query, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::name::provider_name;
use crate::fault::{FAULTS, Fault, Match, Row, Shown, Takes};
use crate::html::{Lang, escape, page_in, see_other};
use crate::provider::Provider;
use crate::world::World;

/// The calls and notices that a fault can be meant for.
const OPERATIONS: [(&str, &str, &str); 24] = [
    ("native", "微信 Native 下单", "WeChat Native order"),
    ("jsapi", "微信 JSAPI 下单", "WeChat JSAPI order"),
    ("h5", "微信 H5 下单", "WeChat H5 order"),
    ("precreate", "支付宝扫码下单", "Alipay code"),
    ("page", "支付宝电脑网站支付", "Alipay on a computer"),
    ("wap", "支付宝手机网站支付", "Alipay on a phone"),
    ("query", "查询订单", "Order query"),
    ("query_by_id", "按支付单号查询", "Query by payment number"),
    ("close", "关单", "Closing an order"),
    ("cancel", "撤单", "Cancelling an order"),
    ("pay", "付款", "Payment"),
    ("refund", "退款", "Refund"),
    ("refund_query", "查询退款", "Refund query"),
    ("notify", "支付通知", "Payment notice"),
    ("notify_refund", "退款通知", "Refund notice"),
    (
        "abnormal_refund",
        "异常退款处理",
        "Handling an abnormal refund",
    ),
    ("trade_bill", "微信交易账单", "WeChat trade bill"),
    ("fund_flow_bill", "微信资金账单", "WeChat fund flow bill"),
    ("bill", "支付宝账单", "Alipay bill"),
    ("bill_download", "下载账单", "Bill download"),
    ("certificates", "平台证书", "Platform certificates"),
    ("send", "发送短信", "Sending a message"),
    ("send_query", "查询短信", "Message query"),
    ("receipt", "短信回执", "Message receipt"),
];

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/faults", web::get().to(faults))
        .route("/faults", web::post().to(arm))
        .route("/faults/clear", web::post().to(clear));
}

/// The language that was asked for, which the forms hand on.
#[derive(Deserialize)]
struct Asked {
    lang: Option<String>,
}

fn lang_of(request: &HttpRequest, asked: &Asked) -> Lang {
    let preferred = request.headers().get(ACCEPT_LANGUAGE);
    let preferred = preferred.and_then(|tags| tags.to_str().ok());
    Lang::of(asked.lang.as_deref().or(preferred).unwrap_or_default())
}

async fn faults(request: HttpRequest, asked: Query<Asked>, world: Data<World>) -> HttpResponse {
    let lang = lang_of(&request, &asked);
    let shown = world.state().faults.shown();
    let (other, name) = lang.pick(("en", "English"), ("zh-CN", "中文"));
    let title = lang.pick("故障", "Faults");
    let body = format!(
        "<p><a class=\"inline\" lang=\"{other}\" href=\"/faults?lang={other}\">{name}</a></p>{}{}",
        form(lang),
        armed(&shown, lang)
    );
    page_in(lang, title, &body)
}

/// The form: what happens, where, and how often. The browser searches the list of faults while one types.
fn form(lang: Lang) -> String {
    let tag = lang.tag();
    let label = |chinese, english| lang.pick(chinese, english);
    let options: String = FAULTS.iter().map(|row| option(row, lang)).collect();
    let any = label("任何", "Any");
    let providers = [Provider::Wechat, Provider::Alipay, Provider::Sms].map(|provider| {
        let word = provider_word(provider);
        let name = lang.pick(provider_name(provider), provider_in_english(provider));
        format!("<option value=\"{word}\">{name}</option>")
    });
    let operations = OPERATIONS.map(|(word, chinese, english)| {
        format!(
            "<option value=\"{word}\">{} · {word}</option>",
            lang.pick(chinese, english)
        )
    });
    format!(
        "<form method=\"post\" action=\"/faults?lang={tag}\" class=\"card fields\">\
         <label>{fault}<input name=\"name\" list=\"all-faults\" required autocomplete=\"off\"></label>\
         <datalist id=\"all-faults\">{options}</datalist>\
         <label>{argument}<input name=\"argument\"></label>\
         <label>{provider}<select name=\"provider\"><option value=\"\">{any}</option>{providers}</select></label>\
         <label>{operation}<select name=\"operation\"><option value=\"\">{any}</option>{operations}</select></label>\
         <label>{number}<input name=\"out_trade_no\"></label>\
         <label>{times}<select name=\"times\"><option value=\"1\">{once}</option>\
         <option value=\"\">{always}</option></select></label>\
         <button class=\"main\">{arm}</button></form>",
        fault = label("故障（输入文字可搜索）", "Fault (type to search)"),
        argument = label(
            "参数：毫秒、秒、份数或错误码（不需要时留空）",
            "Argument: milliseconds, seconds, a number or an error code, where it takes one"
        ),
        provider = label("服务方", "Provider"),
        operation = label("调用或通知", "Call or notice"),
        number = label(
            "商户单号（留空表示任何订单）",
            "Order number (any order if empty)"
        ),
        times = label("次数", "How often"),
        once = label("一次", "Once"),
        always = label("一直，直到取消", "Until it is cleared"),
        arm = label("触发", "Arm"),
        providers = providers.concat(),
        operations = operations.concat(),
    )
}

/// One line of the list: the name, what it does, and what may follow it.
fn option(row: &Row, lang: Lang) -> String {
    let takes = match row.takes {
        Takes::Nothing => "",
        Takes::MaybeWait | Takes::Wait => lang.pick("，参数：毫秒", ", argument: milliseconds"),
        Takes::Number => lang.pick("，参数：数值", ", argument: a number"),
        Takes::Code | Takes::MaybeCode(_) => lang.pick("，参数：错误码", ", argument: a code"),
    };
    let says = lang.pick(row.says, row.says_in_english);
    format!(
        "<option value=\"{}\">{}{takes}</option>",
        row.name,
        escape(says)
    )
}

fn armed(shown: &[Shown], lang: Lang) -> String {
    let title = lang.pick("待触发", "Armed");
    if shown.is_empty() {
        let none = lang.pick("没有。", "None.");
        return format!("<h2>{title}</h2><p class=\"card\">{none}</p>");
    }
    let lines: String = shown.iter().map(|armed| armed_line(armed, lang)).collect();
    format!(
        "<h2>{title}</h2><div class=\"card\"><ul>{lines}</ul>\
         <form method=\"post\" action=\"/faults/clear?lang={}\"><button>{}</button></form></div>",
        lang.tag(),
        lang.pick("全部取消", "Clear all")
    )
}

fn armed_line(armed: &Shown, lang: Lang) -> String {
    let times = match armed.left {
        None => lang.pick("一直", "until cleared").to_owned(),
        Some(1) => lang.pick("1 次", "once").to_owned(),
        Some(left) => format!("{left} {}", lang.pick("次", "times")),
    };
    let at = &armed.at;
    let provider = at
        .provider
        .map(|provider| lang.pick(provider_name(provider), provider_in_english(provider)));
    let about = [&at.operation, &at.out_trade_no, &at.phone];
    let about = about.into_iter().flatten().map(String::as_str);
    let about: Vec<&str> = provider.into_iter().chain(about).collect();
    let parts = [armed.fault.clone(), times, about.join(" ")];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("<li>{}</li>", escape(&parts.join(" · ")))
}

/// The word by which a match names a provider.
fn provider_word(provider: Provider) -> &'static str {
    match provider {
        Provider::Wechat => "wechat",
        Provider::Alipay => "alipay",
        Provider::Sms => "sms",
    }
}

fn provider_in_english(provider: Provider) -> &'static str {
    match provider {
        Provider::Wechat => "WeChat Pay",
        Provider::Alipay => "Alipay",
        Provider::Sms => "SMS",
    }
}

/// What the form says; empty where nothing was chosen.
#[derive(Deserialize)]
struct Wish {
    name: String,
    #[serde(default)]
    argument: String,
    #[serde(default)]
    provider: String,
    #[serde(default)]
    operation: String,
    #[serde(default)]
    out_trade_no: String,
    #[serde(default)]
    times: String,
}

async fn arm(
    request: HttpRequest,
    asked: Query<Asked>,
    world: Data<World>,
    form: Form<Wish>,
) -> HttpResponse {
    let (lang, wish) = (lang_of(&request, &asked), form.into_inner());
    let text = match wish.argument.trim() {
        "" => wish.name.trim().to_owned(),
        argument => format!("{}:{argument}", wish.name.trim()),
    };
    let said = |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let at = Match {
        provider: [Provider::Wechat, Provider::Alipay, Provider::Sms]
            .into_iter()
            .find(|provider| provider_word(*provider) == wish.provider),
        operation: said(wish.operation),
        out_trade_no: said(wish.out_trade_no),
        ..Match::default()
    };
    if let Ok(fault) = text.parse::<Fault>() {
        let left = wish.times.parse().ok();
        world.state().faults.arm(fault, at, left);
        return see_other(&format!("/faults?lang={}", lang.tag()));
    }
    let told = lang.pick(
        "没有这个故障，或参数不对：",
        "There is no such fault, or its argument is wrong: ",
    );
    let body = format!(
        "<p class=\"card\">{told}{}</p><p><a href=\"/faults?lang={}\">{}</a></p>",
        escape(&text),
        lang.tag(),
        lang.pick("返回", "Back")
    );
    page_in(lang, lang.pick("无法触发", "This cannot be armed"), &body)
}

async fn clear(request: HttpRequest, asked: Query<Asked>, world: Data<World>) -> HttpResponse {
    world.state().faults.clear();
    see_other(&format!("/faults?lang={}", lang_of(&request, &asked).tag()))
}
