//! The codes that either number got.

use client::{Failure, PhoneChangeCodes};
use domain::sms_code::DIGITS;
use domain::wait_text;
use ui::clock::use_seconds_until;
use ui::lang::use_lang;
use ui::{
    Action, Button, CodeBoxes, Look, ProblemBox, Title, api, error_of, fill, use_action, use_text,
};
use web_sys::SubmitEvent;
use yew::{
    AttrValue, Callback, Html, Properties, UseStateSetter, component, hook, html, use_callback,
    use_state,
};

use super::draft::{Begun, DRAFT, Draft};
use crate::draft;
use crate::page::me::text::MeTexts;

/// What names the codes in an answer, the old number's first.
const POINTERS: [&str; 2] = ["/old_code", "/new_code"];

#[derive(Properties, PartialEq)]
pub(super) struct CodesProps {
    /// What was typed before.
    pub(super) draft: Draft,
    /// The change.
    pub(super) begun: Begun,
    /// Takes what changes.
    pub(super) change: Callback<Draft>,
    /// The phone is changed.
    pub(super) ondone: Callback<()>,
}

/// The second half of the page; a wrong code leaves the other one as it is.
#[component]
pub(super) fn Codes(props: &CodesProps) -> Html {
    let (texts, lang) = (use_text::<MeTexts>(), use_lang());
    let (old_code, new_code) = (use_state(String::new), use_state(String::new));
    let is_checked = use_state(|| false);
    let left = use_seconds_until(props.begun.expires_at_ms);
    let confirm = use_confirm(
        props.begun.id.clone(),
        props.ondone.clone(),
        [old_code.setter(), new_code.setter()],
    );
    let onold = use_callback(old_code.setter(), |typed: String, code| code.set(typed));
    let onnew = use_callback(new_code.setter(), |typed: String, code| code.set(typed));
    let back = use_callback(
        (props.draft.clone(), props.change.clone()),
        |(), (draft, change)| {
            change.emit(Draft {
                begun: None,
                ..draft.clone()
            });
        },
    );
    let onsubmit = {
        let (is_checked, run) = (is_checked.setter(), confirm.run.clone());
        let deps = ((*old_code).clone(), (*new_code).clone());
        use_callback(deps, move |event: SubmitEvent, (old_code, new_code)| {
            event.prevent_default();
            is_checked.set(true);
            if old_code.len() == DIGITS && new_code.len() == DIGITS {
                run.emit(PhoneChangeCodes {
                    old_code: old_code.clone(),
                    new_code: new_code.clone(),
                });
            }
        })
    };
    let wrong = |code: &str, pointer: &str| -> Option<AttrValue> {
        let refused = confirm
            .failure
            .as_ref()
            .and_then(|failure| refused_at(failure, pointer));
        let is_missing = *is_checked && code.len() != DIGITS;
        refused.or_else(|| is_missing.then(|| texts.code_missing.into()))
    };
    html! {
        <form class="stack" {onsubmit} novalidate=true>
            <Title text={texts.codes_title} />
            <p class="lead">{ texts.codes_lead }</p>
            { beside_the_fields(confirm.failure.as_ref()) }
            <CodeBoxes id="old-code" label={fill(texts.old_code, &[("phone", &props.draft.old_phone)])}
                value={(*old_code).clone()} oninput={onold} error={wrong(&old_code, POINTERS[0])} disabled={confirm.is_busy} />
            <CodeBoxes id="new-code" label={fill(texts.new_code, &[("phone", &props.draft.new_phone)])}
                value={(*new_code).clone()} oninput={onnew} error={wrong(&new_code, POINTERS[1])} disabled={confirm.is_busy} />
            <p class="muted figures">
                if left > 0 {
                    { fill(texts.codes_left, &[("left", &wait_text(left, lang))]) }
                } else {
                    { texts.codes_expired }
                }
            </p>
            <Button look={Look::Quiet} onclick={back}>{ texts.again }</Button>
            <div class="actions"><Button submits=true is_busy={confirm.is_busy}>{ texts.change }</Button></div>
        </form>
    }
}

/// Finishes the change; the code that was wrong is emptied.
#[hook]
fn use_confirm(
    id: String,
    ondone: Callback<()>,
    typed: [UseStateSetter<String>; 2],
) -> Action<PhoneChangeCodes> {
    use_action(move |codes: PhoneChangeCodes| {
        let (id, ondone, typed) = (id.clone(), ondone.clone(), typed.clone());
        async move {
            let done = api::call(client::confirm_phone_change(&id, &codes)).await;
            for (pointer, typed) in POINTERS.into_iter().zip(typed) {
                if error_of(done.as_ref().err(), pointer).is_some() {
                    typed.set(String::new());
                }
            }
            done?;
            draft::forget(DRAFT);
            ondone.emit(());
            Ok(())
        }
    })
}

/// What is wrong with one code; the problem itself names the wait, which the field's own text leaves open.
fn refused_at(failure: &Failure, pointer: &str) -> Option<AttrValue> {
    match failure {
        Failure::Problem(problem) => error_of(Some(failure), pointer)
            .map(|_| format!("{} {}", problem.title, problem.detail).into()),
        Failure::Offline | Failure::Unexpected { .. } => None,
    }
}

/// What went wrong, unless it stands beside a field.
fn beside_the_fields(failure: Option<&Failure>) -> Html {
    let has_field = POINTERS
        .iter()
        .any(|pointer| error_of(failure, pointer).is_some());
    match failure.filter(|_| !has_field) {
        Some(failure) => html! { <ProblemBox failure={failure.clone()} /> },
        None => Html::default(),
    }
}
