//! The students who still have something to do: listed, exported, reminded.

use client::{Failure, MissingExport, MissingStudentView};
use domain::Lang;
use domain::access::Permission;
use domain::progress::StudentProgress;
use domain::sheet::SheetFormat;
use model::Query;
use ui::lang::use_lang;
use ui::{
    Button, Column, DataTable, Filter, FilterKind, Look, Shape, TablePage, TableSource, TextTable,
    api, moment_text, status_pill, use_action, use_query, use_text,
};
use yew::{AttrValue, Html, Properties, component, html, use_callback, use_memo, use_state};

use super::remind::Remind;
use super::text::ProgressTexts;
use crate::call::call;
use crate::export::ExportButtons;
use crate::fresh::use_fresh;
use crate::staff::use_staff;

/// How many rows a page has.
const PAGE: i64 = 50;

/// What [`Missing`] needs.
#[derive(Properties, PartialEq)]
pub(super) struct MissingProps {
    /// The collection.
    pub(super) task_id: AttrValue,
}

/// The list, with what can be done with it.
#[component]
pub(super) fn Missing(props: &MissingProps) -> Html {
    let (texts, lang) = (use_text::<ProgressTexts>(), use_lang());
    let (session, reload) = (use_staff(), use_state(|| 0_u32));
    let is_reminding = use_state(|| false);
    let open = use_callback(is_reminding.setter(), |(), is_reminding| {
        is_reminding.set(true);
    });
    let close = use_callback(
        (is_reminding.setter(), reload.clone()),
        |(), (is_reminding, reload)| {
            is_reminding.set(false);
            reload.set(**reload + 1);
        },
    );
    let source = use_memo(props.task_id.clone(), |task_id| {
        let task_id = task_id.clone();
        TableSource::new(move |query: Query| ask(task_id.clone(), query))
    });
    let columns = use_memo(lang, |lang| columns(*lang));
    html! {
        <section class="stack">
            <div class="between">
                <h2>{ texts.missing }</h2>
                <div class="line">
                    if session.may(Permission::ExportData) {
                        <Export task_id={props.task_id.clone()} />
                    }
                    if session.may(Permission::ManageRosters) {
                        <Button look={Look::Second} onclick={open}>{ texts.remind }</Button>
                    }
                </div>
            </div>
            <DataTable<MissingStudentView> label={texts.missing} columns={(*columns).clone()} filters={filters(lang)}
                source={(*source).clone()} reload={*reload} empty={texts.none} empty_detail={texts.none_detail} />
            if *is_reminding {
                <Remind task_id={props.task_id.clone()} onclose={close} />
            }
        </section>
    }
}

async fn ask(task_id: AttrValue, query: Query) -> Result<TablePage<MissingStudentView>, Failure> {
    let asked = client::list_missing_students(
        &task_id,
        query.get("progress"),
        query.get("college"),
        query.get("class_name"),
        Some(PAGE),
        query.get("after"),
    );
    let page = call(asked).await?;
    let key = |row: &MissingStudentView| row.roster_entry_id.clone();
    Ok(TablePage::new(page.items, key, page.next))
}

fn filters(lang: Lang) -> Vec<Filter> {
    let texts = ProgressTexts::of(lang);
    let missing = StudentProgress::ALL.iter().filter(|it| it.is_missing());
    let states = missing.map(|it| (it.as_str().into(), it.label().get(lang).into()));
    let filter = |name, label: &'static str, kind| Filter {
        name,
        label: label.into(),
        kind,
    };
    vec![
        filter(
            "progress",
            texts.progress,
            FilterKind::Choice(states.collect()),
        ),
        filter("college", texts.college, FilterKind::Words),
        filter("class_name", texts.class_name, FilterKind::Words),
    ]
}

fn columns(lang: Lang) -> Vec<Column<MissingStudentView>> {
    let texts = ProgressTexts::of(lang);
    let maybe = |text: &Option<String>| html! { { text.clone().unwrap_or_default() } };
    vec![
        Column::new(texts.name, |row: &MissingStudentView| {
            html! { { row.name.clone() } }
        }),
        Column::new(texts.student_no, |row: &MissingStudentView| {
            html! { <span class="figures">{ row.student_no.clone().unwrap_or_default() }</span> }
        }),
        Column::new(texts.college, move |row: &MissingStudentView| {
            maybe(&row.college)
        }),
        Column::new(texts.class_name, move |row: &MissingStudentView| {
            maybe(&row.class_name)
        }),
        Column::new(texts.progress, |row: &MissingStudentView| {
            let shape = match StudentProgress::parse(&row.progress) {
                Some(StudentProgress::Rejected) => Shape::Bad,
                Some(StudentProgress::Verified | StudentProgress::PhotoSent) => Shape::Waiting,
                Some(StudentProgress::Paid | StudentProgress::Approved) => Shape::Good,
                Some(StudentProgress::NotVerified) | None => Shape::Open,
            };
            status_pill(shape, &row.progress_label)
        }),
        Column::new(texts.reminded, move |row: &MissingStudentView| {
            let at = row.reminded_at.map(|at| moment_text(at, lang));
            html! { { at.unwrap_or_default() } }
        }),
    ]
}

/// The ways to a file of the students who are shown.
#[component]
fn Export(props: &MissingProps) -> Html {
    let texts = use_text::<ProgressTexts>();
    let (fresh, query) = (use_fresh(), use_query().query);
    let export = {
        let task_id = props.task_id.clone();
        use_action(move |format: SheetFormat| {
            let (fresh, task_id) = (fresh.clone(), task_id.clone());
            let given = |name: &str| query.get(name).map(|value| Some(value.to_owned()));
            let wanted = MissingExport {
                class_name: given("class_name"),
                college: given("college"),
                format: format.as_str().to_owned(),
                progress: given("progress"),
            };
            async move {
                let work = || api::file(client::export_missing_students(&task_id, &wanted));
                let file = fresh.run(work).await?;
                api::save(&file, &format!("missing-students.{format}"));
                Ok(())
            }
        })
    };
    html! { <ExportButtons {export} csv={texts.export_csv} xlsx={texts.export_xlsx} /> }
}
