//! The phone, the agreement, and asking for a code.

use domain::Text;
use domain::agreement::Document;
use ui::lang::use_lang;
use ui::lazy::lazy;
use ui::{
    Button, Link, Look, PhoneField, ProblemBox, Sheet, TextTable, Title, error_of, phone_advice,
    use_countries, use_first_wrong, use_text,
};
use web_sys::{HtmlInputElement, SubmitEvent};
use yew::{
    AttrValue, Callback, Event, Html, Properties, TargetCast, classes, component, html,
    use_callback, use_state,
};

use super::draft::Draft;
use super::expired::Expired;
use super::send::use_send_code;
use super::text::LoginTexts;
use crate::lazy::{AccountPage, StudentPage};
use crate::page::lost_phone::text::LostPhoneTexts;
use crate::route::Route;

#[derive(Properties, PartialEq)]
pub(crate) struct PhoneFormProps {
    /// What was typed.
    pub(super) draft: Draft,
    /// Takes what changes.
    pub(super) change: Callback<Draft>,
}

/// The first half of the page.
#[component]
pub(crate) fn PhoneForm(props: &PhoneFormProps) -> Html {
    let lang = use_lang();
    let (texts, lang) = (LoginTexts::of(lang), use_lang());
    let (phone_left, is_checked) = (use_state(|| false), use_state(|| false));
    let (form, seek) = use_first_wrong();
    let countries = use_countries();
    let send = use_send_code(props.draft.clone(), props.change.clone());
    let deps = (props.draft.clone(), props.change.clone());
    let oninput = {
        let phone_left = phone_left.setter();
        use_callback(deps.clone(), move |typed: String, (draft, change)| {
            // What is being typed is not called wrong before it is left again.
            phone_left.set(false);
            change.emit(Draft {
                phone: typed,
                ..draft.clone()
            });
        })
    };
    let onagree = use_callback(deps, |agreed: bool, (draft, change)| {
        change.emit(Draft {
            agreed,
            ..draft.clone()
        });
    });
    let onblur = use_callback(phone_left.setter(), |(), phone_left| phone_left.set(true));
    let onsubmit = {
        let (phone_left, is_checked) = (phone_left.setter(), is_checked.setter());
        let deps = (
            props.draft.clone(),
            countries.clone(),
            send.send.clone(),
            seek,
        );
        use_callback(
            deps,
            move |event: SubmitEvent, (draft, countries, send, seek)| {
                event.prevent_default();
                phone_left.set(true);
                is_checked.set(true);
                if draft.agreed && phone_advice(&draft.phone, countries).is_none() {
                    send.emit(());
                } else {
                    seek.emit(());
                }
            },
        )
    };
    let phone_error = phone_advice(&props.draft.phone, &countries)
        .filter(|_| *phone_left && (*is_checked || !props.draft.phone.is_empty()))
        .map(|advice| AttrValue::from(advice.get(lang)));
    html! {
        <form ref={form} class="stack" {onsubmit} novalidate=true>
            <Title text={texts.title} />
            <p class="lead">{ texts.lead }</p>
            <Expired />
            if let Some(failure) = &send.failure {
                <ProblemBox failure={failure.clone()} />
            }
            <PhoneField id="phone" label={texts.phone} hint={texts.phone_hint} autocomplete="tel-national"
                value={props.draft.phone.clone()} {oninput} {onblur} {countries}
                error={phone_error.or_else(|| error_of(send.failure.as_ref(), "/phone"))} />
            <AgreeBox agreed={props.draft.agreed} onchange={onagree} is_missing={*is_checked && !props.draft.agreed} />
            { send.captcha.clone() }
            <div class="actions"><Button submits=true is_busy={send.is_busy}>{ texts.get_code }</Button></div>
            <p><Link<Route> to={Route::LostPhone}>{ LostPhoneTexts::of(lang).link }</Link<Route>></p>
        </form>
    }
}

#[derive(Properties, PartialEq)]
struct AgreeBoxProps {
    agreed: bool,
    onchange: Callback<bool>,
    is_missing: bool,
}

/// The agreement in two sentences. A constant, so that the first load does not carry the whole text.
const SUMMARY: Text = Document::ServiceAgreement.current().summary;

/// The agreement in two sentences, its whole text one tap away, and the box to tick.
#[component]
fn AgreeBox(props: &AgreeBoxProps) -> Html {
    let texts = use_text::<LoginTexts>();
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
    let whole_text = StudentPage::Account(AccountPage::AgreementText { document });
    html! {
        <div class={classes!("field", "agree", props.is_missing.then_some("wrong"))}>
            <p class="muted">{ SUMMARY.get(lang) }</p>
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
                <Sheet id="agreement" title={label} onclose={toggle}>{ lazy(whole_text) }</Sheet>
            }
        </div>
    }
}
