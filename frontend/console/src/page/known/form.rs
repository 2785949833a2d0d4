//! Adding a photo whose right decision is known.

use client::KnownPhotoInput;
use domain::known_item::{ORIGIN_MAX, ORIGIN_MIN};
use domain::review::{MOST_REASONS, RejectReason, ReviewOutcome};
use domain::{FieldError, Lang, ProblemCode};
use ui::api::base64_of;
use ui::lang::use_lang;
use ui::{Button, Choice, Form, Note, ProblemBox, RadioCards, TextTable, use_form, use_text};
use web_sys::{File, HtmlInputElement};
use yew::{AttrValue, Callback, Event, Html, Properties, TargetCast, component, html};

use super::text::KnownTexts;
use crate::call::call;
use crate::fresh::use_fresh;

/// The fields of the form, as the server names them.
const FIELDS: &[&str] = &["/image", "/outcome", "/reasons", "/origin"];

/// What was filled in.
#[derive(Debug, Clone, PartialEq)]
struct KnownDraft {
    file: Option<File>,
    outcome: AttrValue,
    reasons: Vec<RejectReason>,
    origin: String,
}

impl Default for KnownDraft {
    fn default() -> Self {
        Self {
            file: None,
            outcome: ReviewOutcome::Rejected.as_str().into(),
            reasons: Vec::new(),
            origin: String::new(),
        }
    }
}

impl KnownDraft {
    fn is_fault(&self) -> bool {
        self.outcome == ReviewOutcome::Rejected.as_str()
    }

    /// Adds a reason, or takes it out.
    fn toggle(&mut self, reason: RejectReason) {
        if self.reasons.contains(&reason) {
            self.reasons.retain(|held| *held != reason);
        } else {
            self.reasons.push(reason);
        }
    }
}

/// What is wrong without asking the server.
fn check(draft: &KnownDraft) -> Vec<FieldError> {
    let mut found = Vec::new();
    if draft.file.is_none() {
        found.push(FieldError::new("/image", ProblemCode::PhotoEmpty));
    }
    if draft.is_fault() && !(1..=MOST_REASONS).contains(&draft.reasons.len()) {
        let error = FieldError::new("/reasons", ProblemCode::ReviewReasons);
        found.push(error.with("max", MOST_REASONS));
    }
    let length = draft.origin.trim().chars().count();
    if !(ORIGIN_MIN..=ORIGIN_MAX).contains(&length) {
        let error = FieldError::new("/origin", ProblemCode::KnownPhotoOrigin);
        found.push(error.with("min", ORIGIN_MIN).with("max", ORIGIN_MAX));
    }
    found
}

/// What a [`KnownForm`] needs.
#[derive(Properties, PartialEq)]
pub(super) struct KnownFormProps {
    /// A photo was added.
    pub(super) changed: Callback<()>,
}

/// The form.
#[component]
pub(super) fn KnownForm(props: &KnownFormProps) -> Html {
    let (texts, lang) = (use_text::<KnownTexts>(), use_lang());
    let (fresh, changed) = (use_fresh(), props.changed.clone());
    let send = move |draft: KnownDraft| {
        let (fresh, changed) = (fresh.clone(), changed.clone());
        async move {
            let image = match &draft.file {
                Some(file) => base64_of(file).await.unwrap_or_default(),
                None => String::new(),
            };
            let reasons = draft.reasons.iter().filter(|_| draft.is_fault());
            let input = KnownPhotoInput {
                image,
                origin: draft.origin.trim().to_owned(),
                outcome: draft.outcome.to_string(),
                reasons: Some(reasons.map(ToString::to_string).collect()),
            };
            fresh
                .run(|| call(client::create_known_photo(&input)))
                .await?;
            changed.emit(());
            Ok(())
        }
    };
    let form = use_form(KnownDraft::default(), FIELDS, check, send);
    let draft = &*form.model;
    html! {
        <form class="stack" novalidate=true ref={form.node.clone()} onsubmit={form.onsubmit.clone()}>
            if let Some(failure) = form.failure.clone() {
                <ProblemBox {failure} />
            }
            { file_field(&form, texts) }
            <RadioCards name="outcome" legend={texts.outcome} choices={outcomes(lang)} value={draft.outcome.clone()}
                onchange={form.takes(|draft, outcome| draft.outcome = outcome)} error={form.error("/outcome")} />
            if draft.is_fault() {
                { reasons(&form, lang) }
            }
            <Note id="origin" label={texts.origin} hint={texts.origin_hint} value={draft.origin.clone()}
                oninput={form.takes(|draft, text| draft.origin = text)} error={form.error("/origin")} />
            <Button submits=true is_busy={form.is_busy}>{ texts.add }</Button>
        </form>
    }
}

fn outcomes(lang: Lang) -> Vec<Choice> {
    let choice = |outcome: ReviewOutcome| Choice {
        value: outcome.as_str().into(),
        label: outcome.label().get(lang).into(),
        more: None,
    };
    vec![
        choice(ReviewOutcome::Rejected),
        choice(ReviewOutcome::Approved),
    ]
}

fn file_field(form: &Form<KnownDraft>, texts: &KnownTexts) -> Html {
    let take = form.takes(|draft: &mut KnownDraft, file| draft.file = file);
    let onchange = move |event: Event| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        take.emit(input.and_then(|input| input.files()?.get(0)));
    };
    let error = form.error("/image");
    html! {
        <div class={yew::classes!("field", error.is_some().then_some("wrong"))}>
            <label for="known-file">{ texts.file }</label>
            <p class="hint">{ texts.file_hint }</p>
            <input id="known-file" class="input" type="file" accept="image/jpeg,image/png" {onchange} />
            if let Some(error) = error {
                <p class="field-error" role="alert">{ error }</p>
            }
        </div>
    }
}

fn reasons(form: &Form<KnownDraft>, lang: Lang) -> Html {
    let texts = KnownTexts::of(lang);
    let toggle = form.takes(KnownDraft::toggle);
    let boxes = RejectReason::ALL.iter().map(|reason| {
        let (reason, toggle) = (*reason, toggle.clone());
        let checked = form.model.reasons.contains(&reason);
        let onchange = move |_: Event| toggle.emit(reason);
        html! {
            <label class="check">
                <input type="checkbox" {checked} {onchange} />
                <span>{ reason.label().get(lang) }</span>
            </label>
        }
    });
    let error = form.error("/reasons");
    html! {
        <fieldset class={yew::classes!("field", error.is_some().then_some("wrong"))}>
            <legend>{ texts.reasons }</legend>
            { for boxes }
            if let Some(error) = error {
                <p class="field-error" role="alert">{ error }</p>
            }
        </fieldset>
    }
}
