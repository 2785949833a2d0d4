//! A change of number that somebody reported a lost phone for: whoever has the old number can refuse it.

use client::{Failure, PhoneRecoveryView};
use ui::lang::use_lang;
use ui::{AskFirst, Notice, TextTable, Tone, api, fill, moment_text, use_action, use_loader};
use yew::{Callback, Html, Properties, component, html, use_callback, use_state};

use super::text::MeTexts;

/// The changes that are under way; nothing where there are none, as nearly always.
#[component]
pub(super) fn Recoveries() -> Html {
    let texts = MeTexts::of(use_lang());
    let refused = use_state(|| 0_u32);
    let onrefused = use_callback(refused.clone(), |(), refused| refused.set(**refused + 1));
    let loader = use_loader(*refused, |_| api::call(client::list_phone_recoveries()));
    let Some(found) = loader.ready() else {
        return Html::default();
    };
    html! {
        <>
            if *refused > 0 && found.items.is_empty() {
                <div role="status"><Notice tone={Tone::Good}><p>{ texts.recovery_refused }</p></Notice></div>
            }
            { for found.items.iter().map(|recovery| html! {
                <Recovery key={recovery.reference.clone()} recovery={recovery.clone()} onrefused={onrefused.clone()} />
            }) }
        </>
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
    let (texts, recovery) = (MeTexts::of(lang), &props.recovery);
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
        texts.recovery_detail,
        &[("time", &time), ("phone", &recovery.new_phone)],
    );
    html! {
        <Notice tone={Tone::Warn} title={texts.recovery_title}>
            <p>{ detail }</p>
            <p>{ texts.recovery_not_me }</p>
            <AskFirst id="recovery-refuse" label={texts.recovery_refuse} title={texts.recovery_refuse_title} keep={texts.recovery_keep}
                action={refuse}>
                <p>{ texts.recovery_not_me }</p>
            </AskFirst>
        </Notice>
    }
}
