//! A school to be made or changed.

use client::{ManagedSchoolView, NewSchool, SchoolChange};
use domain::FieldError;
use domain::school::SchoolDraft;
use ui::{Button, Note, ProblemBox, TextField, use_form, use_text};
use yew::{Callback, Html, Properties, component, html};

use super::text::SchoolTexts;
use crate::call::call;
use crate::fresh::use_fresh;

/// The fields of the form.
const FIELDS: &[&str] = &["/name", "/code", "/aliases", "/contact"];

/// What was filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Filled {
    /// The school and its version; none for a new one.
    known: Option<(String, i32)>,
    name: String,
    code: String,
    aliases: String,
    contact: String,
}

impl From<&ManagedSchoolView> for Filled {
    fn from(school: &ManagedSchoolView) -> Self {
        Self {
            known: Some((school.id.clone(), school.version)),
            name: school.name.clone(),
            code: school.code.clone(),
            aliases: school.aliases.join("\n"),
            contact: school.contact.clone(),
        }
    }
}

impl Filled {
    fn draft(&self) -> SchoolDraft {
        let aliases = self.aliases.lines().map(str::trim);
        SchoolDraft {
            code: self.code.trim().to_owned(),
            name: self.name.trim().to_owned(),
            aliases: aliases
                .filter(|it| !it.is_empty())
                .map(ToOwned::to_owned)
                .collect(),
            contact: self.contact.trim().to_owned(),
        }
    }
}

/// What a [`SchoolForm`] needs.
#[derive(Properties, PartialEq)]
pub(super) struct SchoolFormProps {
    /// What is filled in at first.
    pub(super) initial: Filled,
    /// It was saved.
    pub(super) changed: Callback<()>,
}

/// The form.
#[component]
pub(super) fn SchoolForm(props: &SchoolFormProps) -> Html {
    let texts = use_text::<SchoolTexts>();
    let (fresh, changed) = (use_fresh(), props.changed.clone());
    let form = use_form(
        props.initial.clone(),
        FIELDS,
        check,
        move |filled: Filled| {
            let (fresh, changed) = (fresh.clone(), changed.clone());
            async move {
                fresh.run(|| save(&filled)).await?;
                changed.emit(());
                Ok(())
            }
        },
    );
    let filled = (*form.model).clone();
    html! {
        <form ref={form.node.clone()} class="stack" onsubmit={form.onsubmit.clone()} novalidate=true>
            if let Some(failure) = form.failure.clone() {
                <ProblemBox {failure} />
            }
            <TextField id="school-name" label={texts.name} hint={texts.name_hint} value={filled.name}
                oninput={form.takes(|filled, name| filled.name = name)} error={form.error("/name")} />
            <TextField id="school-code" label={texts.code} hint={texts.code_hint} inputmode="numeric" is_number=true
                value={filled.code} oninput={form.takes(|filled, code| filled.code = code)} error={form.error("/code")} />
            <Note id="school-aliases" label={texts.aliases} hint={texts.aliases_hint} value={filled.aliases}
                oninput={form.takes(|filled, aliases| filled.aliases = aliases)} error={form.error("/aliases")} />
            <TextField id="school-contact" label={texts.contact} hint={texts.contact_hint} value={filled.contact}
                oninput={form.takes(|filled, contact| filled.contact = contact)} error={form.error("/contact")} />
            <div class="actions"><Button submits=true is_busy={form.is_busy}>{ texts.save }</Button></div>
        </form>
    }
}

fn check(filled: &Filled) -> Vec<FieldError> {
    filled.draft().read().err().unwrap_or_default()
}

async fn save(filled: &Filled) -> Result<ManagedSchoolView, client::Failure> {
    let draft = filled.draft();
    if let Some((id, version)) = &filled.known {
        let change = SchoolChange {
            aliases: draft.aliases,
            code: draft.code,
            contact: draft.contact,
            name: draft.name,
            version: *version,
        };
        return call(client::update_school(id, &change)).await;
    }
    let new = NewSchool {
        aliases: Some(draft.aliases),
        code: draft.code,
        contact: Some(draft.contact),
        name: draft.name,
    };
    call(client::create_school(&new)).await
}
