//! The phone, the agreement, and asking for a code.

use domain::ProblemCode;
use domain::agreement::Document;
use web_sys::{HtmlInputElement, SubmitEvent};
use yew::{
    AttrValue, Callback, Event, Html, Properties, TargetCast, classes, component, html,
    use_callback, use_state,
};

use super::Draft;
use super::send::use_send_code;
use crate::component::{
    Button, Look, PhoneField, ProblemBox, Sheet, Title, agreement_text, error_of, phone_problem,
    use_countries,
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
    let countries = use_countries();
    let send = use_send_code(props.draft.clone(), props.change.clone());
    let oninput = use_callback(
        (props.draft.clone(), props.change.clone(), missing.setter()),
        |typed: String, (draft, change, missing)| {
            missing.set(Missing::default());
            change.emit(Draft {
                phone: typed,
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
        let deps = (props.draft.phone.clone(), countries.clone());
        use_callback(deps, move |(), (typed, countries)| {
            let phone = if typed.is_empty() {
                None
            } else {
                phone_problem(typed, countries)
            };
            missing.set(Missing { phone, ..*missing });
        })
    };
    let onsubmit = {
        let (missing, send) = (missing.setter(), send.send.clone());
        let deps = (props.draft.clone(), countries.clone());
        use_callback(deps, move |event: SubmitEvent, (draft, countries)| {
            event.prevent_default();
            let found = Missing {
                phone: phone_problem(&draft.phone, countries),
                agreement: !draft.agreed,
            };
            missing.set(found);
            if found == Missing::default() {
                send.emit(());
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
            <PhoneField id="phone" label={texts.phone} hint={texts.phone_hint} autocomplete="tel-national"
                value={props.draft.phone.clone()} {oninput} {onblur} {countries}
                error={phone_error.or_else(|| error_of(send.failure.as_ref(), "/phone"))} />
            <AgreeBox agreed={props.draft.agreed} onchange={onagree} is_missing={missing.agreement} />
            { send.captcha.clone() }
            <div class="actions"><Button submits=true is_busy={send.is_busy}>{ texts.get_code }</Button></div>
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
