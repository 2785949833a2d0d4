//! The first time: an authenticator is set up, and recovery codes are shown once.

use client::{TotpCode, TotpDeviceView};
use ui::{Button, Look, ProblemBox, Qr, TextField, Title, error_of, use_action, use_text};
use web_sys::SubmitEvent;
use yew::{AttrValue, Callback, Html, Properties, component, html, use_callback, use_state};

use super::recovery::RecoveryList;
use super::text::LoginTexts;
use crate::call::call;
use crate::staff::use_staff;
use crate::text::ConsoleTexts;

/// What a [`DeviceSetup`] needs.
#[derive(Properties, PartialEq)]
pub(crate) struct DeviceSetupProps {
    /// Who logs in.
    pub(crate) name: AttrValue,
}

/// Why, then the secret with a first code of it, then the recovery codes.
#[component]
pub(crate) fn DeviceSetup(props: &DeviceSetupProps) -> Html {
    let (texts, common) = (use_text::<LoginTexts>(), use_text::<ConsoleTexts>());
    let session = use_staff();
    let device = use_state(|| None::<TotpDeviceView>);
    let codes = use_state(|| None::<Vec<String>>);
    let setter = device.setter();
    let begin = use_action(move |()| {
        let setter = setter.clone();
        async move {
            setter.set(Some(call(client::create_totp_device()).await?));
            Ok(())
        }
    });
    let onset = use_callback(codes.setter(), |shown: Vec<String>, codes| {
        codes.set(Some(shown));
    });
    if let Some(codes) = (*codes).clone() {
        return html! { <RecoveryList {codes} done={session.reload} /> };
    }
    if let Some(device) = (*device).clone() {
        return html! { <FirstCode {device} {onset} /> };
    }
    html! {
        <div class="stack">
            <Title text={texts.device_title} />
            <p class="lead">{ props.name.clone() }</p>
            <p>{ texts.device_lead }</p>
            if let Some(failure) = begin.failure.clone() {
                <ProblemBox {failure} />
            }
            <Button onclick={begin.run.clone()} is_busy={begin.is_busy}>{ texts.device_start }</Button>
            <Button look={Look::Quiet} onclick={session.log_out}>{ common.log_out }</Button>
        </div>
    }
}

/// What a [`FirstCode`] needs.
#[derive(Properties, PartialEq)]
struct FirstCodeProps {
    device: TotpDeviceView,
    /// Takes the recovery codes once the device is set up.
    onset: Callback<Vec<String>>,
}

/// The secret as a QR code and as text, and a first code of it.
#[component]
fn FirstCode(props: &FirstCodeProps) -> Html {
    let (texts, common) = (use_text::<LoginTexts>(), use_text::<ConsoleTexts>());
    let typed = use_state(String::new);
    let onset = props.onset.clone();
    let confirm = use_action(move |code: String| {
        let onset = onset.clone();
        async move {
            let codes = call(client::confirm_totp_device(&TotpCode { code })).await?;
            onset.emit(codes.recovery_codes);
            Ok(())
        }
    });
    let onsubmit = {
        let (typed, run) = (typed.clone(), confirm.run.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            run.emit(typed.trim().to_owned());
        })
    };
    let oninput = use_callback(typed.setter(), |value: String, typed| typed.set(value));
    let error = error_of(confirm.failure.as_ref(), "/code");
    html! {
        <form class="stack" {onsubmit} novalidate=true>
            <Title text={texts.device_title} />
            if let Some(failure) = confirm.failure.clone().filter(|_| error.is_none()) {
                <ProblemBox {failure} />
            }
            <ol class="next-steps">
                <li>{ texts.step_install }</li>
                <li>{ texts.step_scan }
                    <Qr content={props.device.uri.clone()} label={texts.qr_label} />
                    <p>{ texts.step_type }</p>
                    <p><code class="secret">{ grouped(&props.device.secret) }</code></p>
                </li>
                <li>{ texts.step_confirm }</li>
            </ol>
            <TextField id="first-code" label={texts.first_code} hint={common.code_hint} value={(*typed).clone()} {oninput}
                {error} is_number=true inputmode="numeric" autocomplete="one-time-code" />
            <div class="actions"><Button submits=true is_busy={confirm.is_busy}>{ texts.bind }</Button></div>
        </form>
    }
}

/// The secret in groups of four, which are easier to copy by hand.
fn grouped(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    let groups = letters
        .chunks(4)
        .map(|group| group.iter().collect::<String>());
    groups.collect::<Vec<String>>().join(" ")
}
