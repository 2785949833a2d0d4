//! The rows of an import about which something is to be said, and the report of them as a file.

use client::{Failure, RosterImportRowView};
use domain::Lang;
use domain::roster::{RosterColumn, RosterVerdict};
use domain::sheet::SheetFormat;
use model::Query;
use ui::lang::use_lang;
use ui::{
    Button, Column, DataTable, Filter, FilterKind, Look, ProblemBox, TablePage, TableSource,
    TextTable, api, use_action, use_text,
};
use yew::{AttrValue, Html, Properties, component, html, use_callback, use_memo};

use super::text::RosterTexts;
use crate::call::call;

/// How many rows a page has.
const PAGE: i64 = 50;

/// What [`AffectedRows`] need.
#[derive(Properties, PartialEq)]
pub(super) struct AffectedRowsProps {
    /// The import.
    pub(super) import_id: AttrValue,
}

/// The table, and the ways to the report.
#[component]
pub(super) fn AffectedRows(props: &AffectedRowsProps) -> Html {
    let (texts, lang) = (use_text::<RosterTexts>(), use_lang());
    let source = use_memo(props.import_id.clone(), |id| {
        let id = id.clone();
        TableSource::new(move |query: Query| ask(id.clone(), query))
    });
    let columns = use_memo(lang, |lang| columns(*lang));
    let download = {
        let id = props.import_id.clone();
        use_action(move |format: SheetFormat| {
            let id = id.clone();
            async move {
                let word = format.as_str();
                let file = api::file(client::get_roster_import_report(&id, word)).await?;
                api::save(&file, &format!("roster-report.{word}"));
                Ok(())
            }
        })
    };
    let csv = use_callback(download.run.clone(), |(), run| run.emit(SheetFormat::Csv));
    let xlsx = use_callback(download.run.clone(), |(), run| run.emit(SheetFormat::Xlsx));
    let verdicts = RosterVerdict::ALL
        .iter()
        .filter(|verdict| verdict.is_listed());
    let filters = vec![Filter {
        name: "verdict",
        label: texts.verdict.into(),
        kind: FilterKind::Choice(
            verdicts
                .map(|verdict| (verdict.as_str().into(), verdict.label().get(lang).into()))
                .collect(),
        ),
    }];
    html! {
        <section class="stack">
            <div class="between">
                <h3>{ texts.affected }</h3>
                <div class="line">
                    <Button look={Look::Quiet} onclick={csv} is_busy={download.is_busy}>{ texts.report_csv }</Button>
                    <Button look={Look::Quiet} onclick={xlsx} is_busy={download.is_busy}>{ texts.report_xlsx }</Button>
                </div>
            </div>
            if let Some(failure) = download.failure.clone() {
                <ProblemBox {failure} />
            }
            <DataTable<RosterImportRowView> label={texts.affected} columns={(*columns).clone()} {filters}
                source={(*source).clone()} empty={texts.none_affected} />
        </section>
    }
}

async fn ask(id: AttrValue, query: Query) -> Result<TablePage<RosterImportRowView>, Failure> {
    let (verdict, after) = (query.get("verdict"), query.get("after"));
    let page = call(client::list_roster_import_rows(
        &id,
        verdict,
        Some(PAGE),
        after,
    ))
    .await?;
    let key = |row: &RosterImportRowView| {
        format!("{:?}-{}-{:?}", row.row_number, row.verdict, row.column)
    };
    Ok(TablePage::new(page.items, key, page.next))
}

fn columns(lang: Lang) -> Vec<Column<RosterImportRowView>> {
    let texts = RosterTexts::of(lang);
    vec![
        Column::number(texts.row, |row: &RosterImportRowView| {
            html! { { row.row_number.map(|row| row.to_string()).unwrap_or_default() } }
        }),
        Column::new(texts.verdict, |row: &RosterImportRowView| {
            html! { { row.label.clone() } }
        }),
        Column::new(texts.column, move |row: &RosterImportRowView| {
            let column = row.column.as_deref().and_then(RosterColumn::parse);
            html! { { column.map(|column| column.label().get(lang)).unwrap_or_default() } }
        }),
        Column::new(texts.advice, move |row: &RosterImportRowView| {
            let verdict = RosterVerdict::parse(&row.verdict);
            html! { { verdict.map(|verdict| verdict.sentence().get(lang)).unwrap_or_default() } }
        }),
    ]
}
