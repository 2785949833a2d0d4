//! What a system may do: its name, its scopes, its networks.

use client::NewIntegrator;
use domain::{FieldError, Lang, ProblemCode, Scope};
use ui::lang::use_lang;
use ui::{Button, Note, ProblemBox, TextField, fill, use_form, use_text};
use web_sys::HtmlInputElement;
use yew::{AttrValue, Callback, Event, Html, Properties, TargetCast, component, html};

use super::text::{Changed, IntegrationTexts};
use crate::call::call;
use crate::fresh::use_fresh;

/// The fields of the form, as the server names them for a new system.
const FIELDS: &[&str] = &["/name", "/scopes", "/networks"];

/// What was filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct SystemDraft {
    pub(super) name: String,
    pub(super) scopes: Vec<String>,
    pub(super) networks: String,
}

impl SystemDraft {
    /// As it is sent.
    pub(super) fn wanted(&self) -> NewIntegrator {
        let networks = self.networks.split(['\n', ',', '，', '、']);
        let networks = networks
            .map(str::trim)
            .filter(|network| !network.is_empty());
        NewIntegrator {
            name: self.name.trim().to_owned(),
            scopes: self.scopes.clone(),
            networks: Some(networks.map(ToOwned::to_owned).collect()),
            school_ids: None,
        }
    }

    /// Adds a scope, or takes it out.
    pub(super) fn toggle(&mut self, scope: &str) {
        if self.scopes.iter().any(|held| held == scope) {
            self.scopes.retain(|held| held != scope);
        } else {
            self.scopes.push(scope.to_owned());
        }
    }
}

/// What is wrong without asking the server.
pub(super) fn check(typed: &SystemDraft) -> Vec<FieldError> {
    let max = domain::integrator::NAME_LENGTH;
    let mut found = Vec::new();
    if !(1..=max).contains(&typed.name.trim().chars().count()) {
        found.push(FieldError::new("/name", ProblemCode::IntegratorName).with("max", max));
    }
    if typed.scopes.is_empty() {
        let expected = Scope::join(Scope::ALL).replace(' ', ", ");
        let error = FieldError::new("/scopes", ProblemCode::IntegratorScopes);
        found.push(error.with("expected", expected));
    }
    found
}

/// The scopes as boxes to tick.
pub(super) fn scope_boxes(chosen: &[String], lang: Lang, toggle: &Callback<String>) -> Html {
    let boxes = Scope::ALL.iter().map(|scope| {
        let (word, toggle) = (scope.as_str(), toggle.clone());
        let onchange = move |event: Event| {
            if event.target_dyn_into::<HtmlInputElement>().is_some() {
                toggle.emit(word.to_owned());
            }
        };
        let checked = chosen.iter().any(|held| held == word);
        html! {
            <label class="check">
                <input type="checkbox" {checked} {onchange} />
                <span>{ scope.label().get(lang) }<span class="hint">{ " " }{ word }</span></span>
            </label>
        }
    });
    html! { <div class="stack">{ for boxes }</div> }
}

/// What a [`NewSystem`] needs.
#[derive(Properties, PartialEq)]
pub(super) struct NewSystemProps {
    /// The school.
    pub(super) school_id: AttrValue,
    /// A system was made.
    pub(super) changed: Changed,
}

/// The form for a new system.
#[component]
pub(super) fn NewSystem(props: &NewSystemProps) -> Html {
    let (texts, lang) = (use_text::<IntegrationTexts>(), use_lang());
    let (fresh, school_id, changed) = (use_fresh(), props.school_id.clone(), props.changed.clone());
    let form = use_form(
        SystemDraft::default(),
        FIELDS,
        check,
        move |typed: SystemDraft| {
            let (fresh, school_id, changed) = (fresh.clone(), school_id.clone(), changed.clone());
            async move {
                let wanted = typed.wanted();
                let make = || call(client::create_school_integrator(&school_id, &wanted));
                let made = fresh.run(make).await?;
                changed.emit(fill(texts.made, &[("name", &made.name)]).into());
                Ok(())
            }
        },
    );
    let model = (*form.model).clone();
    let toggle = form.takes(|model, scope: String| model.toggle(&scope));
    html! {
        <form ref={form.node.clone()} class="stack" onsubmit={form.onsubmit.clone()} novalidate=true>
            if let Some(failure) = form.failure.clone() {
                <ProblemBox {failure} />
            }
            <TextField id="system-name" label={texts.name} hint={texts.name_hint} value={model.name}
                oninput={form.takes(|model, name| model.name = name)} error={form.error("/name")} />
            <fieldset class="stack">
                <legend>{ texts.scopes }</legend>
                if let Some(error) = form.error("/scopes") {
                    <p class="field-error" role="alert">{ error }</p>
                }
                { scope_boxes(&model.scopes, lang, &toggle) }
            </fieldset>
            <Note id="system-networks" label={texts.networks} hint={texts.networks_hint} value={model.networks}
                oninput={form.takes(|model, networks| model.networks = networks)} error={form.error("/networks")} />
            <div class="actions"><Button submits=true is_busy={form.is_busy}>{ texts.make }</Button></div>
        </form>
    }
}
