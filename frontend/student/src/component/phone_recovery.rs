//! A change of number that somebody reported a lost phone for: whoever has the old number can refuse it.

use client::{Failure, PhoneRecoveryView};
use ui::lang::use_lang;
use ui::{AskFirst, Notice, TextTable, Tone, api, fill, moment_text, use_action, use_loader};
use yew::{Callback, Html, Properties, component, html, use_callback, use_state};

use super::phone_recovery_text::PhoneRecoveryTexts;

/// The changes that are under way, above every page of an account that has some.
#[component]
pub(crate) fn PhoneRecoveries() -> Html {
    let texts = PhoneRecoveryTexts::of(use_lang());
    let refused = use_state(|| 0_u32);
    let onrefused = use_callback(refused.clone(), |(), refused| refused.set(**refused + 1));
    let loader = use_loader(*refused, |_| api::call(client::list_phone_recoveries()));
    let Some(found) = loader.ready() else {
        return Html::default();
    };
    html! {
        <div class="recoveries stack">
            if *refused > 0 && found.items.is_empty() {
                <div role="status"><Notice tone={Tone::Good}><p>{ texts.refused }</p></Notice></div>
            }
            { for found.items.iter().map(|recovery| html! {
                <Recovery key={recovery.reference.clone()} recovery={recovery.clone()} onrefused={onrefused.clone()} />
            }) }
        </div>
    }
}

/// What a [`Recovery`] needs.
#[derive(Properties, PartialEq)]
struct RecoveryProps {
    recovery: PhoneRecoveryView,
    onrefused: Callback<()>,
}

/// One change, and the way to refuse it.
#[component]
fn Recovery(props: &RecoveryProps) -> Html {
    let lang = use_lang();
    let (texts, recovery) = (PhoneRecoveryTexts::of(lang), &props.recovery);
    let refuse = {
        let (reference, onrefused) = (recovery.reference.clone(), props.onrefused.clone());
        use_action(move |()| {
            let (reference, onrefused) = (reference.clone(), onrefused.clone());
            async move {
                api::call(client::refuse_phone_recovery(&reference)).await?;
                onrefused.emit(());
                Ok::<(), Failure>(())
            }
        })
    };
    let time = moment_text(recovery.effective_at, lang);
    let detail = fill(
        texts.detail,
        &[("time", &time), ("phone", &recovery.new_phone)],
    );
    html! {
        <Notice tone={Tone::Warn} title={texts.title}>
            <p>{ detail }</p>
            <p>{ texts.not_me }</p>
            <AskFirst id="recovery-refuse" label={texts.refuse} title={texts.refuse_title} keep={texts.keep}
                action={refuse}>
                <p>{ texts.not_me }</p>
            </AskFirst>
        </Notice>
    }
}
