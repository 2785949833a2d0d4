//! The phone, the agreement, and asking for a code.

use domain::ProblemCode;
use domain::agreement::Document;
use domain::phone::{Countries, Country, Phone, PhoneError};
use web_sys::{HtmlInputElement, SubmitEvent};
use yew::{
    AttrValue, Callback, Event, Html, Properties, TargetCast, classes, component, html,
    use_callback, use_state,
};

use super::Draft;
use super::send::{Captcha, use_send_code};
use crate::component::{
    Button, Look, ProblemBox, Sheet, TextField, Title, agreement_text, error_of,
};
use crate::lang::{use_lang, use_texts};

#[derive(Properties, PartialEq)]
pub(crate) struct PhoneFormProps {
    /// What was typed.
    pub(super) draft: Draft,
    /// Takes what changes.
    pub(super) change: Callback<Draft>,
}

/// What keeps the form from being sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Missing {
    phone: Option<ProblemCode>,
    agreement: bool,
}

/// The first half of the page.
#[component]
pub(crate) fn PhoneForm(props: &PhoneFormProps) -> Html {
    let texts = &use_texts().login;
    let lang = use_lang();
    let missing = use_state(Missing::default);
    let send = use_send_code(props.draft.clone(), props.change.clone());
    let oninput = use_callback(
        (props.draft.clone(), props.change.clone(), missing.setter()),
        |typed: String, (draft, change, missing)| {
            missing.set(Missing::default());
            change.emit(Draft {
                phone: grouped(&typed, &draft.phone),
                ..draft.clone()
            });
        },
    );
    let onagree = {
        let missing = missing.setter();
        use_callback(
            (props.draft.clone(), props.change.clone()),
            move |agreed: bool, (draft, change)| {
                missing.set(Missing::default());
                change.emit(Draft {
                    agreed,
                    ..draft.clone()
                });
            },
        )
    };
    let onblur = {
        let missing = missing.clone();
        use_callback(props.draft.phone.clone(), move |(), typed| {
            let phone = if typed.is_empty() {
                None
            } else {
                phone_problem(typed)
            };
            missing.set(Missing { phone, ..*missing });
        })
    };
    let onsubmit = {
        let (missing, send) = (missing.setter(), send.send.clone());
        use_callback(props.draft.clone(), move |event: SubmitEvent, draft| {
            event.prevent_default();
            let found = Missing {
                phone: phone_problem(&draft.phone),
                agreement: !draft.agreed,
            };
            missing.set(found);
            if found == Missing::default() {
                send.emit(None);
            }
        })
    };
    let phone_error = missing
        .phone
        .map(|code| AttrValue::from(code.detail().get(lang)));
    html! {
        <form class="stack" {onsubmit} novalidate=true>
            <Title text={texts.title} />
            <p class="lead">{ texts.lead }</p>
            if let Some(failure) = &send.failure {
                <ProblemBox failure={failure.clone()} />
            }
            <TextField id="phone" label={texts.phone} hint={texts.phone_hint} kind="tel" inputmode="tel"
                autocomplete="tel-national" is_number=true value={props.draft.phone.clone()} {oninput} {onblur}
                error={phone_error.or_else(|| error_of(send.failure.as_ref(), "/phone"))} />
            <AgreeBox agreed={props.draft.agreed} onchange={onagree} is_missing={missing.agreement} />
            if send.wants_captcha {
                <Captcha token={send.send.clone()} />
            } else {
                <div class="actions"><Button submits=true is_busy={send.is_busy}>{ texts.get_code }</Button></div>
            }
        </form>
    }
}

#[derive(Properties, PartialEq)]
struct AgreeBoxProps {
    agreed: bool,
    onchange: Callback<bool>,
    is_missing: bool,
}

/// The agreement in two sentences, its whole text one tap away, and the box to tick.
#[component]
fn AgreeBox(props: &AgreeBoxProps) -> Html {
    let texts = &use_texts().login;
    let lang = use_lang();
    let is_open = use_state(|| false);
    let toggle = use_callback((*is_open, is_open.setter()), |(), (is_open, set)| {
        set.set(!is_open);
    });
    let onchange = use_callback(props.onchange.clone(), |event: Event, onchange| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            onchange.emit(input.checked());
        }
    });
    let document = Document::ServiceAgreement;
    let label = document.label().get(lang);
    html! {
        <div class={classes!("field", "agree", props.is_missing.then_some("wrong"))}>
            <p class="muted">{ document.current().summary.get(lang) }</p>
            <label class="check">
                <input type="checkbox" checked={props.agreed} {onchange}
                    aria-describedby={props.is_missing.then_some("agree-error")} />
                <span>{ texts.agree }{ label }</span>
            </label>
            <Button look={Look::Quiet} onclick={toggle.clone()}>{ texts.read_all }</Button>
            if props.is_missing {
                <p class="field-error" id="agree-error" role="alert">{ texts.agree_first }</p>
            }
            if *is_open {
                <Sheet id="agreement" title={label} onclose={toggle}>{ agreement_text(document, lang) }</Sheet>
            }
        </div>
    }
}

/// What is wrong with a phone, if anything; the server serves the countries and has the last word.
pub(crate) fn phone_problem(typed: &str) -> Option<ProblemCode> {
    match Phone::parse(typed, Country::CHINA, &Countries::default()) {
        Ok(_) | Err(PhoneError::CountryNotServed) => None,
        Err(
            PhoneError::TooShort { .. }
            | PhoneError::TooLong { .. }
            | PhoneError::NotMobile
            | PhoneError::NotDigits { .. },
        ) => Some(ProblemCode::LoginPhone),
    }
}

/// `138 0013 8000` while it grows; what is being corrected is left alone.
pub(crate) fn grouped(typed: &str, before: &str) -> String {
    let is_plain = typed
        .chars()
        .all(|character| character.is_ascii_digit() || character == ' ');
    if !is_plain || typed.len() < before.len() {
        return typed.to_owned();
    }
    let digits: Vec<char> = typed.chars().filter(char::is_ascii_digit).collect();
    let mut grouped = String::new();
    for (index, digit) in digits.iter().enumerate() {
        if index == 3 || index == 7 {
            grouped.push(' ');
        }
        grouped.push(*digit);
    }
    grouped
}
