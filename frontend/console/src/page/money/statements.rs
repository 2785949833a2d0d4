//! What a school owes for a month.

use client::{SchoolStatementView, StatementExport, StatementSum};
use domain::access::Permission;
use domain::sheet::SheetFormat;
use ui::{
    EmptyView, Fact, Look, api, async_view, fact_list, money, use_action, use_loader, use_query,
    use_text,
};
use web_sys::HtmlInputElement;
use yew::{
    AttrValue, Callback, Event, Html, Properties, TargetCast, component, html, use_callback,
};

use super::frame::framed;
use super::schools::use_schools;
use super::text::MoneyTexts;
use crate::call::call;
use crate::export::ExportButtons;
use crate::fresh::use_fresh;
use crate::select::{Select, SelectOption};
use crate::staff::use_staff;

/// The page: the school and the month are in its address.
#[component]
pub(crate) fn Statements() -> Html {
    let (texts, state, schools) = (use_text::<MoneyTexts>(), use_query(), use_schools());
    let school = state.query.get("school").unwrap_or_default().to_owned();
    let month = state.query.get("month").unwrap_or_default().to_owned();
    let choose = use_callback(state.clone(), |school: String, state| {
        state.push.emit(state.query.with("school", &school));
    });
    let turn = use_callback(state, |month: String, state| {
        state.push.emit(state.query.with("month", &month));
    });
    let options = schools
        .into_iter()
        .map(|(word, name)| SelectOption { word, name })
        .collect::<Vec<_>>();
    let statement = html! {
        <>
            <div class="filters">
                <Select id="statement-school" class="filter" label={texts.school} value={school.clone()} empty={texts.choose}
                    {options} onchange={choose} />
                <MonthField value={month.clone()} onchange={turn} />
            </div>
            if school.is_empty() || month.is_empty() {
                <EmptyView title={texts.choose_statement} detail={texts.choose_statement_detail} />
            } else {
                <OfMonth key={format!("{school}-{month}")} school={school.clone()} month={month.clone()} />
            }
        </>
    };
    framed(texts.statements, texts.statements_lead, statement)
}

/// What a [`MonthField`] needs.
#[derive(Properties, PartialEq)]
struct MonthFieldProps {
    value: AttrValue,
    onchange: Callback<String>,
}

/// A month.
#[component]
fn MonthField(props: &MonthFieldProps) -> Html {
    let texts = use_text::<MoneyTexts>();
    let onchange = use_callback(props.onchange.clone(), |event: Event, take| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            take.emit(input.value());
        }
    });
    html! {
        <div class="filter">
            <label for="statement-month">{ texts.month }</label>
            <input id="statement-month" class="input" type="month" value={props.value.clone()} {onchange} />
        </div>
    }
}

/// What [`OfMonth`] needs.
#[derive(Properties, PartialEq)]
struct OfMonthProps {
    school: AttrValue,
    month: AttrValue,
}

/// The sums, and the way to the orders.
#[component]
fn OfMonth(props: &OfMonthProps) -> Html {
    let (texts, session) = (use_text::<MoneyTexts>(), use_staff());
    let asked = (props.school.clone(), props.month.clone());
    let statement = use_loader(asked, |(school, month)| async move {
        call(client::get_school_statement(&school, &month)).await
    });
    let sum = |one: &StatementSum| html! { <>{ one.orders }{ " · " }{ money(one.amount_fen) }</> };
    let view = |statement: &SchoolStatementView| {
        let facts = [
            Fact::new(texts.charged, sum(&statement.charged)),
            Fact::new(texts.voided_orders, sum(&statement.voided)),
            Fact::new(texts.free, sum(&statement.free)),
            Fact::new(
                texts.month_due,
                html! { <strong>{ money(statement.due_fen) }</strong> },
            ),
        ];
        html! {
            <section class="card stack">
                <h2>{ format!("{} {}", statement.school_name, statement.month) }</h2>
                { fact_list(&facts) }
                if session.may(Permission::ExportData) {
                    <div class="line">
                        <Export school={props.school.clone()} month={props.month.clone()} />
                    </div>
                }
            </section>
        }
    };
    async_view(&statement, |statement| view(statement))
}

/// Every order of the month as a file.
#[component]
fn Export(props: &OfMonthProps) -> Html {
    let (texts, fresh) = (use_text::<MoneyTexts>(), use_fresh());
    let export = {
        let (school, month) = (props.school.clone(), props.month.clone());
        use_action(move |format: SheetFormat| {
            let (fresh, school, month) = (fresh.clone(), school.clone(), month.clone());
            let wanted = StatementExport {
                format: format.as_str().to_owned(),
                month: month.to_string(),
            };
            async move {
                let work = || api::file(client::export_statement(&school, &wanted));
                let file = fresh.run(work).await?;
                api::save(&file, &format!("statement-{month}.{format}"));
                Ok(())
            }
        })
    };
    html! { <ExportButtons {export} csv={texts.export_csv} xlsx={texts.export_xlsx} look={Look::Second} /> }
}
