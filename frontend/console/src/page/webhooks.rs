//! Addresses that are told what happens: made, changed, tried, and what came of each message.

mod edit;
mod form;
mod log;
mod panel;
mod secret;
mod text;
mod verify;

use client::WebhookEndpointView;
use domain::Lang;
use domain::webhook::EndpointState;
use model::Query;
use ui::lang::use_lang;
use ui::{
    Button, Column, DataTable, Notice, Shape, Sheet, TablePage, TableSource, TextTable, Title,
    Tone, status_pill, use_text,
};
use yew::{AttrValue, Html, Properties, component, html, use_callback, use_memo, use_state};

use crate::call::call;
use form::NewEndpointForm;
use panel::EndpointPanel;
use text::WebhookTexts;

/// How many rows a page has.
const PAGE: i64 = 50;

/// What [`Webhooks`] needs.
#[derive(Properties, PartialEq)]
pub(crate) struct WebhooksProps {
    /// The school.
    pub(crate) school_id: AttrValue,
}

/// The page.
#[component]
pub(crate) fn Webhooks(props: &WebhooksProps) -> Html {
    let (texts, lang) = (use_text::<WebhookTexts>(), use_lang());
    let (reload, is_making) = (use_state(|| 0_u32), use_state(|| false));
    let note = use_state(|| None::<AttrValue>);
    let make = use_callback(is_making.setter(), |(), is_making| is_making.set(true));
    let close = use_callback(is_making.setter(), |(), is_making| is_making.set(false));
    let changed = use_callback(
        (reload.clone(), note.setter(), is_making.setter()),
        |told: AttrValue, (reload, note, is_making)| {
            reload.set(**reload + 1);
            note.set(Some(told));
            is_making.set(false);
        },
    );
    let source = use_memo(props.school_id.clone(), |school| source(school.clone()));
    let columns = use_memo(lang, |lang| columns(*lang));
    let panel = use_callback(changed.clone(), |endpoint: WebhookEndpointView, changed| {
        let key = format!("{}-{}", endpoint.id, endpoint.version);
        html! { <EndpointPanel {key} {endpoint} changed={changed.clone()} /> }
    });
    html! {
        <div class="stack">
            <div class="between">
                <Title text={texts.title} />
                <Button onclick={make}>{ texts.make }</Button>
            </div>
            <p class="muted">{ texts.lead }</p>
            if let Some(note) = (*note).clone() {
                <div role="status"><Notice tone={Tone::Good}><p>{ note }</p></Notice></div>
            }
            <DataTable<WebhookEndpointView> label={texts.title} columns={(*columns).clone()} source={(*source).clone()} reload={*reload}
                {panel} empty={texts.none} empty_detail={texts.none_detail} />
            if *is_making {
                <Sheet id="new-endpoint" title={texts.make} onclose={close}>
                    <NewEndpointForm school_id={props.school_id.clone()} {changed} />
                </Sheet>
            }
        </div>
    }
}

fn source(school_id: AttrValue) -> TableSource<WebhookEndpointView> {
    TableSource::new(move |query: Query| {
        let school_id = school_id.clone();
        async move {
            let after = query.get("after");
            let list = client::list_webhook_endpoints(Some(&school_id), Some(PAGE), after);
            let page = call(list).await?;
            let key = |endpoint: &WebhookEndpointView| endpoint.id.clone();
            Ok(TablePage::new(page.items, key, page.next))
        }
    })
}

fn columns(lang: Lang) -> Vec<Column<WebhookEndpointView>> {
    let texts = WebhookTexts::of(lang);
    vec![
        Column::new(
            texts.url,
            |endpoint: &WebhookEndpointView| html! { { endpoint.url.clone() } },
        ),
        Column::new(
            texts.description,
            |endpoint: &WebhookEndpointView| html! { { endpoint.description.clone() } },
        ),
        Column::new(texts.types, move |endpoint: &WebhookEndpointView| {
            let types = &endpoint.event_types;
            html! { { if types.is_empty() { texts.all_types.to_owned() } else { types.join(" ") } } }
        }),
        Column::new(texts.state, move |endpoint: &WebhookEndpointView| {
            state(endpoint, lang)
        }),
    ]
}

/// Whether an endpoint is told, and whether it takes what it is told.
fn state(endpoint: &WebhookEndpointView, lang: Lang) -> Html {
    let state = EndpointState::parse(&endpoint.state);
    let label = state.map_or(endpoint.state.as_str(), |state| state.label().get(lang));
    match state {
        Some(EndpointState::Active) if endpoint.failing_since.is_some() => {
            status_pill(Shape::Bad, WebhookTexts::of(lang).failing)
        }
        Some(EndpointState::Active) => status_pill(Shape::Good, label),
        Some(EndpointState::Disabled) | None => status_pill(Shape::Over, label),
    }
}
