//! The Ministry's list of schools, from a file: looked at first, then taken.

use client::{SchoolListCount, SchoolListRow, SchoolListView};
use domain::Lang;
use domain::school_list::SchoolVerdict;
use ui::lang::use_lang;
use ui::{Button, Fact, Notice, ProblemBox, TextTable, Tone, fact_list, fill, use_text};
use yew::{Callback, Html, Properties, component, html};

use super::text::SchoolTexts;
use crate::look_first::{use_file_field, use_look_first};

/// What a [`SchoolList`] needs.
#[derive(Properties, PartialEq)]
pub(super) struct SchoolListProps {
    /// Schools were made.
    pub(super) changed: Callback<()>,
}

/// The field for the file, and what its rows mean.
#[component]
pub(super) fn SchoolList(props: &SchoolListProps) -> Html {
    let (texts, lang) = (use_text::<SchoolTexts>(), use_lang());
    let list = use_look_first(client::take_school_list, props.changed.clone());
    let field = use_file_field(&list, "school-list-file", texts.list_file);
    let (look, take) = (list.look.clone(), list.apply.clone());
    let failures = [&look, &take].map(|action| action.failure.clone());
    html! {
        <div class="stack">
            <p class="muted">{ texts.list_lead }</p>
            { field }
            { for failures.into_iter().flatten().map(|failure| html! { <ProblemBox {failure} /> }) }
            if let Some(report) = &*list.report {
                { shown(report, lang) }
            }
            <div class="actions">
                if let Some(count) = list.open() {
                    <Button onclick={take.run} is_busy={take.is_busy}>{ fill(texts.list_take, &[("count", &count)]) }</Button>
                } else {
                    <Button onclick={look.run} is_busy={look.is_busy} disabled={!list.has_file()}>{ texts.list_look }</Button>
                }
            </div>
        </div>
    }
}

/// What the rows mean, or what became of them.
fn shown(report: &SchoolListView, lang: Lang) -> Html {
    let texts = SchoolTexts::of(lang);
    let count = |count: &SchoolListCount| {
        let known = SchoolVerdict::parse(&count.verdict)?;
        Some(Fact::new(known.label().get(lang), count.rows.to_string()))
    };
    let counts: Vec<Fact> = report.counts.iter().filter_map(count).collect();
    let row = |row: &SchoolListRow| {
        let said = fill(
            texts.list_row,
            &[
                ("number", &row.row_number),
                ("name", &row.name),
                ("verdict", &row.label),
            ],
        );
        html! { <li key={row.row_number}>{ said }</li> }
    };
    html! {
        <div class="stack" role="status">
            if report.is_applied {
                <Notice tone={Tone::Good}><p>{ fill(texts.list_taken, &[("count", &report.schools)]) }</p></Notice>
            }
            { fact_list(&counts) }
            if !report.rows.is_empty() {
                <ul>{ for report.rows.iter().map(row) }</ul>
            }
        </div>
    }
}
