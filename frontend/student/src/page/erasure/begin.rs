//! What goes and what stays, and asking for the code.

use client::{Failure, NewErasure};
use domain::Lang;
use ui::captcha::{Progress, use_captcha, with_captcha};
use ui::lang::use_lang;
use ui::{
    Action, Button, ButtonLink, Look, ProblemBox, TextTable, Title, api, clock, use_action,
    use_first_wrong, use_text,
};
use web_sys::{HtmlInputElement, SubmitEvent};
use yew::{
    Callback, Event, Html, Properties, TargetCast, classes, component, hook, html, use_callback,
    use_state,
};

use super::begun::Begun;
use super::text::ErasureTexts;
use crate::route::Route;

#[derive(Properties, PartialEq)]
pub(super) struct BeginProps {
    /// Takes the erasure that was begun.
    pub(super) change: Callback<Option<Begun>>,
}

/// The first half of the page; nothing is sent before the box is ticked.
#[component]
pub(super) fn Begin(props: &BeginProps) -> Html {
    let (texts, lang) = (use_text::<ErasureTexts>(), use_lang());
    let (is_understood, is_checked) = (use_state(|| false), use_state(|| false));
    let (progress, captcha) = use_captcha();
    let (form, seek) = use_first_wrong();
    let begin = use_begin(props.change.clone(), progress.setter());
    let failure = begin.failure.clone();
    let onchange = use_callback(is_understood.setter(), |event: Event, is_understood| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            is_understood.set(input.checked());
        }
    });
    let onsubmit = {
        let (is_checked, run) = (is_checked.setter(), begin.run.clone());
        use_callback(*is_understood, move |event: SubmitEvent, is_understood| {
            event.prevent_default();
            is_checked.set(true);
            if *is_understood {
                run.emit(());
            } else {
                seek.emit(());
            }
        })
    };
    let is_wrong = *is_checked && !*is_understood;
    html! {
        <form ref={form} class="stack" {onsubmit} novalidate=true>
            <Title text={texts.title} />
            <p class="lead">{ texts.lead }</p>
            { consequences(lang) }
            if let Some(failure) = failure {
                <ProblemBox {failure} />
            }
            <div class={classes!("field", is_wrong.then_some("wrong"))}>
                <label class="check">
                    <input type="checkbox" checked={*is_understood} {onchange}
                        aria-describedby={is_wrong.then_some("understood-error")} />
                    <span>{ texts.understood }</span>
                </label>
                if is_wrong {
                    <p class="field-error" id="understood-error" role="alert">{ texts.understood_missing }</p>
                }
            </div>
            { captcha }
            <div class="actions">
                <ButtonLink<Route> to={Route::Me}>{ texts.keep }</ButtonLink<Route>>
                <Button look={Look::Second} submits=true is_busy={begin.is_busy}>{ texts.get_code }</Button>
            </div>
        </form>
    }
}

/// What happens, said before it does.
fn consequences(lang: Lang) -> Html {
    let texts = ErasureTexts::of(lang);
    let goes = [
        texts.goes_photos,
        texts.goes_data,
        texts.goes_words,
        texts.goes_login,
    ];
    let stays = [texts.stays_orders, texts.stays_log, texts.stays_school];
    html! {
        <>
            <section class="card stack">
                <h2>{ texts.goes_title }</h2>
                <ul>{ for goes.map(|text| html! { <li>{ text }</li> }) }</ul>
            </section>
            <section class="card stack">
                <h2>{ texts.stays_title }</h2>
                <ul>{ for stays.map(|text| html! { <li>{ text }</li> }) }</ul>
            </section>
            <p>{ texts.money }</p>
            <p class="hint">{ texts.export }</p>
        </>
    }
}

/// Asks for the code.
#[hook]
fn use_begin(change: Callback<Option<Begun>>, progress: Progress) -> Action<()> {
    use_action(move |()| {
        let (change, progress) = (change.clone(), progress.clone());
        async move {
            change.emit(Some(begin(&progress).await?));
            Ok(())
        }
    })
}

async fn begin(progress: &Progress) -> Result<Begun, Failure> {
    let send = |captcha_token: Option<String>| async move {
        let wish = NewErasure {
            captcha_token: captcha_token.map(Some),
        };
        api::call(client::create_erasure(&wish)).await
    };
    let code = with_captcha(progress, send).await?;
    Ok(Begun {
        challenge_id: code.challenge_id,
        expires_at_ms: clock::now_ms() + code.expires_in_s * 1000,
    })
}
