//! What can be done with an order now.

use domain::Lang;
use domain::photo_state::PhotoEvent;
use ui::{AskFirst, ButtonLink, TextTable, api, fill, use_action, use_text};
use yew::{Callback, Html, Properties, component, html};

use super::Case;
use super::text::OrderTexts;
use crate::route::Route;

#[derive(Clone, Properties, PartialEq)]
pub(crate) struct ActionsProps {
    /// The order.
    pub(crate) case: Case,
    /// Something was done: the order is to be read again.
    pub(crate) ondone: Callback<()>,
}

/// The one main action, then what can be undone or ended.
pub(crate) fn actions(case: &Case, ondone: &Callback<()>, lang: Lang) -> Html {
    let texts = OrderTexts::of(lang);
    let can_withdraw = case
        .photo_state()
        .is_some_and(|state| state.after(PhotoEvent::Withdrawn).is_ok());
    let can_close = case.is_unpaid();
    let order_no = case.order.order_no.clone();
    let enrolment_id = case.enrolment.id.clone();
    html! {
        <>
            if can_withdraw || can_close {
                <div class="second-actions">
                    if can_withdraw {
                        <Withdraw case={case.clone()} ondone={ondone.clone()} />
                    }
                    if can_close {
                        <Close case={case.clone()} ondone={ondone.clone()} />
                    }
                </div>
            }
            if case.is_payable() {
                <div class="actions"><ButtonLink<Route> to={Route::Pay { order_no }}>{ texts.pay_order }</ButtonLink<Route>></div>
            } else if case.wants_photo() {
                <div class="actions"><ButtonLink<Route> to={Route::Photo { enrolment_id }}>{ texts.resubmit }</ButtonLink<Route>></div>
            }
        </>
    }
}

/// Taking the photo back.
#[component]
fn Withdraw(props: &ActionsProps) -> Html {
    let texts = use_text::<OrderTexts>();
    let photo_id = props
        .case
        .photo()
        .map(|photo| photo.id.clone())
        .unwrap_or_default();
    let action = {
        let ondone = props.ondone.clone();
        use_action(move |()| {
            let (photo_id, ondone) = (photo_id.clone(), ondone.clone());
            async move {
                api::call(client::withdraw_photo(&photo_id)).await?;
                ondone.emit(());
                Ok(())
            }
        })
    };
    let left = props.case.enrolment.photos_left;
    let consequence = match left {
        ..=0 => texts.withdraw_last.to_owned(),
        _ if props.case.is_unpaid() => texts.withdraw_unpaid.to_owned(),
        _ => fill(texts.withdraw_paid, &[("count", &left)]),
    };
    html! {
        <AskFirst id="withdraw" label={texts.withdraw} title={texts.withdraw_title} keep={texts.keep_photo} {action}>
            <p>{ consequence }</p>
        </AskFirst>
    }
}

/// Closing the order.
#[component]
fn Close(props: &ActionsProps) -> Html {
    let texts = use_text::<OrderTexts>();
    let order_no = props.case.order.order_no.clone();
    let action = {
        let ondone = props.ondone.clone();
        use_action(move |()| {
            let (order_no, ondone) = (order_no.clone(), ondone.clone());
            async move {
                api::call(client::close_order(&order_no)).await?;
                ondone.emit(());
                Ok(())
            }
        })
    };
    html! {
        <AskFirst id="close" label={texts.close} title={texts.close_title} keep={texts.keep} {action}>
            <p>{ texts.close_detail }</p>
        </AskFirst>
    }
}
