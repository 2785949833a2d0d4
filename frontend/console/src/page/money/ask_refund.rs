//! Asking for a refund of an order.

use client::{Failure, NewRefund, RefundAsked};
use domain::refund::{NOTE_LENGTH, RefundReason};
use model::read_yuan;
use ui::lang::use_lang;
use ui::{
    Button, Note, Notice, ProblemBox, TextField, Tone, api, fill, money, use_action, use_text,
};
use web_sys::SubmitEvent;
use yew::{AttrValue, Callback, Html, Properties, component, html};
use yew::{use_callback, use_mut_ref, use_state};

use super::text::MoneyTexts;
use crate::call::call;
use crate::fresh::use_fresh;
use crate::select::{Select, options};

/// What [`AskRefund`] needs.
#[derive(Properties, PartialEq)]
pub(super) struct AskRefundProps {
    /// The order.
    pub(super) order_no: AttrValue,
    /// What is left of what was due, in fen.
    pub(super) left_fen: i64,
    /// It was asked for.
    pub(super) changed: Callback<()>,
}

/// What was sent last, and its key.
struct Sent {
    wanted: NewRefund,
    key: String,
}

impl Sent {
    /// The key of what is sent now: that of the last time where it is the same.
    fn key_of(sent: &mut Option<Self>, wanted: &NewRefund) -> String {
        match sent {
            Some(sent) if sent.wanted == *wanted => sent.key.clone(),
            Some(_) | None => {
                let key = api::idempotency_key();
                *sent = Some(Self {
                    wanted: wanted.clone(),
                    key: key.clone(),
                });
                key
            }
        }
    }
}

/// The form.
#[component]
pub(super) fn AskRefund(props: &AskRefundProps) -> Html {
    let (texts, lang, fresh) = (use_text::<MoneyTexts>(), use_lang(), use_fresh());
    let (amount, reason, note) = (
        use_state(String::new),
        use_state(String::new),
        use_state(String::new),
    );
    let asked = use_state(|| None::<RefundAsked>);
    // Sending the same again is the same refund; what was edited is another.
    let sent = use_mut_ref(|| None::<Sent>);
    let take_amount = use_callback(amount.setter(), |text: String, it| it.set(text));
    let take_reason = use_callback(reason.setter(), |text: String, it| it.set(text));
    let take_note = use_callback(note.setter(), |text: String, it| it.set(text));
    let send = {
        let (order_no, asked) = (props.order_no.clone(), asked.setter());
        use_action(move |wanted: NewRefund| {
            let (fresh, order_no, asked) = (fresh.clone(), order_no.clone(), asked.clone());
            let key = Sent::key_of(&mut sent.borrow_mut(), &wanted);
            async move {
                let work = || call(client::create_refund(&order_no, &key, &wanted));
                asked.set(Some(fresh.run(work).await?));
                Ok::<(), Failure>(())
            }
        })
    };
    let typed = amount.trim().to_owned();
    let parsed = read_yuan(&typed);
    let is_wrong = !typed.is_empty() && parsed.is_none_or(|fen| fen.0 <= 0);
    let error = is_wrong.then(|| AttrValue::from(texts.amount_wrong));
    let is_ready = !is_wrong && !reason.is_empty() && !note.trim().is_empty();
    let onsubmit = {
        let wanted = NewRefund {
            amount_fen: parsed.map(|fen| Some(fen.0)),
            note: (*note).clone(),
            out_trade_no: None,
            reason: (*reason).clone(),
        };
        let run = send.run.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if is_ready {
                run.emit(wanted.clone());
            }
        })
    };
    let reasons = RefundReason::ALL.iter().filter(|one| !one.is_automatic());
    let reasons = options(reasons.map(|one| (one.as_str(), one.label().get(lang))));
    let done = use_callback(props.changed.clone(), |(), changed| changed.emit(()));
    if let Some(asked) = &*asked {
        let waits = asked
            .refund
            .as_ref()
            .is_some_and(|one| one.waits_for_approval);
        let told = match (asked.is_voided, waits) {
            (true, _) => texts.voided,
            (false, true) => texts.asked_waits,
            (false, false) => texts.asked,
        };
        return html! {
            <div class="stack">
                <div role="status"><Notice tone={Tone::Good}><p>{ told }</p></Notice></div>
                <div class="line"><Button onclick={done}>{ texts.close }</Button></div>
            </div>
        };
    }
    html! {
        <form class="stack" {onsubmit} novalidate=true>
            <p>{ texts.left }{ " " }{ money(props.left_fen) }</p>
            if let Some(failure) = send.failure.clone() {
                <ProblemBox {failure} />
            }
            <TextField id="refund-amount" label={texts.amount} hint={texts.amount_hint} inputmode="decimal" is_number=true
                value={(*amount).clone()} oninput={take_amount} {error} />
            <Select id="refund-reason" label={texts.reason} value={(*reason).clone()} empty={texts.choose} options={reasons}
                onchange={take_reason} />
            <Note id="refund-note" label={texts.note} hint={fill(texts.note_hint, &[("max", &NOTE_LENGTH)])}
                value={(*note).clone()} oninput={take_note} max={NOTE_LENGTH} />
            <p class="muted">{ texts.second_person }</p>
            <div class="line"><Button submits=true is_busy={send.is_busy} disabled={!is_ready}>{ texts.ask_refund }</Button></div>
        </form>
    }
}
