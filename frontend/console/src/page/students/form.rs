//! The form for a student: adding one, and correcting one.

use client::{Failure, RosterEntryView};
use domain::{DocumentType, EducationLevel, ProblemCode};
use model::Query;
use ui::lang::use_lang;
use ui::{
    Button, Look, Notice, ProblemBox, TextField, Tone, api, fill, use_form, use_query, use_text,
};
use yew::{AttrValue, Callback, Html, Properties, component, html, use_state};

use super::filled::FilledStudent;
use super::text::StudentTexts;
use crate::call::call;
use crate::select::{Select, options};

/// The fields of the form.
const FIELDS: &[&str] = &[
    "/name",
    "/document_type",
    "/document_number",
    "/level",
    "/student_no",
    "/college",
    "/major",
    "/class_name",
    "/expected_graduation",
];

/// What a [`StudentForm`] needs.
#[derive(Properties, PartialEq)]
pub(super) struct StudentFormProps {
    /// The collection.
    pub(super) task_id: AttrValue,
    /// What is filled in at first.
    pub(super) initial: FilledStudent,
    /// It was saved.
    pub(super) changed: Callback<()>,
}

/// The form.
#[component]
pub(super) fn StudentForm(props: &StudentFormProps) -> Html {
    let (texts, lang) = (use_text::<StudentTexts>(), use_lang());
    let (task_id, changed) = (props.task_id.clone(), props.changed.clone());
    let listed = use_state(|| None::<RosterEntryView>);
    let setter = listed.setter();
    let form = use_form(
        props.initial.clone(),
        FIELDS,
        |_| Vec::new(),
        move |filled: FilledStudent| {
            let (task_id, changed, listed) = (task_id.clone(), changed.clone(), setter.clone());
            async move {
                listed.set(None);
                let saved = save(&task_id, &filled).await;
                if let Err(failure) = &saved
                    && api::code(failure) == Some(ProblemCode::RosterNumberTaken)
                {
                    listed.set(listed_with(&task_id, &filled.document_number).await?);
                }
                saved?;
                changed.emit(());
                Ok(())
            }
        },
    );
    let filled = (*form.model).clone();
    let is_known = filled.known.is_some();
    let number_hint = is_known.then_some(AttrValue::from(texts.number_keep));
    let types = options(
        DocumentType::ALL
            .iter()
            .map(|kind| (kind.as_str(), kind.label().get(lang))),
    );
    let levels = options(
        EducationLevel::ALL
            .iter()
            .map(|level| (level.as_str(), level.label().get(lang))),
    );
    html! {
        <form ref={form.node.clone()} class="stack" onsubmit={form.onsubmit.clone()} novalidate=true>
            if let Some(entry) = (*listed).clone() {
                <Listed {entry} leave={props.changed.clone()} />
            } else if let Some(failure) = form.failure.clone() {
                <ProblemBox {failure} />
            }
            <TextField id="student-name" label={texts.name} value={filled.name}
                oninput={form.takes(|filled, name| filled.name = name)} error={form.error("/name")} />
            <Select id="student-document-type" label={texts.document_type} empty={texts.by_number} value={filled.document_type} options={types}
                onchange={form.takes(|filled, kind| filled.document_type = kind)} />
            <TextField id="student-number" label={texts.number} hint={number_hint} is_number=true value={filled.document_number}
                oninput={form.takes(|filled, number| filled.document_number = number)} error={form.error("/document_number")} />
            <Select id="student-level" label={texts.level} value={filled.level} options={levels}
                onchange={form.takes(|filled, level| filled.level = level)} />
            <TextField id="student-no" label={texts.student_no} hint={texts.optional} is_number=true value={filled.student_no}
                oninput={form.takes(|filled, number| filled.student_no = number)} error={form.error("/student_no")} />
            <TextField id="student-college" label={texts.college} hint={texts.optional} value={filled.college}
                oninput={form.takes(|filled, college| filled.college = college)} error={form.error("/college")} />
            <TextField id="student-major" label={texts.major} hint={texts.optional} value={filled.major}
                oninput={form.takes(|filled, major| filled.major = major)} error={form.error("/major")} />
            <TextField id="student-class" label={texts.class_name} hint={texts.optional} value={filled.class_name}
                oninput={form.takes(|filled, class_name| filled.class_name = class_name)} error={form.error("/class_name")} />
            <TextField id="student-graduation" label={texts.graduation} hint={texts.graduation_hint} is_number=true
                value={filled.graduation} oninput={form.takes(|filled, day| filled.graduation = day)}
                error={form.error("/expected_graduation")} />
            <div class="actions"><Button submits=true is_busy={form.is_busy}>{ texts.save }</Button></div>
        </form>
    }
}

/// Saves the student: corrects the entry that is known, or adds one.
async fn save(task_id: &str, filled: &FilledStudent) -> Result<(), Failure> {
    match &filled.known {
        Some((id, version)) => {
            call(client::update_roster_entry(id, &filled.changes(*version))).await?;
        }
        None => {
            call(client::create_roster_entry(task_id, &filled.added())).await?;
        }
    }
    Ok(())
}

/// The student who has the number already.
async fn listed_with(task_id: &str, number: &str) -> Result<Option<RosterEntryView>, Failure> {
    let found = client::list_roster_entries(
        task_id,
        Some(number.trim()),
        None,
        None,
        None,
        None,
        Some(1),
        None,
    );
    Ok(call(found).await?.items.into_iter().next())
}

/// What [`Listed`] needs.
#[derive(Properties, PartialEq)]
struct ListedProps {
    entry: RosterEntryView,
    /// The form is left.
    leave: Callback<()>,
}

/// The student who is listed already, and the way to them: changing them is another thing than adding.
#[component]
fn Listed(props: &ListedProps) -> Html {
    let (texts, state) = (use_text::<StudentTexts>(), use_query());
    let entry = &props.entry;
    let open = {
        let (push, leave, entry) = (state.push, props.leave.clone(), entry.clone());
        Callback::from(move |()| {
            let known_by = entry.student_no.as_deref().unwrap_or(&entry.name);
            let query = Query::default()
                .with("search", known_by)
                .with("row", &entry.id);
            push.emit(query);
            leave.emit(());
        })
    };
    html! {
        <div role="alert">
            <Notice tone={Tone::Bad} title={texts.refused}>
                <p>{ fill(texts.listed_already, &[("name", &entry.name)]) }</p>
                <div class="line"><Button look={Look::Second} onclick={open}>{ texts.open_listed }</Button></div>
            </Notice>
        </div>
    }
}
