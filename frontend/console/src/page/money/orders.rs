//! All orders, found by number, state and day.

use client::{Failure, StaffOrderView};
use domain::Lang;
use domain::order::OrderState;
use model::Query;
use ui::lang::use_lang;
use ui::{
    Column, DataTable, Filter, FilterKind, TablePage, TableSource, TextTable, Title, moment_text,
    money, use_text,
};
use yew::{Html, component, html, use_memo};

use super::schools::use_school_filter;
use super::shape::{order_link, order_pill, provider_name};
use super::tabs::MoneyTabs;
use super::text::MoneyTexts;
use crate::call::call;
use crate::day::{day_begins, day_ends};

/// How many rows a page has.
const PAGE: i64 = 50;

/// The page.
#[component]
pub(crate) fn Orders() -> Html {
    let (texts, lang) = (use_text::<MoneyTexts>(), use_lang());
    let school = use_school_filter();
    let source = use_memo((), |()| TableSource::new(ask));
    let columns = use_memo(lang, |lang| columns(*lang));
    let mut filters = filters(lang);
    filters.extend(school);
    html! {
        <div class="stack">
            <Title text={texts.orders} />
            <MoneyTabs />
            <DataTable<StaffOrderView> label={texts.orders} columns={(*columns).clone()} {filters} source={(*source).clone()}
                empty={texts.no_orders} empty_detail={texts.no_orders_detail} />
        </div>
    }
}

async fn ask(query: Query) -> Result<TablePage<StaffOrderView>, Failure> {
    let (since, until) = (
        query.get("since").and_then(day_begins),
        query.get("until").and_then(day_ends),
    );
    let needs_review = query.get("review").map(|_| true);
    let asked = client::list_staff_orders(
        query.get("school"),
        query.get("task"),
        query.get("state"),
        needs_review,
        query.get("number"),
        since.as_deref(),
        until.as_deref(),
        Some(PAGE),
        query.get("after"),
    );
    let page = call(asked).await?;
    let key = |row: &StaffOrderView| row.order.order_no.clone();
    Ok(TablePage::new(page.items, key, page.next))
}

fn filters(lang: Lang) -> Vec<Filter> {
    let texts = MoneyTexts::of(lang);
    let states = OrderState::ALL.iter();
    let states = states.map(|it| (it.as_str().into(), it.label().get(lang).into()));
    let filter = |name, label: &'static str, kind| Filter {
        name,
        label: label.into(),
        kind,
    };
    let review = vec![("yes".into(), texts.review_needed.into())];
    vec![
        filter("number", texts.number, FilterKind::Search),
        filter("state", texts.state, FilterKind::Choice(states.collect())),
        filter("review", texts.review, FilterKind::Choice(review)),
        filter("since", texts.since, FilterKind::Day),
        filter("until", texts.until, FilterKind::Day),
    ]
}

fn columns(lang: Lang) -> Vec<Column<StaffOrderView>> {
    let texts = MoneyTexts::of(lang);
    vec![
        Column::new(texts.order, |row: &StaffOrderView| {
            order_link(&row.order.order_no)
        }),
        Column::new(texts.school, |row: &StaffOrderView| {
            html! { { row.school_name.clone() } }
        }),
        Column::new(texts.state, |row: &StaffOrderView| {
            order_pill(&row.order.status, &row.order.status_label)
        }),
        Column::number(texts.due, |row: &StaffOrderView| money(row.order.due_fen)),
        Column::number(texts.refunded, |row: &StaffOrderView| {
            if row.order.refunded_fen > 0 {
                money(row.order.refunded_fen)
            } else {
                Html::default()
            }
        }),
        Column::new(texts.provider, move |row: &StaffOrderView| {
            let provider = row.provider.as_deref();
            html! { { provider.map(|one| provider_name(one, lang)).unwrap_or_default() } }
        }),
        Column::new(texts.created, move |row: &StaffOrderView| {
            html! { { moment_text(row.order.created_at, lang) } }
        }),
    ]
}
