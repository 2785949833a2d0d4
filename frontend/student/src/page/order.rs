//! One order: how far it is, what it is about, and what can be done.

mod actions;
mod case;
mod contact_card;
mod fees;
mod photo_card;
mod progress;
mod refunds;
pub(crate) mod text;

use domain::Lang;
use domain::payment::Provider;
use ui::lang::use_lang;
use ui::{
    Button, Fact, Look, Shape, TextTable, Title, async_view, fact_list, moment_text, status_pill,
    use_loader, use_text,
};
use yew::{AttrValue, Callback, Html, Properties, component, html};

use crate::component::{news_list, order_status, with_contact};
use actions::actions;
pub(crate) use case::{Case, level_text};
pub(crate) use contact_card::{ContactCard, is_conflict, refused};
pub(crate) use fees::fees;
use photo_card::photo_card;
use progress::progress;
use refunds::refunds;
use text::OrderTexts;

#[derive(Properties, PartialEq)]
pub(crate) struct OrderProps {
    /// The order.
    pub(crate) order_no: AttrValue,
}

/// The page.
#[component]
pub(crate) fn Order(props: &OrderProps) -> Html {
    let (texts, lang) = (use_text::<OrderTexts>(), use_lang());
    let loader = use_loader(props.order_no.clone(), |order_no| async move {
        Case::load(&order_no).await
    });
    html! {
        <div class="stack">
            <Title text={texts.title} />
            { async_view(&loader, |case| {
                let shown = Case::clone(case);
                let onchange = {
                    let loader = loader.clone();
                    Callback::from(move |order| loader.put(Case { order, ..shown.clone() }))
                };
                detail(case, &onchange, &loader.reload, lang)
            }) }
        </div>
    }
}

/// Everything about the order.
fn detail(
    case: &Case,
    onchange: &Callback<client::OrderView>,
    reload: &Callback<()>,
    lang: Lang,
) -> Html {
    let texts = OrderTexts::of(lang);
    let order = &case.order;
    html! {
        <>
            { news_list(&order.news, lang) }
            <section class="card stack">
                <div class="card-head">
                    <h2>{ texts.progress }</h2>
                    <span class="pills">
                        if case.wants_photo() {
                            { status_pill(Shape::Bad, texts.new_photo_needed) }
                        }
                        { order_status(&order.status, &order.status_label) }
                    </span>
                </div>
                { progress(case, lang) }
            </section>
            { refunds(order, lang) }
            { photo_card(case, lang) }
            { about(case, lang) }
            <ContactCard order={order.clone()} can_change={case.is_unpaid()} onchange={onchange.clone()} />
            { help(case, lang) }
            { actions(case, reload, lang) }
        </>
    }
}

/// Who answers questions, what to do about an invoice, and the receipt on paper.
fn help(case: &Case, lang: Lang) -> Html {
    let texts = OrderTexts::of(lang);
    let contact = &case.enrolment.task.contact;
    let print = Callback::from(|()| {
        // A browser without printing, such as one inside an app, does nothing.
        let _ = gloo::utils::window().print();
    });
    html! {
        <section class="card stack">
            <h2>{ texts.questions }</h2>
            <p>{ with_contact(texts.ask_school, contact) }</p>
            if case.order.paid_at.is_some() && case.order.due_fen > 0 {
                <p>{ texts.invoice }</p>
                <div class="not-printed"><Button look={Look::Second} onclick={print}>{ texts.print }</Button></div>
            }
        </section>
    }
}

/// What the order is about and what it costs.
fn about(case: &Case, lang: Lang) -> Html {
    let texts = OrderTexts::of(lang);
    let order = &case.order;
    let figures = |text: String| html! { <span class="figures">{ text }</span> };
    let provider = order.paid_with.as_deref().and_then(Provider::parse);
    let facts = vec![
        Fact::new(texts.order_no, figures(order.order_no.clone())),
        Fact::new(texts.school, order.school_name.clone()),
        Fact::new(texts.task, order.task_name.clone()),
        Fact::new(texts.name, order.student_name.clone()),
        Fact::new(texts.number, figures(order.document_number.clone())),
        Fact::maybe(texts.level, level_text(&order.level, lang)),
        Fact::new(texts.created, moment_text(order.created_at, lang)),
        Fact::maybe(
            texts.paid_at,
            (order.paid_at.filter(|_| order.due_fen > 0)).map(|moment| moment_text(moment, lang)),
        ),
        Fact::maybe(
            texts.paid_with,
            provider.map(|provider| provider.label().get(lang)),
        ),
    ];
    html! {
        <section class="card stack">
            <h2>{ texts.facts }</h2>
            { fact_list(&facts) }
            { fees(order, lang) }
        </section>
    }
}
