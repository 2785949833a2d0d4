//! The form for a student: adding one, and correcting one.

use client::{Failure, SentRosterFinding, SentRosterStudents};
use domain::roster::RosterColumn;
use domain::{DocumentType, EducationLevel, Lang};
use ui::lang::use_lang;
use ui::{Button, Notice, ProblemBox, TextField, Tone, use_form, use_text};
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
    let refused = use_state(Vec::<SentRosterFinding>::new);
    let setter = refused.setter();
    let form = use_form(
        props.initial.clone(),
        FIELDS,
        |_| Vec::new(),
        move |filled: FilledStudent| {
            let (task_id, changed, refused) = (task_id.clone(), changed.clone(), setter.clone());
            async move {
                let findings = save(&task_id, &filled).await?;
                if findings.is_empty() {
                    changed.emit(());
                }
                refused.set(findings);
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
            if let Some(failure) = form.failure.clone() {
                <ProblemBox {failure} />
            }
            { findings(&refused, lang) }
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

/// Saves the student; what is to be said where they were refused.
async fn save(task_id: &str, filled: &FilledStudent) -> Result<Vec<SentRosterFinding>, Failure> {
    if let Some((id, version)) = &filled.known {
        call(client::update_roster_entry(id, &filled.changes(*version))).await?;
        return Ok(Vec::new());
    }
    let sent = SentRosterStudents {
        students: vec![filled.sent()],
        overwrite_corrections: None,
    };
    let outcomes = call(client::put_roster_entries(task_id, &sent)).await?;
    let refused = outcomes.items.into_iter().filter(|it| !it.is_taken);
    Ok(refused.flat_map(|outcome| outcome.findings).collect())
}

/// Why the student was not added.
fn findings(refused: &[SentRosterFinding], lang: Lang) -> Html {
    if refused.is_empty() {
        return Html::default();
    }
    let texts = <StudentTexts as ui::TextTable>::of(lang);
    let one = |finding: &SentRosterFinding| {
        let column = finding.column.as_deref().and_then(RosterColumn::parse);
        let place = column.map(|column| format!("{}: ", column.label().get(lang)));
        html! { <p>{ place.unwrap_or_default() }{ finding.label.clone() }{ " — " }{ finding.sentence.clone() }</p> }
    };
    html! {
        <div role="alert"><Notice tone={Tone::Bad} title={texts.refused}>{ for refused.iter().map(one) }</Notice></div>
    }
}
