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
use ui::{Column, DataTable, Shape, TablePage, TableSource, TextTable, status_pill, use_text};
use yew::{AttrValue, Html, Properties, component, html, use_callback, use_memo};

use crate::call::call;
use crate::making::{MakingTexts, use_making};
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
    let making = use_making();
    let changed = making.changed.clone();
    let source = use_memo(props.school_id.clone(), |school| source(school.clone()));
    let columns = use_memo(lang, |lang| columns(*lang));
    let panel = use_callback(changed.clone(), |endpoint: WebhookEndpointView, changed| {
        let key = format!("{}-{}", endpoint.id, endpoint.version);
        html! { <EndpointPanel {key} {endpoint} changed={changed.clone()} /> }
    });
    let list = html! {
        <DataTable<WebhookEndpointView> label={texts.title} columns={(*columns).clone()} source={(*source).clone()} reload={making.reload}
            {panel} empty={texts.none} empty_detail={texts.none_detail} />
    };
    let form = html! { <NewEndpointForm school_id={props.school_id.clone()} {changed} /> };
    let texts = MakingTexts {
        title: texts.title,
        lead: texts.lead,
        make: texts.make,
        dialog: "new-endpoint",
    };
    making.page(texts, list, form)
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
