//! Systems of a school that call the API: what they may do, and what they prove themselves with.

mod credentials;
mod form;
mod panel;
mod text;

use client::{CredentialState, IntegratorView};
use domain::Lang;
use model::Query;
use ui::lang::use_lang;
use ui::{
    Column, DataTable, Shape, TablePage, TableSource, TextTable, date_text, status_pill, use_text,
};
use yew::{AttrValue, Html, Properties, component, html, use_callback, use_memo};

use crate::call::call;
use crate::making::{MakingTexts, use_making};
use form::NewSystem;
use panel::SystemPanel;
use text::IntegrationTexts;

/// How many rows a page has.
const PAGE: i64 = 50;

/// What [`Integrations`] need.
#[derive(Properties, PartialEq)]
pub(crate) struct IntegrationsProps {
    /// The school.
    pub(crate) school_id: AttrValue,
}

/// The page.
#[component]
pub(crate) fn Integrations(props: &IntegrationsProps) -> Html {
    let (texts, lang) = (use_text::<IntegrationTexts>(), use_lang());
    let making = use_making();
    let changed = making.changed.clone();
    let source = use_memo(props.school_id.clone(), |school| source(school.clone()));
    let columns = use_memo(lang, |lang| columns(*lang));
    let panel = use_callback(changed.clone(), |system: IntegratorView, changed| {
        let key = format!("{}-{}", system.id, system.version);
        html! { <SystemPanel {key} {system} changed={changed.clone()} /> }
    });
    let list = html! {
        <DataTable<IntegratorView> label={texts.title} columns={(*columns).clone()} source={(*source).clone()} reload={making.reload}
            {panel} empty={texts.none} empty_detail={texts.none_detail} />
    };
    let form = html! { <NewSystem school_id={props.school_id.clone()} {changed} /> };
    let texts = MakingTexts {
        title: texts.title,
        lead: texts.lead,
        make: texts.make,
        dialog: "new-integrator",
    };
    making.page(texts, list, form)
}

fn source(school_id: AttrValue) -> TableSource<IntegratorView> {
    TableSource::new(move |query: Query| {
        let school_id = school_id.clone();
        async move {
            let after = query.get("after");
            let page = call(client::list_school_integrators(
                &school_id,
                Some(PAGE),
                after,
            ))
            .await?;
            let key = |system: &IntegratorView| system.id.clone();
            Ok(TablePage::new(page.items, key, page.next))
        }
    })
}

fn columns(lang: Lang) -> Vec<Column<IntegratorView>> {
    let texts = IntegrationTexts::of(lang);
    vec![
        Column::new(
            texts.name,
            |system: &IntegratorView| html! { { system.name.clone() } },
        ),
        Column::new(
            texts.scopes,
            |system: &IntegratorView| html! { { system.scopes.join(" ") } },
        ),
        Column::new(texts.last_used, move |system: &IntegratorView| {
            html! { { last_used(system, lang) } }
        }),
        Column::new(texts.state, move |system: &IntegratorView| {
            state(system, lang)
        }),
    ]
}

/// When any credential of a system last brought a token.
fn last_used(system: &IntegratorView, lang: Lang) -> String {
    let used = system.credentials.iter();
    let latest = used.filter_map(|credential| credential.last_used_at).max();
    latest.map_or_else(
        || IntegrationTexts::of(lang).never.to_owned(),
        |at| date_text(at, lang),
    )
}

fn state(system: &IntegratorView, lang: Lang) -> Html {
    let texts = IntegrationTexts::of(lang);
    let has_credential = system
        .credentials
        .iter()
        .any(|one| CredentialState::of(&one.state) == CredentialState::Active);
    if system.revoked_at.is_some() {
        status_pill(Shape::Bad, texts.off)
    } else if has_credential {
        status_pill(Shape::Good, texts.on)
    } else {
        status_pill(Shape::Waiting, texts.no_credential)
    }
}
