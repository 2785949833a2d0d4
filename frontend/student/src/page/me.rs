//! The personal centre: my data, my consents, what is known about me, and the way out.

mod consents;
mod data;
mod export;
mod sessions;
pub(crate) mod text;

use client::Me as Account;
use domain::Lang;
use ui::lang::use_lang;
use ui::{Button, ButtonLink, Fact, Look, TextTable, Title, date_text, fact_list, fill, use_text};
use yew::{Html, component, html, use_callback};

use crate::page::erasure::text::ErasureTexts;
use crate::route::Route;
use crate::session::use_session;
use consents::consents;
use data::Data;
use export::Export;
use sessions::Sessions;
use text::MeTexts;

/// The page.
#[component]
pub(crate) fn Me() -> Html {
    let (texts, lang) = (use_text::<MeTexts>(), use_lang());
    let session = use_session();
    let log_out = use_callback(session.log_out.clone(), |(), log_out| log_out.emit(()));
    let Some(me) = session.me() else {
        return Html::default();
    };
    html! {
        <div class="stack">
            <Title text={texts.title} />
            { phone(&me, lang) }
            <Data me={Account::clone(&me)} />
            { consents(&me.consents, lang) }
            <Sessions />
            <section class="card stack">
                <h2>{ texts.privacy }</h2>
                <ButtonLink<Route> look={Look::Second} to={Route::AccessLog}>{ texts.access }</ButtonLink<Route>>
                <Export />
                <ButtonLink<Route> look={Look::Second} to={Route::Erasure}>{ ErasureTexts::of(lang).link }</ButtonLink<Route>>
            </section>
            <section class="stack">
                <Button look={Look::Second} onclick={log_out}>{ texts.log_out }</Button>
                <p class="hint">{ texts.log_out_hint }</p>
            </section>
        </div>
    }
}

/// The number that logs in.
fn phone(me: &Account, lang: Lang) -> Html {
    let texts = MeTexts::of(lang);
    let since = fill(texts.since, &[("date", &date_text(me.created_at, lang))]);
    let phone = html! {
        <span class="figures">{ me.phone.clone() }<span class="muted">{ " · " }{ since }</span></span>
    };
    html! {
        <section class="card stack">
            { fact_list(&[Fact::new(texts.phone, phone)]) }
            <ButtonLink<Route> look={Look::Second} to={Route::PhoneChange}>{ texts.change_phone }</ButtonLink<Route>>
        </section>
    }
}
