//! Confirming: a receipt of everything that was collected, before it is paid.

use client::OrderView;
use domain::order::OrderStatus;
use domain::{Fen, Lang};
use ui::lang::use_lang;
use ui::{
    ButtonLink, Fact, Look, Redirect, TextTable, Title, async_view, due_text, fact_list, fill,
    last_day_text, use_loader, use_text,
};
use yew::{AttrValue, Callback, Html, Properties, component, html};

use super::order::{Case, ContactCard, fees, level_text};
use super::photo::{for_reviewer, own_note, rules};
use crate::component::{Step, SubmittedPhoto, step_line, with_contact};
use crate::page::order::text::OrderTexts;
use crate::route::Route;

#[derive(Properties, PartialEq)]
pub(crate) struct ConfirmProps {
    /// The order.
    pub(crate) order_no: AttrValue,
}

/// The page.
#[component]
pub(crate) fn Confirm(props: &ConfirmProps) -> Html {
    let (texts, lang) = (use_text::<OrderTexts>(), use_lang());
    let loader = use_loader(props.order_no.clone(), |order_no| async move {
        Case::load(&order_no).await
    });
    let photo = loader
        .ready()
        .filter(|case| case.may_replace())
        .map(|case| case.enrolment.id.clone());
    let back = photo.map(|enrolment_id| (Step::Photo, Route::Photo { enrolment_id }));
    html! {
        <div class="stack">
            { step_line(Step::Confirm, &back.into_iter().collect::<Vec<_>>(), lang) }
            <Title text={texts.confirm_title} />
            { async_view(&loader, |case| {
                let shown = Case::clone(case);
                let onchange = {
                    let loader = loader.clone();
                    Callback::from(move |order| loader.put(Case { order, ..shown.clone() }))
                };
                receipt(case, &onchange, lang)
            }) }
        </div>
    }
}

/// The receipt; an order that can no longer be confirmed is shown as it is.
fn receipt(case: &Case, onchange: &Callback<OrderView>, lang: Lang) -> Html {
    let texts = OrderTexts::of(lang);
    let order = &case.order;
    let order_no = order.order_no.clone();
    let is_settled_free = case.status() == Some(OrderStatus::Paid) && order.due_fen == 0;
    if !case.is_payable() && !is_settled_free {
        return html! { <Redirect<Route> to={Route::Order { order_no }} /> };
    }
    html! {
        <>
            if !is_settled_free {
                <p class="lead">{ texts.confirm_lead }</p>
            }
            { student(case, lang) }
            <ContactCard order={order.clone()} can_change={case.is_unpaid()} onchange={onchange.clone()} />
            <section class="card stack">
                <h2>{ texts.fees }</h2>
                { fees(order, lang) }
            </section>
            { next(case, lang) }
            <div class="actions">
                if is_settled_free {
                    <ButtonLink<Route> to={Route::Order { order_no }}>{ texts.done }</ButtonLink<Route>>
                } else {
                    <ButtonLink<Route> to={Route::Pay { order_no }}>
                        { fill(texts.pay, &[("amount", &Fen(order.due_fen))]) }
                    </ButtonLink<Route>>
                }
            </div>
        </>
    }
}

/// Who it is, with the photo.
fn student(case: &Case, lang: Lang) -> Html {
    let texts = OrderTexts::of(lang);
    let Case { order, enrolment } = case;
    let facts = vec![
        Fact::new(texts.name, order.student_name.clone()),
        Fact::new(
            texts.number,
            html! { <span class="figures">{ order.document_number.clone() }</span> },
        ),
        Fact::new(texts.school, order.school_name.clone()),
        Fact::new(texts.task, order.task_name.clone()),
        Fact::maybe(texts.level, level_text(&order.level, lang)),
        Fact::maybe(texts.college, enrolment.college.clone()),
        Fact::maybe(texts.major, enrolment.major.clone()),
    ];
    let to = Route::Photo {
        enrolment_id: enrolment.id.clone(),
    };
    html! {
        <section class="card stack">
            <h2>{ texts.who }</h2>
            <div class="photo-row">
                <div class="photo-column">
                    if let Some(photo) = case.photo() {
                        <SubmittedPhoto photo_id={photo.id.clone()} name={order.student_name.clone()} />
                    }
                    if case.may_replace() {
                        <ButtonLink<Route> look={Look::Quiet} {to}>{ texts.change_photo }</ButtonLink<Route>>
                    }
                </div>
                { fact_list(&facts) }
            </div>
            { warnings(case, lang) }
            <p class="hint">{ with_contact(texts.who_wrong, &enrolment.task.contact) }</p>
        </section>
    }
}

/// What the server found on the photo, some of it for the first time: it can still be exchanged.
fn warnings(case: &Case, lang: Lang) -> Html {
    let Some(photo) = case.photo() else {
        return Html::default();
    };
    let own = own_note(photo.note.as_deref(), lang);
    if photo.findings.is_empty() {
        return own;
    }
    html! {
        <>
            { own }
            { for_reviewer(&photo.findings, &rules(&case.enrolment), lang) }
            if case.may_replace() {
                <p class="hint">{ OrderTexts::of(lang).change_photo_hint }</p>
            }
        </>
    }
}

/// What happens next and when.
fn next(case: &Case, lang: Lang) -> Html {
    let texts = OrderTexts::of(lang);
    let Case { order, enrolment } = case;
    let first = if order.due_fen == 0 {
        texts.next_settled.to_owned()
    } else {
        fill(
            texts.next_pay,
            &[("deadline", &due_text(order.due_until, lang))],
        )
    };
    let ends = last_day_text(enrolment.task.closes_at, lang);
    html! {
        <section class="stack">
            <h2>{ texts.next }</h2>
            <ol class="next-steps">
                <li>{ first }</li>
                <li>{ texts.next_review }</li>
                <li>{ fill(texts.next_school, &[("date", &ends)]) }</li>
            </ol>
        </section>
    }
}
