//! What is known about the photo, and what can be decided.

use client::{Failure, FindingView, OthersPhotoView, PhotoToReviewView};
use domain::Lang;
use domain::review::{REVIEW_NOTE_MAX, RejectReason, ReviewOutcome};
use ui::lang::use_lang;
use ui::{Button, Look, Notice, ProblemBox, TextTable, Tone, fill, moment_text, use_text};
use web_sys::HtmlTextAreaElement;
use yew::{Callback, Html, InputEvent, Properties, TargetCast, component, html};

use super::picture::address;
use super::text::ReviewTexts;

/// The reasons that have a key, by how often they are needed.
pub(super) const FIRST_REASONS: &[RejectReason] = &[
    RejectReason::Hair,
    RejectReason::BgUneven,
    RejectReason::BgObject,
    RejectReason::Shoulders,
    RejectReason::NotFrontal,
    RejectReason::GlassesGlare,
    RejectReason::ClothesImproper,
    RejectReason::Blur,
    RejectReason::Retouched,
];

#[derive(Properties, PartialEq)]
pub(super) struct PanelProps {
    /// The photo.
    pub(super) photo: PhotoToReviewView,
    /// The reasons that were chosen.
    pub(super) reasons: Vec<RejectReason>,
    /// What was written.
    pub(super) note: String,
    /// A decision that was tried and lacks something.
    pub(super) incomplete: Option<ReviewOutcome>,
    /// What went wrong last.
    pub(super) failure: Option<Failure>,
    /// What is said about an undo; empty for nothing.
    pub(super) told: &'static str,
    /// How many were decided about.
    pub(super) done: u32,
    /// Chooses a reason, or does not any more.
    pub(super) toggle: Callback<RejectReason>,
    /// Changes the note.
    pub(super) write: Callback<String>,
    /// Decides.
    pub(super) decide: Callback<ReviewOutcome>,
}

/// The panel beside the picture.
#[component]
pub(super) fn Panel(props: &PanelProps) -> Html {
    let (texts, lang) = (use_text::<ReviewTexts>(), use_lang());
    let photo = &props.photo;
    let write = props.write.reform(|event: InputEvent| {
        let area = event.target_dyn_into::<HtmlTextAreaElement>();
        area.map(|area| area.value()).unwrap_or_default()
    });
    let decide = |outcome| props.decide.reform(move |()| outcome);
    html! {
        <div class="review-panel stack">
            <p class="muted figures">
                { fill(texts.facts, &[("number", &photo.number), ("since", &moment_text(photo.since, lang)), ("done", &props.done)]) }
            </p>
            if let Some(failure) = &props.failure { <ProblemBox failure={failure.clone()} /> }
            <p role="status" class="muted">{ props.told }</p>
            if let Some(note) = &photo.note {
                <Notice tone={Tone::Info} title={texts.student_note}><p>{ note }</p></Notice>
            }
            if photo.are_findings_hidden {
                <p>{ texts.findings_hidden }</p>
            } else {
                { findings(&photo.findings, lang) }
            }
            { same_pictures(photo, lang) }
            if photo.adjusted_at.is_some() { <p class="muted">{ texts.adjusted }</p> }
            { previous(photo, lang) }
            { reasons(props, lang) }
            <label class="field">
                <span>{ texts.note }</span>
                <textarea rows="2" maxlength={REVIEW_NOTE_MAX.to_string()} value={props.note.clone()} oninput={write} />
            </label>
            if let Some(outcome) = props.incomplete {
                <p role="alert" class="wrong">{ texts.incomplete(outcome) }</p>
            }
            <div class="review-actions">
                <Button onclick={decide(ReviewOutcome::Approved)}>{ texts.approve }<kbd>{ "A" }</kbd></Button>
                <Button look={Look::Second} onclick={decide(ReviewOutcome::Rejected)}>{ texts.reject }<kbd>{ "R" }</kbd></Button>
                <Button look={Look::Quiet} onclick={decide(ReviewOutcome::Escalated)}>{ texts.escalate }<kbd>{ "E" }</kbd></Button>
            </div>
            <p class="muted">{ texts.keys }</p>
        </div>
    }
}

/// What the automatic check found.
fn findings(findings: &[FindingView], lang: Lang) -> Html {
    let texts = ReviewTexts::of(lang);
    if findings.is_empty() {
        return html! { <p>{ texts.nothing_found }</p> };
    }
    let one = |finding: &FindingView| html! { <li>{ texts.finding(&finding.code, lang) }</li> };
    html! {
        <details open=true>
            <summary>{ fill(texts.found, &[("count", &findings.len())]) }</summary>
            <ul>{ for findings.iter().map(one) }</ul>
        </details>
    }
}

/// What other students sent that shows the same.
fn same_pictures(photo: &PhotoToReviewView, lang: Lang) -> Html {
    let texts = ReviewTexts::of(lang);
    if photo.same_pictures.is_empty() {
        return Html::default();
    }
    let one = |other: &OthersPhotoView| {
        let how = if other.is_same_file {
            texts.same_file
        } else {
            texts.near_same
        };
        let time = moment_text(other.submitted_at, lang);
        html! {
            <div class="review-previous" key={other.photo_id.clone()}>
                <img src={address(&other.photo_id, "framed")} alt={texts.same_alt} />
                <p>{ fill(texts.same_facts, &[("how", &how), ("time", &time), ("state", &other.state_label)]) }</p>
            </div>
        }
    };
    html! {
        <Notice tone={Tone::Warn} title={texts.same_picture}>{ for photo.same_pictures.iter().map(one) }</Notice>
    }
}

/// The photo that it replaces, and why that was not accepted.
fn previous(photo: &PhotoToReviewView, lang: Lang) -> Html {
    let texts = ReviewTexts::of(lang);
    let Some(previous) = &photo.previous else {
        return Html::default();
    };
    let labels = previous
        .review
        .reasons
        .iter()
        .map(|word| texts.finding(word, lang));
    let labels: Vec<String> = labels.collect();
    html! {
        <div class="review-previous">
            <img src={address(&previous.photo_id, "thumb")} alt={texts.previous_alt} />
            <div>
                <p>{ texts.previous }</p>
                <p class="muted">{ labels.join(texts.comma) }</p>
                if let Some(note) = &previous.review.note { <p class="muted">{ note }</p> }
            </div>
        </div>
    }
}

/// All reasons; the first nine have a key.
fn reasons(props: &PanelProps, lang: Lang) -> Html {
    let texts = ReviewTexts::of(lang);
    let one = |place: usize, reason: RejectReason| {
        let onchange = props.toggle.reform(move |_| reason);
        let checked = props.reasons.contains(&reason);
        html! {
            <label class="review-reason">
                <input type="checkbox" {checked} {onchange} />
                <span>{ reason.label().get(lang) }</span>
                if place < FIRST_REASONS.len() { <kbd>{ place + 1 }</kbd> }
            </label>
        }
    };
    let first = FIRST_REASONS.iter().enumerate();
    let others = RejectReason::ALL
        .iter()
        .filter(|reason| !FIRST_REASONS.contains(reason));
    html! {
        <fieldset class="review-reasons">
            <legend>{ texts.reasons }</legend>
            { for first.map(|(place, reason)| one(place, *reason)) }
            <details>
                <summary>{ texts.more_reasons }</summary>
                { for others.map(|reason| one(FIRST_REASONS.len(), *reason)) }
            </details>
        </fieldset>
    }
}
