//! The schools, for operators: made, renamed, suspended.

mod form;
mod list;
mod merchants;
mod panel;
mod text;

use client::ManagedSchoolRow;
use domain::Lang;
use domain::school::SchoolState;
use model::Query;
use ui::lang::use_lang;
use ui::{
    Button, Column, DataTable, Filter, FilterKind, Look, Shape, Sheet, TablePage, TableSource,
    TextTable, Title,
};
use ui::{date_text, status_pill, use_text};
use yew::{Html, component, html, use_callback, use_memo, use_state};

use crate::call::call;
use form::{Filled, SchoolForm};
use list::SchoolList;
use panel::SchoolPanel;
use text::SchoolTexts;

/// How many rows a page has.
const PAGE: i64 = 50;

/// The page.
#[component]
pub(crate) fn Schools() -> Html {
    let (texts, lang) = (use_text::<SchoolTexts>(), use_lang());
    let (reload, is_making) = (use_state(|| 0_u32), use_state(|| false));
    let make = use_callback(is_making.setter(), |(), is_making| is_making.set(true));
    let close = use_callback(is_making.setter(), |(), is_making| is_making.set(false));
    let changed = use_callback(
        (reload.clone(), is_making.setter()),
        |(), (reload, is_making)| {
            reload.set(**reload + 1);
            is_making.set(false);
        },
    );
    let is_listing = use_state(|| false);
    let open_list = use_callback(is_listing.setter(), |(), is_listing| is_listing.set(true));
    let close_list = use_callback(is_listing.setter(), |(), is_listing| is_listing.set(false));
    let taken = use_callback(reload.clone(), |(), reload| reload.set(**reload + 1));
    let source = use_memo((), |()| TableSource::new(ask));
    let columns = use_memo(lang, |lang| columns(*lang));
    let filters = vec![Filter {
        name: "text",
        label: texts.search.into(),
        kind: FilterKind::Search,
    }];
    let panel = use_callback(changed.clone(), |row: ManagedSchoolRow, changed| {
        let key = format!("{}-{}", row.id, row.state);
        html! { <SchoolPanel {key} school_id={row.id} changed={changed.clone()} /> }
    });
    html! {
        <div class="stack">
            <div class="between">
                <Title text={texts.title} />
                <div class="line">
                    <Button onclick={make}>{ texts.make }</Button>
                    <Button look={Look::Second} onclick={open_list}>{ texts.list }</Button>
                </div>
            </div>
            <DataTable<ManagedSchoolRow> label={texts.title} columns={(*columns).clone()} {filters} source={(*source).clone()}
                reload={*reload} {panel} empty={texts.none} empty_detail={texts.none_detail} />
            if *is_listing {
                <Sheet id="school-list" title={texts.list} onclose={close_list}>
                    <SchoolList changed={taken} />
                </Sheet>
            }
            if *is_making {
                <Sheet id="school" title={texts.make} onclose={close}>
                    <SchoolForm initial={Filled::default()} {changed} />
                </Sheet>
            }
        </div>
    }
}

async fn ask(query: Query) -> Result<TablePage<ManagedSchoolRow>, client::Failure> {
    let (text, after) = (query.get("text"), query.get("after"));
    let page = call(client::list_managed_schools(text, Some(PAGE), after)).await?;
    Ok(TablePage::new(page.items, |row| row.id.clone(), page.next))
}

fn columns(lang: Lang) -> Vec<Column<ManagedSchoolRow>> {
    let texts = SchoolTexts::of(lang);
    vec![
        Column::new(
            texts.name,
            |row: &ManagedSchoolRow| html! { { row.name.clone() } },
        ),
        Column::new(
            texts.code,
            |row: &ManagedSchoolRow| html! { <span class="figures">{ row.code.clone() }</span> },
        ),
        Column::new(texts.state, move |row: &ManagedSchoolRow| {
            state_pill(&row.state, lang)
        }),
        Column::new(
            texts.since,
            move |row: &ManagedSchoolRow| html! { { date_text(row.created_at, lang) } },
        ),
    ]
}

fn state_pill(word: &str, lang: Lang) -> Html {
    match SchoolState::parse(word) {
        Some(state) => {
            let shape = match state {
                SchoolState::Active => Shape::Good,
                SchoolState::Suspended => Shape::Over,
            };
            status_pill(shape, state.label().get(lang))
        }
        None => status_pill(Shape::Waiting, word),
    }
}
