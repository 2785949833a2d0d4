//! The form: what is asked for, what is wrong with it, and sending it.

use std::cell::RefCell;
use std::rc::Rc;

use client::{EnrolmentView, Failure, NewEnrolment, TaskView};
use domain::id_document::IdNumberError;
use domain::task::ExtraProof;
use domain::{DocumentType, EducationLevel, Lang, ProblemCode};
use ui::captcha::{Progress, use_captcha, with_captcha};
use ui::lang::use_lang;
use ui::{
    Button, Choice, RadioCards, TextField, TextTable, api, error_of, fill, go_to, use_first_wrong,
    use_text,
};
use wasm_bindgen_futures::spawn_local;
use web_sys::SubmitEvent;
use yew::{
    AttrValue, Callback, Html, Properties, UseStateHandle, component, hook, html, use_callback,
    use_mut_ref, use_state,
};

use super::document_number::{DocumentNumber, POINTER, check};
use super::document_type::DocumentTypeField;
use super::draft::{Draft, asks, draft_name};
use super::not_found::failed;
use super::text::IdentityTexts;
use crate::draft;
use crate::page::start::step_of;
use crate::route::Route;

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
    /// What is to be shown: what is missing once the form was sent, and what is wrong with the number once it was left.
    fn shown(typing: &Typing, task: &TaskView) -> Self {
        let wrong = Self::of(&typing.draft, task);
        Self {
            number: wrong.number.filter(|_| *typing.number_checked),
            missing: if *typing.form_checked {
                wrong.missing
            } else {
                Vec::new()
            },
        }
    }

    fn of(draft: &Draft, task: &TaskView) -> Self {
        let level = level(draft, task);
        let asked = [
            (Asked::Number, true, &draft.number),
            (Asked::Level, true, &level),
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

/// What is typed, and what the person has finished with, so that its mistakes are shown.
#[derive(Clone)]
struct Typing {
    draft: UseStateHandle<Draft>,
    /// The draft with all changes, those too that are not drawn yet: leaving a field changes it a moment later.
    latest: Rc<RefCell<Draft>>,
    /// The form was sent.
    form_checked: UseStateHandle<bool>,
    /// The number was left, and not typed on since.
    number_checked: UseStateHandle<bool>,
}

impl Typing {
    fn change(&self, apply: impl FnOnce(&mut Draft)) {
        apply(&mut self.latest.borrow_mut());
        self.draft.set(self.latest.borrow().clone());
    }
}

#[hook]
fn use_typing(task_id: &str) -> Typing {
    let draft = draft::use_draft::<Draft>(&draft_name(task_id));
    let latest = use_mut_ref(Draft::default);
    latest.replace((*draft).clone());
    Typing {
        draft,
        latest,
        form_checked: use_state(|| false),
        number_checked: use_state(|| false),
    }
}

/// The level that was chosen; the task's, where it has one alone.
fn level(draft: &Draft, task: &TaskView) -> String {
    match &task.levels[..] {
        [only] => only.clone(),
        _ => draft.level.clone(),
    }
}

/// What is sent: what was typed, with the level that did not have to be chosen.
fn complete(draft: &Draft, task: &TaskView) -> Draft {
    Draft {
        level: level(draft, task),
        ..draft.clone()
    }
}

/// What is wrong with the number; one that is not there yet is missing, not wrong.
fn number_error(draft: &Draft) -> Option<IdNumberError> {
    check(draft.kind, &draft.number).filter(|_| !draft.number.trim().is_empty())
}

/// The form.
#[component]
pub(crate) fn Form(props: &FormProps) -> Html {
    let (texts, lang) = (use_text::<IdentityTexts>(), use_lang());
    let typing = use_typing(&props.task.id);
    let draft = typing.draft.clone();
    let (form, seek) = use_first_wrong();
    let verify = use_verify(props.task.id.clone());
    let onsubmit = {
        let send = verify.send.clone();
        let checked = [typing.form_checked.setter(), typing.number_checked.setter()];
        use_callback(
            (draft.clone(), props.task.clone()),
            move |event: SubmitEvent, (draft, task)| {
                event.prevent_default();
                for checked in &checked {
                    checked.set(true);
                }
                if Wrong::of(draft, task) == Wrong::default() {
                    send.emit(complete(draft, task));
                } else {
                    seek.emit(());
                }
            },
        )
    };
    html! {
        <div class="stack">
            <p class="lead">{ props.task.school.name.clone() }{ " · " }{ props.task.name.clone() }</p>
            <p class="hint">{ asked(&props.task, lang) }</p>
            if let Some(failure) = &verify.failure {
                { failed(&props.task, &complete(&draft, &props.task), failure) }
            }
            <form ref={form} class="stack" {onsubmit} novalidate=true>
                { fields(props, &typing, verify.failure.as_ref(), texts) }
                <p class="hint">{ texts.private }</p>
                { verify.captcha.clone() }
                <div class="actions"><Button submits=true is_busy={verify.is_busy}>{ texts.verify }</Button></div>
            </form>
        </div>
    }
}

/// Which facts the task compares with its list.
fn asked(task: &TaskView, lang: Lang) -> String {
    let texts = IdentityTexts::of(lang);
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
    let facts = facts.join(between).to_lowercase();
    fill(texts.asked, &[("facts", &facts)])
}

/// The fields, each with what is wrong with it beside it.
fn fields(
    props: &FormProps,
    typing: &Typing,
    failure: Option<&Failure>,
    texts: &'static crate::page::identity::text::IdentityTexts,
) -> Html {
    let (draft, wrong) = (&typing.draft, Wrong::shown(typing, &props.task));
    let change = |apply: fn(&mut Draft, String)| {
        let typing = typing.clone();
        Callback::from(move |typed: String| typing.change(|draft| apply(draft, typed)))
    };
    let onkind = {
        let typing = typing.clone();
        Callback::from(move |kind: DocumentType| {
            typing.number_checked.set(false);
            typing.change(|draft| draft.kind = kind);
        })
    };
    let onnumber = {
        let typing = typing.clone();
        Callback::from(move |number: String| {
            // What is being typed is not called wrong before it is left again.
            if number != typing.draft.number {
                typing.number_checked.set(false);
            }
            typing.change(|draft| draft.number = number);
        })
    };
    let onblur = {
        let checked = typing.number_checked.setter();
        Callback::from(move |()| checked.set(true))
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
                oninput={onnumber}
                error={missing(Asked::Number, texts.number_missing, POINTER)} />
            <LevelField levels={props.task.levels.clone()} value={level(draft, &props.task)} is_missing={wrong.missing.contains(&Asked::Level)}
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
    let (texts, lang) = (use_text::<IdentityTexts>(), use_lang());
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
    let is_busy = use_state(|| false);
    let failure = use_state(|| None::<Failure>);
    let (progress, captcha) = use_captcha();
    let send = {
        let (busy, failure, progress) = (is_busy.setter(), failure.setter(), progress.setter());
        use_callback(task_id, move |form: Draft, task_id| {
            let (busy, failure) = (busy.clone(), failure.clone());
            let (task_id, progress) = (task_id.clone(), progress.clone());
            busy.set(true);
            failure.set(None);
            spawn_local(async move {
                match verified(&task_id, form, &progress).await {
                    Ok(enrolment) => {
                        draft::forget(&draft_name(&task_id));
                        go_to(&step_of(&enrolment).unwrap_or(Route::Orders));
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
