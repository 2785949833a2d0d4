//! Verification by an image-capture code: a picture of it, the camera, or its text.

use client::{CaptureCodeInput, Failure, TaskView};
use domain::ProblemCode;
use domain::capture_code::CAPTURE_CODE_MAX;
use ui::lang::use_lang;
use ui::{
    Action, Alert, Button, Note, ProblemBox, TextTable, Tone, api, go_to, use_action, use_text,
};
use web_sys::{File, SubmitEvent};
use yew::{Html, Properties, component, hook, html, use_callback, use_state};

use super::small_picture::small_enough;
use super::text::CodeTexts;
use crate::component::{FileButton, with_contact};
use crate::page::start::step_of;
use crate::route::Route;
use crate::shell_text::ShellTexts;

/// What a [`CodeForm`] needs.
#[derive(Properties, PartialEq)]
pub(super) struct CodeFormProps {
    /// The task.
    pub(super) task: TaskView,
}

/// A code as it is given.
enum Given {
    Picture(File),
    Text(String),
}

/// The ways to give a code.
#[component]
pub(super) fn CodeForm(props: &CodeFormProps) -> Html {
    let (texts, lang) = (use_text::<CodeTexts>(), use_lang());
    let text = use_state(String::new);
    let is_missing = use_state(|| false);
    let verify = use_verify(props.task.id.clone());
    let read = use_callback(verify.run.clone(), |(file, _): (File, bool), run| {
        run.emit(Given::Picture(file));
    });
    let onsubmit = use_callback(
        ((*text).clone(), verify.run.clone(), is_missing.setter()),
        |event: SubmitEvent, (text, run, set_missing)| {
            event.prevent_default();
            let text = text.trim();
            set_missing.set(text.is_empty());
            if !text.is_empty() {
                run.emit(Given::Text(text.to_owned()));
            }
        },
    );
    let oninput = use_callback(text.setter(), |typed, set| set.set(typed));
    html! {
        <div class="stack">
            <p class="lead">{ props.task.school.name.clone() }{ " · " }{ props.task.name.clone() }</p>
            <p class="hint">{ texts.lead }</p>
            if let Some(failure) = &verify.failure {
                { failed(failure, &props.task, lang) }
            }
            <p class="hint">{ texts.picture_hint }</p>
            <p class="hint" role="status">{ if verify.is_busy { texts.reading } else { "" } }</p>
            <div class="actions two">
                <FileButton label={texts.upload} read={read.clone()} />
                <FileButton label={texts.scan} takes=true {read} />
            </div>
            <form class="stack" {onsubmit} novalidate=true>
                <Note id="code" label={texts.paste} hint={texts.paste_hint} value={(*text).clone()} {oninput} max={CAPTURE_CODE_MAX}
                    error={is_missing.then_some(texts.missing)} />
                <p class="hint">{ texts.private }</p>
                <div class="actions"><Button submits=true is_busy={verify.is_busy}>{ texts.verify }</Button></div>
            </form>
        </div>
    }
}

/// What went wrong, with whom to ask.
fn failed(failure: &Failure, task: &TaskView, lang: domain::Lang) -> Html {
    if api::code(failure) == Some(ProblemCode::PhotoTooLarge) {
        let title = CodeTexts::of(lang).too_large;
        return html! { <Alert tone={Tone::Warn} {title}><p>{ CodeTexts::of(lang).too_large_detail }</p></Alert> };
    }
    html! {
        <ProblemBox failure={failure.clone()}>
            <p>{ with_contact(ShellTexts::of(lang).contact_school, &task.contact) }</p>
        </ProblemBox>
    }
}

#[hook]
fn use_verify(task_id: String) -> Action<Given> {
    use_action(move |given| {
        let task_id = task_id.clone();
        async move {
            let input = input(given).await;
            let enrolment = api::call(client::create_capture_enrolment(&task_id, &input)).await?;
            go_to(&step_of(&enrolment).unwrap_or(Route::Orders));
            Ok(())
        }
    })
}

async fn input(given: Given) -> CaptureCodeInput {
    match given {
        Given::Text(code) => CaptureCodeInput {
            code: Some(Some(code)),
            image: None,
        },
        Given::Picture(file) => {
            let file = small_enough(file).await;
            // What the browser cannot read is sent empty, so that the server says what is wrong with it.
            let image = api::base64_of(&file).await.unwrap_or_default();
            CaptureCodeInput {
                code: None,
                image: Some(Some(image)),
            }
        }
    }
}
