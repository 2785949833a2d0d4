//! Watching for the money: by itself, and at once for the impatient.

use client::{Failure, NewsView, PaymentStatus};
use domain::Lang;
use domain::order::OrderStatus;
use domain::payment::News;
use ui::lang::use_lang;
use ui::{
    Button, Look, Notice, ProblemBox, TextTable, Tone, fill, moment_text, use_action, use_text,
};
use web_sys::Element;
use yew::{
    AttrValue, Callback, Html, Properties, component, html, use_callback, use_effect_with,
    use_node_ref, use_state,
};

use super::poll::{confirm, use_polling};
use super::text::PayTexts;
use crate::component::news_list;

#[derive(Properties, PartialEq)]
pub(super) struct WatchProps {
    /// The order.
    pub(super) order_no: AttrValue,
    /// There is a code to pay with.
    pub(super) has_code: bool,
    /// An answer came: the attempt that can be paid now.
    pub(super) onopen: Callback<Option<String>>,
    /// The order is no longer waiting to be paid.
    pub(super) onturn: Callback<()>,
}

/// What is known of the money, and a button that asks at once.
#[component]
pub(super) fn Watch(props: &WatchProps) -> Html {
    let texts = use_text::<PayTexts>();
    let last = use_state(|| None::<Result<PaymentStatus, Failure>>);
    let asked = use_state(|| None::<PaymentStatus>);
    let onanswer = use_callback(
        (last.setter(), props.onopen.clone(), props.onturn.clone()),
        |answer: Result<PaymentStatus, Failure>, (last, onopen, onturn)| {
            if has_turned(&answer) {
                onturn.emit(());
            } else if let Ok(found) = &answer {
                onopen.emit(found.open_payment_id.clone());
            }
            last.set(Some(answer));
        },
    );
    use_polling(props.order_no.clone(), onanswer.clone());
    let i_paid = {
        let (order_no, asked) = (props.order_no.clone(), asked.setter());
        use_action(move |()| {
            let (order_no, asked, onanswer) = (order_no.clone(), asked.clone(), onanswer.clone());
            async move {
                let answer = confirm(&order_no).await;
                onanswer.emit(answer.clone());
                asked.set(Some(answer?));
                Ok(())
            }
        })
    };
    let is_paying =
        matches!(&*last, Some(Ok(found)) if found.status == OrderStatus::Paying.as_str());
    if !props.has_code && !is_paying {
        return Html::default();
    }
    html! {
        <>
            { listening(last.as_ref(), texts.listening, texts.offline) }
            if let Some(failure) = i_paid.failure {
                <ProblemBox {failure} />
            } else if let Some(answer) = &*asked {
                <Answer answer={answer.clone()} />
            }
            <div class="actions">
                <Button look={Look::Second} onclick={i_paid.run} is_busy={i_paid.is_busy}>{ texts.i_paid }</Button>
            </div>
        </>
    }
}

/// Whether the order has left the states in which it waits for money.
fn has_turned(answer: &Result<PaymentStatus, Failure>) -> bool {
    let status = answer
        .as_ref()
        .ok()
        .and_then(|found| OrderStatus::parse(&found.status));
    status.is_some_and(|status| !matches!(status, OrderStatus::Unpaid | OrderStatus::Paying))
}

fn listening(
    last: Option<&Result<PaymentStatus, Failure>>,
    listening: &'static str,
    offline: &'static str,
) -> Html {
    let is_offline = matches!(last, Some(Err(_)));
    html! { <p class="muted centred" role="status">{ if is_offline { offline } else { listening } }</p> }
}

#[derive(Properties, PartialEq)]
struct AnswerProps {
    answer: PaymentStatus,
}

/// What asking has found; it comes into view, since it stands below the code.
#[component]
fn Answer(props: &AnswerProps) -> Html {
    let lang = use_lang();
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(props.answer.asked_at, move |_| {
            if let Some(element) = node.cast::<Element>() {
                element.scroll_into_view_with_bool(false);
            }
        });
    }
    html! { <div ref={node}>{ found(&props.answer, lang) }</div> }
}

/// What asking has found: what the server says of the money, or that none has arrived.
pub(super) fn found(found: &PaymentStatus, lang: Lang) -> Html {
    let texts = PayTexts::of(lang);
    let is_waiting = |news: &NewsView| news.code == News::Confirming.as_str();
    html! {
        <div role="status">
            if found.news.iter().all(is_waiting) {
                <Notice tone={Tone::Warn} title={texts.not_yet}><p>{ texts.not_yet_detail }</p></Notice>
            } else {
                { news_list(&found.news, lang) }
            }
            if let Some(moment) = found.asked_at {
                <p class="muted">{ fill(texts.asked_at, &[("time", &moment_text(moment, lang))]) }</p>
            }
        </div>
    }
}
