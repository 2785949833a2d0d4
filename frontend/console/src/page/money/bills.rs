//! The providers' bills beside our books: the days, and one day.

use client::{ComparedDayView, DayExport, DayReportView, DayView, DifferenceView, Failure};
use domain::Lang;
use domain::access::Permission;
use domain::reconciliation::RunState;
use domain::sheet::SheetFormat;
use model::Query;
use ui::lang::use_lang;
use ui::{
    Button, Column, DataTable, Fact, Filter, FilterKind, Link, Look, Notice, ProblemBox, Shape,
    TablePage, TableSource, TextTable, Title, Tone, api, async_view, fact_list, money, status_pill,
    use_action, use_loader, use_text,
};
use yew::{AttrValue, Html, Properties, component, html, use_memo, use_state};

use super::frame::{framed, word_filter};
use super::shape::provider_name;
use super::tabs::MoneyTabs;
use super::text::MoneyTexts;
use crate::call::call;
use crate::export::ExportButtons;
use crate::fresh::use_fresh;
use crate::route::Route;
use crate::staff::use_staff;

/// How many rows a page has.
const PAGE: i64 = 50;

/// The days.
#[component]
pub(crate) fn Bills() -> Html {
    let (texts, lang) = (use_text::<MoneyTexts>(), use_lang());
    let source = use_memo((), |()| TableSource::new(ask));
    let columns = use_memo(lang, |lang| columns(*lang));
    let filters = vec![
        Filter {
            name: "month",
            label: texts.month.into(),
            kind: FilterKind::Month,
        },
        word_filter(
            "differs",
            texts.differences,
            [("yes", texts.only_different)].into_iter(),
        ),
    ];
    let list = html! {
        <DataTable<ComparedDayView> label={texts.bills} columns={(*columns).clone()} {filters} source={(*source).clone()}
            empty={texts.no_bills} empty_detail={texts.no_bills_detail} />
    };
    framed(texts.bills, texts.bills_lead, list)
}

async fn ask(query: Query) -> Result<TablePage<ComparedDayView>, Failure> {
    let month = query.get("month").map(|month| format!("{month}-01"));
    let differs = query.get("differs").map(|_| true);
    let asked =
        client::list_reconciliations(month.as_deref(), differs, Some(PAGE), query.get("after"));
    let page = call(asked).await?;
    Ok(TablePage::new(page.items, |row| row.id.clone(), page.next))
}

fn columns(lang: Lang) -> Vec<Column<ComparedDayView>> {
    let texts = MoneyTexts::of(lang);
    vec![
        Column::new(texts.day, |row: &ComparedDayView| {
            let day = row.day.to_string();
            let to = Route::BillDay { day: day.clone() };
            html! { <Link<Route> {to} classes="figures">{ day }</Link<Route>> }
        }),
        Column::new(texts.account, move |row: &ComparedDayView| {
            html! { { format!("{} {}", provider_name(&row.provider, lang), row.merchant_account) } }
        }),
        Column::new(texts.state, move |row: &ComparedDayView| state(row, lang)),
        Column::number(texts.payments, |row: &ComparedDayView| {
            html! { <>{ row.payments }{ " · " }{ money(row.paid_fen) }</> }
        }),
        Column::number(texts.refunds, |row: &ComparedDayView| {
            html! { <>{ row.refunds }{ " · " }{ money(row.refunded_fen) }</> }
        }),
        Column::number(texts.differences, |row: &ComparedDayView| {
            html! { { row.differences } }
        }),
    ]
}

fn state(row: &ComparedDayView, lang: Lang) -> Html {
    let state = RunState::parse(&row.state);
    let shape = match state {
        Some(RunState::Done) if row.differences > 0 => Shape::Bad,
        Some(RunState::Done) => Shape::Good,
        Some(RunState::Waiting) | None => Shape::Waiting,
    };
    status_pill(shape, state.map_or("", |state| state.label().get(lang)))
}

/// What [`BillDay`] needs.
#[derive(Properties, PartialEq)]
pub(crate) struct BillDayProps {
    /// The day in China.
    pub(crate) day: AttrValue,
}

/// One day of all accounts.
#[component]
pub(crate) fn BillDay(props: &BillDayProps) -> Html {
    let (texts, lang, session) = (use_text::<MoneyTexts>(), use_lang(), use_staff());
    let day = use_loader(props.day.clone(), |day| async move {
        call(client::get_reconciliation(&day)).await
    });
    let view = |day: &DayView| {
        html! { <>{ for day.accounts.iter().map(|report| account(report, lang)) }</> }
    };
    html! {
        <div class="stack">
            <Title text={format!("{} {}", texts.bills, props.day)} />
            <MoneyTabs />
            <div class="line">
                <Again day={props.day.clone()} />
                if session.may(Permission::ExportData) {
                    <Export day={props.day.clone()} />
                }
            </div>
            { async_view(&day, |day| view(day)) }
        </div>
    }
}

fn account(report: &DayReportView, lang: Lang) -> Html {
    let texts = MoneyTexts::of(lang);
    let name = format!(
        "{} {}",
        provider_name(&report.provider, lang),
        report.merchant_account
    );
    let sum = |count: i64, fen: i64| html! { <>{ count }{ " · " }{ money(fen) }</> };
    let facts = [
        Fact::new(texts.bill, report.bill.clone()),
        Fact::new(texts.payments, sum(report.payments, report.paid_fen)),
        Fact::new(texts.refunds, sum(report.refunds, report.refunded_fen)),
        Fact::new(texts.fee, money(report.fee_fen)),
        Fact::maybe(
            texts.fee_differences,
            (report.fee_differences > 0).then(|| report.fee_differences.to_string()),
        ),
        Fact::maybe(texts.movements, report.movements.clone()),
        Fact::maybe(texts.unread, report.unread.clone()),
    ];
    html! {
        <section class="card stack wide" key={name.clone()} aria-label={name.clone()}>
            <h2>{ name }</h2>
            { fact_list(&facts) }
            if report.differences.is_empty() {
                <p class="muted">{ texts.agrees }</p>
            } else {
                { differences(&report.differences, texts) }
            }
        </section>
    }
}

fn differences(differences: &[DifferenceView], texts: &MoneyTexts) -> Html {
    let amount = |fen: Option<i64>| fen.map(money).unwrap_or_default();
    html! {
        <div class="table-frame" role="region" aria-label={texts.differences} tabindex="0">
            <table class="table">
                <thead><tr>
                    <th scope="col">{ texts.kind }</th>
                    <th scope="col">{ texts.our_number }</th>
                    <th scope="col" class="number">{ texts.bill }</th>
                    <th scope="col" class="number">{ texts.books }</th>
                    <th scope="col">{ texts.outcome }</th>
                </tr></thead>
                <tbody>{ for differences.iter().map(|one| html! {
                    <tr>
                        <td>{ one.kind_label.clone() }</td>
                        <td class="figures">{ one.number.clone() }</td>
                        <td class="number">{ amount(one.billed_fen) }</td>
                        <td class="number">{ amount(one.booked_fen) }</td>
                        <td>{ one.outcome.clone() }</td>
                    </tr>
                }) }</tbody>
            </table>
        </div>
    }
}

/// Has the day compared again.
#[component]
fn Again(props: &BillDayProps) -> Html {
    let (texts, is_asked) = (use_text::<MoneyTexts>(), use_state(|| false));
    let again = {
        let (day, is_asked) = (props.day.clone(), is_asked.setter());
        use_action(move |()| {
            let (day, is_asked) = (day.clone(), is_asked.clone());
            async move {
                call(client::compare_day_again(&day)).await?;
                is_asked.set(true);
                Ok::<(), Failure>(())
            }
        })
    };
    html! {
        <>
            if let Some(failure) = again.failure.clone() {
                <ProblemBox {failure} />
            }
            if *is_asked {
                <div role="status"><Notice tone={Tone::Good}><p>{ texts.compared_again }</p></Notice></div>
            } else {
                <Button look={Look::Second} onclick={again.run.clone()} is_busy={again.is_busy}>{ texts.compare_again }</Button>
            }
        </>
    }
}

/// The day as a file.
#[component]
fn Export(props: &BillDayProps) -> Html {
    let (texts, fresh) = (use_text::<MoneyTexts>(), use_fresh());
    let export = {
        let day = props.day.clone();
        use_action(move |format: SheetFormat| {
            let (fresh, day) = (fresh.clone(), day.clone());
            let wanted = DayExport {
                format: format.as_str().to_owned(),
            };
            async move {
                let work = || api::file(client::export_reconciliation(&day, &wanted));
                let file = fresh.run(work).await?;
                api::save(&file, &format!("reconciliation-{day}.{format}"));
                Ok(())
            }
        })
    };
    html! { <ExportButtons {export} csv={texts.export_csv} xlsx={texts.export_xlsx} /> }
}
