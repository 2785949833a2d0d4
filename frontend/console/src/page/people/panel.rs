//! One role of somebody: what it allows, its limits, and what can be done about it.

use std::rc::Rc;

use client::{Call, Failure, StaffRoleChange, StaffView};
use domain::Lang;
use domain::access::Permission;
use domain::staff::InvitationState;
use ui::lang::use_lang;
use ui::use_text;
use ui::{
    Action, AskFirst, Button, Look, Note, ProblemBox, TextTable, async_view, fill, use_action,
    use_loader,
};
use yew::{AttrValue, Html, Properties, component, hook, html, use_callback, use_state};

use super::text::PeopleTexts;
use super::words::{Changed, listed, role_name, state_pill};
use crate::call::call;
use crate::fresh::{Fresh, use_fresh};

/// What a [`RolePanel`] needs.
#[derive(Properties, PartialEq)]
pub(super) struct RolePanelProps {
    /// The role.
    pub(super) entry: StaffView,
    /// Something was changed.
    pub(super) changed: Changed,
}

/// The panel.
#[component]
pub(super) fn RolePanel(props: &RolePanelProps) -> Html {
    let (texts, lang) = (use_text::<PeopleTexts>(), use_lang());
    let entry = &props.entry;
    let name = [("name", &entry.name as &dyn std::fmt::Display)];
    let id = entry.id.clone();
    let again = use_deed(
        props,
        texts.again_done.into(),
        client::create_staff_invitation,
    );
    let reset = use_deed(props, texts.reset_done.into(), client::reset_staff_device);
    let remove = use_deed(
        props,
        fill(texts.removed, &name).into(),
        client::delete_staff_role,
    );
    let permissions = use_loader(id, |id| async move {
        call(client::list_staff_permissions(&id)).await
    });
    let is_accepted = InvitationState::parse(&entry.state) == Some(InvitationState::Accepted);
    html! {
        <div class="stack">
            <div class="between"><h2>{ entry.name.clone() }</h2>{ state_pill(&entry.state, lang) }</div>
            <p class="muted">{ role_name(&entry.role, lang) }</p>
            if entry.school_id.is_some() {
                <Limits entry={entry.clone()} changed={props.changed.clone()} />
            }
            <details class="more">
                <summary>{ texts.may }</summary>
                { async_view(&permissions, |held| html! {
                    <ul class="plain-list">
                        { for held.permissions.iter().map(|held| html! { <li>{ permission_text(&held.permission, lang) }</li> }) }
                    </ul>
                }) }
            </details>
            if is_accepted {
                <AskFirst id="reset" label={texts.reset} title={fill(texts.reset_title, &name)} keep={texts.keep} action={reset}>
                    <p>{ texts.reset_detail }</p>
                </AskFirst>
            } else {
                { failure_of(&again) }
                <Button look={Look::Second} onclick={again.run.clone()} is_busy={again.is_busy}>{ texts.again }</Button>
            }
            <AskFirst id="remove" label={texts.remove} title={fill(texts.remove_title, &name)} keep={texts.keep} action={remove}>
                <p>{ texts.remove_detail }</p>
            </AskFirst>
        </div>
    }
}

fn failure_of<I>(action: &Action<I>) -> Html {
    html! {
        if let Some(failure) = action.failure.clone() {
            <ProblemBox {failure} />
        }
    }
}

fn permission_text(word: &str, lang: Lang) -> String {
    let known = Permission::parse(word);
    known
        .map_or(word, |permission| permission.label().get(lang))
        .to_owned()
}

/// Something that is done to the role with a fresh second factor; the page is told afterwards.
#[hook]
fn use_deed(props: &RolePanelProps, told: AttrValue, deed: fn(&str) -> Call<()>) -> Action<()> {
    let fresh = use_fresh();
    let (id, changed) = (props.entry.id.clone(), props.changed.clone());
    use_action(move |()| {
        let (fresh, id, changed, told) = (fresh.clone(), id.clone(), changed.clone(), told.clone());
        async move {
            done(&fresh, &id, deed).await?;
            changed.emit(told);
            Ok(())
        }
    })
}

async fn done(fresh: &Fresh, id: &str, deed: fn(&str) -> Call<()>) -> Result<(), Failure> {
    fresh.run(|| call(deed(id))).await
}

/// The colleges and classes to which the role is limited.
#[component]
fn Limits(props: &RolePanelProps) -> Html {
    let (texts, lang) = (use_text::<PeopleTexts>(), use_lang());
    let colleges = use_state(|| props.entry.colleges.join("\n"));
    let classes = use_state(|| props.entry.classes.join("\n"));
    let (fresh, entry, changed) = (
        use_fresh(),
        Rc::new(props.entry.clone()),
        props.changed.clone(),
    );
    let save = use_action(move |change: StaffRoleChange| {
        let (fresh, entry, changed) = (fresh.clone(), Rc::clone(&entry), changed.clone());
        async move {
            fresh
                .run(|| call(client::update_staff_role(&entry.id, &change)))
                .await?;
            changed.emit(fill(PeopleTexts::of(lang).saved, &[("name", &entry.name)]).into());
            Ok(())
        }
    });
    let oncolleges = use_callback(colleges.setter(), |typed: String, colleges| {
        colleges.set(typed);
    });
    let onclasses = use_callback(classes.setter(), |typed: String, classes| {
        classes.set(typed);
    });
    let change = StaffRoleChange {
        colleges: listed(&colleges),
        classes: listed(&classes),
        version: props.entry.version,
    };
    let onclick = use_callback((save.run.clone(), change), |(), (run, change)| {
        run.emit(change.clone());
    });
    html! {
        <div class="stack">
            { failure_of(&save) }
            <Note id="limit-colleges" label={texts.colleges} hint={texts.colleges_hint} value={(*colleges).clone()} oninput={oncolleges} />
            <Note id="limit-classes" label={texts.classes} value={(*classes).clone()} oninput={onclasses} />
            <Button look={Look::Second} {onclick} is_busy={save.is_busy}>{ texts.save }</Button>
        </div>
    }
}
