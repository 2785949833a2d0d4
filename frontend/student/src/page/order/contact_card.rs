//! How the student is reached about an order, and changing it while the order is unpaid.

use client::{Failure, OrderContact, OrderView};
use domain::ProblemCode;
use ui::{
    Button, Fact, Look, Notice, ProblemBox, Sheet, Tone, api, fact_list, use_action, use_text,
};
use web_sys::SubmitEvent;
use yew::{Callback, Html, Properties, component, html, use_callback, use_state};

use super::text::OrderTexts;
use crate::component::{ContactFields, TypedContact};

#[derive(Properties, PartialEq)]
pub(crate) struct ContactCardProps {
    /// The order.
    pub(crate) order: OrderView,
    /// Whether it can be changed.
    pub(crate) can_change: bool,
    /// Takes the order as it is after a change.
    pub(crate) onchange: Callback<OrderView>,
}

/// The card.
#[component]
pub(crate) fn ContactCard(props: &ContactCardProps) -> Html {
    let texts = use_text::<OrderTexts>();
    let is_open = use_state(|| false);
    let open = use_callback(is_open.setter(), |(), is_open| is_open.set(true));
    let close = use_callback(is_open.setter(), |(), is_open| is_open.set(false));
    let order = &props.order;
    let facts = vec![
        Fact::new(
            texts.phone,
            html! { <span class="figures">{ order.phone.clone() }</span> },
        ),
        Fact::new(
            texts.email,
            order.email.clone().unwrap_or_else(|| texts.none.to_owned()),
        ),
        Fact::new(
            texts.address,
            order
                .address
                .clone()
                .unwrap_or_else(|| texts.none.to_owned()),
        ),
    ];
    html! {
        <section class="card stack">
            <div class="card-head">
                <h2>{ texts.contact }</h2>
                if props.can_change {
                    <Button look={Look::Quiet} onclick={open}>{ texts.change }</Button>
                }
            </div>
            { fact_list(&facts) }
            if *is_open {
                <ContactSheet order={order.clone()} onchange={props.onchange.clone()} onclose={close} />
            }
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct ContactSheetProps {
    order: OrderView,
    onchange: Callback<OrderView>,
    onclose: Callback<()>,
}

/// The form; where the order has changed meanwhile, it takes over the new version and keeps what was typed.
#[component]
fn ContactSheet(props: &ContactSheetProps) -> Html {
    let texts = use_text::<OrderTexts>();
    let order = &props.order;
    let typed = use_state(|| TypedContact::of(order.email.as_ref(), order.address.as_ref()));
    let is_checked = use_state(|| false);
    let save = {
        let (onchange, onclose) = (props.onchange.clone(), props.onclose.clone());
        use_action(move |(order, typed): (OrderView, TypedContact)| {
            let (onchange, onclose) = (onchange.clone(), onclose.clone());
            async move {
                let saved = save(&order, &typed).await;
                if saved.as_ref().is_err_and(is_conflict) {
                    let order_no = &order.order_no;
                    onchange.emit(api::call(client::get_order(order_no)).await?);
                }
                onchange.emit(saved?);
                onclose.emit(());
                Ok(())
            }
        })
    };
    let oninput = use_callback(typed.setter(), |changed: TypedContact, typed| {
        typed.set(changed);
    });
    let onsubmit = {
        let is_checked = is_checked.setter();
        let deps = (order.clone(), (*typed).clone(), save.run.clone());
        use_callback(deps, move |event: SubmitEvent, (order, typed, run)| {
            event.prevent_default();
            is_checked.set(true);
            if typed.is_right() {
                run.emit((order.clone(), typed.clone()));
            }
        })
    };
    html! {
        <Sheet id="contact" title={texts.change_contact} onclose={props.onclose.clone()}>
            <form class="stack" {onsubmit} novalidate=true>
                { refused(save.failure.as_ref(), texts.conflict_title, texts.conflict) }
                <ContactFields typed={(*typed).clone()} onchange={oninput} is_checked={*is_checked}
                    failure={save.failure.clone()} />
                <Button submits=true is_busy={save.is_busy}>{ texts.save }</Button>
            </form>
        </Sheet>
    }
}

async fn save(order: &OrderView, typed: &TypedContact) -> Result<OrderView, Failure> {
    let contact = OrderContact {
        email: typed.email.clone(),
        address: typed.address.clone(),
        version: order.version,
    };
    api::call(client::update_order_contact(&order.order_no, &contact)).await
}

/// Whether somebody else changed it meanwhile.
pub(crate) fn is_conflict(failure: &Failure) -> bool {
    api::code(failure) == Some(ProblemCode::VersionConflict)
}

/// Why saving did not work; a conflict is no fault and is told as news.
pub(crate) fn refused(
    failure: Option<&Failure>,
    title: &'static str,
    detail: &'static str,
) -> Html {
    match failure {
        Some(failure) if is_conflict(failure) => html! {
            <div role="status"><Notice tone={Tone::Warn} {title}><p>{ detail }</p></Notice></div>
        },
        Some(failure) => html! { <ProblemBox failure={failure.clone()} /> },
        None => Html::default(),
    }
}
