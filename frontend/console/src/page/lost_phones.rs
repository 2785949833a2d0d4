//! Reports of a lost phone: what was written, what speaks for it, and the approvals of two people.

mod panel;
mod text;

use client::{Failure, ListedLostPhoneView};
use domain::Lang;
use domain::lost_phone::LostPhoneStage;
use model::Query;
use ui::lang::use_lang;
use ui::{
    Column, DataTable, Filter, FilterKind, Shape, TablePage, TableSource, TextTable, Title,
    moment_text, status_pill, use_text,
};
use yew::{Html, component, html, use_callback, use_memo, use_state};

use crate::call::call;
use panel::LostPhonePanel;
use text::LostPhonesTexts;

/// How many rows a page has.
const PAGE: i64 = 50;

/// The page.
#[component]
pub(crate) fn LostPhones() -> Html {
    let (texts, lang) = (use_text::<LostPhonesTexts>(), use_lang());
    let reload = use_state(|| 0_u32);
    let changed = use_callback(reload.clone(), |(), reload| reload.set(**reload + 1));
    let source = use_memo((), |()| TableSource::new(ask));
    let columns = use_memo(lang, |lang| columns(*lang));
    let states = LostPhoneStage::ALL.iter();
    let states = states.map(|stage| (stage.as_str().into(), stage.label().get(lang).into()));
    let filters = vec![Filter {
        name: "state",
        label: texts.state.into(),
        kind: FilterKind::Choice(states.collect()),
    }];
    let panel = use_callback(changed, |report: ListedLostPhoneView, changed| {
        let key = format!("{}-{}", report.reference, report.state);
        html! { <LostPhonePanel {key} reference={report.reference} changed={changed.clone()} /> }
    });
    html! {
        <div class="stack">
            <Title text={texts.title} />
            <p class="muted">{ texts.lead }</p>
            <DataTable<ListedLostPhoneView> label={texts.title} columns={(*columns).clone()} {filters}
                source={(*source).clone()} reload={*reload} {panel} empty={texts.none} empty_detail={texts.none_detail} />
        </div>
    }
}

async fn ask(query: Query) -> Result<TablePage<ListedLostPhoneView>, Failure> {
    let (state, after) = (query.get("state"), query.get("after"));
    let page = call(client::list_lost_phone_reports(state, Some(PAGE), after)).await?;
    Ok(TablePage::new(
        page.items,
        |row| row.reference.clone(),
        page.next,
    ))
}

fn columns(lang: Lang) -> Vec<Column<ListedLostPhoneView>> {
    let texts = LostPhonesTexts::of(lang);
    vec![
        Column::new(texts.reference, |row: &ListedLostPhoneView| {
            html! { <span class="figures">{ row.reference.clone() }</span> }
        }),
        Column::new(texts.state, stage_pill),
        Column::new(texts.reported, move |row: &ListedLostPhoneView| {
            html! { { moment_text(row.created_at, lang) } }
        }),
        Column::new(texts.effective, move |row: &ListedLostPhoneView| {
            html! { { row.effective_at.map(|at| moment_text(at, lang)).unwrap_or_default() } }
        }),
    ]
}

/// Where a report is.
fn stage_pill(report: &ListedLostPhoneView) -> Html {
    let shape = match LostPhoneStage::parse(&report.state) {
        Some(LostPhoneStage::Open | LostPhoneStage::Confirmed) | None => Shape::Open,
        Some(LostPhoneStage::Approved) => Shape::Waiting,
        Some(LostPhoneStage::Changed) => Shape::Good,
        Some(LostPhoneStage::Closed) => Shape::Over,
    };
    status_pill(shape, &report.state_label)
}
