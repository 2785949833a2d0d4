//! One system: what it may do, its credentials, and shutting it off.

use client::{IntegratorChangeInput, IntegratorView};
use ui::lang::use_lang;
use ui::{
    Action, AskFirst, Button, Look, Note, ProblemBox, TextField, TextTable, fill, use_action,
    use_text,
};
use yew::{Html, Properties, component, hook, html, use_callback, use_state};

use super::credentials::Credentials;
use super::form::{SystemDraft, scope_boxes};
use super::text::{Changed, IntegrationTexts};
use crate::call::call;
use crate::fresh::use_fresh;

/// What a [`SystemPanel`] needs.
#[derive(Properties, PartialEq)]
pub(super) struct SystemPanelProps {
    /// The system.
    pub(super) system: IntegratorView,
    /// Something was changed.
    pub(super) changed: Changed,
}

/// The panel.
#[component]
pub(super) fn SystemPanel(props: &SystemPanelProps) -> Html {
    let texts = use_text::<IntegrationTexts>();
    let system = &props.system;
    let name = [("name", &system.name as &dyn std::fmt::Display)];
    let shut_off = use_shut_off(props);
    html! {
        <div class="stack">
            <h2>{ system.name.clone() }</h2>
            <p class="muted">{ texts.client_id }<br /><code>{ system.id.clone() }</code></p>
            if system.revoked_at.is_none() {
                <Credentials system={system.clone()} changed={props.changed.clone()} />
                <Rights system={system.clone()} changed={props.changed.clone()} />
                <AskFirst id="shut-off" label={texts.shut_off} title={fill(texts.shut_off_title, &name)} keep={texts.keep} action={shut_off}>
                    <p>{ texts.shut_off_detail }</p>
                </AskFirst>
            }
        </div>
    }
}

#[hook]
fn use_shut_off(props: &SystemPanelProps) -> Action<()> {
    let (fresh, lang) = (use_fresh(), use_lang());
    let (id, changed) = (props.system.id.clone(), props.changed.clone());
    use_action(move |()| {
        let (fresh, id, changed) = (fresh.clone(), id.clone(), changed.clone());
        async move {
            let ended = fresh.run(|| call(client::revoke_integrator(&id))).await?;
            let told = IntegrationTexts::of(lang).shut_off_done;
            changed.emit(fill(told, &[("name", &ended.name)]).into());
            Ok(())
        }
    })
}

/// Name, scopes and networks of a system.
#[component]
fn Rights(props: &SystemPanelProps) -> Html {
    let (texts, lang) = (use_text::<IntegrationTexts>(), use_lang());
    let system = &props.system;
    let draft = use_state(|| SystemDraft {
        name: system.name.clone(),
        scopes: system.scopes.clone(),
        networks: system.networks.join("\n"),
    });
    let (fresh, id, changed) = (use_fresh(), system.id.clone(), props.changed.clone());
    let save = use_action(move |change: IntegratorChangeInput| {
        let (fresh, id, changed) = (fresh.clone(), id.clone(), changed.clone());
        async move {
            let save = || call(client::update_integrator(&id, &change));
            let saved = fresh.run(save).await?;
            let told = IntegrationTexts::of(lang).saved;
            changed.emit(fill(told, &[("name", &saved.name)]).into());
            Ok(())
        }
    });
    let onname = use_callback(draft.clone(), |name: String, draft| {
        draft.set(SystemDraft {
            name,
            ..(**draft).clone()
        });
    });
    let onnetworks = use_callback(draft.clone(), |networks: String, draft| {
        draft.set(SystemDraft {
            networks,
            ..(**draft).clone()
        });
    });
    let toggle = use_callback(draft.clone(), |scope: String, draft| {
        let mut changed = (**draft).clone();
        changed.toggle(&scope);
        draft.set(changed);
    });
    let change = IntegratorChangeInput {
        integrator: draft.wanted(),
        version: system.version,
    };
    let onclick = use_callback((save.run.clone(), change), |(), (run, change)| {
        run.emit(change.clone());
    });
    html! {
        <div class="stack">
            if let Some(failure) = save.failure.clone() {
                <ProblemBox {failure} />
            }
            <TextField id="rights-name" label={texts.name} value={draft.name.clone()} oninput={onname} />
            <fieldset class="stack"><legend>{ texts.scopes }</legend>{ scope_boxes(&draft.scopes, lang, &toggle) }</fieldset>
            <Note id="rights-networks" label={texts.networks} hint={texts.networks_hint} value={draft.networks.clone()} oninput={onnetworks} />
            <Button look={Look::Second} {onclick} is_busy={save.is_busy}>{ texts.save }</Button>
        </div>
    }
}
