//! Who has looked at my data.

mod deed;

use client::{AccessLog as Log, AccessView, Actor, Failure};
use domain::Lang;
use ui::lang::use_lang;
use ui::{
    Button, EmptyView, Look, ProblemBox, TextTable, Title, api, async_view, fill, moment_text,
    use_action, use_loader, use_text,
};
use yew::{Html, Properties, component, html, use_state};

use crate::page::me::text::MeTexts;
use deed::deed;

/// How many entries come at once.
const PAGE: i64 = 20;

/// The page.
#[component]
pub(crate) fn AccessLog() -> Html {
    let texts = use_text::<MeTexts>();
    let loader = use_loader((), |()| page(None));
    html! {
        <div class="stack">
            <Title text={texts.access_title} />
            <p class="lead">{ texts.access_lead }</p>
            { async_view(&loader, |first| {
                if first.items.is_empty() {
                    return html! { <EmptyView title={texts.access_empty} /> };
                }
                html! { <Entries first={Log::clone(first)} /> }
            }) }
        </div>
    }
}

async fn page(after: Option<String>) -> Result<Log, Failure> {
    api::call(client::list_access_log(Some(PAGE), after.as_deref())).await
}

#[derive(Properties, PartialEq)]
struct EntriesProps {
    first: Log,
}

/// The entries that were asked for so far.
#[component]
fn Entries(props: &EntriesProps) -> Html {
    let (texts, lang) = (use_text::<MeTexts>(), use_lang());
    let log = use_state(|| props.first.clone());
    let more = {
        let log = log.clone();
        use_action(move |()| {
            let log = log.clone();
            async move {
                let next = page(log.next.clone()).await?;
                let items = log.items.iter().cloned().chain(next.items).collect();
                log.set(Log {
                    items,
                    next: next.next,
                });
                Ok(())
            }
        })
    };
    html! {
        <>
            <ol class="log">{ for log.items.iter().map(|one| entry(one, lang)) }</ol>
            if let Some(failure) = more.failure {
                <ProblemBox {failure} />
            }
            if log.next.is_some() {
                <Button look={Look::Second} onclick={more.run} is_busy={more.is_busy}>{ texts.more }</Button>
            } else {
                <p class="muted centred">{ texts.all_shown }</p>
            }
        </>
    }
}

/// What was done, by whom and when.
fn entry(entry: &AccessView, lang: Lang) -> Html {
    let texts = MeTexts::of(lang);
    let who = match Actor::of(&entry.actor) {
        Actor::Self_ => texts.by_self,
        Actor::Staff => texts.by_staff,
        Actor::Integrator => texts.by_integrator,
        Actor::Operator => texts.by_operator,
        Actor::Visitor => texts.by_visitor,
        Actor::System | Actor::Unknown => texts.by_system,
    };
    html! {
        <li class="log-entry">
            <span>{ deed(&entry.action).get(lang) }</span>
            <span class="muted figures">{ who }{ " · " }{ moment_text(entry.at, lang) }</span>
            if let Some(reason) = &entry.reason {
                <span class="muted">{ fill(texts.reason, &[("reason", reason)]) }</span>
            }
        </li>
    }
}
