//! The code that was sent, and what to try where it does not come.

use client::{Failure, NewSession, SessionView};
use domain::{Lang, ProblemCode, Text, sms_code, wait_text};
use ui::captcha::{Progress, use_captcha, with_captcha};
use ui::clock::use_seconds_until;
use ui::lang::use_lang;
use ui::login::{SentCode, agreement_version, is_about_code, is_code_void};
use ui::{Button, CodeBoxes, Link, Look, ProblemBox, TextTable, Title, api, fill, use_text};
use wasm_bindgen_futures::spawn_local;
use web_sys::SubmitEvent;
use yew::{
    AttrValue, Callback, Html, Properties, UseStateHandle, component, hook, html, use_callback,
    use_effect_with, use_state,
};

use super::draft::{DRAFT, Draft};
use super::send::use_send_code;
use super::text::LoginTexts;
use crate::check::fetch_ahead;
use crate::draft;
use crate::page::lost_phone::text::LostPhoneTexts;
use crate::route::Route;
use crate::session::use_session;

/// What is said of a code that is too short. A constant, so that the first load does not carry what is said of all problems.
const UNREADABLE: Text = ProblemCode::LoginCodeUnreadable.detail();

#[derive(Clone, Properties, PartialEq)]
pub(crate) struct CodeFormProps {
    /// What was typed before.
    pub(super) draft: Draft,
    /// The code that was sent.
    pub(super) sent: SentCode,
    /// Takes what changes.
    pub(super) change: Callback<Draft>,
}

/// The second half of the page.
#[component]
pub(crate) fn CodeForm(props: &CodeFormProps) -> Html {
    let (texts, lang) = (use_text::<LoginTexts>(), use_lang());
    let code = use_state(String::new);
    let log_in = use_log_in(props.sent.challenge_id.clone(), code.clone());
    let left = use_seconds_until(props.sent.expires_at_ms);
    let is_short = use_state(|| false);
    let oninput = use_callback(
        (code.setter(), is_short.setter()),
        |typed: String, (code, is_short)| {
            is_short.set(false);
            code.set(typed);
        },
    );
    // A message takes its time: the line is free meanwhile.
    use_effect_with((), |()| fetch_ahead());
    let back = use_callback(
        (props.draft.clone(), props.change.clone()),
        |(), (draft, change)| {
            change.emit(Draft {
                sent: None,
                ..draft.clone()
            });
        },
    );
    let onsubmit = use_callback(
        (log_in.send.clone(), code.clone(), is_short.setter()),
        |event: SubmitEvent, (send, code, is_short)| {
            event.prevent_default();
            match sms_code::read(code) {
                Some(code) => send.emit(code),
                None => is_short.set(true),
            }
        },
    );
    let short = is_short.then(|| AttrValue::from(UNREADABLE.get(lang)));
    let is_void = log_in.is_code_void();
    let (field_error, failure) = log_in.split();
    let expired = (left == 0).then(|| AttrValue::from(texts.expired));
    html! {
        <form class="stack" {onsubmit} novalidate=true>
            <Title text={texts.code_title} takes_focus=false />
            <p class="lead with-action">
                <span class="figures">{ fill(texts.sent_to, &[("phone", &props.draft.phone)]) }</span>
                <Button look={Look::Quiet} onclick={back}>{ texts.change_phone }</Button>
            </p>
            if let Some(failure) = failure {
                <ProblemBox {failure} />
            }
            <CodeBoxes id="code" label={texts.code_label} value={(*code).clone()} {oninput}
                onfull={log_in.send.clone()} error={short.or(field_error).or(expired)} disabled={log_in.is_busy} takes_focus=true />
            { validity(left, is_void, lang) }
            { log_in.captcha.clone() }
            <Resend ..props.clone() />
            { not_received(&props.draft.phone, lang) }
            <div class="actions"><Button submits=true is_busy={log_in.is_busy}>{ texts.log_in }</Button></div>
        </form>
    }
}

/// How logging in stands.
struct LogIn {
    send: Callback<String>,
    is_busy: bool,
    failure: Option<Failure>,
    /// How far a captcha is, where one is being solved.
    captcha: Html,
}

impl LogIn {
    /// Whether the server said that the code does not work any more, whatever its time.
    fn is_code_void(&self) -> bool {
        let failure = self.failure.as_ref();
        failure.is_some_and(is_code_void)
    }

    /// A wrong or old code belongs beside its field; anything else above the form.
    fn split(&self) -> (Option<AttrValue>, Option<Failure>) {
        let Some(failure) = &self.failure else {
            return (None, None);
        };
        match failure {
            Failure::Problem(problem) if is_about_code(failure) => (
                Some(format!("{} · {}", problem.title, problem.detail).into()),
                None,
            ),
            Failure::Problem(_) | Failure::Offline | Failure::Unexpected { .. } => {
                (None, Some(failure.clone()))
            }
        }
    }
}

#[hook]
fn use_log_in(challenge_id: String, code: UseStateHandle<String>) -> LogIn {
    let session = use_session();
    let is_busy = use_state(|| false);
    let failure = use_state(|| None::<Failure>);
    let (progress, captcha) = use_captcha();
    // What was wrong with an earlier code does not concern the next one.
    use_effect_with(challenge_id.clone(), {
        let failure = failure.setter();
        move |_| failure.set(None)
    });
    let send = {
        let (busy, failure, progress) = (is_busy.setter(), failure.setter(), progress.setter());
        use_callback(
            (challenge_id, session.reload, *is_busy),
            move |digits: String, (challenge_id, reload, is_busy)| {
                if *is_busy {
                    return;
                }
                let (busy, failure, code) = (busy.clone(), failure.clone(), code.setter());
                let (reload, challenge_id) = (reload.clone(), challenge_id.clone());
                let progress = progress.clone();
                busy.set(true);
                spawn_local(async move {
                    match logged_in(&progress, &challenge_id, &digits).await {
                        Ok(_) => {
                            draft::forget(DRAFT);
                            reload.emit(());
                        }
                        Err(problem) => {
                            code.set(String::new());
                            failure.set(Some(problem));
                            busy.set(false);
                        }
                    }
                });
            },
        )
    };
    LogIn {
        send,
        is_busy: *is_busy,
        failure: (*failure).clone(),
        captcha,
    }
}

async fn logged_in(
    progress: &Progress,
    challenge_id: &str,
    code: &str,
) -> Result<SessionView, Failure> {
    let send = |captcha_token: Option<String>| async move {
        let attempt = NewSession {
            challenge_id: challenge_id.to_owned(),
            code: code.to_owned(),
            agreement_version: agreement_version(),
            captcha_token: captcha_token.map(Some),
        };
        api::call_once(client::create_session(&attempt)).await
    };
    with_captcha(progress, send).await
}

/// How long the code works; nothing where it does not work any more.
fn validity(left: i64, is_void: bool, lang: Lang) -> Html {
    let texts = LoginTexts::of(lang);
    if left == 0 || is_void {
        return Html::default();
    }
    let left = wait_text(left, lang);
    html! { <p class="muted figures">{ fill(texts.valid_for, &[("left", &left)]) }</p> }
}

/// Another code, as soon as it may be asked for.
#[component]
fn Resend(props: &CodeFormProps) -> Html {
    let texts = use_text::<LoginTexts>();
    let seconds = use_seconds_until(props.sent.resend_at_ms);
    let send = use_send_code(props.draft.clone(), props.change.clone());
    html! {
        <div class="stack">
            if let Some(failure) = send.failure {
                <ProblemBox {failure} />
            }
            { send.captcha }
            if seconds > 0 {
                <p class="muted figures">{ fill(texts.resend_in, &[("seconds", &seconds)]) }</p>
            } else {
                <Button look={Look::Second} onclick={send.send} is_busy={send.is_busy}>{ texts.resend }</Button>
            }
        </div>
    }
}

/// What to try where no code comes.
fn not_received(phone: &str, lang: Lang) -> Html {
    let texts = LoginTexts::of(lang);
    html! {
        <details class="more">
            <summary>{ texts.not_received }</summary>
            <ul>
                <li class="figures">{ fill(texts.try_number, &[("phone", &phone)]) }</li>
                <li>{ texts.try_blocked }</li>
                <li>{ texts.try_signal }</li>
                <li><Link<Route> to={Route::LostPhone}>{ LostPhoneTexts::of(lang).link }</Link<Route>></li>
            </ul>
        </details>
    }
}
