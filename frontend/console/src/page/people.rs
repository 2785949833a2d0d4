//! Who may do what: a school's staff, or that of the platform.

mod invite;
mod panel;
mod text;
mod words;

use client::StaffView;
use domain::Lang;
use model::Query;
use ui::lang::use_lang;
use ui::{Column, DataTable, TablePage, TableSource, TextTable, use_text};
use yew::{AttrValue, Html, Properties, component, html, use_callback, use_memo};

use crate::call::call;
use crate::making::{MakingTexts, use_making};
use invite::Invite;
use panel::RolePanel;
use text::PeopleTexts;
use words::{limits_text, role_name, state_pill};

/// How many rows a page has.
const PAGE: i64 = 50;

/// What [`People`] need.
#[derive(Properties, PartialEq)]
pub(crate) struct PeopleProps {
    /// The school; without one, the platform.
    #[prop_or_default]
    pub(crate) school_id: Option<AttrValue>,
}

/// The page.
#[component]
pub(crate) fn People(props: &PeopleProps) -> Html {
    let (texts, lang) = (use_text::<PeopleTexts>(), use_lang());
    let making = use_making();
    let changed = making.changed.clone();
    let source = use_memo(props.school_id.clone(), |school_id| {
        source(school_id.clone())
    });
    let columns = use_memo(lang, |lang| columns(*lang));
    let panel = use_callback(changed.clone(), |entry: StaffView, changed| {
        let key = format!("{}-{}", entry.id, entry.version);
        html! { <RolePanel {key} {entry} changed={changed.clone()} /> }
    });
    let (title, lead) = match props.school_id {
        Some(_) => (texts.school_title, texts.school_lead),
        None => (texts.platform_title, texts.platform_lead),
    };
    let list = html! {
        <DataTable<StaffView> label={title} columns={(*columns).clone()} source={(*source).clone()} reload={making.reload}
            {panel} empty={texts.nobody} empty_detail={texts.nobody_detail} />
    };
    let form = html! { <Invite school_id={props.school_id.clone()} {changed} /> };
    let texts = MakingTexts {
        title,
        lead,
        make: texts.invite,
        dialog: "invite",
    };
    making.page(texts, list, form)
}

fn source(school_id: Option<AttrValue>) -> TableSource<StaffView> {
    TableSource::new(move |query: Query| {
        let school_id = school_id.clone();
        async move {
            let after = query.get("after");
            let page = match &school_id {
                Some(school_id) => {
                    call(client::list_school_staff(school_id, Some(PAGE), after)).await?
                }
                None => call(client::list_platform_staff(Some(PAGE), after)).await?,
            };
            Ok(TablePage::new(
                page.items,
                |entry| entry.id.clone(),
                page.next,
            ))
        }
    })
}

fn columns(lang: Lang) -> Vec<Column<StaffView>> {
    let texts = PeopleTexts::of(lang);
    vec![
        Column::new(
            texts.name,
            |entry: &StaffView| html! { { entry.name.clone() } },
        ),
        Column::new(
            texts.phone,
            |entry: &StaffView| html! { <span class="figures">{ entry.phone.clone() }</span> },
        ),
        Column::new(
            texts.role,
            move |entry: &StaffView| html! { { role_name(&entry.role, lang) } },
        ),
        Column::new(
            texts.limits,
            move |entry: &StaffView| html! { { limits_text(entry, lang) } },
        ),
        Column::new(texts.state, move |entry: &StaffView| {
            state_pill(&entry.state, lang)
        }),
    ]
}
