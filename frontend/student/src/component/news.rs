//! What a student must know about the money of an order.

use client::NewsView;
use domain::Lang;
use ui::{Notice, TextTable, Tone};
use yew::{Html, html};

use crate::page::pay::text::PayTexts;

/// A box for each; read out when it appears.
pub(crate) fn news_list(news: &[NewsView], lang: Lang) -> Html {
    let notice = |news: &NewsView| {
        let (tone, title) = headline(&news.code, lang);
        html! { <Notice {tone} {title}><p>{ news.text.clone() }</p></Notice> }
    };
    html! { <div class="stack" role="status">{ for news.iter().map(notice) }</div> }
}

/// The few words above what the server says; none for news that this version does not know.
fn headline(code: &str, lang: Lang) -> (Tone, Option<&'static str>) {
    let texts = PayTexts::of(lang);
    match code {
        "confirming" => (Tone::Info, Some(texts.confirming)),
        "checking" | "reviewing" => (Tone::Warn, Some(texts.checking)),
        "surplus_returning" => (Tone::Info, Some(texts.surplus_returning)),
        "surplus_returned" => (Tone::Good, Some(texts.surplus_returned)),
        "reopened" => (Tone::Good, Some(texts.reopened)),
        "not_charged" => (Tone::Good, Some(texts.not_charged)),
        _ => (Tone::Info, None),
    }
}
