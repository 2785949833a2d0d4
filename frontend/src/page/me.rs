//! The personal centre: my data, my consents, what is known about me, and the way out.

mod consents;
mod data;
mod export;
mod sessions;

use client::Me as Account;
use domain::Lang;
use yew::{Html, component, html, use_callback};

use crate::component::{Button, ButtonLink, Fact, Look, Title, date_text, fact_list};
use crate::lang::{use_lang, use_texts};
use crate::route::Route;
use crate::session::use_session;
use crate::text::{Texts, fill};
use consents::consents;
use data::Data;
use export::Export;
use sessions::Sessions;

/// The page.
#[component]
pub(crate) fn Me() -> Html {
    let (texts, lang) = (&use_texts().me, use_lang());
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
                <ButtonLink look={Look::Second} to={Route::AccessLog}>{ texts.access }</ButtonLink>
                <Export />
                <ButtonLink look={Look::Second} to={Route::Erasure}>{ Texts::of(lang).erasure.link }</ButtonLink>
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
    let texts = &Texts::of(lang).me;
    let since = fill(texts.since, &[("date", &date_text(me.created_at, lang))]);
    let phone = html! {
        <span class="figures">{ me.phone.clone() }<span class="muted">{ " · " }{ since }</span></span>
    };
    html! {
        <section class="card stack">
            { fact_list(&[Fact::new(texts.phone, phone)]) }
            <ButtonLink look={Look::Second} to={Route::PhoneChange}>{ texts.change_phone }</ButtonLink>
        </section>
    }
}
