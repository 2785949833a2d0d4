//! Where the person is logged in, and logging out there.

use client::{Failure, OpenSession};
use domain::{BrowserFamily, Lang, SystemFamily};
use ui::lang::use_lang;
use ui::{
    AskFirst, Button, Look, ProblemBox, TextTable, api, async_view, fill, moment_text, use_action,
    use_loader, use_text,
};
use yew::{Callback, Html, Properties, component, html, use_callback};

use super::text::MeTexts;
use crate::session::use_session;

/// The list, with what ends one, all others or all of them.
#[component]
pub(crate) fn Sessions() -> Html {
    let texts = use_text::<MeTexts>();
    let loader = use_loader((), |()| api::call(client::list_sessions()));
    let reload = loader.reload.clone();
    html! {
        <section class="card stack" aria-labelledby="sessions">
            <h2 id="sessions">{ texts.sessions }</h2>
            { async_view(&loader, |open| html! { <List items={open.items.clone()} reload={reload.clone()} /> }) }
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct ListProps {
    items: Vec<OpenSession>,
    reload: Callback<()>,
}

/// What is to be ended.
#[derive(Debug, Clone, PartialEq)]
enum Target {
    One(String),
    Others,
}

#[component]
fn List(props: &ListProps) -> Html {
    let (texts, lang) = (use_text::<MeTexts>(), use_lang());
    let reload = props.reload.clone();
    let end = use_action(move |target: Target| {
        let reload = reload.clone();
        async move {
            let done = match target {
                Target::One(id) => api::call(client::end_session(&id)).await,
                Target::Others => api::call(client::end_other_sessions()).await,
            };
            // One that has ended already is gone from the list too.
            reload.emit(());
            done
        }
    });
    let onothers = use_callback(end.run.clone(), |(), run| run.emit(Target::Others));
    html! {
        <>
            <ul class="consents">
                { for props.items.iter().map(|one| {
                    let (run, id) = (end.run.clone(), one.id.clone());
                    let onend = Callback::from(move |()| run.emit(Target::One(id.clone())));
                    session(one, onend, lang)
                }) }
            </ul>
            if let Some(failure) = end.failure {
                <ProblemBox {failure} />
            }
            if props.items.len() > 1 {
                <Button look={Look::Second} onclick={onothers} is_busy={end.is_busy}>{ texts.end_others }</Button>
            }
            <EndAll />
        </>
    }
}

/// One of them; the one of this page ends by logging out.
fn session(session: &OpenSession, onend: Callback<()>, lang: Lang) -> Html {
    let texts = MeTexts::of(lang);
    let device = device(session, lang);
    let time = |at| moment_text(at, lang);
    let began = fill(texts.session_began, &[("time", &time(session.began_at))]);
    let used = fill(texts.session_used, &[("time", &time(session.last_used_at))]);
    let label = fill(texts.end_session_of, &[("device", &device)]);
    html! {
        <li class="consent">
            <span class="consent-name">{ device }</span>
            <span class="muted figures">{ used }{ " · " }{ began }</span>
            <span class="consent-actions">
                if session.is_current {
                    <span class="muted">{ texts.session_here }</span>
                } else {
                    <button type="button" class="quiet" aria-label={label} onclick={move |_| onend.emit(())}>
                        { texts.log_out }
                    </button>
                }
            </span>
        </li>
    }
}

/// The device in words, such as `Chrome · Windows`.
fn device(session: &OpenSession, lang: Lang) -> String {
    let browser = BrowserFamily::parse(&session.browser).unwrap_or(BrowserFamily::Other);
    let system = SystemFamily::parse(&session.system).unwrap_or(SystemFamily::Other);
    format!(
        "{} · {}",
        system.label().get(lang),
        browser.label().get(lang)
    )
}

/// Logging out everywhere, here too.
#[component]
fn EndAll() -> Html {
    let texts = use_text::<MeTexts>();
    let leave = use_session().leave;
    let action = use_action(move |()| {
        let leave = leave.clone();
        async move {
            end_all().await?;
            // There is nothing left to end on the server; this forgets what is kept here.
            leave.emit(());
            Ok(())
        }
    });
    html! {
        <AskFirst id="end-all" label={texts.end_all} title={texts.end_all_title} keep={texts.end_all_keep}
            look={Look::Quiet} {action}>
            <p>{ texts.end_all_detail }</p>
        </AskFirst>
    }
}

async fn end_all() -> Result<(), Failure> {
    api::call(client::end_all_sessions()).await
}
