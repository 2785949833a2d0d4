//! The form: what is asked for, what is wrong with it, and sending it.

use client::{EnrolmentView, Failure, NewEnrolment, TaskView};
use domain::id_document::IdNumberError;
use domain::task::ExtraProof;
use domain::{DocumentType, EducationLevel, Lang, ProblemCode};
use wasm_bindgen_futures::spawn_local;
use web_sys::SubmitEvent;
use yew::{
    AttrValue, Callback, Html, Properties, UseStateHandle, component, hook, html, use_callback,
    use_state,
};
use yew_router::prelude::use_navigator;

use super::document_number::{DocumentNumber, POINTER, check};
use super::document_type::DocumentTypeField;
use super::not_found::failed;
use super::{Draft, draft_name};
use crate::captcha::{Progress, use_captcha, with_captcha};
use crate::component::{Button, Choice, RadioCards, TextField, error_of};
use crate::lang::{use_lang, use_texts};
use crate::page::start::step_of;
use crate::route::Route;
use crate::text::{Texts, fill};
use crate::{api, draft};

#[derive(Properties, PartialEq)]
pub(crate) struct FormProps {
    /// The task.
    pub(crate) task: TaskView,
}

/// Something that has to be filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Number,
    Level,
    Name,
    StudentNo,
}

/// What keeps the form from being sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Wrong {
    number: Option<IdNumberError>,
    missing: Vec<Asked>,
}

impl Wrong {
    fn of(draft: &Draft, task: &TaskView) -> Self {
        let asked = [
            (Asked::Number, true, &draft.number),
            (Asked::Level, true, &draft.level),
            (Asked::Name, asks(task, ExtraProof::Name), &draft.name),
            (
                Asked::StudentNo,
                asks(task, ExtraProof::StudentNo),
                &draft.student_no,
            ),
        ];
        let missing = asked
            .into_iter()
            .filter(|(_, is_asked, typed)| *is_asked && typed.trim().is_empty());
        Self {
            number: number_error(draft),
            missing: missing.map(|(field, ..)| field).collect(),
        }
    }
}

/// What is wrong with the number; one that is not there yet is missing, not wrong.
fn number_error(draft: &Draft) -> Option<IdNumberError> {
    check(draft.kind, &draft.number).filter(|_| !draft.number.trim().is_empty())
}

/// Whether a task asks for a proof.
pub(super) fn asks(task: &TaskView, proof: ExtraProof) -> bool {
    task.extra_proofs
        .iter()
        .any(|asked| asked == proof.as_str())
}

/// The form.
#[component]
pub(crate) fn Form(props: &FormProps) -> Html {
    let (texts, lang) = (&use_texts().identity, use_lang());
    let draft = draft::use_draft::<Draft>(&draft_name(&props.task.id));
    let wrong = use_state(Wrong::default);
    let verify = use_verify(props.task.id.clone());
    let onsubmit = {
        let (wrong, send) = (wrong.setter(), verify.send.clone());
        use_callback(
            (draft.clone(), props.task.clone()),
            move |event: SubmitEvent, (draft, task)| {
                event.prevent_default();
                let found = Wrong::of(draft, task);
                if found == Wrong::default() {
                    send.emit((**draft).clone());
                }
                wrong.set(found);
            },
        )
    };
    html! {
        <div class="stack">
            <p class="lead">{ props.task.school.name.clone() }{ " · " }{ props.task.name.clone() }</p>
            <p class="hint">{ asked(&props.task, lang) }</p>
            if let Some(failure) = &verify.failure {
                { failed(&props.task, &draft, failure) }
            }
            <form class="stack" {onsubmit} novalidate=true>
                { fields(props, &draft, &wrong, verify.failure.as_ref(), texts) }
                <p class="hint">{ texts.private }</p>
                { verify.captcha.clone() }
                <div class="actions"><Button submits=true is_busy={verify.is_busy}>{ texts.verify }</Button></div>
            </form>
        </div>
    }
}

/// Which facts the task compares with its list.
fn asked(task: &TaskView, lang: Lang) -> String {
    let texts = &Texts::of(lang).identity;
    let proofs = task
        .extra_proofs
        .iter()
        .filter_map(|word| ExtraProof::parse(word));
    let proofs: Vec<_> = proofs.map(|proof| proof.label().get(lang)).collect();
    if proofs.is_empty() {
        return texts.asked_only.to_owned();
    }
    let between = match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    };
    let facts = [&[texts.number, texts.level], &proofs[..]].concat();
    fill(texts.asked, &[("facts", &facts.join(between))])
}

/// The fields, each with what is wrong with it beside it.
fn fields(
    props: &FormProps,
    draft: &UseStateHandle<Draft>,
    wrong: &UseStateHandle<Wrong>,
    failure: Option<&Failure>,
    texts: &'static crate::text::Identity,
) -> Html {
    let change = |apply: fn(&mut Draft, String)| {
        let (draft, wrong) = (draft.clone(), wrong.setter());
        Callback::from(move |typed: String| {
            let mut changed = (*draft).clone();
            apply(&mut changed, typed);
            wrong.set(Wrong::default());
            draft.set(changed);
        })
    };
    let onkind = {
        let (draft, wrong) = (draft.clone(), wrong.setter());
        Callback::from(move |kind: DocumentType| {
            wrong.set(Wrong::default());
            draft.set(Draft {
                kind,
                ..(*draft).clone()
            });
        })
    };
    let onblur = {
        let (draft, wrong) = (draft.clone(), wrong.clone());
        Callback::from(move |()| {
            wrong.set(Wrong {
                number: number_error(&draft),
                ..(*wrong).clone()
            });
        })
    };
    let missing = |field: Asked, text: &'static str, pointer: &str| {
        let is_missing = wrong.missing.contains(&field);
        is_missing
            .then(|| AttrValue::from(text))
            .or_else(|| error_of(failure, pointer))
    };
    html! {
        <>
            <DocumentTypeField kind={draft.kind} onchange={onkind} />
            <DocumentNumber kind={draft.kind} value={draft.number.clone()} wrong={wrong.number} {onblur}
                oninput={change(|draft, typed| draft.number = typed)}
                error={missing(Asked::Number, texts.number_missing, POINTER)} />
            <LevelField levels={props.task.levels.clone()} value={draft.level.clone()} is_missing={wrong.missing.contains(&Asked::Level)}
                onchange={change(|draft, level| draft.level = level)} />
            if asks(&props.task, ExtraProof::Name) {
                <TextField id="name" label={texts.name} hint={texts.name_hint} autocomplete="name"
                    value={draft.name.clone()} oninput={change(|draft, typed| draft.name = typed)}
                    error={missing(Asked::Name, texts.name_missing, "/name")} />
            }
            if asks(&props.task, ExtraProof::StudentNo) {
                <TextField id="student-no" label={texts.student_no} is_number=true
                    value={draft.student_no.clone()} oninput={change(|draft, typed| draft.student_no = typed)}
                    error={missing(Asked::StudentNo, texts.student_no_missing, "/student_no")} />
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct LevelFieldProps {
    levels: Vec<String>,
    value: String,
    is_missing: bool,
    onchange: Callback<String>,
}

/// The levels that the task's roster has.
#[component]
fn LevelField(props: &LevelFieldProps) -> Html {
    let (texts, lang) = (&use_texts().identity, use_lang());
    let onchange = use_callback(props.onchange.clone(), |level: AttrValue, onchange| {
        onchange.emit(level.to_string());
    });
    let levels = props
        .levels
        .iter()
        .filter_map(|word| EducationLevel::parse(word));
    let choices = levels.map(|level| Choice {
        value: level.as_str().into(),
        label: level.label().get(lang).into(),
        more: None,
    });
    let error = props
        .is_missing
        .then(|| AttrValue::from(ProblemCode::LevelMissing.detail().get(lang)));
    html! {
        <RadioCards name="level" legend={texts.level} choices={choices.collect::<Vec<_>>()}
            value={props.value.clone()} {onchange} {error} />
    }
}

/// How verifying stands.
struct Verify {
    send: Callback<Draft>,
    is_busy: bool,
    failure: Option<Failure>,
    /// How far a captcha is, where one is being solved.
    captcha: Html,
}

#[hook]
fn use_verify(task_id: String) -> Verify {
    let navigator = use_navigator();
    let is_busy = use_state(|| false);
    let failure = use_state(|| None::<Failure>);
    let (progress, captcha) = use_captcha();
    let send = {
        let (busy, failure, progress) = (is_busy.setter(), failure.setter(), progress.setter());
        use_callback(task_id, move |form: Draft, task_id| {
            let (busy, failure, navigator) = (busy.clone(), failure.clone(), navigator.clone());
            let (task_id, progress) = (task_id.clone(), progress.clone());
            busy.set(true);
            failure.set(None);
            spawn_local(async move {
                match verified(&task_id, form, &progress).await {
                    Ok(enrolment) => {
                        draft::forget(&draft_name(&task_id));
                        if let Some(navigator) = navigator {
                            navigator.push(&step_of(&enrolment).unwrap_or(Route::Orders));
                        }
                    }
                    Err(problem) => {
                        busy.set(false);
                        failure.set(Some(problem));
                    }
                }
            });
        })
    };
    Verify {
        send,
        is_busy: *is_busy,
        failure: (*failure).clone(),
        captcha,
    }
}

async fn verified(
    task_id: &str,
    form: Draft,
    progress: &Progress,
) -> Result<EnrolmentView, Failure> {
    let filled = |text: String| Some(text).filter(|text| !text.trim().is_empty()).map(Some);
    let claim = NewEnrolment {
        task_id: task_id.to_owned(),
        document_type: form.kind.as_str().to_owned(),
        document_number: form.number,
        level: form.level,
        name: filled(form.name),
        student_no: filled(form.student_no),
        captcha_token: None,
    };
    let send = |captcha_token: Option<String>| {
        let claim = NewEnrolment {
            captcha_token: captcha_token.map(Some),
            ..claim.clone()
        };
        async move { api::call(client::create_enrolment(&claim)).await }
    };
    with_captcha(progress, send).await
}
