//! One order: how far it is, what it is about, and what can be done.

mod actions;
mod case;
mod contact_card;
mod fees;
mod photo_card;
mod progress;

use domain::payment::Provider;
use yew::{AttrValue, Callback, Html, Properties, component, html};

use crate::component::{
    Fact, Facts, Notice, Title, Tone, async_view, moment_text, order_status, use_loader,
};
use crate::lang::{use_lang, use_texts};
use actions::Actions;
pub(crate) use case::{Case, level_text};
pub(crate) use contact_card::{ContactCard, is_conflict, refused};
pub(crate) use fees::Fees;
use photo_card::PhotoCard;
use progress::Progress;

#[derive(Properties, PartialEq)]
pub(crate) struct OrderProps {
    /// The order.
    pub(crate) order_no: AttrValue,
}

/// The page.
#[component]
pub(crate) fn Order(props: &OrderProps) -> Html {
    let texts = &use_texts().order;
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
                html! { <Detail case={Case::clone(case)} {onchange} reload={loader.reload.clone()} /> }
            }) }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct DetailProps {
    case: Case,
    onchange: Callback<client::OrderView>,
    reload: Callback<()>,
}

/// Everything about the order.
#[component]
fn Detail(props: &DetailProps) -> Html {
    let texts = &use_texts().order;
    let case = &props.case;
    let order = &case.order;
    html! {
        <>
            if order.needs_review {
                <Notice tone={Tone::Warn} title={texts.checking}><p>{ texts.checking_detail }</p></Notice>
            }
            <section class="card stack">
                <div class="card-head">
                    <h2>{ texts.progress }</h2>
                    { order_status(&order.status, &order.status_label) }
                </div>
                <Progress case={case.clone()} />
            </section>
            <PhotoCard case={case.clone()} />
            <About case={case.clone()} />
            <ContactCard order={order.clone()} can_change={case.is_unpaid()} onchange={props.onchange.clone()} />
            <Actions case={case.clone()} ondone={props.reload.clone()} />
        </>
    }
}

#[derive(Properties, PartialEq)]
struct AboutProps {
    case: Case,
}

/// What the order is about and what it costs.
#[component]
fn About(props: &AboutProps) -> Html {
    let (texts, lang) = (&use_texts().order, use_lang());
    let order = &props.case.order;
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
            order.paid_at.map(|moment| moment_text(moment, lang)),
        ),
        Fact::maybe(
            texts.paid_with,
            provider.map(|provider| provider.label().get(lang)),
        ),
    ];
    html! {
        <section class="card stack">
            <h2>{ texts.facts }</h2>
            <Facts {facts} />
            <Fees order={order.clone()} />
        </section>
    }
}
