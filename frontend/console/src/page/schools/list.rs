//! The Ministry's list of schools, from a file: looked at first, then taken.

use client::{Failure, SchoolListCount, SchoolListRow, SchoolListView};
use domain::Lang;
use domain::school_list::SchoolVerdict;
use ui::api::Transfer;
use ui::lang::use_lang;
use ui::{
    Button, Fact, Notice, ProblemBox, TextTable, Tone, fact_list, fill, use_action, use_text,
};
use web_sys::{File, HtmlInputElement};
use yew::{
    Callback, Event, Html, Properties, TargetCast, component, html, use_callback, use_state,
};

use super::text::SchoolTexts;

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
    let (file, report) = (use_state(|| None::<File>), use_state(|| None));
    let choose = {
        let setters = (file.setter(), report.setter());
        use_callback(setters, |event: Event, (file, report)| {
            let input = event.target_dyn_into::<HtmlInputElement>();
            file.set(input.and_then(|input| input.files()?.get(0)));
            report.set(None);
        })
    };
    let send = {
        let (changed, file, shown) = (props.changed.clone(), file.clone(), report.setter());
        move |schools: Option<i64>| {
            let (changed, file, shown) = (changed.clone(), (*file).clone(), shown.clone());
            async move {
                if let Some(file) = file {
                    let found = upload(schools, &file).await?;
                    if found.is_applied {
                        changed.emit(());
                    }
                    shown.set(Some(found));
                }
                Ok::<(), Failure>(())
            }
        }
    };
    let check = {
        let send = send.clone();
        use_action(move |()| send(None))
    };
    let schools = report
        .as_ref()
        .map(|report: &SchoolListView| report.schools);
    let take = use_action(move |()| send(schools));
    let count = schools.unwrap_or_default();
    let is_open = report.as_ref().is_some_and(|report| !report.is_applied);
    html! {
        <div class="stack">
            <p class="muted">{ texts.list_lead }</p>
            <div class="field">
                <label for="school-list-file">{ texts.list_file }</label>
                <input id="school-list-file" class="input" type="file" accept=".csv,.txt,.xlsx,.dbf" onchange={choose} />
            </div>
            { for [&check, &take].into_iter().filter_map(|action| action.failure.clone()).map(|failure| html! { <ProblemBox {failure} /> }) }
            if let Some(report) = &*report {
                { shown(report, lang) }
            }
            <div class="actions">
                if is_open && count > 0 {
                    <Button onclick={take.run} is_busy={take.is_busy}>{ fill(texts.list_take, &[("count", &count)]) }</Button>
                } else {
                    <Button onclick={check.run} is_busy={check.is_busy} disabled={file.is_none()}>{ texts.list_look }</Button>
                }
            </div>
        </div>
    }
}

async fn upload(schools: Option<i64>, file: &File) -> Result<SchoolListView, Failure> {
    let call = client::take_school_list(schools);
    let transfer = Transfer::new(&call.request)?;
    call.read(transfer.upload_file(file, |_| ()).await?)
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
