//! Inviting somebody: name, phone, role, and to whom the role is limited.

use client::NewStaffRole;
use domain::role::Role;
use domain::{FieldError, ProblemCode};
use ui::lang::use_lang;
use ui::{Button, Choice, Note, ProblemBox, RadioCards, TextField, fill, use_form, use_text};
use yew::{AttrValue, Html, Properties, component, html};

use super::text::PeopleTexts;
use super::words::{Changed, listed};
use crate::call::call;
use crate::fresh::use_fresh;

/// The longest name. Source: the API document.
const NAME_MAX: usize = 40;
/// The fields of the form.
const FIELDS: &[&str] = &["/name", "/phone", "/role", "/colleges", "/classes"];

/// What was filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Invitation {
    name: String,
    phone: String,
    role: AttrValue,
    colleges: String,
    classes: String,
}

impl Invitation {
    /// An empty one with the role that may do least.
    fn for_place(is_of_school: bool) -> Self {
        let role = if is_of_school {
            Role::SchoolReviewer
        } else {
            Role::BureauReviewer
        };
        Self {
            role: role.as_str().into(),
            ..Self::default()
        }
    }
}

/// What an [`Invite`] needs.
#[derive(Properties, PartialEq)]
pub(super) struct InviteProps {
    /// The school; without one, the platform.
    pub(super) school_id: Option<AttrValue>,
    /// Somebody was invited.
    pub(super) changed: Changed,
}

/// The form.
#[component]
pub(super) fn Invite(props: &InviteProps) -> Html {
    let (texts, lang) = (use_text::<PeopleTexts>(), use_lang());
    let (fresh, school_id, changed) = (use_fresh(), props.school_id.clone(), props.changed.clone());
    let form = use_form(
        Invitation::for_place(props.school_id.is_some()),
        FIELDS,
        check,
        move |typed: Invitation| {
            let (fresh, school_id, changed) = (fresh.clone(), school_id.clone(), changed.clone());
            async move {
                let wanted = wanted(&typed);
                let made = fresh.run(|| {
                    call(match &school_id {
                        Some(school_id) => client::create_school_staff(school_id, &wanted),
                        None => client::create_platform_staff(&wanted),
                    })
                });
                let made = made.await?;
                changed.emit(fill(texts.invited, &[("name", &made.name)]).into());
                Ok(())
            }
        },
    );
    let model = (*form.model).clone();
    let roles = Role::ALL
        .iter()
        .filter(|role| role.is_of_school() == props.school_id.is_some());
    let choices = roles.map(|role| Choice {
        value: role.as_str().into(),
        label: role.label().get(lang).into(),
        more: None,
    });
    html! {
        <form ref={form.node.clone()} class="stack" onsubmit={form.onsubmit.clone()} novalidate=true>
            if let Some(failure) = form.failure.clone() {
                <ProblemBox {failure} />
            }
            <TextField id="name" label={texts.name} hint={texts.name_hint} value={model.name}
                oninput={form.takes(|model, name| model.name = name)} error={form.error("/name")} />
            <TextField id="staff-phone" label={texts.phone} hint={texts.phone_hint} kind="tel" inputmode="tel" is_number=true
                value={model.phone} oninput={form.takes(|model, phone| model.phone = phone)} error={form.error("/phone")} />
            <RadioCards name="role" legend={texts.role} choices={choices.collect::<Vec<_>>()} value={model.role}
                onchange={form.takes(|model, role| model.role = role)} error={form.error("/role")} />
            if props.school_id.is_some() {
                <Note id="colleges" label={texts.colleges} hint={texts.colleges_hint} value={model.colleges}
                    oninput={form.takes(|model, colleges| model.colleges = colleges)} error={form.error("/colleges")} />
                <Note id="classes" label={texts.classes} value={model.classes}
                    oninput={form.takes(|model, classes| model.classes = classes)} error={form.error("/classes")} />
            }
            <div class="actions"><Button submits=true is_busy={form.is_busy}>{ texts.send }</Button></div>
        </form>
    }
}

/// What is wrong without asking the server.
fn check(typed: &Invitation) -> Vec<FieldError> {
    let name = typed.name.trim().chars().count();
    let mut found = Vec::new();
    if name == 0 || name > NAME_MAX {
        found.push(FieldError::new("/name", ProblemCode::StaffName).with("max", NAME_MAX));
    }
    if typed.phone.trim().is_empty() {
        found.push(FieldError::new("/phone", ProblemCode::LoginPhone));
    }
    found
}

fn wanted(typed: &Invitation) -> NewStaffRole {
    NewStaffRole {
        name: typed.name.trim().to_owned(),
        phone: typed.phone.trim().to_owned(),
        role: typed.role.to_string(),
        colleges: Some(listed(&typed.colleges)),
        classes: Some(listed(&typed.classes)),
    }
}
