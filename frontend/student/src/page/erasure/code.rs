//! The code that came to the account's phone; with it the account is erased.

use client::{ErasureCode, Failure};
use domain::sms_code::DIGITS;
use domain::{ProblemCode, wait_text};
use ui::clock::use_seconds_until;
use ui::lang::use_lang;
use ui::{
    Action, Button, ButtonLink, CodeBoxes, Look, ProblemBox, Title, api, fill, use_action, use_text,
};
use web_sys::SubmitEvent;
use yew::{
    AttrValue, Callback, Html, Properties, UseStateSetter, component, hook, html, use_callback,
    use_state,
};

use super::begun::{Begun, DRAFT};
use super::text::ErasureTexts;
use crate::draft;
use crate::route::Route;
use crate::session::use_session;

#[derive(Properties, PartialEq)]
pub(super) struct CodeProps {
    /// The erasure.
    pub(super) begun: Begun,
    /// Takes what changes: none to begin anew.
    pub(super) change: Callback<Option<Begun>>,
    /// The account is erased.
    pub(super) ondone: Callback<()>,
}

/// The second half of the page.
#[component]
pub(super) fn Code(props: &CodeProps) -> Html {
    let (texts, lang) = (use_text::<ErasureTexts>(), use_lang());
    let phone = use_session()
        .me()
        .map(|me| me.phone.clone())
        .unwrap_or_default();
    let code = use_state(String::new);
    let is_checked = use_state(|| false);
    let left = use_seconds_until(props.begun.expires_at_ms);
    let id = props.begun.challenge_id.clone();
    let erase = use_erase(id, props.ondone.clone(), code.setter());
    let oninput = use_callback(code.setter(), |typed: String, code| code.set(typed));
    let back = use_callback(props.change.clone(), |(), change| change.emit(None));
    let onsubmit = {
        let (is_checked, run) = (is_checked.setter(), erase.run.clone());
        use_callback((*code).clone(), move |event: SubmitEvent, code| {
            event.prevent_default();
            is_checked.set(true);
            if code.len() == DIGITS {
                run.emit(code.clone());
            }
        })
    };
    let failure = erase.failure.as_ref();
    let refused = failure.filter(|failure| is_about_the_code(failure));
    let is_missing = *is_checked && code.len() != DIGITS;
    let error = refused.and_then(told).or_else(|| {
        // A code that was refused was emptied: that says more than that it is missing.
        (is_missing && failure.is_none()).then(|| texts.code_missing.into())
    });
    let beside = failure.filter(|failure| !is_about_the_code(failure));
    html! {
        <form class="stack" {onsubmit} novalidate=true>
            <Title text={texts.code_title} />
            <p class="lead figures">{ fill(texts.code_lead, &[("phone", &phone)]) }</p>
            if let Some(failure) = beside {
                <ProblemBox failure={failure.clone()} />
            }
            <CodeBoxes id="erasure-code" label={fill(texts.code, &[("phone", &phone)])}
                value={(*code).clone()} {oninput} {error} disabled={erase.is_busy} />
            <p class="muted figures">
                if left > 0 {
                    { fill(texts.code_left, &[("left", &wait_text(left, lang))]) }
                } else {
                    { texts.code_expired }
                }
            </p>
            <Button look={Look::Quiet} onclick={back}>{ texts.again }</Button>
            <div class="actions">
                <ButtonLink<Route> to={Route::Me}>{ texts.keep }</ButtonLink<Route>>
                <Button look={Look::Second} submits=true is_busy={erase.is_busy}>{ texts.erase }</Button>
            </div>
        </form>
    }
}

/// Erases the account; a wrong code is emptied.
#[hook]
fn use_erase(id: String, ondone: Callback<()>, typed: UseStateSetter<String>) -> Action<String> {
    use_action(move |code: String| {
        let (id, ondone, typed) = (id.clone(), ondone.clone(), typed.clone());
        async move {
            let code = ErasureCode { code };
            let done = api::call(client::confirm_erasure(&id, &code)).await;
            if done.as_ref().is_err_and(is_about_the_code) {
                typed.set(String::new());
            }
            done?;
            draft::forget(DRAFT);
            ondone.emit(());
            Ok(())
        }
    })
}

/// Whether the code is what is wrong, so that it stands beside the field.
fn is_about_the_code(failure: &Failure) -> bool {
    matches!(
        api::code(failure),
        Some(
            ProblemCode::LoginCodeWrong
                | ProblemCode::LoginCodeBurnt
                | ProblemCode::LoginCodeExpired
        )
    )
}

fn told(failure: &Failure) -> Option<AttrValue> {
    match failure {
        Failure::Problem(problem) => Some(format!("{} {}", problem.title, problem.detail).into()),
        Failure::Offline | Failure::Unexpected { .. } => None,
    }
}
