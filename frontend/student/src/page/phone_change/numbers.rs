//! The old number and the new one.

use client::{Failure, NewPhoneChange};
use domain::ProblemCode;
use domain::phone::Countries;
use ui::captcha::{Progress, use_captcha, with_captcha};
use ui::lang::use_lang;
use ui::{
    Action, Button, Link, PhoneField, ProblemBox, TextTable, Title, api, clock, error_of, fill,
    phone_problem, use_action, use_countries, use_first_wrong,
};
use web_sys::SubmitEvent;
use yew::{AttrValue, Callback, Html, Properties, component, hook, html, use_callback, use_state};

use super::draft::{Begun, Draft};
use crate::page::lost_phone::text::LostPhoneTexts;
use crate::page::me::text::MeTexts;
use crate::route::Route;
use crate::session::use_session;

#[derive(Properties, PartialEq)]
pub(super) struct NumbersProps {
    /// What was typed.
    pub(super) draft: Draft,
    /// Takes what changes.
    pub(super) change: Callback<Draft>,
}

/// What keeps the form from being sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Wrong {
    old: Option<ProblemCode>,
    new: Option<ProblemCode>,
}

impl Wrong {
    fn of(draft: &Draft, countries: &Countries) -> Self {
        let digits = |typed: &str| {
            typed
                .chars()
                .filter(char::is_ascii_digit)
                .collect::<String>()
        };
        let is_same = digits(&draft.old_phone) == digits(&draft.new_phone);
        let new = phone_problem(&draft.new_phone, countries);
        Self {
            old: phone_problem(&draft.old_phone, countries),
            new: new.or(is_same.then_some(ProblemCode::PhoneChangeSame)),
        }
    }
}

/// The first half of the page.
#[component]
pub(super) fn Numbers(props: &NumbersProps) -> Html {
    let lang = use_lang();
    let texts = MeTexts::of(lang);
    let own_phone = use_session()
        .me()
        .map(|me| me.phone.clone())
        .unwrap_or_default();
    let is_checked = use_state(|| false);
    let (form, seek) = use_first_wrong();
    let countries = use_countries();
    let (progress, captcha) = use_captcha();
    let begin = use_begin(props.draft.clone(), props.change.clone(), progress.setter());
    let failure = begin.failure.clone();
    let deps = (props.draft.clone(), props.change.clone());
    let onold = use_callback(deps.clone(), |typed: String, (draft, change)| {
        change.emit(Draft {
            old_phone: typed,
            ..draft.clone()
        });
    });
    let onnew = use_callback(deps, |typed: String, (draft, change)| {
        change.emit(Draft {
            new_phone: typed,
            ..draft.clone()
        });
    });
    let onsubmit = {
        let (is_checked, run) = (is_checked.setter(), begin.run.clone());
        let deps = (props.draft.clone(), countries.clone());
        use_callback(deps, move |event: SubmitEvent, (draft, countries)| {
            event.prevent_default();
            is_checked.set(true);
            if Wrong::of(draft, countries) == Wrong::default() {
                run.emit(());
            } else {
                seek.emit(());
            }
        })
    };
    let wrong = if *is_checked {
        Wrong::of(&props.draft, &countries)
    } else {
        Wrong::default()
    };
    let told = |code: Option<ProblemCode>, pointer: &str| {
        let here = code.map(|code| {
            // What the server says of the same number would not tell why.
            let is_same = code == ProblemCode::PhoneChangeSame;
            let told = if is_same {
                texts.same_phone
            } else {
                code.detail().get(lang)
            };
            AttrValue::from(told)
        });
        here.or_else(|| refused_at(failure.as_ref()?, pointer))
    };
    // What is wrong with a number stands beside it, and is not said twice.
    let has_field = ["/old_phone", "/new_phone"]
        .iter()
        .any(|pointer| error_of(failure.as_ref(), pointer).is_some());
    let above = failure.clone().filter(|_| !has_field);
    html! {
        <form ref={form} class="stack" {onsubmit} novalidate=true>
            <Title text={texts.phone_title} />
            <p class="lead">{ texts.phone_lead }</p>
            <p><Link<Route> to={Route::LostPhone}>{ LostPhoneTexts::of(lang).link }</Link<Route>></p>
            if let Some(failure) = above {
                <ProblemBox {failure} />
            }
            <PhoneField id="old-phone" label={texts.old_phone} hint={fill(texts.old_phone_hint, &[("phone", &own_phone)])}
                autocomplete="tel-national" countries={countries.clone()}
                value={props.draft.old_phone.clone()} oninput={onold} error={told(wrong.old, "/old_phone")} />
            <PhoneField id="new-phone" label={texts.new_phone} hint={texts.new_phone_hint} {countries}
                value={props.draft.new_phone.clone()} oninput={onnew}
                error={told(wrong.new, "/new_phone")} />
            { captcha }
            <div class="actions"><Button submits=true is_busy={begin.is_busy}>{ texts.get_codes }</Button></div>
        </form>
    }
}

/// What is wrong with one number; the problem itself says what, which the field's own text leaves open.
fn refused_at(failure: &Failure, pointer: &str) -> Option<AttrValue> {
    match failure {
        Failure::Problem(problem) => error_of(Some(failure), pointer)
            .map(|_| format!("{} · {}", problem.title, problem.detail).into()),
        Failure::Offline | Failure::Unexpected { .. } => None,
    }
}

/// Asks for both codes.
#[hook]
fn use_begin(draft: Draft, change: Callback<Draft>, progress: Progress) -> Action<()> {
    use_action(move |()| {
        let (draft, change, progress) = (draft.clone(), change.clone(), progress.clone());
        async move {
            let begun = begin(&draft, &progress).await?;
            change.emit(Draft {
                begun: Some(begun),
                ..draft
            });
            Ok(())
        }
    })
}

async fn begin(draft: &Draft, progress: &Progress) -> Result<Begun, Failure> {
    let send = |captcha_token: Option<String>| async move {
        let numbers = NewPhoneChange {
            old_phone: draft.old_phone.clone(),
            new_phone: draft.new_phone.clone(),
            captcha_token: captcha_token.map(Some),
        };
        api::call(client::create_phone_change(&numbers)).await
    };
    let begun = with_captcha(progress, send).await?;
    let lasts_s = begun.old.expires_in_s.min(begun.new.expires_in_s);
    Ok(Begun {
        id: begun.id,
        expires_at_ms: clock::now_ms() + lasts_s * 1000,
    })
}
