//! Searching the audit log: who did what, to what, and when.

mod text;

use client::{AuditEventView, Failure};
use domain::Lang;
use domain::access::ActorKind;
use domain::audit::{AuditAction, AuditObject};
use model::Query;
use ui::lang::use_lang;
use ui::{
    Column, DataTable, Fact, Filter, FilterKind, QueryState, TablePage, TableSource, TextTable,
    Title, fact_list, moment_text, use_query, use_text,
};
use yew::{Callback, Html, MouseEvent, component, html, use_callback, use_memo};

use crate::call::call;
use crate::day::{day_begins, day_ends};
use text::AuditTexts;

/// How many rows a page has.
const PAGE: i64 = 50;

/// The page.
#[component]
pub(crate) fn Audit() -> Html {
    let (texts, lang, state) = (use_text::<AuditTexts>(), use_lang(), use_query());
    let source = use_memo((), |()| TableSource::new(ask));
    let columns = use_memo(lang, |lang| columns(*lang));
    let panel = use_callback((state, lang), |entry: AuditEventView, (state, lang)| {
        shown(&entry, state, *lang)
    });
    html! {
        <div class="stack">
            <Title text={texts.title} />
            <p class="muted">{ texts.lead }</p>
            <DataTable<AuditEventView> label={texts.title} columns={(*columns).clone()} filters={filters(lang)}
                source={(*source).clone()} {panel} empty={texts.none} empty_detail={texts.none_detail} />
        </div>
    }
}

async fn ask(query: Query) -> Result<TablePage<AuditEventView>, Failure> {
    let (since, until) = (
        query.get("since").and_then(day_begins),
        query.get("until").and_then(day_ends),
    );
    let asked = client::list_audit_events(
        query.get("school"),
        query.get("action"),
        query.get("person"),
        query.get("subject"),
        query.get("object"),
        since.as_deref(),
        until.as_deref(),
        Some(PAGE),
        query.get("after"),
    );
    let page = call(asked).await?;
    Ok(TablePage::new(page.items, |row| row.id.clone(), page.next))
}

fn filters(lang: Lang) -> Vec<Filter> {
    let texts = AuditTexts::of(lang);
    let actions = AuditAction::ALL.iter();
    let actions = actions.map(|it| (it.as_str().into(), it.label().get(lang).into()));
    let filter = |name, label: &'static str, kind| Filter {
        name,
        label: label.into(),
        kind,
    };
    vec![
        filter(
            "action",
            texts.action,
            FilterKind::Choice(actions.collect()),
        ),
        filter("person", texts.person_id, FilterKind::Words),
        filter("subject", texts.subject_id, FilterKind::Words),
        filter("object", texts.object_id, FilterKind::Words),
        filter("since", texts.since, FilterKind::Day),
        filter("until", texts.until, FilterKind::Day),
    ]
}

fn columns(lang: Lang) -> Vec<Column<AuditEventView>> {
    let texts = AuditTexts::of(lang);
    vec![
        Column::new(texts.at, move |row: &AuditEventView| {
            html! { { moment_text(row.at, lang) } }
        }),
        Column::new(texts.person, move |row: &AuditEventView| {
            html! { { person(row, lang) } }
        }),
        Column::new(texts.action, move |row: &AuditEventView| {
            html! { { action(row, lang) } }
        }),
        Column::new(texts.object, move |row: &AuditEventView| {
            html! { { object(row, lang) } }
        }),
    ]
}

fn person(entry: &AuditEventView, lang: Lang) -> String {
    let kind = ActorKind::parse(&entry.actor);
    let kind = kind.map_or(&*entry.actor, |kind| kind.label().get(lang));
    match &entry.actor_name {
        Some(name) => format!("{name}（{kind}）"),
        None => kind.to_owned(),
    }
}

fn action(entry: &AuditEventView, lang: Lang) -> String {
    let action = AuditAction::parse(&entry.action);
    action
        .map_or(&*entry.action, |action| action.label().get(lang))
        .to_owned()
}

fn object(entry: &AuditEventView, lang: Lang) -> String {
    let object = AuditObject::parse(&entry.object);
    object
        .map_or(&*entry.object, |object| object.label().get(lang))
        .to_owned()
}

/// An entry with the ways to others like it.
fn shown(entry: &AuditEventView, state: &QueryState, lang: Lang) -> Html {
    let texts = AuditTexts::of(lang);
    let only = |name: &'static str, value: &Option<String>, label: &'static str| {
        let value = value.clone().unwrap_or_default();
        let (push, query) = (state.push.clone(), state.query.clone());
        let onclick = Callback::from({
            let value = value.clone();
            move |_: MouseEvent| {
                push.emit(query.with("after", "").with("row", "").with(name, &value));
            }
        });
        html! {
            if !value.is_empty() {
                <button type="button" class="quiet" {onclick}>{ label }</button>
            }
        }
    };
    let code = |value: &Option<String>| {
        value
            .clone()
            .map(|value| html! { <code class="figures">{ value }</code> })
    };
    let facts = [
        Fact::new(texts.at, moment_text(entry.at, lang)),
        Fact::new(texts.person, person(entry, lang)),
        Fact::maybe(texts.person_id, code(&entry.actor_id)),
        Fact::new(texts.object, object(entry, lang)),
        Fact::maybe(texts.object_id, code(&entry.object_id)),
        Fact::maybe(texts.subject_id, code(&entry.subject_id)),
        Fact::maybe(
            texts.reason,
            entry.reason.clone().filter(|reason| !reason.is_empty()),
        ),
        Fact::maybe(texts.request, code(&entry.request_id)),
    ];
    html! {
        <div class="stack">
            <h2>{ action(entry, lang) }</h2>
            { fact_list(&facts) }
            <div class="line">
                { only("person", &entry.actor_id, texts.only_person) }
                { only("object", &entry.object_id, texts.only_object) }
                { only("subject", &entry.subject_id, texts.only_subject) }
            </div>
        </div>
    }
}
