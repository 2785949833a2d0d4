//! My orders, newest first, each with the one thing to do; then what I asked schools.

mod tickets;

use std::collections::HashSet;

use client::OrderView;
use domain::Lang;
use domain::enrolment::NextStep;
use domain::order::OrderStatus;
use domain::photo_state::PhotoState;
use ui::lang::use_lang;
use ui::{
    ButtonLink, EmptyView, Fact, Link, Look, Shape, TextTable, Title, api, async_view, clock,
    deadline_text, fact_list, moment_text, money, status_pill, use_loader, use_text,
};
use yew::{Html, component, html};

use crate::component::{news_list, order_status, photo_status};
use crate::page::order::text::OrderTexts;
use crate::route::Route;
use tickets::Tickets;

/// The page.
#[component]
pub(crate) fn Orders() -> Html {
    let (texts, lang) = (use_text::<OrderTexts>(), use_lang());
    let loader = use_loader((), |()| api::call(client::list_orders(Some(100), None)));
    html! {
        <div class="stack">
            <Title text={texts.list_title} />
            { async_view(&loader, |orders| {
                if orders.items.is_empty() {
                    return html! {
                        <EmptyView title={texts.empty} detail={texts.empty_detail}>
                            <ButtonLink<Route> to={Route::Start}>{ texts.begin }</ButtonLink<Route>>
                        </EmptyView>
                    };
                }
                let mut seen = HashSet::new();
                let cards = orders.items.iter().map(|order| {
                    let is_current = seen.insert(&order.enrolment_id);
                    order_card(order, is_current, lang)
                });
                html! {
                    <>
                        { for cards }
                        <ButtonLink<Route> look={Look::Quiet} to={Route::School}>{ texts.another }</ButtonLink<Route>>
                    </>
                }
            }) }
            <Tickets />
        </div>
    }
}

/// What is to be done about an order.
enum ToDo {
    Pay,
    Resubmit,
    Look,
}

impl ToDo {
    fn of(order: &OrderView, is_current: bool) -> Self {
        let photo = order.photo_state.as_deref().and_then(PhotoState::parse);
        let has_time = clock::now() < order.due_until;
        match NextStep::of(photo, OrderStatus::parse(&order.status)) {
            NextStep::Confirm if has_time => Self::Pay,
            NextStep::Photo if is_current => Self::Resubmit,
            NextStep::Confirm | NextStep::Photo | NextStep::Wait | NextStep::Done => Self::Look,
        }
    }
}

/// A card.
fn order_card(order: &OrderView, is_current: bool, lang: Lang) -> Html {
    let texts = OrderTexts::of(lang);
    let photo = order
        .photo_state
        .as_deref()
        .and_then(PhotoState::parse)
        .filter(|_| is_current);
    let detail = Route::Order {
        order_no: order.order_no.clone(),
    };
    let to_do = ToDo::of(order, is_current);
    let facts = vec![
        Fact::new(texts.name, order.student_name.clone()),
        Fact::new(
            texts.order_no,
            html! { <span class="figures">{ order.order_no.clone() }</span> },
        ),
        Fact::new(texts.amount, money(order.due_fen)),
        Fact::maybe(texts.photo, photo.map(photo_status)),
        Fact::new(texts.created, moment_text(order.created_at, lang)),
    ];
    let (look, to, label) = match to_do {
        ToDo::Pay => (
            Look::Main,
            Route::Pay {
                order_no: order.order_no.clone(),
            },
            texts.pay_order,
        ),
        ToDo::Resubmit => (
            Look::Main,
            Route::Photo {
                enrolment_id: order.enrolment_id.clone(),
            },
            texts.resubmit,
        ),
        ToDo::Look => (Look::Second, detail.clone(), texts.see_order),
    };
    html! {
        <section class="card stack">
            <div class="card-head">
                <h2><Link<Route> to={detail}>{ order.school_name.clone() }</Link<Route>></h2>
                <span class="pills">
                    if matches!(to_do, ToDo::Resubmit) {
                        { status_pill(Shape::Bad, texts.new_photo_needed) }
                    }
                    { order_status(&order.status, &order.status_label) }
                </span>
            </div>
            <p class="card-sub">{ order.task_name.clone() }</p>
            { news_list(&order.news, lang) }
            { fact_list(&facts) }
            if matches!(to_do, ToDo::Pay) {
                <p class="muted">{ deadline_text(order.due_until, lang) }</p>
            }
            <ButtonLink<Route> {look} {to}>{ label }</ButtonLink<Route>>
        </section>
    }
}
