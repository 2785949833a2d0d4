//! Students' questions about the roster: read beside the students who may be meant, and answered in one step.

mod panel;
mod text;
mod words;

use client::{Failure, SchoolTicketView};
use domain::Lang;
use domain::roster::TicketState;
use model::Query;
use ui::lang::use_lang;
use ui::{
    Column, DataTable, Filter, FilterKind, TablePage, TableSource, TextTable, Title, moment_text,
    use_text,
};
use yew::{AttrValue, Html, Properties, component, html, use_callback, use_memo, use_state};

use crate::call::call;
use panel::TicketPanel;
use text::TicketTexts;
use words::ticket_pill;

/// How many rows a page has.
const PAGE: i64 = 50;

/// What [`Tickets`] need.
#[derive(Properties, PartialEq)]
pub(crate) struct TicketsProps {
    /// The school.
    pub(crate) school_id: AttrValue,
}

/// The page.
#[component]
pub(crate) fn Tickets(props: &TicketsProps) -> Html {
    let (texts, lang) = (use_text::<TicketTexts>(), use_lang());
    let reload = use_state(|| 0_u32);
    let changed = use_callback(reload.clone(), |(), reload| reload.set(**reload + 1));
    let source = use_memo(props.school_id.clone(), |school_id| {
        let school_id = school_id.clone();
        TableSource::new(move |query: Query| ask(school_id.clone(), query))
    });
    let columns = use_memo(lang, |lang| columns(*lang));
    let states = TicketState::ALL
        .iter()
        .map(|state| (state.as_str().into(), state.label().get(lang).into()));
    let filters = vec![Filter {
        name: "state",
        label: texts.state.into(),
        kind: FilterKind::Choice(states.collect()),
    }];
    let panel = use_callback(changed, |ticket: SchoolTicketView, changed| {
        let key = format!("{}-{}", ticket.id, ticket.state);
        html! { <TicketPanel {key} ticket_id={ticket.id} changed={changed.clone()} /> }
    });
    html! {
        <div class="stack">
            <Title text={texts.title} />
            <p class="muted">{ texts.lead }</p>
            <DataTable<SchoolTicketView> label={texts.title} columns={(*columns).clone()} {filters}
                source={(*source).clone()} reload={*reload} {panel} empty={texts.none} empty_detail={texts.none_detail} />
        </div>
    }
}

async fn ask(school_id: AttrValue, query: Query) -> Result<TablePage<SchoolTicketView>, Failure> {
    let (state, task, after) = (query.get("state"), query.get("task"), query.get("after"));
    let asked = client::list_school_tickets(&school_id, state, task, Some(PAGE), after);
    let page = call(asked).await?;
    Ok(TablePage::new(page.items, |row| row.id.clone(), page.next))
}

fn columns(lang: Lang) -> Vec<Column<SchoolTicketView>> {
    let texts = TicketTexts::of(lang);
    vec![
        Column::new(texts.name, |row: &SchoolTicketView| {
            html! { { row.name.clone().unwrap_or_default() } }
        }),
        Column::new(texts.number, |row: &SchoolTicketView| {
            html! { <span class="figures">{ row.document_number.clone() }</span> }
        }),
        Column::new(texts.task, |row: &SchoolTicketView| {
            html! { { row.task_name.clone() } }
        }),
        Column::new(texts.state, |row: &SchoolTicketView| {
            ticket_pill(&row.state, &row.state_label)
        }),
        Column::new(texts.asked, move |row: &SchoolTicketView| {
            html! { { moment_text(row.created_at, lang) } }
        }),
    ]
}
