//! What a student must know about the money of an order.

use client::{NewsCode, NewsView};
use domain::Lang;
use ui::{Notice, TextTable, Tone};
use yew::{Html, html};

use crate::page::pay::text::PayTexts;

/// A box for each; read out when it appears.
pub(crate) fn news_list(news: &[NewsView], lang: Lang) -> Html {
    let notice = |news: &NewsView| {
        let (tone, title) = headline(NewsCode::of(&news.code), lang);
        html! { <Notice {tone} {title}><p>{ news.text.clone() }</p></Notice> }
    };
    html! { <div class="stack" role="status">{ for news.iter().map(notice) }</div> }
}

/// The few words above what the server says; none for news that this version does not know.
fn headline(code: NewsCode, lang: Lang) -> (Tone, Option<&'static str>) {
    let texts = PayTexts::of(lang);
    match code {
        NewsCode::Confirming => (Tone::Info, Some(texts.waiting)),
        NewsCode::Checking | NewsCode::Reviewing => (Tone::Warn, Some(texts.checking)),
        NewsCode::SurplusReturning => (Tone::Info, Some(texts.surplus_returning)),
        NewsCode::SurplusReturned => (Tone::Good, Some(texts.surplus_returned)),
        NewsCode::Reopened => (Tone::Good, Some(texts.reopened)),
        NewsCode::NotCharged => (Tone::Good, Some(texts.not_charged)),
        NewsCode::Unknown => (Tone::Info, None),
    }
}
