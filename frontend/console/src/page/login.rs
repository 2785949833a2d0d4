//! Logging in: the phone, the code that was sent to it, then the authenticator.

mod code_form;
mod device;
mod phone_form;
pub(crate) mod recovery;
mod send;
mod text;

use client::Failure;
use ui::login::SentCode;
use ui::{Button, Look, ProblemBox, Title, use_text};
use yew::{AttrValue, Html, Properties, component, html, use_callback, use_state};

use crate::fresh::CodeForm as SecondFactorForm;
use crate::staff::use_staff;
use crate::text::ConsoleTexts;
use code_form::CodeForm;
pub(crate) use device::DeviceSetup;
use phone_form::PhoneForm;
use text::LoginTexts;

/// What [`Login`] needs.
#[derive(Properties, PartialEq)]
pub(crate) struct LoginProps {
    /// Why the session ended, where it had begun.
    pub(crate) why: Option<Failure>,
}

/// Phone and code.
#[component]
pub(crate) fn Login(props: &LoginProps) -> Html {
    let phone = use_state(String::new);
    let sent = use_state(|| None::<SentCode>);
    let onphone = use_callback(phone.setter(), |typed: String, phone| phone.set(typed));
    let onsent = use_callback(sent.setter(), |now: SentCode, sent| sent.set(Some(now)));
    let back = use_callback(sent.setter(), |(), sent| sent.set(None));
    let phone = AttrValue::from((*phone).clone());
    match (*sent).clone() {
        Some(sent) => html! { <CodeForm {phone} {sent} {onsent} {back} /> },
        None => html! { <PhoneForm {phone} {onphone} {onsent} why={props.why.clone()} /> },
    }
}

/// What [`NoStaff`] needs.
#[derive(Properties, PartialEq)]
pub(crate) struct NoStaffProps {
    /// What the server says.
    pub(crate) failure: Failure,
}

/// The phone belongs to no member of staff.
#[component]
pub(crate) fn NoStaff(props: &NoStaffProps) -> Html {
    let (texts, common) = (use_text::<LoginTexts>(), use_text::<ConsoleTexts>());
    let session = use_staff();
    html! {
        <div class="stack">
            <Title text={texts.no_staff} />
            <ProblemBox failure={props.failure.clone()} />
            <p>{ texts.no_staff_lead }</p>
            <Button onclick={session.log_out}>{ common.log_out }</Button>
            <p><a href="/">{ texts.to_students }</a></p>
        </div>
    }
}

/// What [`SecondFactor`] needs.
#[derive(Properties, PartialEq)]
pub(crate) struct SecondFactorProps {
    /// Who logs in.
    pub(crate) name: AttrValue,
}

/// The code of the authenticator.
#[component]
pub(crate) fn SecondFactor(props: &SecondFactorProps) -> Html {
    let (texts, common) = (use_text::<LoginTexts>(), use_text::<ConsoleTexts>());
    let session = use_staff();
    html! {
        <div class="stack">
            <Title text={texts.second_title} takes_focus=false />
            <p class="lead">{ props.name.clone() }</p>
            <SecondFactorForm done={session.reload} />
            <p class="hint">{ texts.lost_device }</p>
            <Button look={Look::Quiet} onclick={session.log_out}>{ common.log_out }</Button>
        </div>
    }
}
