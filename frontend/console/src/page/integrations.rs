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
    Button, Column, DataTable, Notice, Shape, Sheet, TablePage, TableSource, TextTable, Title,
    Tone, date_text, status_pill, use_text,
};
use yew::{AttrValue, Html, Properties, component, html, use_callback, use_memo, use_state};

use crate::call::call;
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
    let panel = use_callback(changed.clone(), |system: IntegratorView, changed| {
        let key = format!("{}-{}", system.id, system.version);
        html! { <SystemPanel {key} {system} changed={changed.clone()} /> }
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
            <DataTable<IntegratorView> label={texts.title} columns={(*columns).clone()} source={(*source).clone()} reload={*reload}
                {panel} empty={texts.none} empty_detail={texts.none_detail} />
            if *is_making {
                <Sheet id="new-integrator" title={texts.make} onclose={close}>
                    <NewSystem school_id={props.school_id.clone()} {changed} />
                </Sheet>
            }
        </div>
    }
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
